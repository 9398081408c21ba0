"""Messages that come in pieces, and files."""

from __future__ import annotations

import io
import os

import pytest
from samples import SIGNATURE

import pqhybrid


@SIGNATURE
def test_finished(suite, cases):
    key = suite.keygen()
    signer = key.signer()
    signature = signer.sign()
    verifier = key.public_key.verifier(signature)
    verifier.verify()
    for call in (signer.sign, lambda: signer.update(b"x"), verifier.verify, lambda: verifier.update(b"")):
        with pytest.raises(pqhybrid.Finished, match="a new one needs a new signer or verifier"):
            call()
        cases("calls")
    verifier = key.public_key.verifier(signature)
    verifier.update(b"other")
    with pytest.raises(pqhybrid.InvalidSignature):
        verifier.verify()
    with pytest.raises(pqhybrid.Finished):
        verifier.verify()
    cases("calls", 2)


@SIGNATURE
def test_what_is_asked_for_first_counts(suite, cases):
    """Signer and verifier have copies of context and signature: changing them afterwards changes nothing."""
    key, context = suite.keygen(), bytearray(b"context")
    signer = key.signer(context)
    context[:] = b"changed"
    signature = bytearray(signer.sign())
    key.public_key.verify(signature, b"", b"context")
    verifier = key.public_key.verifier(signature, b"context")
    signature[0] ^= 1
    verifier.verify()
    cases("copies", 2)


class Endless(io.RawIOBase):
    """Gives what it is made with, piece by piece, None among it for 'nothing yet'."""

    def __init__(self, pieces):
        self.pieces = list(pieces)

    def read(self, size=-1):
        return self.pieces.pop(0) if self.pieces else b""


@SIGNATURE
def test_files(suite, tmp_path, cases):
    key, path, content = suite.keygen(), tmp_path / "file", os.urandom((2 << 20) + 12345)
    path.write_bytes(content)
    reports = []
    signature = key.sign_file(path, b"ctx", reports.append)
    assert reports == [1 << 20, 2 << 20, len(content)]
    key.public_key.verify(signature, content, b"ctx")
    with path.open("rb") as file:
        for each in (
            str(path),
            file,
            io.BytesIO(content),
            Endless([content[:1], bytearray(content[1:7]), memoryview(content)[7:]]),
        ):
            key.public_key.verify_file(signature, each, b"ctx")
            cases("kinds")
    with pytest.raises(pqhybrid.InvalidSignature):
        key.public_key.verify_file(signature, io.BytesIO(content[:-1]), b"ctx")
    for missing in (tmp_path / "missing", tmp_path):
        with pytest.raises(OSError):
            key.sign_file(missing)
    with pytest.raises(TypeError, match="data: expected a bytes-like object"):
        key.sign_file(io.StringIO("text"))
    # A file that is not ready is not at its end: what came until then must not be signed as if it were all.
    with pytest.raises(BlockingIOError):
        key.sign_file(Endless([b"beginning", None, b"end"]))
    with pytest.raises(BlockingIOError):
        key.public_key.verify_file(key.sign(b"beginning"), Endless([b"beginning", None, b"end"]))
    cases("refused", 6)
