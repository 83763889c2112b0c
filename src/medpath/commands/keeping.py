"""`medpath backup` and `medpath restore`: the whole store in one file, and back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from medpath import printing
from medpath.commands.given import given_of
from medpath.commands.progress import progress_bar


def backup(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")]
) -> None:
    """Write the whole store, database and kept bytes, into one file."""
    from medpath.fetch.snapshots import Snapshots
    from medpath.store.backup import write_backup
    from medpath.store.opening import open_store

    settings = given_of(context).settings()
    with progress_bar() as progress:
        written = write_backup(open_store(settings.database), Snapshots(settings.snapshots), file, progress)
    if written.missing:
        printing.say(f"{len(written.missing):,} kept files were no longer in {settings.snapshots} and are not in it.")
    printing.out(
        f"{file}: {written.medicines:,} medicines, {written.snapshots:,} kept files, {written.size / 1e6:,.1f} MB."
    )


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that medpath backup wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Even where the store is not empty.")] = False,
) -> None:
    """Put the whole store of a backup in place. Stop the server before."""
    from medpath.errors import StoreUnusable
    from medpath.fetch.snapshots import Snapshots
    from medpath.search.following import follow_store
    from medpath.search.index import Damaged
    from medpath.store.backup import read_backup
    from medpath.store.database import Database

    settings = given_of(context).settings()
    database = Database(settings.database)
    with database.lock(settings.data):
        with progress_bar() as progress:
            snapshots = Snapshots(settings.snapshots)
            read = read_backup(file, database, snapshots, replace=replace, progress=progress)
        shutil.rmtree(settings.index, ignore_errors=True)  # it follows another store
        try:
            follow_store(settings.index, database)
        except Damaged as problem:
            raise StoreUnusable(f"The store is restored, but its index could not be made: {problem}") from problem
    if read.missing:
        printing.say(f"{len(read.missing):,} kept files are not in the backup; they can't be read again.")
    printing.out(f"{read.medicines:,} medicines and {read.snapshots:,} kept files restored from {file}.")
