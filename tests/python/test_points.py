"""Points of small order, points that are not canonical or no points, and EdDSA's malleable s."""

import pytest

import weak_points
from abi import KEMS, MACROS, SIGNATURES
from checks import dirty, is_zero, status_of
from composition import COMPOSITIONS

SMALL_ORDER_DH = {
    "mlkem768_x25519": weak_points.x25519_small_order(),
    "mlkem1024_x448": weak_points.x448_small_order(),
}
BAD_ED = {
    "mldsa65_ed25519": {
        "small order": weak_points.ed25519_small_order(),
        "not canonical": weak_points.ed25519_not_canonical(),
        "no point": weak_points.ed25519_no_points(),
    },
    "mldsa87_ed448": {
        "small order": weak_points.ed448_small_order(),
        "not canonical": weak_points.ed448_not_canonical(),
        "no point": weak_points.ed448_no_points(),
    },
}
GROUP_ORDER = {"mldsa65_ed25519": weak_points.L25519, "mldsa87_ed448": weak_points.L448}

each_kem = pytest.mark.parametrize("suite", KEMS, ids=str)
each_signature = pytest.mark.parametrize("suite", SIGNATURES, ids=str)


@each_kem
def test_small_order_in_a_public_key(suite, cases):
    pk, _ = suite.keygen()
    theirs = COMPOSITIONS[suite.stem]
    for point in SMALL_ORDER_DH[suite.stem]:
        bad = pk[: theirs.ek_bytes] + point
        with pytest.raises(ValueError):
            theirs.encaps(bad)
        for name, coins in (("encaps", ()), ("encaps_derand", (b"\x42" * suite.size("encaps_coins"),))):
            ct, ss = dirty(suite, "ciphertext"), dirty(suite, "shared_secret")
            assert suite.function(name)(ct, ss, *coins, bad) == MACROS["PQH_ERR_PUBLIC_KEY"]
            assert is_zero(ct) and is_zero(ss)
            cases(f"small order {suite}")


@each_kem
def test_small_order_in_a_ciphertext(suite, cases):
    pk, sk = suite.keygen()
    theirs = COMPOSITIONS[suite.stem]
    ct, _ = suite.encaps(pk)
    for point in SMALL_ORDER_DH[suite.stem]:
        bad = ct[: theirs.ct_bytes] + point
        with pytest.raises(ValueError):
            theirs.decaps(bad, sk)
        calls = [("decaps", sk)]
        if suite.stem == "mlkem768_x25519":
            calls.append(("lamps_decaps", theirs.expand(sk)))
        for name, key in calls:
            ss = dirty(suite, "shared_secret")
            assert suite.function(name)(ss, bad, key) == MACROS["PQH_ERR_CIPHERTEXT"]
            assert is_zero(ss)
            cases(f"small order {suite}")


@each_signature
@pytest.mark.parametrize("why", ["small order", "not canonical", "no point"])
def test_bad_point_in_a_public_key(suite, why, cases):
    pk, sk = suite.keygen()
    at = COMPOSITIONS[suite.stem].pq_pk_bytes
    sig = suite.sign(b"message", b"", sk)
    points = BAD_ED[suite.stem][why]
    for point in points:
        assert status_of(suite.verify, sig, b"message", b"", pk[:at] + point) == "PQH_ERR_PUBLIC_KEY", point.hex()
        cases(f"{why} {suite}")


@each_signature
def test_forgery_under_the_neutral_point(suite, cases):
    """With A = R = neutral and s = 0, RFC 8032's equation holds for every message: only the check of A refuses it."""
    pk, sk = suite.keygen()
    theirs = COMPOSITIONS[suite.stem]
    size = len(pk) - theirs.pq_pk_bytes
    neutral, zero = (1).to_bytes(size, "little"), bytes(size)
    sig = suite.sign(b"message", b"", sk)[: theirs.pq_sig_bytes] + neutral + zero
    bad = pk[: theirs.pq_pk_bytes] + neutral
    assert status_of(suite.verify, sig, b"message", b"", bad) == "PQH_ERR_PUBLIC_KEY"
    assert status_of(suite.verify, sig, b"message", b"", pk) == "PQH_ERR_SIGNATURE"
    cases(f"forgeries {suite}", 2)


@each_signature
def test_s_must_be_reduced(suite, cases):
    """s + L satisfies the equation as well as s does."""
    pk, sk = suite.keygen()
    size = len(pk) - COMPOSITIONS[suite.stem].pq_pk_bytes
    sig = suite.sign(b"message", b"", sk)
    s = int.from_bytes(sig[-size:], "little")
    order = GROUP_ORDER[suite.stem]
    assert s < order
    for multiple in (1, 2, 3, 7, 15):
        larger = s + multiple * order
        if larger.bit_length() <= 8 * size:
            bad = sig[:-size] + larger.to_bytes(size, "little")
            assert status_of(suite.verify, bad, b"message", b"", pk) == "PQH_ERR_SIGNATURE"
            cases(f"malleable s {suite}")
