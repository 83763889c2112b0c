"""The public Python API: what stands in ``medpath.__all__``, and nothing else."""

import subprocess
import sys

import pytest

import medpath
from medpath.errors import StoreUnusable, UsageError
from tests.test_cli import environment


def test_every_public_name_is_there_and_says_what_it_is():
    for name in medpath.__all__:
        assert name == "__version__" or getattr(medpath, name).__doc__
    with pytest.raises(AttributeError):
        _ = medpath.planets


def test_a_register_is_opened_and_read(sample_data):
    register = medpath.open_register(sample_data)
    alofisel = register.medicine(register.resolve("alofisel"))
    assert (alofisel["status"]["code"], alofisel["status"]["date"]) == ("withdrawn", "2024-12-13")
    with pytest.raises(medpath.NotFound):
        register.resolve("no such medicine")


def test_a_register_that_is_not_there_is_no_empty_one(tmp_path):
    with pytest.raises(StoreUnusable, match="fill one with"):
        medpath.open_register(tmp_path)
    assert not list(tmp_path.iterdir())
    with pytest.raises(UsageError):
        medpath.open_register(database_url="mysql://host/base")


def test_importing_it_loads_nothing_heavy():
    code = "import sys, medpath; print({'sqlalchemy', 'pydantic'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment())
    assert ran.stdout == "set()\n"
