"""A writer that is killed leaves the old file or the new one, wherever it was, and nobody else has to clean up."""

import errno
import fcntl
import os
import signal
import time
import traceback

import pytest

from pqhybrid.keys import KeyRing, StoreCorrupted, StoreError, _store
from test_keys import KEM, SIGN, no_sync  # noqa: F401

KEY = bytes(range(32))

# Every function of the operating system that a change calls.
PLACES = [(os, name) for name in "open write read close fsync replace unlink utime stat fstat lstat".split()]
PLACES.append((fcntl, "flock"))


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def in_a_child(work):
    """Forks, and returns how the child ended: "killed", or "done"."""
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return "killed"
    assert os.WEXITSTATUS(status) == 0, "the child failed"
    return "done"


def interrupt(step, act):
    """Calls act at a step: before, within or after the first call of the system, then the second, and so on."""
    count = [0]

    def at(here):
        count[0] += 1
        if count[0] == step:
            act(here)

    def wrap(module, name):
        real = getattr(module, name)

        def wrapped(*args, **kwargs):
            at(f"before {name}")
            if name == "write":
                half = real(args[0], args[1][: (len(args[1]) + 1) // 2])
                at("within write")
                return half
            result = real(*args, **kwargs)
            at(f"after {name}")
            return result

        setattr(module, name, wrapped)

    for module, name in PLACES:
        wrap(module, name)


CHANGES = {
    "create": lambda ring: ring.create("new", KEM),
    "rotate": lambda ring: ring.rotate("box"),
    "retire": lambda ring: ring.retire("box"),
    "remove": lambda ring: ring.remove("box"),
    "rekey": lambda ring: ring.rekey(key=KEY),
}


def seen(ring):
    return {name: [(each.key_id, each.state) for each in ring.keys(name)] for name in ring}


@pytest.mark.parametrize("change", CHANGES)
def test_killed_at_every_step(tmp_path, change, cases):
    path = tmp_path / "ring.keys"
    with KeyRing.open(path, key=KEY, create=True) as ring:
        ring.create("login", SIGN)
        signature = ring.sign("login", b"msg")
    outcomes, step, places = set(), 0, []
    while True:
        step += 1
        with KeyRing.open(path, key=KEY) as ring:
            if "box" in ring:
                ring.remove("box")
            if "new" in ring:
                ring.remove("new")
            ring.create("box", KEM)
            before, data = seen(ring), path.read_bytes()

        def work():
            ring = KeyRing.open(path, key=KEY)
            interrupt(step, lambda _: die())
            CHANGES[change](ring)

        ended = in_a_child(work)
        left = sorted(os.listdir(tmp_path))
        with KeyRing.open(path, key=KEY) as ring:
            after = seen(ring)
            old = path.read_bytes() == data
            if change != "rekey":
                assert old == (after == before)
            if not old:
                box = after.get("box", [])
                assert {
                    "create": "new" in after,
                    "rotate": [state for _, state in box] == ["active", "overlapping"],
                    "retire": [state for _, state in box] == ["retired"],
                    "remove": "box" not in after,
                    "rekey": after == before,
                }[change]
            ring.verify("login", signature, b"msg")
            outcomes.add("old" if old else "new")
            # The next writer needs nobody's help, and leaves nothing of the one that was killed.
            if left != ["ring.keys", "ring.keys.lock"]:
                ring.rotate("login")
        assert sorted(os.listdir(tmp_path)) == ["ring.keys", "ring.keys.lock"]
        places.append(left)
        cases(f"{change} killed")
        if ended == "done":
            break
    assert outcomes == {"old", "new"} and step > 20
    assert any("ring.keys.new" in left for left in places), "no kill left a temporary file, so that was not tested"


def test_killed_while_it_makes_the_file(tmp_path, cases):
    path = tmp_path / "ring.keys"
    step, found = 0, set()
    while True:
        step += 1
        for file in tmp_path.iterdir():
            file.unlink()

        def work():
            interrupt(step, lambda _: die())
            KeyRing.open(path, key=KEY, create=True)

        ended = in_a_child(work)
        found.add(path.exists())
        with KeyRing.open(path, key=KEY, create=True) as ring:
            assert ring.names() == []
            ring.create("box", KEM)
        assert sorted(os.listdir(tmp_path)) == ["ring.keys", "ring.keys.lock"]
        cases("making killed")
        if ended == "done":
            break
    assert found == {False, True} and step > 20


@pytest.mark.parametrize("change", ["create", "rotate", "remove"])
def test_an_error_at_every_step(tmp_path, change, cases):
    """The operating system refuses instead: StoreError, the old state or the new one, and the ring works on."""
    path = tmp_path / "ring.keys"
    step = errors = 0
    while True:
        step += 1
        for file in tmp_path.iterdir():
            file.unlink()
        with KeyRing.open(path, key=KEY, create=True) as ring:
            ring.create("box", KEM)
            before = seen(ring)

        armed = [True]

        def refuse(here):
            if armed[0] and here.startswith("before") and here != "before close":
                raise OSError(errno.EIO, "Input/output error")

        def work():
            ring = KeyRing.open(path, key=KEY)
            interrupt(step, refuse)
            try:
                CHANGES[change](ring)
            except StoreError as error:
                assert "nput/output error" in str(error)
                assert seen(ring) == before or "power cut" in str(error), str(error)
                os.unlink(path.with_name("ring.keys.lock"))  # Tells the parent that this step had an error.
            armed[0] = False
            ring.names()

        in_a_child(work)
        if not path.with_name("ring.keys.lock").exists():
            errors += 1
        else:
            with KeyRing.open(path, key=KEY) as ring:
                changed = seen(ring) != before
        assert not path.with_name("ring.keys.new").exists()
        cases(f"{change} refused")
        if step > 60:
            break
    assert errors >= 6 and changed


def test_killed_at_random(tmp_path, rng, cases):
    """What was reported as done before the kill is there after it."""
    path = tmp_path / "ring.keys"
    with KeyRing.open(path, key=KEY, create=True) as ring:
        ring.create("box", KEM)
    rotations = 0
    for _ in range(25):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                ring = KeyRing.open(path, key=KEY)
                while True:
                    os.write(writing, ring.rotate("box").key_id.encode())
            finally:
                os._exit(1)
        os.close(writing)
        time.sleep(rng.uniform(0.0, 0.06))
        os.kill(child, signal.SIGKILL)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        with os.fdopen(reading, "rb") as told:
            done = [each for each in iter(lambda: told.read(16).decode(), "")]
        with KeyRing.open(path, key=KEY) as ring:
            there = [each.key_id for each in ring.keys("box")]
            if done:
                assert done[-1] in there[:2]
            for key_id in ring.public_keys("box"):
                ciphertext, secret = ring.public_keys("box")[key_id].encaps()
                assert ring.decaps("box", ciphertext, key_id) == secret
            ring.rotate("box")
            for each in ring.keys("box")[1:]:
                if each.state == "overlapping":
                    ring.retire("box", each.key_id)
        rotations += len(done)
        assert sorted(os.listdir(tmp_path)) == ["ring.keys", "ring.keys.lock"]
    assert rotations
    cases("killed at random", 25)


def test_the_kills_are_felt(tmp_path, cases):
    """The test of the tests: a writer that writes in place does not survive them."""
    path = tmp_path / "ring.keys"
    with KeyRing.open(path, key=KEY, create=True) as ring:
        ring.create("box", KEM)

        def in_place(self, data):
            file = os.open(self.path, os.O_WRONLY | os.O_TRUNC)
            os.write(file, data)
            os.close(file)

        def work():
            _store.Store._replace = in_place
            interrupt(step, lambda _: die())
            ring.rotate("box")

        broken, step, good = 0, 1, path.read_bytes()
        while in_a_child(work) == "killed":
            try:
                KeyRing.open(path, key=KEY).close()
            except StoreCorrupted:
                broken += 1
                path.write_bytes(good)
            good = path.read_bytes()
            step += 1
    assert broken >= 2
    cases("test of the test")
