"""The library against the same hybrids composed on OpenSSL, in both directions, on random inputs."""

import pytest

from abi import KEMS, MACROS, SIGNATURES, PqhError
from composition import COMPOSITIONS

CASES = 200


def each(suites):
    """Every suite, CASES times, with its composition."""
    values = [(suite, COMPOSITIONS[suite.stem], number) for suite in suites for number in range(CASES)]
    return pytest.mark.parametrize("ours, theirs, number", values, ids=[f"{s}-{n}" for s, _, n in values])


def random_length(rng, number, longest):
    """From 0 to longest; both ends come up in any run."""
    return {0: 0, 1: longest}.get(number % 10, rng.randint(0, longest))


@each(KEMS)
def test_kem(ours, theirs, number, rng, cases):
    sk = rng.randbytes(ours.size("secret_key"))
    pk = ours.public_key(sk)
    assert pk == theirs.public_key(sk)

    ct, ss = theirs.encaps(pk)
    assert ours.decaps(ct, sk) == ss

    ct, ss = ours.encaps(pk)
    assert theirs.decaps(ct, sk) == ss

    coins = rng.randbytes(ours.size("encaps_coins"))
    ct, ss = ours.encaps_derand(coins, pk)
    assert theirs.decaps(ct, sk) == ss
    assert theirs.encaps_coins(coins, pk) == (ct[theirs.ct_bytes :], ss)

    # Implicit rejection is a function of z and the ciphertext, so that both sides agree on it too.
    forged = bytearray(ct)
    forged[rng.randrange(theirs.ct_bytes)] ^= 1 << rng.randrange(8)
    rejected = ours.decaps(forged, sk)
    assert rejected == theirs.decaps(bytes(forged), sk)
    assert rejected != ss

    if ours.stem == "mlkem768_x25519":
        dk = theirs.expand(sk)
        assert ours.lamps_public_key(dk) == pk
        assert ours.lamps_decaps(ct, dk) == ss
    cases(ours)


@each(SIGNATURES)
def test_signature(ours, theirs, number, rng, cases):
    sk = rng.randbytes(ours.size("secret_key"))
    pk = ours.public_key(sk)
    assert pk == theirs.public_key(sk)
    msg = rng.randbytes(random_length(rng, number, 5000))
    ctx = rng.randbytes(random_length(rng, number // 10, MACROS["PQH_CONTEXT_MAX_BYTES"]))
    digest = theirs.prehash(msg)
    assert in_pieces(ours, msg, rng) == digest

    their_sig = theirs.sign(msg, ctx, sk)
    ours.verify(their_sig, msg, ctx, pk)
    ours.verify_prehashed(their_sig, digest, ctx, pk)

    rnd = rng.choice([bytes(32), rng.randbytes(32)])
    derand = ours.sign_derand(msg, ctx, rnd, sk)
    assert derand == ours.sign_derand(msg, ctx, rnd, sk)
    for sig in (ours.sign(msg, ctx, sk), ours.sign_prehashed(digest, ctx, sk), derand):
        assert theirs.verify_halves(sig, msg, ctx, pk) == (True, True)
        # EdDSA is deterministic: no other second half is right.
        assert sig[theirs.pq_sig_bytes :] == their_sig[theirs.pq_sig_bytes :]

    for other_msg, other_ctx in ((tampered(msg, rng), ctx), (msg, tampered(ctx, rng))):
        with pytest.raises(PqhError) as refused:
            ours.verify(their_sig, other_msg, other_ctx, pk)
        assert refused.value.status == MACROS["PQH_ERR_SIGNATURE"]
        assert theirs.verify_halves(derand, other_msg, other_ctx, pk) == (False, False)
    cases(ours)


def in_pieces(suite, msg, rng):
    state, at = suite.prehash(), 0
    while at < len(msg):
        length = rng.randint(0, 700)
        state.update(msg[at : at + length])
        at += length
    return state.final()


def tampered(data, rng):
    """One bit flipped; where there is none, one byte added."""
    if not data:
        return rng.randbytes(1)
    changed = bytearray(data)
    changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)
