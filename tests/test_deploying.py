"""The units and the containers of the docs: what they start exists, and they run with few rights."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from medpath.cli import app
from medpath.settings import Settings

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "deploying"
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (FOLDER / "Dockerfile").read_text(encoding="utf-8")
UNITS = re.findall(
    r"```ini\n# (\S+)\n(.*?)```", (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8"), re.DOTALL
)


def started(words: list[str]) -> None:
    """The command exists and understands its options."""
    command = typer.main.get_command(app).commands[words[0]]  # type: ignore[attr-defined]
    with command.make_context(words[0], words[1:]) as context:
        assert context.args == []


def settings_in(names: list[str]) -> None:
    known = {f"MEDPATH_{name.upper()}" for name in Settings.model_fields}
    assert {name for name in names if name.startswith("MEDPATH_")} <= known


@pytest.mark.parametrize("path", sorted({path for path, _text in UNITS if path.endswith(".service")}))
def test_units_start_what_exists_without_rights_to_more(path: str) -> None:
    texts = [text for one, text in UNITS if one == path]
    for text in texts:
        unit = ConfigParser(interpolation=None, strict=False)
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read_string(text)
        service = unit["Service"]
        assert service["User"] == "medpath"
        assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "true")
        settings_in([one.partition("=")[0] for one in service["Environment"].split()])
        for line in re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE):
            program, *words = line.split()
            assert program == "/opt/medpath/.venv/bin/medpath"
            started(words)


def test_there_are_both_ways_of_units() -> None:
    starts = [line for _path, text in UNITS for line in re.findall(r"bin/medpath (\w+)", text)]
    assert starts == ["run", "serve", "sync", "deliver"]
    assert any("OnCalendar=" in text for path, text in UNITS if path.endswith(".timer"))


def test_the_container_runs_as_nobody_in_particular_with_a_root_that_it_cannot_write() -> None:
    assert SERVICES.keys() == {"medpath", "database"}
    for service in SERVICES.values():
        assert service["read_only"] is True
        assert service["user"] not in ("root", "0")
        assert "no-new-privileges:true" in service["security_opt"]
        assert service["healthcheck"]["test"][0] == "CMD"
        assert {one.partition(":")[0] for one in service["volumes"]} <= COMPOSE["volumes"].keys()
    one = SERVICES["medpath"]
    assert one["ports"] == ["127.0.0.1:8000:8000"]
    assert one["cap_drop"] == ["ALL"]
    assert f"USER {one['user']}" in DOCKERFILE
    assert "/healthz" in one["healthcheck"]["test"][-1]
    compile(one["healthcheck"]["test"][-1], "healthcheck", "exec")


def test_the_container_starts_what_exists_with_settings_that_exist() -> None:
    started(SERVICES["medpath"]["command"])
    settings_in(list(SERVICES["medpath"]["environment"]))
    assert (FOLDER / SERVICES["medpath"]["build"]["context"]).resolve() == ROOT
    assert (ROOT / SERVICES["medpath"]["build"]["dockerfile"]).is_file()


def test_postgresql_is_an_option() -> None:
    assert SERVICES["database"]["profiles"] == ["postgresql"]
    assert SERVICES["medpath"]["depends_on"]["database"] == {"condition": "service_healthy", "required": False}
    assert SERVICES["medpath"]["environment"]["MEDPATH_DATABASE_URL"] == "${MEDPATH_DATABASE_URL:-}"
    assert Settings(data=Path("data"), database_url="").database.startswith("sqlite:///")


def test_the_image_has_the_packages_of_the_lock_file_alone() -> None:
    assert re.findall(r"pip install (.*)", DOCKERFILE) == [
        "--no-cache-dir --disable-pip-version-check --require-hashes --requirement /requirements.lock"
    ]
    copied = re.findall(r"^COPY (?!--from)(\S+) \S+$", DOCKERFILE, re.MULTILINE)
    assert copied == ["requirements.lock", "src/medpath", "LICENSE"]
    assert all((ROOT / name).exists() for name in copied)
    starts = re.findall(r"^(?:ENTRYPOINT|CMD) (\[.*\])$", DOCKERFILE, re.MULTILINE)
    entry, words = (yaml.safe_load(one) for one in starts)
    assert entry == ["/opt/medpath/bin/python", "-m", "medpath"]
    started(words)
