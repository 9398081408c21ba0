"""Threads, processes and children of fork() that share a ring: nobody fails, no change is lost."""

import fcntl
import os
import select
import subprocess
import sys
import threading
import time
import traceback
from datetime import timedelta

import pytest

import pqhybrid
from pqhybrid import keys
from pqhybrid.keys import KeyRing
from test_keys import DAY, KEM, SIGN, Clock, no_sync, ring, clock, states  # noqa: F401

KEY = bytes(range(32))


def in_threads(works):
    """Runs them all at once, and raises what one of them raised."""
    errors, start = [], threading.Barrier(len(works))

    def run(work):
        try:
            start.wait()
            work()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


@pytest.mark.parametrize("overlap", [timedelta(0), DAY], ids=["no overlap", "overlap"])
def test_threads_sign_while_one_rotates(ring, overlap, cases):  # noqa: F811
    """Without an overlap the key is wiped while others sign with it: they sign with the next, and never with zeros."""
    ring.create("login", SIGN)
    ring.create("box", KEM)
    stop, done, made = threading.Event(), [], []

    def sign():
        count = 0
        while not stop.is_set() or count < 5:
            made.append(ring.sign("login", b"msg"))
            key_id, ciphertext, secret = ring.encaps("box")
            try:
                assert ring.decaps("box", ciphertext, key_id) == secret
            except (keys.KeyRetired, keys.KeyNotFound):
                # Not found once so many rotations have followed that not even its public key is kept.
                assert not overlap
            count += 1
        done.append(count)

    def rotate():
        try:
            for _ in range(25):
                ring.rotate("login", overlap=overlap)
                ring.rotate("box", overlap=overlap)
        finally:
            stop.set()

    publics = [ring.public_key("login")]
    real = ring.rotate

    def noted(name, **how):
        info = real(name, **how)
        if name == "login":
            publics.append(info.public_key)

    ring.rotate = noted
    in_threads([sign] * 8 + [rotate])
    assert len(publics) == 26

    def valid(signature):
        for public in publics:
            try:
                public.verify(signature, b"msg")
                return True
            except pqhybrid.InvalidSignature:
                pass
        return False

    # Signatures by a seed that was zero by then would be of a key that nobody has.
    chosen = made[:: max(1, len(made) // 60)]
    assert len(done) == 8 and all(map(valid, chosen))
    if overlap:
        for signature in chosen:
            ring.verify("login", signature, b"msg")
    counted = ring.metrics().operations
    assert counted["sign", SIGN.name] == len(made) and counted["rotate", SIGN.name] == 25
    cases("threads", sum(done))


def test_threads_change_at_once(ring, cases):  # noqa: F811
    def change(number):
        def work():
            ring.create(f"box {number}", KEM)
            ring.rotate(f"box {number}")
            ring.rotate("shared")
            ring.create(f"gone {number}", KEM)
            ring.remove(f"gone {number}")

        return work

    ring.create("shared", KEM)
    in_threads([change(number) for number in range(8)])
    assert sorted(ring) == sorted(["shared", *(f"box {number}" for number in range(8))])
    assert all(len(ring.keys(f"box {number}")) == 2 for number in range(8)) and len(ring.keys("shared")) == 9
    cases("threads", 8)


IN_A_PROCESS = """
import os, sys
import pqhybrid
from pqhybrid.keys import KeyRing
os.fsync = lambda file: None
path, me, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with KeyRing.open(path, key=bytes(range(32)), create=True) as ring:
    print("open", flush=True)
    sys.stdin.readline()
    for number in range(count):
        ring.create(f"{me} {number}", pqhybrid.MLKEM768_X25519)
        if "shared" not in ring:
            try:
                ring.create("shared", pqhybrid.MLKEM768_X25519)
            except pqhybrid.keys.KeyExists:
                pass
        print(ring.rotate("shared").key_id, flush=True)
        ring.encaps("shared")
"""


def test_processes_lose_no_update(tmp_path, cases):
    """They all make the file, too."""
    path, count = tmp_path / "ring.keys", 10
    env = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path), PYTHONDONTWRITEBYTECODE="1")
    others = [
        subprocess.Popen(
            [sys.executable, "-c", IN_A_PROCESS, str(path), f"process{me}", str(count)],
            env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for me in range(4)
    ]  # fmt: skip
    for other in others:
        assert other.stdout.readline() == "open\n"
    for other in others:
        other.stdin.write("\n")
        other.stdin.flush()
    told = [other.communicate()[0].split() for other in others]
    assert [other.returncode for other in others] == [0] * 4
    with KeyRing.open(path, key=KEY) as ring:  # noqa: F811
        assert {f"process{me} {number}" for me in range(4) for number in range(count)} | {"shared"} == set(ring)
        found = [each.key_id for each in ring.keys("shared")]
        assert len(found) == 4 * count + 1 and set(found) > {each for ids in told for each in ids}
    cases("processes", 4 * count)


def test_a_change_is_seen_by_others(tmp_path, cases):
    path = tmp_path / "ring.keys"
    one = KeyRing.open(path, key=KEY, create=True)
    two = KeyRing.open(path, key=KEY)
    assert two.names() == []
    first = one.create("login", SIGN)
    old = two.sign("login", b"msg")
    kept = two._state.active("login").secret
    second = one.rotate("login")
    # What has not changed is not read into memory a second time, so who works with it is not disturbed.
    assert two.active("login").key_id == second.key_id and two._state.generations("login")[1].secret is kept
    assert one.verify("login", old, b"msg") == two.verify("login", old, b"msg") == first.key_id
    one.retire("login", first.key_id)
    with pytest.raises(pqhybrid.InvalidSignature):
        two.verify("login", old, b"msg")
    assert kept.wiped
    two.remove("login")
    with pytest.raises(keys.KeyNotFound):
        one.sign("login", b"msg")
    cases("seen", 6)


def test_an_unchanged_file_is_not_read(tmp_path, monkeypatch, cases):
    ring = KeyRing.open(tmp_path / "ring.keys", key=KEY, create=True)  # noqa: F811
    ring.create("login", SIGN)
    ring.names()

    def forbidden(*_, **__):
        raise AssertionError("the file was opened")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", forbidden)
        for _ in range(10):
            ring.sign("login", b"msg")
    cases("unread", 10)


def forked(work):
    """Runs work in a child of fork(), which may take ten seconds."""
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    for _ in range(1000):
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            assert os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0, "the child failed"
            return
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    raise AssertionError("the child hangs")


def test_fork(ring, cases):  # noqa: F811
    """A child goes on with the ring; in a file, it and the parent see each other's changes, in memory they part."""
    ring.create("login", SIGN)
    signature, stored = ring.sign("login", b"msg"), ring._store is not None

    def child():
        assert ring.metrics().operations == {}
        ring.verify("login", signature, b"msg")
        public = ring.rotate("login").public_key
        public.verify(ring.sign("login", b"msg"), b"msg")
        assert ring.metrics().operations["sign", SIGN.name] == 1

    for _ in range(3):
        forked(child)
    assert len(ring.keys("login")) == (4 if stored else 1)
    ring.verify("login", ring.sign("login", b"msg"), b"msg")

    # What a child closes and wipes is its own copy.
    forked(ring.close)
    ring.sign("login", b"msg")
    cases("fork", 4)


def open_files():
    """The numbers of the open files, without the one that lists them."""
    return [file for file in os.listdir("/proc/self/fd") if os.path.lexists(f"/proc/self/fd/{file}")]


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_fork_while_threads_hold_every_lock(tmp_path, cases):
    """The child has no such threads, so nobody would let go: it must have locks of its own."""
    path = tmp_path / "ring.keys"
    ring = KeyRing.open(path, key=KEY, create=True)  # noqa: F811
    ring.create("box", KEM)
    held, let_go = threading.Event(), threading.Event()

    def hold():
        with ring._lock, ring._counters._lock, ring._store.lock:
            held.set()
            let_go.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    started, ending = os.pipe(), os.pipe()
    try:

        def child():
            # A copy of the parent's open lock would go on holding it if the parent were killed.
            assert f"{path}.lock" not in [os.readlink(f"/proc/self/fd/{file}") for file in open_files()]
            ring.encaps("box")
            os.write(started[1], b"!")
            # The parent holds the lock of the file still, so this waits for it.
            ring.rotate("box")
            os.read(ending[0], 1)

        failures = []

        def watch():
            try:
                forked(child)
            except BaseException as error:
                failures.append(error)

        watcher = threading.Thread(target=watch)
        watcher.start()
        assert select.select([started[0]], [], [], 15)[0], f"the child hangs: {failures}"
        assert os.read(started[0], 1) == b"!"
        time.sleep(0.05)
        assert len(ring._state.names["box"]) == 1
        with open(f"{path}.lock") as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        let_go.set()
        thread.join()
        # The child lives on, and holds nothing.
        ring.rotate("box")
        os.write(ending[1], b"!")
        watcher.join()
        assert failures == []
    finally:
        let_go.set()
        for end in (*started, *ending):
            os.close(end)
    assert len(ring.keys("box")) == 3
    cases("fork", 3)


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_fork_in_the_middle_of_everything(tmp_path, cases):
    """Children are made while threads sign, rotate and count."""
    ring = KeyRing.open(tmp_path / "ring.keys", key=KEY, create=True)  # noqa: F811
    ring.create("login", SIGN)
    stop = threading.Event()

    def busy():
        while not stop.is_set():
            ring.sign("login", b"msg")

    def rotating():
        while not stop.is_set():
            ring.rotate("login")
            time.sleep(0.002)

    def child():
        public = ring.rotate("login").public_key
        signature = ring.sign("login", b"msg")
        ring.verify("login", signature, b"msg")
        assert public.suite is SIGN

    def forking():
        try:
            for _ in range(15):
                forked(child)
        finally:
            stop.set()

    in_threads([busy, busy, rotating, forking])
    assert states(ring, "login").count("active") == 1 and len(ring.keys("login")) >= 16
    cases("fork", 15)


def test_many_threads_end_an_overlap_once(tmp_path, cases):
    clock = Clock()  # noqa: F811
    ring = KeyRing.open(tmp_path / "ring.keys", key=KEY, create=True, clock=clock)  # noqa: F811
    ring.create("login", SIGN)
    ring.rotate("login", overlap=DAY)
    writes, write = [], ring._store.write
    ring._store.write = lambda *args: writes.append(1) or write(*args)
    clock.forward(DAY)
    in_threads([lambda: ring.sign("login", b"msg")] * 8)
    assert len(writes) == 1 and states(ring, "login") == ["active", "retired"]
    cases("threads", 8)
