"""What the test files share: how cases are counted, where randomness and vectors come from."""

import os
import random
import secrets
from collections import Counter
from pathlib import Path

import pytest

import vectors_to_text

SEED = os.environ.get("PQHYBRID_SEED") or secrets.token_hex(8)
counted, skipped = Counter(), []


def suite_name(path):
    """python/differential, for test_differential.py."""
    return "python/" + Path(path).stem.removeprefix("test_")


@pytest.fixture
def rng(request):
    """Random inputs that depend on the seed and on the name of the test alone, so that one test repeats by itself."""
    return random.Random(f"{SEED} {request.node.name}")


@pytest.fixture
def cases(request):
    """Counts cases: a test calls cases(group, how_many), and fails if it has not counted any."""
    here, failed_before = Counter(), request.session.testsfailed

    def count(group, how_many=1):
        here[f"{suite_name(request.path)} {group}"] += how_many

    yield count
    counted.update(here)
    if request.session.testsfailed == failed_before:
        assert here.total(), "the test ran no case"


@pytest.fixture(scope="session")
def vectors(request):
    """The published vectors as records, see vectors_to_text."""
    folder = vectors_to_text.folder()
    if not folder.is_dir():
        missing = f"python/vectors: no vectors at {folder} (set PQHYBRID_VECTORS)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing, pytrace=False)
        skipped.append(f"skipped {missing}")
        pytest.skip(missing)
    return list(vectors_to_text.records(folder))


def pytest_report_header():
    return f"PQHYBRID_SEED={SEED}"


def pytest_terminal_summary(terminalreporter):
    terminalreporter.section("cases")
    for line in sorted(set(skipped)):
        terminalreporter.write_line(line)
    for group, how_many in sorted(counted.items()):
        terminalreporter.write_line(f"{group}: {how_many} cases")
    terminalreporter.write_line(f"to repeat the random cases: PQHYBRID_SEED={SEED}")
