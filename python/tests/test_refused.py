"""What suites and keys refuse: wrong types, lengths, suites and keys, each with a sentence of its own."""

from __future__ import annotations

import pytest
from samples import EVERY, KEM, KEMS, NOT_BYTES, SIGNATURE, SIGNATURES

import pqhybrid


@EVERY
def test_wrong_types(suite, cases):
    key = suite.keygen()
    public = key.public_key
    calls = {"secret key": suite.secret_key, "public key": suite.public_key}
    if suite in KEMS:
        calls["ciphertext"] = key.decaps
    else:
        signature = key.sign(b"")
        calls.update({
            "signature": lambda wrong: public.verify(wrong, b""),
            "msg": key.sign,
            "digest": key.sign_prehashed,
            "context": lambda wrong: key.sign(b"", wrong),
            "data": lambda wrong: key.signer().update(wrong),
        })  # fmt: skip
        calls["msg "] = lambda wrong: public.verify(signature, wrong)
        calls["context "] = lambda wrong: public.verify(signature, b"", wrong)
        calls["context  "] = key.signer
        calls["signature "] = public.verifier
        calls["digest "] = lambda wrong: public.verify_prehashed(signature, wrong)
    for name, call in calls.items():
        for wrong in NOT_BYTES:
            expected = f"^{name.strip()}: expected a bytes-like object in one piece, got {type(wrong).__name__}"
            with pytest.raises(TypeError, match=expected):
                call(wrong)
            cases("refused")


@EVERY
def test_wrong_lengths(suite, cases):
    key = suite.keygen()
    public = key.public_key
    calls = [
        ("secret key", suite.secret_key, suite.secret_key_bytes),
        ("public key", suite.public_key, suite.public_key_bytes),
    ]
    if suite in KEMS:
        calls.append(("ciphertext", key.decaps, suite.ciphertext_bytes))
    else:
        calls += [
            ("signature", lambda wrong: public.verify(wrong, b""), suite.signature_bytes),
            ("signature", lambda wrong: public.verify_prehashed(wrong, bytes(64)), suite.signature_bytes),
            ("signature", public.verifier, suite.signature_bytes),
            ("digest", key.sign_prehashed, 64),
            ("digest", lambda wrong: public.verify_prehashed(bytes(suite.signature_bytes), wrong), 64),
        ]
    for name, call, size in calls:
        for wrong in (0, 1, size - 1, size + 1, size * 2):
            for kind in (bytes, bytearray):
                with pytest.raises(
                    pqhybrid.LengthError, match=f"^{name}: expected {size} bytes for {suite.name}, got {wrong}\\b"
                ):
                    call(kind(wrong))
                cases("refused")


@EVERY
def test_other_suites_bytes_are_named(suite, cases):
    for other in pqhybrid.SUITES:
        if other is suite:
            continue
        key = other.keygen()
        with pytest.raises(pqhybrid.LengthError, match=f"as many as a public key of {other.name} has"):
            suite.public_key(bytes(key.public_key))
        with pytest.raises(pqhybrid.LengthError, match=f"as many as a secret key of {other.name} has"):
            suite.secret_key(bytes(key.to_secret_bytes()))
        cases("keys", 2)
    if suite in SIGNATURES:
        (other,) = (each for each in SIGNATURES if each is not suite)
        with pytest.raises(pqhybrid.LengthError, match=f"as many as a signature of {other.name} has"):
            suite.keygen().public_key.verify(other.keygen().sign(b""), b"")
    else:
        (other,) = (each for each in KEMS if each is not suite)
        with pytest.raises(pqhybrid.LengthError, match=f"as many as a ciphertext of {other.name} has"):
            suite.keygen().decaps(other.keygen().public_key.encaps()[0])
    cases("results")


@EVERY
def test_other_keys_of_the_same_suite(suite, cases):
    ours, theirs = suite.keygen(), suite.keygen()
    if suite in KEMS:
        ciphertext, secret = ours.public_key.encaps()
        # Implicit rejection: no error, and nobody else's secret, always the same.
        rejected = theirs.decaps(ciphertext)
        assert rejected != secret and rejected == theirs.decaps(ciphertext)
    else:
        with pytest.raises(pqhybrid.InvalidSignature, match="not valid for this message, context and public key"):
            theirs.public_key.verify(ours.sign(b"msg"), b"msg")
    cases("keys")


@KEM
def test_bad_kem_inputs(suite, cases):
    bad = suite.public_key(b"\xff" * suite.public_key_bytes)
    curve = 32 if suite is KEMS[0] else 56
    good = bytes(suite.keygen().public_key)
    for each in (bad, suite.public_key(good[:-curve] + bytes(curve))):
        for call in (each.check, each.encaps):
            with pytest.raises(pqhybrid.InvalidPublicKey):
                call()
            cases("public keys")
    key = suite.keygen()
    ciphertext = key.public_key.encaps()[0][:-curve] + bytes(curve)
    with pytest.raises(pqhybrid.InvalidCiphertext):
        key.decaps(ciphertext)
    key.public_key.check()
    cases("ciphertexts")


@SIGNATURE
def test_bad_signature_keys(suite, cases):
    key = suite.keygen()
    signature, public = key.sign(b""), bytes(key.public_key)
    curve = 32 if suite is SIGNATURES[0] else 57
    neutral, not_canonical = b"\x01" + bytes(curve - 1), b"\xff" * curve
    for point in (neutral, not_canonical):
        bad = suite.public_key(public[:-curve] + point)
        in_pieces = bad.verifier(signature)
        for call in (bad.check, lambda bad=bad: bad.verify(signature, b""), in_pieces.verify):
            with pytest.raises(pqhybrid.InvalidPublicKey):
                call()
            cases("public keys")
    key.public_key.check()


@EVERY
def test_wiped_keys_say_so(suite, cases):
    raw = bytes(suite.keygen().to_secret_bytes())
    key, other = suite.secret_key(raw), suite.secret_key(raw)
    key.wipe()
    key.wipe()
    calls = [lambda: key.public_key, key.to_secret_bytes, lambda: key == other, lambda: other == key]
    if suite in KEMS:
        calls.append(lambda: key.decaps(bytes(suite.ciphertext_bytes)))
    else:
        signer = other.signer()
        other.wipe()
        calls += [lambda: key.sign(b""), lambda: key.sign_prehashed(bytes(64)), key.signer, signer.sign]
    for call in calls:
        with pytest.raises(pqhybrid.Wiped, match="wiped"):
            call()
        cases("calls")
    assert key.wiped
    kept = suite.keygen()
    public = kept.public_key
    with kept:
        pass
    assert kept.wiped and kept.public_key is public
    cases("public key stays")
