"""What `import pqhybrid` brings along, how long it takes, and what it says of a library that is not its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import _cffi_backend
import pytest
from interpreters import CPYTHON, cpython_only

import pqhybrid

PACKAGE = Path(pqhybrid.__file__).parent
LIBRARY = "libpqhybrid.so"
# CFFI's compiled part, beside which cffi's own package may lie; part of the interpreter on PyPy.
CFFI = Path(getattr(_cffi_backend, "__file__", None) or PACKAGE).parent
START = "import sys; sys.path[:0] = sys.argv[1:]; before = set(sys.modules)\n"


def python(code, *folders, options=("-S", "-E", "-I")):
    """Runs code in an interpreter that knows these folders and its own standard library alone."""
    command = [sys.executable, *options, "-c", START + code, *map(str, folders or (PACKAGE.parent,)), str(CFFI)]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, timeout=120)


def imported(code, *folders):
    done = python(code + "\nprint(*sorted(set(sys.modules) - before))", *folders)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


# ---- what is imported ----------------------------------------------------------------------------

HEAVY = set(
    """
    argparse ast asyncio base64 cffi contextlib cryptography ctypes dataclasses enum functools hashlib
    importlib.metadata inspect json logging pathlib pickle prometheus_client pycparser random re secrets socket
    ssl struct subprocess tempfile threading typing unittest urllib warnings
    """.split()
)
# With -S not even `os` is there already; a program's interpreter has it before the first line runs.
ALLOWED = {
    "__future__",
    "_cffi_backend",
    "os",
    "os.path",
    "posixpath",
    "genericpath",
    "stat",
    "_stat",
    "_collections_abc",
    "abc",
    "_abc",
}
CORE = {"_ffi", "_kem", "_key", "_library", "_secret", "_signature", "_stream", "_suite", "_tier", "errors"}


@cpython_only("PyPy starts with more modules")
def test_import_is_light(cases):
    found = imported("import pqhybrid")
    assert not found & HEAVY
    ours = {each for each in found if each.split(".")[0] == "pqhybrid"}
    assert ours == {"pqhybrid", *(f"pqhybrid.{each}" for each in CORE)}
    assert found - ours <= ALLOWED, "new modules: think of the import time before you allow them"
    cases("modules", len(found))


@cpython_only("PyPy starts with more modules")
def test_working_stays_light(cases):
    """Keys, signatures and secrets need no more; hashing and PEM bring what they need, when they are asked for."""
    found = imported(
        "import pqhybrid\n"
        "for suite in pqhybrid.SUITES:\n"
        "    key = suite.keygen()\n"
        "    if hasattr(suite, 'signature_bytes'): key.public_key.verify(key.sign(b'msg'), b'msg')\n"
        "    else: assert key.decaps(key.public_key.encaps()[0])\n"
    )
    assert not found & HEAVY
    assert {each for each in found if each.startswith("pqhybrid.")} == {f"pqhybrid.{each}" for each in CORE}
    cases("suites", len(pqhybrid.SUITES))


@pytest.mark.parametrize("module", ["lowlevel", "errors", "encoding", "keys", "aio"])
def test_other_modules_import_alone(module, cases):
    """No cycle hides behind the order in which others import them."""
    done = python(f"import pqhybrid.{module}")
    assert done.returncode == 0, done.stderr
    assert done.stdout == done.stderr == ""
    cases("modules")


def test_import_is_silent(cases):
    done = python(
        "import pqhybrid; print(pqhybrid.__version__)", options=("-S", "-I", "-W", "error", "-X", "dev", "-bb")
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, pqhybrid.__version__ + "\n", "")
    cases("imports")


def test_import_time(cases, capsys):
    """Printed; what is asserted is twenty times what it takes, for machines that are busy. What it imports is above."""
    code = (
        "import time; start = time.perf_counter_ns(); import pqhybrid; print((time.perf_counter_ns() - start) // 1000)"
    )
    times = []
    for _ in range(20):
        # As a program has it: with site, so that what every program imports is not counted.
        done = python(code, options=("-E",))
        assert done.returncode == 0, done.stderr
        times.append(int(done.stdout))
    with capsys.disabled():
        least, median = min(times) / 1000, sorted(times)[10] / 1000
        print(f"\nimport pqhybrid: {least:.1f} ms, the least of {len(times)}; median {median:.1f} ms")
    assert min(times) < (50_000 if CPYTHON else 500_000)
    cases("imports", len(times))


# ---- a library that is not what it should be -----------------------------------------------------


def elf(data, at, value):
    changed = bytearray(data)
    changed[at : at + len(value)] = value
    return bytes(changed)


def libc():
    """The file of the C library that this process runs on."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        name = line.split()[-1]
        if os.path.basename(name).startswith(("libc.so", "libc-", "ld-musl")):
            return Path(name).read_bytes()
    pytest.fail("no C library in /proc/self/maps")


ORIGINAL = (PACKAGE / LIBRARY).read_bytes()
VERSION = pqhybrid.__version__.encode()
OTHER = b"9" + VERSION[1:]
AGAIN = "install pqhybrid again, with 'pip install --force-reinstall', or, in its source tree, run 'make python'"
LOADED = "the shared library of pqhybrid cannot be loaded, perhaps it is for another kind of machine"
MACHINE = b"\xb7\0" if ORIGINAL[18] == 62 else b"\x3e\0"
BROKEN = {
    "missing": (None, "the shared library of pqhybrid is missing"),
    "empty": (b"", LOADED),
    "text": (b"404: Not Found\n", LOADED),
    "32 bits": (elf(ORIGINAL, 4, b"\x01"), LOADED),
    "another machine": (elf(ORIGINAL, 18, MACHINE), LOADED),
    "another byte order": (elf(ORIGINAL, 5, b"\x02"), LOADED),
    "another version": (
        ORIGINAL.replace(VERSION + b"\0", OTHER + b"\0"),
        f"is pqhybrid {OTHER.decode()}, but this package is for {VERSION.decode()}",
    ),
    "another library": (libc, "is not the library of pqhybrid, for it has no pqh_version:"),
    "fewer suites": (
        ORIGINAL.replace(b"\0pqh_mldsa87_ed448_sign\0", b"\0pqh_mldsa99_ed448_sign\0"),
        "is not the library of pqhybrid, for it has no pqh_mldsa87_ed448_sign:",
    ),
    **{
        f"truncated to {size}": (ORIGINAL[:size], LOADED)
        for size in (10, 63, 64, 200, 1000, 4096, 100_000, len(ORIGINAL) // 2, len(ORIGINAL) * 9 // 10)
    },
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of the package, without its library."""
    folder = tmp_path_factory.mktemp("site-packages")
    shutil.copytree(PACKAGE, folder / "pqhybrid", ignore=shutil.ignore_patterns("__pycache__", LIBRARY))
    return folder


CAUGHT = """
try:
    import pqhybrid
except ImportError as error:
    shows_another = error.__cause__ is not None or not (error.__suppress_context__ or error.__context__ is None)
    print(type(error).__module__, type(error).__name__, shows_another)
    print(error)
"""


@pytest.mark.parametrize("what", BROKEN)
def test_broken_library(what, copied, cases):
    content, sentence = BROKEN[what]
    content = content() if callable(content) else content
    assert content != ORIGINAL
    path = copied / "pqhybrid" / LIBRARY
    if path.exists():
        path.unlink()
    if content is not None:
        path.write_bytes(content)
    done = python(CAUGHT, copied)
    assert done.returncode == 0, f"{done.returncode}: {done.stderr}"
    first, second = done.stdout.splitlines()
    assert first == "pqhybrid.errors LibraryError False"
    assert sentence in second and str(path) in second and second.endswith(AGAIN), second
    cases("libraries")


def test_a_folder_in_its_place(copied, tmp_path, cases):
    folder = tmp_path / "pqhybrid"
    shutil.copytree(copied / "pqhybrid", folder, ignore=shutil.ignore_patterns(LIBRARY))
    (folder / LIBRARY).mkdir()
    done = python("import pqhybrid", tmp_path)
    assert done.returncode == 1 and "LibraryError" in done.stderr and done.stderr.strip().endswith(AGAIN)
    cases("libraries")


def test_the_right_library_in_the_copy(copied, cases):
    """The test of the test: with its own library the copy works, from a folder that has spaces and other letters."""
    folder = copied / "a folder, ein Ördner"
    shutil.copytree(copied / "pqhybrid", folder / "pqhybrid", ignore=shutil.ignore_patterns(LIBRARY))
    shutil.copy(PACKAGE / LIBRARY, folder / "pqhybrid")
    done = python("import pqhybrid; print(pqhybrid.__file__); pqhybrid.MLDSA65_ED25519.keygen().sign(b'')", folder)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) > len("pqhybrid") and PACKAGE.parent != folder
    cases("libraries")
