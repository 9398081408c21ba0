"""The command and the C library's example tool sign_file read each other's keys and signatures, and exit alike."""

import os
import subprocess

import pytest
from command import SIGNATURE_SUITES, Here, process
from conftest import ROOT

TOOL = ROOT / "build/examples/sign_file"
TIERS = dict(zip(("standard", "high"), SIGNATURE_SUITES))


def tool(*arguments, status=0, given=b""):
    """sign_file, which must exit so."""
    if not TOOL.is_file():
        pytest.fail("sign_file is not there: make build/examples/sign_file", pytrace=False)
    done = subprocess.run([TOOL, *arguments], input=given, capture_output=True, check=False)
    assert done.returncode == status, (arguments, done)
    return done.stdout.decode()


@pytest.fixture
def here(capfd, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Here(capfd)


@pytest.mark.parametrize("tier", TIERS)
def test_both_ways(here, cases, tier, rng, tmp_path):
    name = TIERS[tier].name
    tool("keygen", "--suite", tier, "c.key", "c.pub")
    here.works("keygen", "--suite", name, "--format", "raw", "py.key", "py.pub")
    for key in ("c", "py"):
        for size in (0, 1, 1000, 65536, 1 << 20, (4 << 20) + 1):
            message = rng.randbytes(size)
            (tmp_path / "f").write_bytes(message)
            for text in ("", "a file", "é" * 127, "c" * 255, None):
                context = () if text is None else ("--context", text)
                signed = f"f: signed by {name}, signature in"
                assert here.works("sign", *context, f"{key}.key", "f") == f"{signed} f.sig\n"
                assert tool("sign", *context, f"{key}.key", "f", "c.sig") == f"{signed} c.sig\n"
                valid = f"f: the signature is valid ({name})\n"
                assert tool("verify", *context, f"{key}.pub", "f") == valid
                assert here.works("verify", *context, f"{key}.pub", "f", "c.sig") == valid
                tool("verify", "--context", "other", f"{key}.pub", "f", status=1)
                here.fails(1, "verify", "--context", "other", f"{key}.pub", "f", "c.sig")
                cases(f"{name} by {key}", 4)
            # Standard input, on either side.
            tool("verify", f"{key}.pub", "-", "f.sig", given=message)
            assert process("verify", f"{key}.pub", "-", "f.sig", input=message)[0] == 0
            tool("sign", f"{key}.key", "-", "c.sig", given=message)
            here.works("verify", f"{key}.pub", "f", "c.sig")
            cases(f"{name} by {key} standard input", 2)
    # Both signatures are by py.key now.
    tool("verify", "c.pub", "f", "f.sig", status=1)
    here.fails(1, "verify", "c.pub", "f", "c.sig")
    cases(f"{name} other key", 2)


def test_exits(here, cases, tmp_path):
    """What goes wrong in the same way has the same exit status, and nearly the same words."""
    here.works("keygen", "--format", "raw", "k", "p")
    here.works("keygen", "--format", "raw", "--tier", "high", "k2", "p2")
    (tmp_path / "f").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    here.works("sign", "k", "f")
    for status, *arguments in (
        (0, "--help"), (0, "--version"), (0, "sign", "--quiet", "k", "f"), (0, "verify", "p", "f"),
        (1, "verify", "p", "k", "f.sig"), (2,), (2, "sign", "k"), (2, "sign", "k", "-"), (2, "frobnicate"),
        (2, "verify", "--frobnicate", "p", "f"), (2, "sign", "--context", "x" * 256, "k", "f"),
        (2, "keygen", "--context", "x", "a", "b"), (3, "keygen", "k", "p3"), (3, "keygen", "k3", "p"),
        (3, "keygen", "no/k", "p3"), (3, "sign", "p", "f"), (3, "sign", "k", "no"), (3, "sign", "k", "f", "p"),
        (3, "sign", "k", "folder"), (3, "verify", "p2", "f"), (3, "verify", "k", "f"), (3, "verify", "p", "f", "k"),
    ):  # fmt: skip
        tool(*arguments, status=status)
        assert here(*arguments)[0] == status, arguments
        cases("exits")
    assert sorted(os.listdir(".")) == ["f", "f.sig", "folder", "k", "k2", "p", "p2"]
