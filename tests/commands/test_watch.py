"""Watches on the command line."""

import json
import shutil
from pathlib import Path

import pytest

from tests.test_cli import medpath


@pytest.fixture
def watch(sample_data, tmp_path):
    """Runs `medpath watch …` on a copy of the sample; gives what it printed and its exit code."""
    data = Path(shutil.copytree(sample_data, tmp_path / "data"))

    def run(*arguments: str, command: str = "watch"):
        return medpath("--data", data, command, *arguments)

    return run


def test_a_watch_is_added_listed_paused_and_removed(watch):
    added = watch("add", "our portfolio", "--medicine", "alofisel", "--folder", "portfolio", "--every", "week")
    assert (added.returncode, added.stdout) == (0, "The watch “our portfolio” is told what comes from now on.\n")
    (shown,) = json.loads(watch("list", "--json").stdout)
    assert (shown["medicines"], shown["way"], shown["every"]) == (["EMEA/H/C/004258"], "file", "week")
    assert "secret" not in shown
    assert watch("pause", "our portfolio").returncode == 0
    assert "our portfolio (paused)" in watch("list").stdout
    assert watch("pause", "our portfolio", "--off").returncode == 0
    assert watch("remove", "our portfolio").returncode == 0
    assert json.loads(watch("list", "--json").stdout) == []


def test_a_secret_that_is_made_is_shown_once(watch):
    added = watch("add", "hook", "--status", "withdrawn", "--webhook", "https://example.org/hook")
    secret = added.stdout.split()[-1]
    assert len(secret) > 20
    assert secret not in watch("list", "--json").stdout + watch("list").stdout


def test_a_watch_whose_filters_nothing_fits_is_added_with_a_word_of_it(watch):
    added = watch("add", "slip", "--condition", "psoriasiss", "--folder", "slip")
    assert added.returncode == 0
    assert "No medicine fits its filters today" in added.stderr


def test_deliver_says_what_it_did(watch):
    watch("add", "all", "--folder", "all")
    done = watch(command="deliver")
    assert done.returncode == 0
    assert "0 deliveries made, 0 sent, 0 failed" in done.stdout
    assert json.loads(watch("--json", command="deliver").stdout)["failed"] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["add", "a"], 2, "exactly one of --email, --webhook and --folder"),
        (["add", "a", "--email", "a@example.org", "--folder", "b"], 2, "exactly one of"),
        (["add", "a", "--folder", "../up"], 2, "can't name a folder"),
        (["add", "a", "--folder", "b", "--medicine", "nothing of this name"], 3, "nothing of this name"),
        (["add", "a", "--folder", "b", "--kind", "gossip"], 2, "no kind of change “gossip”"),
        (["add", "a", "--email", "a@example.org", "--lang", "tlh"], 2, "en or zh"),
        (["remove", "nobody"], 3, "There is no watch called “nobody”"),
        (["retry", "nobody"], 3, "There is no watch called “nobody”"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(watch, arguments, code, said):
    done = watch(*arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
