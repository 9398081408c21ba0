"""What several test files go through: the suites, and the kinds of bytes-like objects."""

from __future__ import annotations

import array
import ctypes
import mmap

import pytest

import pqhybrid

KEMS = [pqhybrid.MLKEM768_X25519, pqhybrid.MLKEM1024_X448]
SIGNATURES = [pqhybrid.MLDSA65_ED25519, pqhybrid.MLDSA87_ED448]
EVERY = pytest.mark.parametrize("suite", [*KEMS, *SIGNATURES], ids=lambda suite: suite.name)
KEM = pytest.mark.parametrize("suite", KEMS, ids=lambda suite: suite.name)
SIGNATURE = pytest.mark.parametrize("suite", SIGNATURES, ids=lambda suite: suite.name)
NOT_BYTES = ["text", 7, None, [1, 2], 1.5, object(), memoryview(b"abcdefgh")[::2]]


def mapped(data):
    region = mmap.mmap(-1, len(data))
    region[:] = data
    return region


def kinds(data):
    """data as every kind of bytes-like object, each in one piece."""
    yield data
    yield bytearray(data)
    yield memoryview(data)
    yield memoryview(bytearray(b"!" + data + b"!"))[1:-1]
    yield array.array("B", data)
    yield memoryview(data).cast("c")
    yield ctypes.create_string_buffer(data, len(data))
    if data:
        yield mapped(data)
        yield memoryview(data).cast("B", [len(data), 1])
    if len(data) % 4 == 0:
        yield array.array("i", data)
