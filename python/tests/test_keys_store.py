"""The file of a ring: what it holds and what it does not, and when it changes."""

import errno
import gc
import os
import stat
from datetime import timedelta

import pytest

import pqhybrid
from pqhybrid import keys
from pqhybrid.keys import KeyRing, _seal, _store
from test_keys import DAY, KEM, SIGN, STRONG_SIGN, Clock, no_sync, states  # noqa: F401

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ring.keys"


@pytest.fixture
def cheap(monkeypatch):
    """Scrypt that takes no time."""
    monkeypatch.setattr(_store, "SCRYPT_LOG_N", 4)


def plain(path, key=KEY):
    """What a file decrypts to."""
    data = path.read_bytes()
    header, sealed = data[: _store.HEADER.size], data[_store.HEADER.size : -32]
    return bytes(_seal.unseal(pqhybrid.SecretBytes(key), _store.HEADER.unpack(header)[7], header, sealed))


def seeds(ring, name):
    return [bytes(each.secret.to_secret_bytes()) for each in ring._state.generations(name) if each.secret]


def test_opening_again(path, cases):
    clock = Clock()
    with KeyRing.open(path, key=KEY, create=True, clock=clock) as ring:
        for suite in pqhybrid.SUITES:
            ring.create(suite.name, suite, lifetime=90 * DAY)
        ring.add("lamps", pqhybrid.MLKEM768_X25519.secret_key(bytes(96)))
        ring.rotate(SIGN.name, overlap=DAY)
        ring.rotate(KEM.name, overlap=timedelta(0))
        signature, sent = ring.sign(SIGN.name, b"msg"), ring.encaps(KEM.name)
        infos = {name: ring.keys(name) for name in ring}
    for key in (KEY, bytearray(KEY), memoryview(KEY), pqhybrid.SecretBytes(KEY)):
        with KeyRing.open(str(path), key=key, clock=clock) as ring:
            assert {name: ring.keys(name) for name in ring} == infos
            ring.verify(SIGN.name, signature, b"msg")
            infos[SIGN.name][0].public_key.verify(ring.sign(SIGN.name, b"msg"), b"msg")
            assert ring.decaps(KEM.name, sent[1], sent[0]) == sent[2]
            assert len(ring._state.active("lamps").secret._secret) == 96
    cases("open", 4)


def test_passphrase(path, cases):
    """With the real cost of scrypt, once."""
    with KeyRing.open(path, passphrase=b"correct horse", create=True) as ring:
        ring.create("login", SIGN)
    assert path.read_bytes()[10:13] == bytes([17, 8, 1])
    with KeyRing.open(path, passphrase=bytearray(b"correct horse")) as ring:
        ring.sign("login", b"msg")
    with pytest.raises(keys.StoreNotOpened, match="wrong passphrase"):
        KeyRing.open(path, passphrase=b"correct house")
    cases("passphrase", 3)


def test_minimum_level_of_a_file(path, cases):
    with KeyRing.open(path, key=KEY, create=True) as ring, KeyRing.open(path, key=KEY, minimum_level=5) as strict:
        ring.create("strong", STRONG_SIGN)
        strict.sign("strong", b"msg")
        ring.create("login", SIGN)
        # Also for a ring that was open before.
        for what in (lambda: strict.sign("strong", b"msg"), lambda: KeyRing.open(path, key=KEY, minimum_level=5)):
            with pytest.raises(keys.DowngradeRefused, match="level 5 at least"):
                what()
        ring.retire("login")
        strict.sign("strong", b"msg")
        KeyRing.open(path, key=KEY, minimum_level=5).close()
    cases("level", 5)


def test_retired_secrets_leave_the_file(path, cases):
    clock = Clock()
    with KeyRing.open(path, key=KEY, create=True, clock=clock) as ring:
        ring.create("login", SIGN)
        ring.create("box", KEM)
        ring.create("other", KEM)
        first, (box,), (other,) = seeds(ring, "login"), seeds(ring, "box"), seeds(ring, "other")
        ring.rotate("login", overlap=DAY)
        second = seeds(ring, "login")[0]
        assert all(seed in plain(path) for seed in (*first, second, box, other))
        # JSON is the only text, and no seed is in it in any usual form.
        text = plain(path)[4 : 4 + int.from_bytes(plain(path)[:4], "big")]
        for seed in (*first, second, box, other):
            assert seed not in text and seed.hex().encode() not in text and seed not in path.read_bytes()
        clock.forward(DAY)
        ring.names()
        assert first[0] not in plain(path) and second in plain(path)
        ring.retire("box")
        ring.remove("other")
        assert box not in plain(path) and other not in plain(path) and second in plain(path)
        public = bytes(ring.keys("box")[0].public_key)
    with KeyRing.open(path, key=KEY, clock=clock) as ring:
        assert states(ring, "login") == ["active", "retired"] and states(ring, "box") == ["retired"]
        assert bytes(ring.keys("box")[0].public_key) == public and "other" not in ring
    cases("retired", 9)


def test_opening_retires(path, cases):
    clock = Clock()
    with KeyRing.open(path, key=KEY, create=True, clock=clock) as ring:
        ring.create("login", SIGN)
        ring.rotate("login", overlap=DAY)
        old = seeds(ring, "login")[1]
    clock.forward(DAY)
    assert old in plain(path)
    KeyRing.open(path, key=KEY, clock=clock).close()
    assert old not in plain(path)
    clock.forward(-DAY)
    with KeyRing.open(path, key=KEY, clock=clock) as ring:
        assert states(ring, "login") == ["active", "retired"]
    cases("retired", 2)


def test_an_unwritable_file_cannot_revive_a_key(path, monkeypatch, cases):
    """Where the file cannot be written, the overlap ends in memory; sweep() says what is wrong."""
    clock = Clock()
    ring = KeyRing.open(path, key=KEY, create=True, clock=clock)
    ring.create("login", SIGN)
    ring.rotate("login", overlap=DAY)
    secret, data = ring._state.generations("login")[1].secret, path.read_bytes()
    clock.forward(DAY)

    def refused(*_, **__):
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refused)
        with pytest.raises(keys.StoreError, match="Read-only file system"):
            ring.sweep()
        ring.sign("login", b"msg")
    assert secret.wiped and path.read_bytes() == data
    assert sorted(os.listdir(path.parent)) == ["ring.keys", "ring.keys.lock"]
    os.utime(path)
    clock.forward(-DAY)
    assert states(ring, "login") == ["active", "retired"]
    cases("retired", 3)


def test_no_two_writes_share_a_key(path, monkeypatch, cases):
    used = []
    seal = _seal.seal
    monkeypatch.setattr(_seal, "seal", lambda root, salt, *rest: used.append(salt) or seal(root, salt, *rest))
    with KeyRing.open(path, key=KEY, create=True) as ring:
        ring.create("box", KEM)
        for _ in range(20):
            ring.rotate("box")
    assert len(set(used)) == len(used) == 22 and {len(each) for each in used} == {32}
    cases("salts", 22)


def test_no_two_versions_look_alike(path, monkeypatch, cases):
    """Even if the clock of the file system stands still and inodes are used again."""
    monkeypatch.setattr(_store.time, "time_ns", lambda: 10**18)
    stamps = set()
    with KeyRing.open(path, key=KEY, create=True) as ring, KeyRing.open(path, key=KEY) as other:
        ring.create("box", KEM)
        for _ in range(30):
            key_id = ring.rotate("box", overlap=timedelta(0)).key_id
            assert other.active("box").key_id == key_id
            stamps.add(ring._store.stamp())
    assert len(stamps) == 30
    cases("versions", 30)


def test_modes_and_names(path, cases):
    old = os.umask(0)
    try:
        with KeyRing.open(path, key=KEY, create=True) as ring:
            ring.create("box", KEM)
    finally:
        os.umask(old)
    assert sorted(os.listdir(path.parent)) == ["ring.keys", "ring.keys.lock"]
    for name in os.listdir(path.parent):
        assert stat.S_IMODE(os.stat(path.parent / name).st_mode) == 0o600
    link = path.with_name("link")
    link.symlink_to(path)
    with KeyRing.open(link, key=KEY) as ring:
        ring.rotate("box")
    assert link.is_symlink()
    with KeyRing.open(path, key=KEY) as ring:
        assert len(ring.keys("box")) == 2
    cases("modes", 3)


def test_the_owner_stays(path, monkeypatch, cases):
    """A rotation by root does not lock out the service that the file belongs to."""
    given = []
    with KeyRing.open(path, key=KEY, create=True) as ring:
        ring.create("box", KEM)
        owner = os.stat(path)
        monkeypatch.setattr(os, "fchown", lambda file, *whom: given.append(whom))
        ring.rotate("box")
        assert given == []
        monkeypatch.setattr(os, "geteuid", lambda: owner.st_uid + 1)
        ring.rotate("box")
        assert given == [(owner.st_uid, owner.st_gid)]
    cases("owner", 2)


def test_what_survives_a_power_cut(path, monkeypatch, cases):
    """The new file reaches the disk before it gets its name, and the name before the change counts as done."""
    calls = []

    def note(name):
        real = getattr(os, name)

        def noted(first, *args, **kwargs):
            calls.append((name, os.readlink(f"/proc/self/fd/{first}") if isinstance(first, int) else first))
            return real(first, *args, **kwargs)

        monkeypatch.setattr(os, name, noted)

    with KeyRing.open(path, key=KEY, create=True) as ring:
        for name in ("write", "fsync", "replace"):
            note(name)
        ring.create("box", KEM)
        calls.append("done")
    new = f"{path}.new"
    assert calls == [("write", new), ("fsync", new), ("replace", new), ("fsync", str(path.parent)), "done"]
    cases("power", len(calls))


def test_rekey(path, cheap, cases):
    ring = KeyRing.open(path, passphrase=b"first", create=True)
    ring.create("box", KEM)
    other = KeyRing.open(path, passphrase=b"first")
    root = ring._store._root
    ring.rekey(passphrase=b"second")
    assert root.wiped
    ring.rotate("box")
    with pytest.raises(keys.StoreNotOpened, match="open it again"):
        other.encaps("box")
    with pytest.raises(keys.StoreNotOpened):
        KeyRing.open(path, passphrase=b"first")
    with KeyRing.open(path, passphrase=b"second") as again:
        again.rekey(key=KEY)
        assert len(again.keys("box")) == 2
        again.rotate("box")
    with KeyRing.open(path, key=KEY) as again:
        assert len(again.keys("box")) == 3
    with pytest.raises(keys.StoreError, match="memory"):
        KeyRing().rekey(key=KEY)
    with pytest.raises(pqhybrid.WrongPassphrase):
        again.rekey(passphrase=b"")
    cases("rekey", 7)


def test_no_open_files_and_no_secrets_are_left(path, cases):
    """After a ring is closed, nothing of it is in memory that Python still knows, and no file is open."""
    fds = len(os.listdir("/proc/self/fd"))
    with KeyRing.open(path, key=KEY, create=True) as ring:
        ring.create("box", KEM)
        ring.rotate("box")
        secrets = [each._secret for each in ring._state.secrets()] + [ring._store._root]
        seed = seeds(ring, "box")[0]
    assert len(secrets) == 3 and all(each.wiped for each in secrets)
    assert len(os.listdir("/proc/self/fd")) == fds
    gc.collect()
    held = [each for each in gc.get_objects() if isinstance(each, bytearray) and seed in each]
    assert held == []
    cases("left over", 3)
