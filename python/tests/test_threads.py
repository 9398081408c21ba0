"""Threads and processes: Python's lock is let go of in every operation, keys are shared, forks share no secrets."""

from __future__ import annotations

import ctypes
import mmap
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from interpreters import cpython_only

import pqhybrid
from pqhybrid import lowlevel
from pqhybrid._ffi import ffi

KEMS = [pqhybrid.MLKEM768_X25519, pqhybrid.MLKEM1024_X448]
SIGNATURES = [pqhybrid.MLDSA65_ED25519, pqhybrid.MLDSA87_ED448]


# ---- Python's lock -------------------------------------------------------------------------------


def prepared(suite, kind, encoded):
    key = lowlevel.PreparedKey(suite.name, kind)
    assert getattr(lowlevel, f"pqh_{suite.name}_{kind}_key_init")(key, encoded) == 0
    return key


def calls():
    """Every operation of the C ABI as (its name, a call that is one call of C and nothing else)."""
    for suite in pqhybrid.SUITES:
        key = suite.keygen()
        pk, sk = bytearray(bytes(key.public_key)), bytearray(bytes(key.to_secret_bytes()))
        new_pk, new_sk, rnd = bytearray(len(pk)), bytearray(len(sk)), bytearray(32)
        operations = {"keygen": (new_pk, new_sk), "public_key": (new_pk, sk)}
        if suite in KEMS:
            ct, ss = bytearray(key.public_key.encaps()[0]), bytearray(32)
            new_ct, coins = (
                bytearray(len(ct)),
                bytearray(getattr(lowlevel, f"PQH_{suite.name}_ENCAPS_COINS_BYTES".upper())),
            )
            operations.update(encaps=(new_ct, ss, pk), encaps_derand=(new_ct, ss, coins, pk), decaps=(ss, ct, sk))
            public, secret = prepared(suite, "encaps", pk), prepared(suite, "decaps", sk)
            operations.update(
                encaps_key_init=(prepared(suite, "encaps", pk), pk),
                encaps_key_wipe=(prepared(suite, "encaps", pk),),
                encaps_with=(new_ct, ss, public),
                encaps_derand_with=(new_ct, ss, coins, public),
                decaps_key_init=(prepared(suite, "decaps", sk), sk),
                decaps_key_wipe=(prepared(suite, "decaps", sk),),
                decaps_with=(ss, ct, secret),
            )
            if suite is KEMS[0]:
                dk = bytearray(range(96))
                operations.update(lamps_public_key=(new_pk, dk), lamps_decaps=(ss, ct, dk))
                operations.update(lamps_decaps_key_init=(prepared(suite, "decaps", sk), dk))
        else:
            sig, new_sig, digest = bytearray(key.sign(b"msg", b"ctx")), bytearray(suite.signature_bytes), bytearray(64)
            state = lowlevel.Prehash(suite.name)
            operations.update(
                sign=(new_sig, b"msg", b"ctx", sk),
                sign_derand=(new_sig, b"msg", b"ctx", rnd, sk),
                verify=(sig, b"msg", b"ctx", pk),
                prehash_init=(state,),
                prehash_update=(state, bytes(1000)),
                prehash_final=(state, digest),
                sign_prehashed=(new_sig, digest, b"ctx", sk),
                verify_prehashed=(sig, digest, b"ctx", pk),
            )
            public, secret = prepared(suite, "verify", pk), prepared(suite, "sign", sk)
            operations.update(
                sign_key_init=(prepared(suite, "sign", sk), sk),
                sign_key_wipe=(prepared(suite, "sign", sk),),
                sign_with=(new_sig, b"msg", b"ctx", secret),
                sign_derand_with=(new_sig, b"msg", b"ctx", rnd, secret),
                sign_prehashed_with=(new_sig, digest, b"ctx", secret),
                verify_key_init=(prepared(suite, "verify", pk), pk),
                verify_key_wipe=(prepared(suite, "verify", pk),),
                verify_with=(sig, b"msg", b"ctx", public),
                verify_prehashed_with=(sig, digest, b"ctx", public),
            )
        for name, arguments in operations.items():
            yield f"pqh_{suite.name}_{name}", arguments
    yield "pqh_random_bytes", (bytearray(1000),)
    yield "pqh_secure_wipe", (bytearray(1000),)
    yield "pqh_ct_equal", (bytes(1000), bytes(1000))


CALLS = dict(calls())
ATTEMPTS = 200_000


class Waiting:
    """A thread that waits for Python's lock and for nothing else, while this one never gives it up by itself."""

    def __init__(self):
        self.ran, self.block, self.ready = [], threading.Lock(), threading.Event()
        self.block.acquire()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()
        self.ready.wait()

    def run(self):
        self.ready.set()
        # The lock is let go of here, and asked for again once block is released.
        self.block.acquire()
        self.ran.append(True)

    def ran_during(self, function, arguments, attempts):
        """Whether the thread got to run while function did. The interpreter itself switches after an hour only."""
        ran, interval = self.ran, sys.getswitchinterval()
        sys.setswitchinterval(3600)
        try:
            self.block.release()
            if ran:
                return None
            for _ in range(attempts):
                function(*arguments)
                if ran:
                    return True
            return False
        finally:
            sys.setswitchinterval(interval)

    def end(self):
        self.thread.join()


def ran_during(function, arguments, attempts=ATTEMPTS):
    waiting = Waiting()
    try:
        result = waiting.ran_during(function, arguments, attempts)
    finally:
        waiting.end()
    assert result is not None, "the test is wrong: the thread ran before anything was called"
    return result


@cpython_only("its lock and its switch interval are CPython's")
@pytest.mark.parametrize("name", CALLS)
def test_the_lock_is_released(name, cases):
    """Another thread advances during the operation. A call is short and the thread must wake up, so a call may have to
    be repeated; but were the lock held in it, no number of repetitions would do.
    """
    assert ran_during(getattr(lowlevel, name), CALLS[name])
    cases("operations")


@cpython_only("its lock and its switch interval are CPython's")
def test_the_lock_is_kept_otherwise(cases):
    """The test of the test: what does not call C lets nobody in, however often it is done."""
    buffer = ffi.new("uint8_t[]", 1000)
    # The same C function, called with the lock held.
    held = ctypes.PyDLL(str(Path(pqhybrid.__file__).parent / "libpqhybrid.so")).pqh_mldsa65_ed25519_keygen
    outputs = ctypes.create_string_buffer(4096), ctypes.create_string_buffer(64)
    assert not ran_during(held, outputs, 2000)
    for function, arguments in (
        (lambda: None, ()),
        (ffi.from_buffer, ("uint8_t[]", bytes(1000))),
        (bytes, (ffi.buffer(buffer),)),
    ):
        assert not ran_during(function, arguments, 100_000)
        cases("operations")
    cases("operations")


def test_every_operation_is_tested(cases):
    names = {name for name in vars(lowlevel) if name.startswith("pqh_") and not name.endswith("_bytes")} | {
        "pqh_random_bytes"
    }
    assert names - set(CALLS) == {"pqh_version", "pqh_backend", "pqh_status_string"}
    cases("operations", len(CALLS))


@cpython_only("its lock and its switch interval are CPython's")
@pytest.mark.parametrize("suite", SIGNATURES, ids=repr)
def test_one_long_call(suite, cases):
    """A single update, of much: a thread advances while it runs. Ten times, for machines that are busy."""
    state = lowlevel.Prehash(suite.name)
    assert getattr(lowlevel, f"pqh_{suite.name}_prehash_init")(state) == 0
    with mmap.mmap(-1, 64 << 20) as zeros:
        assert ran_during(getattr(lowlevel, f"pqh_{suite.name}_prehash_update"), (state, zeros), 10)
    cases("calls")


# ---- threads -------------------------------------------------------------------------------------

THREADS, ROUNDS = 8, 12


def test_eight_threads_on_shared_keys(cases):
    keys = {suite: suite.keygen() for suite in pqhybrid.SUITES}
    # Keys whose public key is not computed yet: the threads do that at the same time.
    late = {suite: suite.secret_key(key._secret.view()) for suite, key in keys.items()}
    start, done, failures = threading.Barrier(THREADS), [], []

    def work(number):
        try:
            start.wait()
            for turn in range(ROUNDS):
                for suite, key in keys.items():
                    public = late[suite].public_key
                    assert public == key.public_key
                    if suite in KEMS:
                        ciphertext, secret = public.encaps()
                        with secret, key.decaps(ciphertext) as ours, late[suite].decaps(ciphertext) as again:
                            assert ours == secret == again
                    else:
                        msg = f"{number} {turn}".encode()
                        signer = key.signer(b"ctx")
                        signer.update(msg)
                        for signature in (late[suite].sign(msg, b"ctx"), signer.sign()):
                            public.verify(signature, msg, b"ctx")
                        try:
                            public.verify(signature, msg + b"!", b"ctx")
                            failures.append("accepted")
                        except pqhybrid.InvalidSignature:
                            pass
                    done.append(suite)
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures and len(done) == THREADS * ROUNDS * len(keys)
    cases("rounds of a suite", len(done))


def test_threads_wipe_and_collect(cases):
    """Secrets that die on other threads than they were made on, views of them included."""
    made, results = [], []

    def make():
        for _ in range(200):
            secret = pqhybrid.SecretBytes(b"x" * 32)
            made.append((secret, secret.view()))

    def drop():
        dropped = 0
        while dropped < 400:
            try:
                secret, view = made.pop()
            except IndexError:
                continue
            results.append(view == b"x" * 32)
            if dropped % 2:
                secret.wipe()
                results.append(view == bytes(32))
            dropped += 1

    threads = [threading.Thread(target=each) for each in (make, drop, make, make, drop, make)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(results) and len(results) == 800 + 400 and not made
    cases("secrets", 800)


# ---- processes -----------------------------------------------------------------------------------

FORK = """
import os, sys
sys.path[:0] = sys.argv[1].split(os.pathsep)
import pqhybrid

suites = pqhybrid.SUITES
keys = [suite.keygen() for suite in suites]
ciphertexts = [key.public_key.encaps() if hasattr(key, "decaps") else None for key in keys]

def results():
    "Everything that is random, made after the fork; and what was made before must still work."
    for key, sent in zip(keys, ciphertexts):
        yield bytes(key.suite.keygen().public_key)
        if sent:
            assert key.decaps(sent[0]) == sent[1]
            yield key.public_key.encaps()[0]
        else:
            signature = key.sign(b"msg")
            key.public_key.verify(signature, b"msg")
            # The ML-DSA half alone is hedged, and is what must differ.
            yield signature[:1000]
    yield bytes(pqhybrid.SecretBytes.random(32))

ends = []
for _ in range(3):
    read, write = os.pipe()
    if os.fork() == 0:
        found = [each.hex() for each in results()]
        # What the child wipes is its own memory.
        for key in keys:
            key.wipe()
        with os.fdopen(write, "w") as out:
            out.write("\\n".join(found))
        os._exit(0)
    os.close(write)
    ends.append(read)
every = [[each.hex() for each in results()]]
for read in ends:
    with os.fdopen(read) as lines:
        every.append(lines.read().split())
    assert os.wait()[1] == 0
every.append([each.hex() for each in results()])
assert not any(key.wiped for key in keys)
assert {len(each) for each in every} == {9}
for same in zip(*every):
    assert len(set(same)) == 5, same
print(9 * 5)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_fork(cases):
    path = os.pathsep.join([str(Path(pqhybrid.__file__).parents[1]), *(each for each in sys.path if each)])
    done = subprocess.run(
        [sys.executable, "-c", FORK, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300
    )
    assert done.returncode == 0, done.stdout.decode()
    cases("results that differ", int(done.stdout))
