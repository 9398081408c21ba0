"""What others do in the middle of an operation: they wipe, rotate, create, hold the lock, and turn the clock back."""

import fcntl
import os
import threading
import time
from datetime import timedelta

import pytest

import pqhybrid
from pqhybrid import keys
from pqhybrid.keys import KeyRing, _base, _seal, _store
from test_keys import DAY, KEM, SIGN, Clock, no_sync, states  # noqa: F401
from test_keys_concurrency import in_threads
from test_keys_store import KEY, cheap, path, plain, seeds  # noqa: F401


@pytest.mark.parametrize("suite", pqhybrid.SUITES, ids=lambda s: s.name)
def test_a_key_that_is_wiped_while_it_is_added(suite, monkeypatch, cases):
    """It joins as it was, or not at all; never as zeros, which everybody knows."""
    real_key, real_copy = type(suite).secret_key, pqhybrid.SecretKey.to_secret_bytes
    key, ring = suite.keygen(), KeyRing()
    public = key.public_key

    def wiping(self, data, **how):
        key.wipe()
        return real_key(self, data, **how)

    def wiping_first(self):
        self.wipe()
        return real_copy(self)

    with monkeypatch.context() as patch:
        patch.setattr(type(suite), "secret_key", wiping)
        ring.add("after the copy", key)
    assert ring.public_key("after the copy") == public and seeds(ring, "after the copy") != [bytes(len(key._secret))]
    monkeypatch.setattr(pqhybrid.SecretKey, "to_secret_bytes", wiping_first)
    with pytest.raises(pqhybrid.Wiped):
        ring.add("before the copy", suite.keygen())
    assert ring.names() == ["after the copy"]
    cases("add", 2)


@pytest.mark.parametrize("how", ["passphrase", "key"])
def test_a_secret_that_is_wiped_while_a_ring_is_made(path, how, monkeypatch, cheap, cases):  # noqa: F811
    """The file opens with what was given, not with zeros."""
    given = pqhybrid.SecretBytes(KEY)
    real = _store.Secret.root

    def wiping(self, origin):
        given.wipe()
        return real(self, origin)

    with monkeypatch.context() as patch:
        patch.setattr(_store.Secret, "root", wiping)
        KeyRing.open(path, create=True, **{how: given}).close()
    KeyRing.open(path, **{how: KEY}).close()
    with pytest.raises(pqhybrid.Wiped):
        KeyRing.open(path, **{how: given})
    cases("secrets", 2)


@pytest.fixture
def overdue(path):  # noqa: F811
    """A ring whose overlap has ended, while another process holds the file's lock; and what lets go of that."""
    clock = Clock()
    with KeyRing.open(path, key=KEY, create=True, clock=clock) as ring:
        ring.create("login", SIGN)
        ring.create("other", SIGN)
        ring.rotate("other", overlap=DAY)
        # flock belongs to the open file, so to the ring this is as good as another process.
        with open(f"{path}.lock") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            clock.forward(DAY)
            yield ring, lambda: fcntl.flock(held, fcntl.LOCK_UN)


def test_signing_never_waits_for_the_file(overdue, path, cases):  # noqa: F811
    ring, let_go = overdue
    secret, seed = ring._state.generations("other")[1].secret, seeds(ring, "other")[1]
    start = time.monotonic()
    in_threads([lambda: ring.sign("login", b"msg")] * 8)
    assert time.monotonic() - start < 5 < _base.RETRY_SECONDS
    # It has ended all the same in this process, and in the file with the next chance.
    assert states(ring, "other") == ["active", "retired"] and secret.wiped
    assert seed in plain(path)
    let_go()
    ring.sweep()
    assert seed not in plain(path)
    cases("waiting", 8)


def test_signing_does_not_wait_for_who_waits(overdue, monkeypatch, cases):
    """Another thread waits for the file with a change of its own."""
    ring, let_go = overdue
    waiting, real = threading.Event(), time.sleep

    def sleep(seconds):
        waiting.set()
        real(seconds)

    monkeypatch.setattr("pqhybrid.keys._lock.time.sleep", sleep)
    changing = threading.Thread(target=lambda: ring.rotate("login"))
    changing.start()
    try:
        assert waiting.wait(10)
        start = time.monotonic()
        for _ in range(3):
            ring.sign("login", b"msg")
        assert time.monotonic() - start < 5 and changing.is_alive()
    finally:
        let_go()
        changing.join()
    assert states(ring, "login") == ["active", "overlapping"] and states(ring, "other") == ["active", "retired"]
    cases("waiting", 3)


def test_a_file_that_is_behind_is_written_later(overdue, path, monkeypatch, cases):  # noqa: F811
    """By the next operation after a while, without anybody asking for it; and once."""
    ring, let_go = overdue
    seed = seeds(ring, "other")[1]
    ring.sign("login", b"msg")
    let_go()
    ring.sign("login", b"msg")
    assert seed in plain(path)
    now = time.monotonic()
    monkeypatch.setattr("pqhybrid.keys._base.time.monotonic", lambda: now + _base.RETRY_SECONDS)
    ring.sign("login", b"msg")
    assert seed not in plain(path)
    data = path.read_bytes()
    ring.sign("login", b"msg")
    ring.sweep()
    assert path.read_bytes() == data
    cases("later", 3)


def test_threads_give_up_together(overdue, monkeypatch, cases):
    """Those that change wait for the same time, not for one after the other."""
    ring, _ = overdue
    monkeypatch.setattr("pqhybrid.keys._lock.WAIT_SECONDS", 0.5)
    refused = []

    def change():
        with pytest.raises(keys.StoreError, match="another process or thread"):
            ring.rotate("login")
        refused.append(1)

    start = time.monotonic()
    in_threads([change] * 8)
    assert time.monotonic() - start < 2 and len(refused) == 8
    cases("waiting", 8)


def test_two_that_create(path, monkeypatch, cases):  # noqa: F811
    """One sees no file, and another makes it before the first has the lock: what that one stored must stay."""
    real, late = os.path.lexists, []

    def lexists(name):
        found = real(name)
        if not late:
            late.append(found)
            with KeyRing.open(path, key=KEY, create=True) as other:
                other.create("box", KEM)
        return found

    monkeypatch.setattr(os.path, "lexists", lexists)
    with KeyRing.open(path, key=KEY, create=True) as ring:
        assert ring.names() == ["box"]
    assert late == [False]
    cases("creators")


def test_a_change_while_another_opens(path, monkeypatch, cases):  # noqa: F811
    """The file changes just after it was read: the new ring sees that with its first operation."""
    KeyRing.open(path, key=KEY, create=True).close()
    real, done = _store.Store.unlock, []

    def unlock(self, secret):
        state = real(self, secret)
        if not done:
            done.append(1)
            with KeyRing.open(path, key=KEY) as other:
                other.create("box", KEM)
        return state

    monkeypatch.setattr(_store.Store, "unlock", unlock)
    with KeyRing.open(path, key=KEY) as ring:
        assert done and ring.names() == ["box"]
    cases("opening")


def test_a_clock_that_was_set_back(path, cases):  # noqa: F811
    """Versions go up in the time of the file, whatever the clock says: no two ever look alike."""
    with KeyRing.open(path, key=KEY, create=True) as ring:
        ring.create("box", KEM)
    ahead = time.time_ns() + 10**9 * 3600
    os.utime(path, ns=(ahead, ahead))
    with KeyRing.open(path, key=KEY) as ring, KeyRing.open(path, key=KEY) as other:
        for more in range(1, 6):
            key_id = ring.rotate("box", overlap=timedelta(0)).key_id
            assert os.stat(path).st_mtime_ns == ahead + more
            assert other.active("box").key_id == key_id
    cases("clock", 5)


def test_starting_again_ends(cases):
    """A key that is retired under each attempt, again and again."""
    ring = KeyRing()
    ring.create("login", SIGN)
    tries = []

    def unlucky(state, now):
        tries.append(state.active("login"))
        ring.rotate("login", overlap=timedelta(0))
        return SIGN, state.active("login").secret.sign(b"msg")

    with pytest.raises(pqhybrid.Wiped):
        ring._run("sign", "login", unlucky)
    assert len(tries) == _base.RETRIES + 1
    assert ring.metrics().failures == {("sign", SIGN.name, "Wiped"): 1}

    def lucky(state, now):
        tries.append(1)
        if len(tries) < 3:
            ring.rotate("login", overlap=timedelta(0))
        return SIGN, state.active("login").secret.sign(b"msg")

    del tries[:]
    ring.verify("login", ring._run("sign", "login", lucky), b"msg")
    assert len(tries) == 3

    # A key that is wiped while nothing else changes is no reason to start again.
    del tries[:]
    ring._state.active("login").secret.wipe()
    with pytest.raises(pqhybrid.Wiped):
        ring._run("sign", "login", lambda state, now: tries.append(1) or (SIGN, state.active("login").secret.sign(b"")))
    assert len(tries) == 1
    cases("again", 3)


def test_scrypt_runs_once(path, monkeypatch, cheap, cases):  # noqa: F811
    runs, real = [], _seal.from_passphrase
    monkeypatch.setattr(_seal, "from_passphrase", lambda *args: runs.append(1) or real(*args))
    KeyRing.open(path, passphrase=b"once", create=True).close()
    assert len(runs) == 1
    KeyRing.open(path, passphrase=b"once", create=True).close()
    assert len(runs) == 2
    cases("scrypt", 2)


def test_rekey_starts_from_the_file(path, cases):  # noqa: F811
    """What another process changed before is in the file that gets the new key."""
    new = bytes(range(32))
    with KeyRing.open(path, key=KEY, create=True) as ours, KeyRing.open(path, key=KEY) as theirs:
        theirs.create("theirs", pqhybrid.MLKEM768_X25519)
        ours.rekey(key=new)
    with KeyRing.open(path, key=new) as ring:  # noqa: F811
        assert ring.names() == ["theirs"]
    cases("rekey")
