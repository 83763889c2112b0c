PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help env test check

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

env: .venv/ready ## The environment alone, at .venv

.venv/ready: requirements.lock requirements-test.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock -r requirements-test.lock
	$(BIN)/python -c "import pathlib, sysconfig; (pathlib.Path(sysconfig.get_path('purelib')) / 'medpath-source.pth').write_text(str(pathlib.Path('src').resolve()))"
	@touch $@

test: env ## All tests, with lint and types
	$(MAKE) check
	$(BIN)/python -m pytest

check: env ## Lint, format and types
	$(BIN)/ruff check src tests
	$(BIN)/mypy
