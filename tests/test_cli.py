"""The command line as programs see it: exit codes, what goes where, and how it ends when it is interrupted."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from medpath import __version__

SRC = Path(__file__).parents[1] / "src"


def environment(**more: str) -> dict[str, str]:
    """What this process has in its environment, without settings of MedPath; compiled modules are kept."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MEDPATH_") and name != "PYTHONDONTWRITEBYTECODE"
    }
    return {**kept, "PYTHONPATH": str(SRC), **more}


def medpath(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "medpath", *map(str, arguments)], capture_output=True, text=True, env=environment(**more)
    )


def one_sentence(text: str) -> bool:
    lines = text.strip().splitlines()
    return len(lines) == 1 and lines[0].endswith((".", "?")) and "Traceback" not in text


def test_0_done(sample_data):
    shown = medpath("--data", sample_data, "status")
    assert (shown.returncode, shown.stdout[:7]) == (0, "dataset")


def test_1_unexpected_is_told_in_one_sentence(sample_data, tmp_path):
    data = Path(shutil.copytree(sample_data, tmp_path / "data"))
    with sqlite3.connect(data / "medpath.sqlite") as connection:
        connection.execute("update medicine_version set body = x'00'")
    connection.close()
    shown = medpath("--data", data, "show", "EMEA/H/C/004258")
    assert (shown.returncode, shown.stdout) == (1, "")
    said = shown.stderr.replace("This is sample data for trying MedPath out, not the register.\n", "")
    assert one_sentence(said)
    assert "MEDPATH_DEBUG=1" in said
    traced = medpath("--data", data, "show", "EMEA/H/C/004258", MEDPATH_DEBUG="1")
    assert traced.returncode == 1
    assert "Traceback" in traced.stderr


@pytest.mark.parametrize(
    "arguments",
    [["fly"], ["show"], ["show", "a", "b"], ["sync", "ema.planets"], ["--data"], ["changes", "--limit", "many"],
     ["export", "rumours"], ["sync", "--from", "nowhere"], ["sync", "--from", "x", "--from-snapshots"],
     ["sync", "--from", "ftp://x"], ["serve", "--port", "70000"], ["restore", "nothing-here"],
     ["--database-url", "mysql://host/base", "status"]],
)  # fmt: skip
def test_2_wrong_usage(arguments, tmp_path):
    asked = medpath("--data", tmp_path, *arguments)
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "Traceback" not in asked.stderr
    assert asked.stderr.strip()
    assert "Value error" not in asked.stderr


def test_2_a_setting_that_can_not_be_used_is_named(tmp_path):
    asked = medpath("--data", tmp_path, "status", MEDPATH_BUDGET="plenty")
    assert asked.returncode == 2
    assert "MEDPATH_BUDGET" in asked.stderr
    assert one_sentence(asked.stderr)


def test_3_not_found(sample_data):
    assert medpath("--data", sample_data, "show", "nothing of that name").returncode == 3


def test_an_empty_register_says_that_it_is_empty(tmp_path):
    assert medpath("--data", tmp_path, "sync", "--from-snapshots").returncode == 0
    shown = medpath("--data", tmp_path, "show", "alofisel")
    assert shown.returncode == 3
    assert shown.stderr.splitlines()[0] == "The register is empty; “medpath sync” fills it."


def test_4_a_source_failed_and_the_old_data_are_kept(sample_data, tmp_path):
    data = Path(shutil.copytree(sample_data, tmp_path / "data"))
    before = medpath("--data", data, "export", "--format", "jsonl").stdout
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "medicines-output-medicines_json-report_en.json").write_text("<!doctype html><title>Sorry</title>")
    synced = medpath("--data", data, "sync", "--from", folder, MEDPATH_SAMPLE="1")
    assert synced.returncode == 4
    assert "FAILED" in synced.stderr
    assert "the old data were kept" in synced.stderr
    assert medpath("--data", data, "export", "--format", "jsonl").stdout == before


def test_4_a_site_that_is_away_is_told_once(sample_data, tmp_path):
    data = Path(shutil.copytree(sample_data, tmp_path / "data"))
    synced = medpath("--data", data, "sync", "--from", "http://127.0.0.1:1/", MEDPATH_SAMPLE="1")
    assert synced.returncode == 4
    assert synced.stderr.count("can't be reached") == 1


@pytest.mark.parametrize("content", [None, b"", b"no database at all" * 400])
def test_5_a_store_that_can_not_be_used(content, tmp_path):
    if content is not None:
        (tmp_path / "medpath.sqlite").write_bytes(content)
    shown = medpath("--data", tmp_path, "show", "alofisel")
    assert (shown.returncode, shown.stdout) == (5, "")
    assert one_sentence(shown.stderr)


def test_5_a_server_of_a_database_that_is_away(tmp_path):
    shown = medpath("--database-url", f"postgresql://me:secret@/base?host={tmp_path}", "status")
    assert shown.returncode == 5
    assert one_sentence(shown.stderr)
    assert "secret" not in shown.stderr


def test_5_an_index_that_is_missing(sample_data, tmp_path):
    data = Path(shutil.copytree(sample_data, tmp_path / "data"))
    shutil.rmtree(data / "index")
    assert medpath("--data", data, "search", "alofisel").returncode == 5


def test_5_a_data_folder_that_can_not_be_made(tmp_path):
    (tmp_path / "file").write_text("in the way")
    synced = medpath("--data", tmp_path / "file" / "data", "sync", "--from", tmp_path)
    assert synced.returncode == 5
    assert one_sentence(synced.stderr)


def test_help_and_version_are_answers():
    assert medpath("--version").stdout == f"MedPath {__version__}\n"
    asked = medpath("--help")
    assert asked.returncode == 0
    assert "Commands:" in asked.stdout


def test_sync_reports_as_json_what_it_did(tmp_path):
    from medpath.sample import editions

    synced = medpath("--data", tmp_path, "sync", "--from", editions()[0], "--json", MEDPATH_SAMPLE="1")
    assert synced.returncode == 0
    assert '"failed": 0' in synced.stdout
    assert "ema.medicines" in synced.stderr
    again = medpath("--data", tmp_path, "sync", "--from", editions()[0], MEDPATH_SAMPLE="1")
    assert again.stdout.startswith("0 files read")


def test_a_reader_that_goes_away_ends_it_quietly(sample_data):
    with subprocess.Popen(
        [sys.executable, "-m", "medpath", "--data", sample_data, "export", "--format", "jsonl"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read().decode()
        process.wait()
    assert said.splitlines() == ["This is sample data for trying MedPath out, not the register."]
    assert process.returncode == 141


def test_messages_that_nobody_reads_end_it_quietly_too(sample_data):
    read, written = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "medpath", "--data", sample_data, "search", "authorised", "--limit", "1"]
    ended = subprocess.run(command, stdout=written, stderr=written, env=environment())
    os.close(written)
    assert ended.returncode == 141


def test_standard_streams_may_be_closed(sample_data):
    shown = f"{sys.executable} -m medpath --data {sample_data} show alofisel"
    missing = f"{sys.executable} -m medpath --data {sample_data} show nothing"
    for command, code in ((f"{shown} >&-", 0), (f"{shown} <&- >&- 2>&-", 0), (f"{missing} 2>&-", 3)):
        ended = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment())
        assert (ended.returncode, ended.stdout) == (code, "")
        assert "unexpected" not in ended.stderr


def test_an_interrupted_sync_ends_with_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        origin = f"http://127.0.0.1:{silent.getsockname()[1]}"
        process = subprocess.Popen(
            [sys.executable, "-m", "medpath", "--data", tmp_path, "sync", "--from", origin],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job ignores it
        )  # fmt: skip
        silent.settimeout(60)
        connection, _ = silent.accept()
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        connection.close()
    assert (process.returncode, out) == (130, "")
    assert err == "Stopped. What was read is kept; the next sync goes on from there.\n"


IMPORTED = """
import sys
from medpath.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def test_show_imports_nothing_that_it_does_not_need(sample_data):
    shown = subprocess.run(
        [sys.executable, "-c", IMPORTED, "--data", sample_data, "show", "alofisel"],
        capture_output=True, text=True, check=True, env=environment(),
    )  # fmt: skip
    loaded = set(shown.stderr.splitlines()[-1].split())
    slow = {"alembic", "asyncpg", "babel", "fastapi", "httpx2", "jinja2", "python_calamine", "rich", "selectolax"}
    assert not loaded & (slow | {"tantivy", "uvicorn", "yaml"})
