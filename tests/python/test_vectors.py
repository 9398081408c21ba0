"""The published vectors through the C ABI. The operations are those of vectors_to_text."""

import pytest

from abi import KEMS, MACROS, SIGNATURES, SUITES, PqhError

WITHOUT_RANDOMNESS = bytes(32)


def public_key(suite, sk, pk):
    assert suite.public_key(sk) == pk


def encaps_derand(suite, coins, pk, ct, ss):
    assert suite.encaps_derand(coins, pk) == (ct, ss)


def decaps(suite, ct, sk, ss):
    assert suite.decaps(ct, sk) == ss


def lamps_public_key(suite, dk, pk):
    assert suite.lamps_public_key(dk) == pk


def lamps_decaps(suite, ct, dk, ss):
    assert suite.lamps_decaps(ct, dk) == ss


def verify(suite, sig, msg, ctx, pk):
    suite.verify(sig, msg, ctx, pk)
    suite.verify_prehashed(sig, digest_in_pieces(suite, msg), ctx, pk)


def refuse(suite, sig, msg, ctx, pk):
    digest = digest_in_pieces(suite, msg)
    for function, what in ((suite.verify, msg), (suite.verify_prehashed, digest)):
        with pytest.raises(PqhError) as refused:
            function(sig, what, ctx, pk)
        assert refused.value.status == MACROS["PQH_ERR_SIGNATURE"]


def sign_eddsa(suite, msg, ctx, sk, half):
    assert suite.sign_derand(msg, ctx, WITHOUT_RANDOMNESS, sk).endswith(half)
    assert suite.sign_prehashed(digest_in_pieces(suite, msg), ctx, sk).endswith(half)


def digest_in_pieces(suite, msg):
    state = suite.prehash()
    for at in range(0, len(msg), 7):
        state.update(msg[at : at + 7])
    return state.final()


KEM_OPERATIONS = (public_key, decaps)
XWING_OPERATIONS = (*KEM_OPERATIONS, encaps_derand, lamps_public_key, lamps_decaps)
SIGNATURE_OPERATIONS = (public_key, verify, refuse, sign_eddsa)
EXPECTED = [(KEMS[0], each) for each in XWING_OPERATIONS]
EXPECTED += [(KEMS[1], each) for each in KEM_OPERATIONS]
EXPECTED += [(suite, each) for suite in SIGNATURES for each in SIGNATURE_OPERATIONS]


@pytest.mark.parametrize("suite, operation", EXPECTED, ids=[f"{s}-{o.__name__}" for s, o in EXPECTED])
def test_operation(vectors, suite, operation, cases):
    for stem, name, *fields in vectors:
        if (stem, name) == (suite.stem, operation.__name__):
            operation(suite, *fields)
            cases(suite)


def test_no_operation_is_left_out(vectors, cases):
    """A record that test_operation does not look for would be passed over in silence."""
    known = {(suite.stem, operation.__name__) for suite, operation in EXPECTED}
    assert {(stem, name) for stem, name, *_ in vectors} == known
    assert {stem for stem, _ in known} == set(SUITES)
    cases("operations", len(known))
