"""What holds for all inputs, on inputs that Hypothesis looks for. PQHYBRID_SEED repeats them."""

from __future__ import annotations

import hashlib

import conftest
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir
from samples import EVERY, KEM, KEMS, SIGNATURE

import pqhybrid
from pqhybrid import lowlevel

# What it remembers of Python and Unicode is no part of the sources.
set_hypothesis_home_dir(conftest.ROOT / "build" / "hypothesis")
PREHASH = {
    "mldsa65_ed25519": lambda msg: hashlib.sha512(msg).digest(),
    "mldsa87_ed448": lambda msg: hashlib.shake_256(msg).digest(64),
}

messages = st.binary(max_size=600)
contexts = st.binary(max_size=255)
positions = st.integers(min_value=0)
bits = st.integers(min_value=0, max_value=7)


def examples(how_many):
    """The settings of all tests here. No clock decides, nothing is left on the disk, `cases` counts across examples."""

    def decorate(test):
        # One number from the seed and the test's name, so that each test repeats by itself.
        number = int.from_bytes(hashlib.sha256(f"{conftest.SEED} {test.__name__}".encode()).digest()[:8], "big")
        chosen = settings(
            max_examples=how_many,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        )
        return seed(number)(chosen(test))

    return decorate


def flipped(data, position, bit):
    changed = bytearray(data)
    changed[position % len(changed)] ^= 1 << bit
    return changed


def keys(suite):
    return st.binary(min_size=suite.secret_key_bytes, max_size=suite.secret_key_bytes)


@KEM
@examples(150)
@given(data=st.data(), position=positions, bit=bits)
def test_kem_round_trip_and_flips(suite, cases, data, position, bit):
    sk = data.draw(keys(suite))
    key = suite.secret_key(sk)
    ciphertext, secret = suite.public_key(bytes(key.public_key)).encaps()
    assert key.decaps(ciphertext) == secret != bytes(32)
    # Any other ciphertext gives another secret, always the same, or is refused for its point.
    other = flipped(ciphertext, position, bit)
    try:
        rejected = key.decaps(other)
        assert rejected != secret and rejected == suite.secret_key(sk).decaps(other)
    except pqhybrid.InvalidCiphertext:
        assert position % len(ciphertext) >= suite.ciphertext_bytes - 56
    # Any other secret key is another key, but for the bits of the scalar that RFC 7748 sets by itself.
    assert suite.secret_key(flipped(sk, position % 32, bit)).decaps(ciphertext) != secret
    cases("flips", 2)


@KEM
@examples(150)
@given(position=positions, bit=bits)
def test_flipped_public_keys_agree_on_nothing(suite, cases, position, bit):
    key = suite.keygen()
    try:
        ciphertext, secret = suite.public_key(flipped(bytes(key.public_key), position, bit)).encaps()
        assert key.decaps(ciphertext) != secret
    except (pqhybrid.InvalidPublicKey, pqhybrid.InvalidCiphertext):
        pass
    cases("flips")


@SIGNATURE
@examples(100)
@given(data=st.data(), msg=messages, context=contexts, position=positions, bit=bits)
def test_signature_round_trip_and_flips(suite, cases, data, msg, context, position, bit):
    key = suite.secret_key(data.draw(keys(suite)))
    public = key.public_key
    signature = key.sign(msg, context)
    public.verify(signature, msg, context)
    public.verify_prehashed(signature, PREHASH[suite.name](msg), context)
    public.verify(key.sign_prehashed(PREHASH[suite.name](msg), context), msg, context)

    refused = [(flipped(signature, position, bit), msg, context), (signature, msg + b"\0", context)]
    if msg:
        refused += [(signature, flipped(msg, position, bit), context), (signature, msg[:-1], context)]
        if len(context) < 255:
            # Where the context ends is signed as well.
            refused.append((signature, msg[1:], context + msg[:1]))
    if context:
        refused += [(signature, msg, flipped(context, position, bit)), (signature, msg, context[:-1])]
        refused.append((signature, context[-1:] + msg, context[:-1]))
    for each in refused:
        with pytest.raises(pqhybrid.InvalidSignature):
            public.verify(*each)
        cases("refused")
    other = suite.public_key(flipped(bytes(public), position, bit))
    with pytest.raises((pqhybrid.InvalidSignature, pqhybrid.InvalidPublicKey)):
        other.verify(signature, msg, context)
    cases("round trips")


@SIGNATURE
def test_every_byte_of_a_signature_counts(suite, rng, cases):
    key = suite.keygen()
    public, signature = key.public_key, key.sign(b"msg", b"ctx")
    for at in range(0, len(signature), 7):
        with pytest.raises(pqhybrid.InvalidSignature):
            public.verify(flipped(signature, at + rng.randrange(7), rng.randrange(8)), b"msg", b"ctx")
        cases("flips")


@SIGNATURE
@examples(100)
@given(pieces=st.lists(st.binary(max_size=300), max_size=12), context=contexts)
def test_pieces_of_any_size_equal_the_whole(suite, cases, pieces, context):
    key, whole = suite.keygen(), b"".join(pieces)
    signer = key.signer(context)
    for piece in pieces:
        signer.update(piece)
    signature = signer.sign()
    key.public_key.verify(signature, whole, context)
    verifier = key.public_key.verifier(key.sign(whole, context), context)
    state, digest = lowlevel.Prehash(suite.name), bytearray(64)
    assert getattr(lowlevel, f"pqh_{suite.name}_prehash_init")(state) == 0
    for piece in pieces:
        verifier.update(bytearray(piece))
        assert getattr(lowlevel, f"pqh_{suite.name}_prehash_update")(state, piece) == 0
    verifier.verify()
    assert getattr(lowlevel, f"pqh_{suite.name}_prehash_final")(state, digest) == 0
    assert digest == PREHASH[suite.name](whole)
    cases("messages")


@EVERY
@examples(150)
@given(data=st.data())
def test_truncated_and_padded(suite, cases, data):
    key = suite.keygen()
    takes = {"secret key": suite.secret_key, "public key": suite.public_key}
    if suite in KEMS:
        takes["ciphertext"] = key.decaps
    else:
        takes["signature"] = lambda each: key.public_key.verify(each, b"")
        takes["digest"] = key.sign_prehashed
    name = data.draw(st.sampled_from(sorted(takes)))
    right = {getattr(suite, name.replace(" ", "_") + "_bytes")} | (
        {96} if (suite, name) == (KEMS[0], "secret key") else set()
    )
    length = data.draw(
        st.one_of(st.integers(0, 10_000), st.sampled_from([each + d for each in right for d in (-1, 1)])).filter(
            lambda n: n not in right
        )
    )
    with pytest.raises(pqhybrid.LengthError, match=f"^{name}: expected .* got {length}\\b"):
        takes[name](bytes(length))
    cases("lengths")


@examples(200)
@given(a=st.binary(max_size=70), b=st.binary(max_size=70), same=st.booleans())
def test_secret_bytes_are_their_bytes(cases, a, b, same):
    if same:
        b = bytearray(a)
    secret, other = pqhybrid.SecretBytes(a), pqhybrid.SecretBytes(b)
    assert bytes(secret) == a and secret.view() == a and len(secret) == len(a) and bool(secret) == bool(a)
    assert (secret == other) == (secret == b) == pqhybrid.ct_equal(a, b) == (a == b)
    assert (secret != other) == (a != b)
    cases("pairs")


@SIGNATURE
@examples(60)
@given(msg=messages, context=contexts)
def test_signing_is_hedged_unless_told_otherwise(suite, cases, msg, context):
    key = suite.keygen()
    assert key.sign(msg, context) != key.sign(msg, context)
    seed_, signatures = key.to_secret_bytes(), [bytearray(suite.signature_bytes) for _ in range(2)]
    for each in signatures:
        assert getattr(lowlevel, f"pqh_{suite.name}_sign_derand")(each, msg, context, bytes(32), seed_.view()) == 0
        key.public_key.verify(each, msg, context)
    assert signatures[0] == signatures[1]
    cases("messages")


@SIGNATURE
@examples(60)
@given(context=st.binary(min_size=256, max_size=2000))
def test_long_contexts(suite, cases, context):
    key = suite.keygen()
    for call in (
        lambda: key.sign(b"", context),
        lambda: key.signer(context),
        lambda: key.sign_prehashed(bytes(64), context),
    ):
        with pytest.raises(pqhybrid.LengthError):
            call()
        cases("contexts")
