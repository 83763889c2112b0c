PYTHON ?= python3
PORT ?= 8000
FROM ?=
SHARED ?= $(or $(MEDPATH_SHARED),../shared)
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run pdf test check soak bench env

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 8

run: .venv/runs ## Serve the register at http://127.0.0.1:8000 (FROM=folder or URL, PORT=8000)
	@exec $(BIN)/python -m medpath.running --data var --from '$(FROM)' --port '$(PORT)'

pdf: .venv/pdf ## Also what writes PDF files (it needs Pango from the system: docs/deploying.md)

test soak: export PYTHONDONTWRITEBYTECODE := # compiled modules are kept for the many processes that tests start
test: .venv/ready ## All tests, with lint and types
	@tests/install-packages
	$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n 3 --dist loadgroup

check: .venv/ready ## Lint, format, types, import rules, docs current
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_imports.py tests/test_docs.py

soak: .venv/ready ## Long proofs: a hundred kills on either database
	@tests/install-packages ruby
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m soak
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m hypothesis --hypothesis-profile new

bench: .venv/ready .venv/datasette/ready ## Measure on the agencies' data, beside a bare server and Datasette
	$(BIN)/python bench/sync.py $(SHARED)/data
	$(BIN)/python bench/pdf.py $(SHARED)
	for part in atc mesh ema; do $(BIN)/medpath --data var/bench sync --from $(SHARED)/data/$$part || test $$? -eq 4 || exit 1; done
	$(BIN)/python bench/search.py var/bench
	$(BIN)/python bench/watches.py var/bench
	$(BIN)/python bench/serve.py var/bench --datasette .venv/datasette/bin/datasette

env: .venv/ready ## The environment alone, at .venv

# What is needed to run, and then what is needed to test; from the lock files, with uv where it is installed.
.venv/runs: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "MedPath needs Python 3.11 or newer; name one with PYTHON=python3.x.")'
ifneq ($(UV),)
	@test -x $(BIN)/python || $(UV) venv --quiet --python '$(PYTHON)' .venv
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
else
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
endif
	@$(BIN)/python -c "import pathlib, sysconfig; (pathlib.Path(sysconfig.get_path('purelib')) / 'medpath-source.pth').write_text(str(pathlib.Path('src').resolve()))"
	@printf '#!%s\nfrom medpath.cli import main\nif __name__ == "__main__":\n    main()\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/medpath && chmod +x $(BIN)/medpath
	@touch $@

.venv/pdf: .venv/runs requirements-pdf.lock
ifneq ($(UV),)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-pdf.lock
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-pdf.lock
endif
	@touch $@

.venv/ready: .venv/pdf requirements-test.lock
ifneq ($(UV),)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-test.lock
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
endif
	@touch $@

# What MedPath is measured beside; it is no part of the software and has an environment of its own.
.venv/datasette/ready: .venv/runs bench/requirements.lock
ifneq ($(UV),)
	@test -x .venv/datasette/bin/python || $(UV) venv --quiet --python $(BIN)/python .venv/datasette
	$(UV) pip install --quiet --python .venv/datasette/bin/python --require-hashes -r bench/requirements.lock
else
	@.venv/datasette/bin/python -m pip --version > /dev/null 2>&1 || $(BIN)/python -m venv --clear .venv/datasette
	.venv/datasette/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/requirements.lock
endif
	@touch $@
