"""The published vectors, through the suites that everybody uses and through the C ABI in pqhybrid.lowlevel."""

from __future__ import annotations

from collections import Counter

import pytest

import pqhybrid
from pqhybrid import lowlevel

# Deterministic encapsulation is offered by the C ABI alone: high-level code cannot choose coins.
LOWLEVEL_ONLY = {"encaps_derand"}


class HighLevel:
    """Each operation of vectors_to_text.py; an output that is not as expected fails an assertion here."""

    def __init__(self, suite):
        self.suite = suite

    def public_key(self, sk, pk):
        key = self.suite.secret_key(sk)
        assert bytes(key.public_key) == pk
        assert key.public_key == self.suite.public_key(pk)
        key.public_key.check()

    lamps_public_key = public_key

    def decaps(self, ct, sk, ss):
        with self.suite.secret_key(sk) as key, key.decaps(ct) as secret:
            assert secret == ss

    def lamps_decaps(self, ct, dk, ss):
        assert self.suite.secret_key(dk).is_lamps
        self.decaps(ct, dk, ss)

    def verify(self, sig, msg, ctx, pk):
        key = self.suite.public_key(pk)
        key.verify(sig, msg, ctx)
        in_pieces = key.verifier(sig, ctx)
        in_pieces.update(msg[:100])
        in_pieces.update(msg[100:])
        in_pieces.verify()

    def refuse(self, sig, msg, ctx, pk):
        with pytest.raises(pqhybrid.InvalidSignature):
            self.suite.public_key(pk).verify(sig, msg, ctx)

    def sign_eddsa(self, msg, ctx, sk, half):
        with self.suite.secret_key(sk) as key:
            signature = key.sign(msg, ctx)
            assert signature[-len(half) :] == half
            key.public_key.verify(signature, msg, ctx)


class LowLevel:
    """The same through functions that are named and ordered as in C."""

    def __init__(self, suite):
        self.suite = suite

    def call(self, operation, *arguments):
        return getattr(lowlevel, f"pqh_{self.suite.name}_{operation}")(*arguments)

    def expect(self, operation, inputs, *outputs):
        written = [bytearray(b"\xa5" * len(each)) for each in outputs]
        assert self.call(operation, *written, *inputs) == lowlevel.PQH_OK
        assert written == list(outputs)

    def public_key(self, sk, pk):
        self.expect("public_key", [sk], pk)

    def lamps_public_key(self, dk, pk):
        self.expect("lamps_public_key", [dk], pk)

    def decaps(self, ct, sk, ss):
        self.expect("decaps", [ct, sk], ss)

    def lamps_decaps(self, ct, dk, ss):
        self.expect("lamps_decaps", [ct, dk], ss)

    def encaps_derand(self, coins, pk, ct, ss):
        self.expect("encaps_derand", [coins, pk], ct, ss)

    def verify(self, sig, msg, ctx, pk):
        assert self.call("verify", sig, msg, ctx, pk) == lowlevel.PQH_OK
        state, digest = lowlevel.Prehash(self.suite.name), bytearray(self.suite.digest_bytes)
        for step in (("prehash_init", state), ("prehash_update", state, msg), ("prehash_final", state, digest)):
            assert self.call(*step) == lowlevel.PQH_OK
        assert self.call("verify_prehashed", sig, digest, ctx, pk) == lowlevel.PQH_OK

    def refuse(self, sig, msg, ctx, pk):
        assert self.call("verify", sig, msg, ctx, pk) == lowlevel.PQH_ERR_SIGNATURE

    def sign_eddsa(self, msg, ctx, sk, half):
        for operation, rnd in (("sign", []), ("sign_derand", [bytes(32)])):
            signature = bytearray(self.suite.signature_bytes)
            assert self.call(operation, signature, msg, ctx, *rnd, sk) == lowlevel.PQH_OK
            assert signature[-len(half) :] == half


@pytest.mark.parametrize("face", [HighLevel, LowLevel])
def test_vectors(face, vectors, cases):
    seen = Counter()
    for name, operation, *fields in vectors:
        if face is HighLevel and operation in LOWLEVEL_ONLY:
            continue
        getattr(face(pqhybrid.suite(name)), operation)(*fields)
        seen[name, operation] += 1
        cases(f"{face.__name__} {operation}")
    # No suite and no operation may drop out of the vectors unseen.
    kem = {
        "mlkem768_x25519": {"encaps_derand", "decaps", "public_key", "lamps_decaps", "lamps_public_key"} - LOWLEVEL_ONLY
    }
    kem["mlkem1024_x448"] = {"decaps", "public_key"}
    signature = {
        each: {"public_key", "verify", "refuse", "sign_eddsa"} for each in ("mldsa65_ed25519", "mldsa87_ed448")
    }
    expected = {(name, each) for name, operations in {**kem, **signature}.items() for each in operations}
    if face is LowLevel:
        expected.add(("mlkem768_x25519", "encaps_derand"))
    assert set(seen) == expected
