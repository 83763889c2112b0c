"""The docs name every command, option, setting, dataset, address, column and make target that exists, and no other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pydantic import SecretStr

from medpath.cli import app
from medpath.export import COLUMNS
from medpath.model.changes import KINDS
from medpath.model.terms import STATUSES
from medpath.settings import Settings
from medpath.sources.facts import datasets

ROOT = Path(__file__).parents[1]
FILES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
NOT_SETTINGS = {"MEDPATH_DEBUG", "MEDPATH_SHARED", "MEDPATH_WATCH_SECRET"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def everything() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in FILES)


def commands() -> dict[str, Any]:
    return typer.main.get_command(app).commands  # type: ignore[attr-defined]


def options(command: Any) -> set[str]:
    own = {name for one in command.params for name in one.opts if name.startswith("--")}
    return own.union(*(options(one) for one in getattr(command, "commands", {}).values()))


def table_row(text: str, start: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(start))


def test_every_command_is_described_with_every_option():
    text = read("docs/using.md")
    for name, command in commands().items():
        row = table_row(text, f"| `medpath {name}")
        missing = {option for option in options(command) if option not in row and option not in text}
        assert not missing, name


def test_no_command_or_option_is_named_that_is_not_there():
    text = everything()
    named = set(re.findall(r"(?:`|    |/bin/)medpath(?: --data \S+)? ([a-z][a-z-]+)", text))
    assert named <= set(commands())
    known = set().union(*(options(command) for command in commands().values()), {"--data", "--database-url"})
    known |= {"--version", "--help"}
    for line in text.splitlines():
        if "medpath " in line and "uv pip" not in line:
            assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", line)) <= known, line


def test_every_setting_is_described_with_its_default():
    text = read("docs/deploying.md")
    for name, field in Settings.model_fields.items():
        row = table_row(text, f"| `MEDPATH_{name.upper()}` |")
        default = row.split("|")[2].strip().strip("`")
        if name in ("data", "database_url"):
            assert default  # it depends on other things
        elif field.default in ("", SecretStr("")):
            assert default == "none"
        elif isinstance(field.default, bool):
            assert default == str(field.default).lower()
        elif isinstance(field.default, int | float):
            assert float(default) == field.default, name
        else:
            assert default == field.default


def test_no_setting_is_named_that_is_not_there():
    known = {f"MEDPATH_{name.upper()}" for name in Settings.model_fields} | NOT_SETTINGS
    assert set(re.findall(r"MEDPATH_[A-Z_]+", everything())) <= known


def test_every_dataset_is_described_and_no_other():
    described = set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", read("docs/sources.md"), re.MULTILINE))
    assert described == set(datasets())


def addresses() -> Iterator[str]:
    from medpath.api.routes import router as api
    from medpath.web.routes import router as web

    def paths(router: Any) -> Iterator[str]:
        for route in router.routes:
            if (inner := getattr(route, "original_router", None)) is not None:
                yield from paths(inner)
            else:
                yield route.path

    for router in (api, web):
        for path in paths(router):
            if not path.startswith("/zh"):
                yield re.sub(r":\w+}", "}", path)


def test_every_kind_of_change_is_described_and_no_other() -> None:
    table = read("docs/using.md").partition("| kind | what happened |")[2].partition("\n\n")[0]
    named = [name for line in table.splitlines()[2:] for name in re.findall(r"`([a-z-]+)`", line.split("|")[1])]
    assert sorted(named) == sorted(KINDS)


def test_every_address_is_described_and_no_other():
    text = read("docs/using.md")
    begin, end = text.index("## Pages"), text.index("## Feeds")
    described = set(re.findall(r"`(/[^` ?]*)`", text[begin:end])) - {"/zh"}
    assert described == set(addresses())


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_of_a_list_is_described_in_its_order(name):
    text = read("docs/lists.md")
    section = text[text.index(f"## {name.capitalize()}\n") :].split("\n## ")[0]
    described = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", section, re.MULTILINE))
    assert list(described.items()) == list(COLUMNS[name].items())


def test_every_status_is_in_the_glossary_and_no_other():
    section = read("docs/glossary.md").split("## Statuses")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)) == set(STATUSES)


def test_make_targets_that_are_named_exist_and_make_help_lists_all():
    makefile = read("Makefile")
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    assert set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)) == targets
    assert set(re.findall(r"(?:`|    )make ([a-z]+)", everything())) <= targets


def test_links_between_the_docs_lead_somewhere():
    for path in FILES:
        for link in re.findall(r"\]\(([^)#\s]+)?(#[^)]*)?\)", path.read_text(encoding="utf-8")):
            target, part = link
            if target.startswith("http"):
                continue
            file = (path.parent / target) if target else path
            assert file.exists(), f"{path.name}: {target}"
            if part:
                headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
                assert part[1:] in {heading.lower().replace(" ", "-") for heading in headings}, f"{path.name}: {part}"


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-pdf.lock", "requirements-test.lock", "bench/requirements.lock"]
)
def test_lock_files_hash_everything_and_name_no_host(name):
    text = read(name)
    assert not re.search(r"https?:|//|index-url|/simple|/packages/", text)
    entries = re.findall(r"^[A-Za-z0-9_.\[\]-]+==\S+.*$", text, re.MULTILINE)
    assert entries
    assert all(entry.endswith("\\") for entry in entries)
    assert text.count("--hash=sha256:") >= len(entries)


def test_the_changelog_names_the_version_or_what_is_to_come():
    assert read("CHANGELOG.md").startswith("# Changelog\n\n## ")
