"""What must be refused, and with which status; what a failure leaves in the outputs."""

import random

import pytest

from abi import KEMS, MACROS, SIGNATURES, SUITES, PqhError, ffi
from checks import dirty, flipped, is_zero, status_of

XWING = KEMS[0]
EDDSA_AT = {"mldsa65_ed25519": 3309, "mldsa87_ed448": 4627}  # where a signature's second half begins
EDDSA_KEY_AT = {"mldsa65_ed25519": 1952, "mldsa87_ed448": 2592}
DH_KEY_AT = {"mlkem768_x25519": 1184, "mlkem1024_x448": 1568}
Q = 3329

# The arguments of every method, with the size that each must have; None where any will do.
KEM_METHODS = {
    "public_key": {"sk": "secret_key"},
    "encaps": {"pk": "public_key"},
    "encaps_derand": {"coins": "encaps_coins", "pk": "public_key"},
    "decaps": {"ct": "ciphertext", "sk": "secret_key"},
}
LAMPS_METHODS = {
    "lamps_public_key": {"dk": "lamps_secret_key"},
    "lamps_decaps": {"ct": "ciphertext", "dk": "lamps_secret_key"},
}
SIGNATURE_METHODS = {
    "public_key": {"sk": "secret_key"},
    "sign": {"msg": None, "ctx": None, "sk": "secret_key"},
    "sign_derand": {"msg": None, "ctx": None, "rnd": "sign_rnd", "sk": "secret_key"},
    "verify": {"sig": "signature", "msg": None, "ctx": None, "pk": "public_key"},
    "sign_prehashed": {"digest": "digest", "ctx": None, "sk": "secret_key"},
    "verify_prehashed": {"sig": "signature", "digest": "digest", "ctx": None, "pk": "public_key"},
}
METHODS = [(suite, name, sizes) for suite in KEMS for name, sizes in KEM_METHODS.items()]
METHODS += [(XWING, name, sizes) for name, sizes in LAMPS_METHODS.items()]
METHODS += [(suite, name, sizes) for suite in SIGNATURES for name, sizes in SIGNATURE_METHODS.items()]

each_kem = pytest.mark.parametrize("suite", KEMS, ids=str)
each_signature = pytest.mark.parametrize("suite", SIGNATURES, ids=str)


def some_bit_of_every_byte(data, rng):
    for at in range(len(data)):
        yield at, flipped(data, at, rng.randrange(8))


@pytest.mark.parametrize("suite, name, sizes", METHODS, ids=[f"{s}-{n}" for s, n, _ in METHODS])
def test_wrong_lengths(suite, name, sizes, cases):
    method = getattr(suite, name)
    right = {argument: bytes(suite.size(what) if what else 3) for argument, what in sizes.items()}
    try:
        method(**right)
    except PqhError:
        pass  # all zero is no public key; what counts is that the lengths were taken
    for argument, what in sizes.items():
        size = suite.size(what) if what else None
        for wrong in (size - 1, size + 1, 0) if what else ():
            with pytest.raises(ValueError, match=f"^{argument}: expected {size} bytes, got {wrong}$"):
                method(**{**right, argument: bytes(wrong)})
            cases(f"lengths {suite}")


@each_kem
def test_flipped_ciphertext_gives_another_secret(suite, rng, cases):
    pk, sk = suite.keygen()
    ct, ss = suite.encaps(pk)
    for _, forged in some_bit_of_every_byte(ct, rng):
        assert suite.decaps(forged, sk) != ss
        cases(f"flips {suite}")


@each_kem
def test_flipped_public_key_is_of_no_use(suite, rng, cases):
    pk, sk = suite.keygen()
    for at, forged in some_bit_of_every_byte(pk, rng):
        try:
            ct, ss = suite.encaps(forged)
        except PqhError as error:
            assert error.status == MACROS["PQH_ERR_PUBLIC_KEY"]
        else:
            assert suite.decaps(ct, sk) != ss, at
        cases(f"flips {suite}")


def clamped_bits(suite):
    """RFC 7748 overwrites these bits of the scalar, as (byte, bit), counted from the scalar's first byte."""
    if suite is XWING:
        return {(0, 0), (0, 1), (0, 2), (31, 6), (31, 7)}
    return {(0, 0), (0, 1), (55, 7)}


@each_kem
def test_flipped_expanded_secret_key(suite, cases):
    """d || z || scalar: d decides the secrets of good ciphertexts, z those of forged ones, the scalar all of them."""
    lamps = suite is XWING
    form = "lamps_" if lamps else ""
    public_key, decaps = getattr(suite, form + "public_key"), getattr(suite, form + "decaps")
    sk = random.Random(7).randbytes(suite.size(form + "secret_key"))
    pk = public_key(sk)
    ct, ss = suite.encaps(pk)
    forged = flipped(ct, 0, 0)
    rejected = decaps(forged, sk)
    for at in range(len(sk)):
        for bit in range(8):
            other = flipped(sk, at, bit)
            in_d, in_z, unused = at < 32, 32 <= at < 64, (at - 64, bit) in clamped_bits(suite)
            assert (public_key(other) == pk) == (in_z or unused)
            assert (decaps(ct, other) == ss) == (in_z or unused)
            assert (decaps(forged, other) == rejected) == (in_d or unused)
            cases(f"flips {suite}")


@each_signature
def test_flipped_signature(suite, rng, cases):
    pk, sk = suite.keygen()
    sig = suite.sign(b"message", b"context", sk)
    assert status_of(suite.verify, sig, b"message", b"context", pk) == "PQH_OK"
    for at, forged in some_bit_of_every_byte(sig, rng):
        assert status_of(suite.verify, forged, b"message", b"context", pk) == "PQH_ERR_SIGNATURE", at
        cases(f"flips {suite}")


@each_signature
def test_flipped_end_of_a_signature(suite, cases):
    """The end of s, bit by bit: a reduced s leaves these bits zero, and a careless check does not look at them."""
    pk, sk = suite.keygen()
    sig = suite.sign(b"message", b"", sk)
    for at in range(len(sig) - 2, len(sig)):
        for bit in range(8):
            assert status_of(suite.verify, flipped(sig, at, bit), b"message", b"", pk) == "PQH_ERR_SIGNATURE", (at, bit)
            cases(f"flips {suite}")


@each_signature
def test_flipped_public_key_refuses(suite, rng, cases):
    pk, sk = suite.keygen()
    sig = suite.sign(b"message", b"", sk)
    for at, forged in some_bit_of_every_byte(pk, rng):
        allowed = {"PQH_ERR_SIGNATURE"}
        if at >= EDDSA_KEY_AT[suite.stem]:
            allowed.add("PQH_ERR_PUBLIC_KEY")  # half of all strings are no point
        assert status_of(suite.verify, sig, b"message", b"", forged) in allowed, at
        cases(f"flips {suite}")


@each_signature
def test_flipped_secret_key_signs_for_another(suite, rng, cases):
    pk, sk = suite.keygen()
    for at, other in some_bit_of_every_byte(sk, rng):
        assert suite.public_key(other) != pk
        sig = suite.sign(b"message", b"", other)
        assert status_of(suite.verify, sig, b"message", b"", pk) == "PQH_ERR_SIGNATURE", at
        cases(f"flips {suite}")


@each_signature
def test_halves_of_different_messages(suite, cases):
    """Each half alone is valid, for one message or the other; together they are not, for any."""
    pk, sk = suite.keygen()
    half, key_half = EDDSA_AT[suite.stem], EDDSA_KEY_AT[suite.stem]
    first, second = suite.sign(b"first", b"", sk), suite.sign(b"second", b"", sk)
    for mixed in (first[:half] + second[half:], second[:half] + first[half:]):
        for msg in (b"first", b"second"):
            assert status_of(suite.verify, mixed, msg, b"", pk) == "PQH_ERR_SIGNATURE"
            cases(f"halves {suite}")

    other_pk, other_sk = suite.keygen()
    other = suite.sign(b"first", b"", other_sk)
    for mixed in (first[:half] + other[half:], other[:half] + first[half:]):
        for key in (pk, other_pk):
            assert status_of(suite.verify, mixed, b"first", b"", key) == "PQH_ERR_SIGNATURE"
            cases(f"halves {suite}")

    # The control: the same mixture is valid under the same mixture of keys.
    mixed, mixed_pk = first[:half] + other[half:], pk[:key_half] + other_pk[key_half:]
    assert status_of(suite.verify, mixed, b"first", b"", mixed_pk) == "PQH_OK"
    cases(f"halves {suite}")


@each_signature
def test_context_length(suite, cases):
    pk, sk = suite.keygen()
    longest, digest = MACROS["PQH_CONTEXT_MAX_BYTES"], bytes(suite.size("digest"))
    for length in (longest, longest + 1, 65537):
        ctx, expected = bytes(length), "PQH_OK" if length <= longest else "PQH_ERR_CONTEXT_LENGTH"
        signed, prehashed = suite.sign(b"", ctx[:longest], sk), suite.sign_prehashed(digest, ctx[:longest], sk)
        assert status_of(suite.sign, b"", ctx, sk) == expected
        assert status_of(suite.sign_derand, b"", ctx, bytes(32), sk) == expected
        assert status_of(suite.sign_prehashed, digest, ctx, sk) == expected
        assert status_of(suite.verify, signed, b"", ctx, pk) == expected
        assert status_of(suite.verify_prehashed, prehashed, digest, ctx, pk) == expected
        cases(f"contexts {suite}", 5)


@each_signature
def test_outputs_are_zero_after_a_context_too_long(suite, cases):
    sk, ctx, digest = ffi.new("uint8_t[]", suite.size("secret_key")), bytes(256), bytes(64)
    calls = {
        "sign": (b"", 0, ctx, 256, sk),
        "sign_derand": (b"", 0, ctx, 256, bytes(32), sk),
        "sign_prehashed": (digest, ctx, 256, sk),
    }
    for name, arguments in calls.items():
        sig = dirty(suite, "signature")
        assert suite.function(name)(sig, *arguments) == MACROS["PQH_ERR_CONTEXT_LENGTH"]
        assert is_zero(sig)
        cases(f"zero outputs {suite}")


def with_coefficient(pk, number, value):
    """An ML-KEM public key with one of its 12-bit coefficients replaced; they stand in it least bit first."""
    as_integer = int.from_bytes(pk, "little")
    shift = 12 * number
    changed = as_integer & ~(0xFFF << shift) | value << shift
    return changed.to_bytes(len(pk), "little")


@each_kem
def test_public_key_that_is_not_canonical(suite, cases):
    pk, _ = suite.keygen()
    coins = bytes(range(1, suite.size("encaps_coins") + 1))
    coefficients = (DH_KEY_AT[suite.stem] - 32) * 8 // 12
    for number in range(coefficients):
        assert status_of(suite.encaps, with_coefficient(pk, number, Q - 1)) == "PQH_OK"
        for value in (Q, 0xFFF):
            bad = with_coefficient(pk, number, value)
            ct, ss = dirty(suite, "ciphertext"), dirty(suite, "shared_secret")
            assert suite.function("encaps")(ct, ss, bad) == MACROS["PQH_ERR_PUBLIC_KEY"]
            assert is_zero(ct) and is_zero(ss)
            assert status_of(suite.encaps_derand, coins, bad) == "PQH_ERR_PUBLIC_KEY"
            cases(f"modulus {suite}", 2)


def refuses_state(suite, state):
    digest = dirty(suite, "digest")
    updated = suite.function("prehash_update")(state, b"data", 4)
    finalised = suite.function("prehash_final")(state, digest)
    return updated == finalised == MACROS["PQH_ERR_STATE"] and is_zero(digest)


@each_signature
def test_prehash_state(suite, rng, cases):
    kind = f"pqh_{suite.stem}_prehash *"
    assert refuses_state(suite, ffi.new(kind)), "a state of zeros"

    garbage = ffi.new(kind)
    ffi.buffer(garbage)[:] = rng.randbytes(ffi.sizeof(garbage[0]))
    assert refuses_state(suite, garbage), "a state of garbage"

    other = next(each for each in SIGNATURES if each is not suite).prehash()
    other.update(b"data")
    assert refuses_state(suite, ffi.cast(kind, other.state)), "another suite's state"

    begun = suite.prehash()
    begun.update(b"message")
    copy = ffi.new(kind, begun.state[0])
    digest = begun.final()
    assert refuses_state(suite, begun.state), "a finalised state"
    assert refuses_state(suite, begun.state), "a finalised state, again"

    suite.call("prehash_init", begun.state)
    begun.update(b"mess")
    begun.update(b"")
    begun.update(b"age")
    assert begun.final() == digest
    begun.state = copy
    assert begun.final() == digest, "a copy goes on by itself"
    cases(f"prehash states {suite}", 7)


def test_every_suite_is_here(cases):
    assert {suite for suite, _, _ in METHODS} == set(SUITES.values())
    cases("suites", len(SUITES))
