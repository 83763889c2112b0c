"""Alembic's environment: migrations run on the connection that `medpath.store.migrate` gives."""

from alembic import context

from medpath.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
