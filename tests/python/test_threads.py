"""Sixteen threads at once, all in the library: CFFI lets go of Python's lock around a call."""

import threading

from abi import KEMS, SIGNATURES

THREADS, ROUNDS = 16, 10


def work(rng_bytes):
    """Every suite once, from fixed bytes: the results are the same on any thread."""
    results = []
    for suite in KEMS:
        sk = rng_bytes[: suite.size("secret_key")]
        pk = suite.public_key(sk)
        ct, ss = suite.encaps_derand(rng_bytes[: suite.size("encaps_coins")], pk)
        assert suite.decaps(ct, sk) == ss
        results.append((pk, ct, ss))
        fresh_pk, fresh_sk = suite.keygen()
        ct, ss = suite.encaps(fresh_pk)
        assert suite.decaps(ct, fresh_sk) == ss
    for suite in SIGNATURES:
        sk = rng_bytes[: suite.size("secret_key")]
        pk = suite.public_key(sk)
        sig = suite.sign_derand(rng_bytes, b"", bytes(32), sk)
        suite.verify(sig, rng_bytes, b"", pk)
        results.append((pk, sig))
        suite.verify(suite.sign(rng_bytes, b"", sk), rng_bytes, b"", pk)
        state = suite.prehash()
        state.update(rng_bytes)
        suite.verify_prehashed(sig, state.final(), b"", pk)
    return results


def test_sixteen_threads(rng, cases):
    inputs = [rng.randbytes(200) for _ in range(THREADS)]
    expected = [work(each) for each in inputs]
    start, right = threading.Barrier(THREADS), [0] * THREADS

    def run(number):
        start.wait()
        for turn in range(ROUNDS):
            # Neighbours work on the same bytes at different times.
            chosen = (number + turn) % THREADS
            right[number] += work(inputs[chosen]) == expected[chosen]

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert right == [ROUNDS] * THREADS
    cases("rounds of every suite", THREADS * ROUNDS)
