"""What is promised on CPython alone is tested there alone, and what is left out elsewhere is told with the cases."""

from __future__ import annotations

import sys

import conftest
import pytest

CPYTHON = sys.implementation.name == "cpython"


def cpython_only(reason):
    """Skips a test on PyPy, with one line in the list of cases that says why."""

    def decorate(test):
        if not CPYTHON:
            conftest.skipped.append(f"skipped package/{test.__module__.replace('test_', '')} {test.__name__}: {reason}")
        return pytest.mark.skipif(not CPYTHON, reason=reason)(test)

    return decorate
