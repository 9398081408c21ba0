"""The suites against the same hybrids composed on OpenSSL, in both directions, on random inputs.

The composition is tests/python/composition.py, on PyPI's `cryptography`: it shares no code with the library.
"""

from __future__ import annotations

import sys
from pathlib import Path

import conftest
import pytest

import pqhybrid

sys.path.append(str(Path(__file__).resolve().parents[2] / "tests" / "python"))
try:
    from composition import COMPOSITIONS
except ImportError as error:
    reason = f"needs PyPI's cryptography 46 or newer and tests/python ({error})"
    conftest.skipped.append(f"skipped package/differential: {reason}")
    pytest.skip(reason, allow_module_level=True)

CASES = 50
NUMBERS = pytest.mark.parametrize("number", range(CASES))


def random_length(rng, number, longest):
    """From 0 to longest; both ends come up in any run."""
    return {0: 0, 1: longest}.get(number % 10, rng.randint(0, longest))


def randbytes(rng, size):
    return rng.getrandbits(8 * size).to_bytes(size, "big") if size else b""


def tampered(data, rng):
    """One bit flipped; where there is none, one byte added."""
    if not data:
        return b"x"
    changed = bytearray(data)
    changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("suite", [pqhybrid.MLKEM768_X25519, pqhybrid.MLKEM1024_X448], ids=repr)
@NUMBERS
def test_kem(suite, number, rng, cases):
    theirs = COMPOSITIONS[suite.name]
    sk = randbytes(rng, suite.secret_key_bytes)
    key = suite.secret_key(bytearray(sk), wipe_source=True)
    pk = bytes(key.public_key)
    assert pk == theirs.public_key(sk)

    ciphertext, secret = theirs.encaps(pk)
    assert key.decaps(ciphertext) == secret
    ciphertext, secret = suite.public_key(theirs.public_key(sk)).encaps()
    assert secret == theirs.decaps(ciphertext, sk)

    # Implicit rejection depends on the key and the ciphertext alone, so that both sides agree on it too.
    forged = tampered(ciphertext[: theirs.ct_bytes], rng) + ciphertext[theirs.ct_bytes :]
    rejected = key.decaps(forged)
    assert rejected == theirs.decaps(forged, sk) and rejected != secret

    made = suite.keygen()
    ciphertext, secret = theirs.encaps(bytes(made.public_key))
    assert made.decaps(ciphertext) == secret == theirs.decaps(ciphertext, bytes(made.to_secret_bytes()))
    if suite is pqhybrid.MLKEM768_X25519:
        lamps = suite.secret_key(theirs.expand(bytes(made.to_secret_bytes())))
        assert lamps.is_lamps and lamps.public_key == made.public_key and lamps.decaps(ciphertext) == secret
    cases(suite.name)


@pytest.mark.parametrize("suite", [pqhybrid.MLDSA65_ED25519, pqhybrid.MLDSA87_ED448], ids=repr)
@NUMBERS
def test_signature(suite, number, rng, cases):
    theirs = COMPOSITIONS[suite.name]
    sk = randbytes(rng, suite.secret_key_bytes)
    key = suite.secret_key(sk)
    public = key.public_key
    pk = bytes(public)
    assert pk == theirs.public_key(sk)
    msg = randbytes(rng, random_length(rng, number, 5000))
    context = randbytes(rng, random_length(rng, number // 10, 255))
    digest = theirs.prehash(msg)

    their_signature = theirs.sign(msg, context, sk)
    public.verify(their_signature, msg, context)
    public.verify_prehashed(their_signature, digest, context)
    in_pieces, signer, at = public.verifier(their_signature, context), key.signer(context), 0
    while at < len(msg):
        piece = msg[at : at + rng.randint(1, 700)]
        at += len(piece)
        in_pieces.update(piece)
        signer.update(piece)
    in_pieces.verify()

    for signature in (key.sign(msg, context), key.sign_prehashed(digest, context), signer.sign()):
        assert theirs.verify_halves(signature, msg, context, pk) == (True, True)
        # EdDSA is deterministic: no other second half is right.
        assert signature[theirs.pq_sig_bytes :] == their_signature[theirs.pq_sig_bytes :]
    for other_msg, other_context in ((tampered(msg, rng), context), (msg, tampered(context, rng)[:255])):
        if (other_msg, other_context) != (msg, context):
            with pytest.raises(pqhybrid.InvalidSignature):
                public.verify(their_signature, other_msg, other_context)
            assert theirs.verify_halves(signature, other_msg, other_context, pk) == (False, False)

    made = suite.keygen()
    public_bytes, seed = bytes(made.public_key), bytes(made.to_secret_bytes())
    assert public_bytes == theirs.public_key(seed)
    made.public_key.verify(theirs.sign(msg, context, seed), msg, context)
    assert theirs.verify_halves(made.sign(msg, context), msg, context, public_bytes) == (True, True)
    cases(suite.name)
