"""Runs the command of the package, for the tests of it."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import conftest
import pytest

import pqhybrid
from pqhybrid.cli import main

SOURCES = Path(pqhybrid.__file__).resolve().parents[1]
COMMAND = (sys.executable, "-m", "pqhybrid")

SIGNATURE_SUITES = (pqhybrid.MLDSA65_ED25519, pqhybrid.MLDSA87_ED448)
KEM_SUITES = (pqhybrid.MLKEM768_X25519, pqhybrid.MLKEM1024_X448)


def environment(**more):
    """The environment in which a new process finds the package."""
    return {**os.environ, "PYTHONPATH": str(SOURCES), **more}


def process(*arguments, **options):
    """The command in a process of its own: its exit status, standard output and standard error as bytes."""
    options = {"input": b"", "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment(), **options}
    if options.get("stdin") is not None:
        del options["input"]
    done = subprocess.run([*COMMAND, *arguments], timeout=60, check=False, **options)
    assert b"Traceback" not in (done.stderr or b""), done.stderr.decode()
    return done.returncode, done.stdout, done.stderr


def needs_cryptography(group):
    """Marks tests that are skipped, with a line in the list of cases, without PyPI's cryptography; in CI they fail."""
    missing = importlib.util.find_spec("cryptography") is None and os.environ.get("CI") != "true"
    reason = f"package/{group}: no cryptography here: pip install cryptography"
    if missing:
        conftest.skipped.append(f"skipped {reason}")
    return pytest.mark.skipif(missing, reason=reason)


class Here:
    """The command in this process: call it, and it returns exit status, standard output and standard error as text."""

    def __init__(self, capfd):
        self._capfd = capfd

    def __call__(self, *arguments):
        self._capfd.readouterr()
        status = main([str(each) for each in arguments])
        return (status, *self._capfd.readouterr())

    def works(self, *arguments):
        """As a call, of something that must work and say nothing on standard error; returns standard output."""
        status, out, err = self(*arguments)
        assert (status, err) == (0, ""), (arguments, status, out, err)
        return out

    def fails(self, expected, *arguments):
        """As a call, of something that must fail with one line on standard error, which is returned."""
        status, out, err = self(*arguments)
        assert (status, out) == (expected, ""), (arguments, status, out, err)
        assert err.startswith("pqhybrid: ") and err.endswith("\n") and err.count("\n") == 1, err
        return err[len("pqhybrid: ") : -1]


def left(folder):
    """What is in a folder."""
    return sorted(os.listdir(folder))


@pytest.fixture
def here(capfd, tmp_path, monkeypatch):
    """The command in this process, and in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return Here(capfd)


@pytest.fixture
def files(here, tmp_path):
    """A key pair k, p for signatures and one x, y for key exchange, a file f, its signature f.sig, a ciphertext ct."""
    here.works("keygen", "k", "p")
    here.works("keygen", "--tier", "key-exchange", "x", "y")
    (tmp_path / "f").write_bytes(b"hello")
    here.works("sign", "k", "f")
    here.works("encaps", "y", "ct", "ss")
    return tmp_path
