"""What the test files of the package share: how cases are counted, where randomness and vectors come from."""

import os
import random
import secrets
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The reader of the published vectors serves the tests of the C ABI as well.
sys.path.insert(0, str(ROOT / "tests"))

import vectors_to_text  # noqa: E402

# What runs the tests may ignore these, as nohup and a shell's & do, and the programs that they start would as well.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

SEED = os.environ.get("PQHYBRID_SEED") or secrets.token_hex(8)
counted, skipped = Counter(), []


@pytest.fixture
def rng(request):
    """Random inputs that depend on the seed and on the name of the test alone, so that one test repeats by itself."""
    return random.Random(f"{SEED} {request.node.name}")


@pytest.fixture
def cases(request):
    """Counts cases: a test calls cases(group, how_many), and fails if it has not counted any."""
    here, failed_before = Counter(), request.session.testsfailed

    def count(group, how_many=1):
        here[f"package/{Path(request.path).stem.removeprefix('test_')} {group}"] += how_many

    yield count
    counted.update(here)
    if request.session.testsfailed == failed_before:
        assert sum(here.values()), "the test ran no case"


def vectors_folder():
    """Where the published vectors are; a test that needs them is skipped with one clear line, or fails in CI."""
    folder = vectors_to_text.folder()
    if not folder.is_dir():
        missing = f"package/vectors: no vectors at {folder} (set PQHYBRID_VECTORS)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing, pytrace=False)
        skipped.append(f"skipped {missing}")
        pytest.skip(missing)
    return folder


@pytest.fixture(scope="session")
def vectors():
    """The published vectors as records, see vectors_to_text."""
    return list(vectors_to_text.records(vectors_folder()))


def pytest_report_header():
    return f"PQHYBRID_SEED={SEED}"


def pytest_terminal_summary(terminalreporter):
    terminalreporter.section("cases")
    for line in sorted(set(skipped)):
        terminalreporter.write_line(line)
    for group, how_many in sorted(counted.items()):
        terminalreporter.write_line(f"{group}: {how_many} cases")
    terminalreporter.write_line(f"to repeat the random cases: PQHYBRID_SEED={SEED}")
