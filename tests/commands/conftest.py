import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from medpath.cli import main


@dataclass
class Ran:
    """What a command answered, said and returned."""

    out: str
    err: str
    code: int

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `medpath` as from a shell, in an empty folder and without settings of the machine."""
    monkeypatch.chdir(tmp_path)
    for name in ("MEDPATH_DATA", "MEDPATH_DATABASE_URL", "MEDPATH_DEBUG", "MEDPATH_SAMPLE"):
        monkeypatch.delenv(name, raising=False)

    def ran(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ran(out, err, ended.value.code or 0)

    return ran


@pytest.fixture
def medpath(run: Run, sample_data: Path) -> Run:
    """`medpath` over the bundled sample, which must only be read."""
    return lambda *arguments: run("--data", sample_data, *arguments)
