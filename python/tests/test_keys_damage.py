"""What does not open a ring's file: wrong secrets, damage, changes on purpose, and what makes no sense."""

import hashlib

import pytest

import pqhybrid
from pqhybrid import keys
from pqhybrid.keys import KeyRing, _ring, _seal, _store
from test_keys import KEM, SIGN, no_sync  # noqa: F401
from test_keys_store import KEY, cheap, path, plain  # noqa: F401


def written(path, state, key=KEY):
    """A file that is sound, with another description than the module would write."""
    payload = pqhybrid.SecretBytes(state)
    header = _store.Secret(None, key).origin() + bytes(32) + (len(payload) + 16).to_bytes(4, "big")
    data = header + _seal.seal(pqhybrid.SecretBytes(key), bytes(32), header, payload)
    path.write_bytes(data + hashlib.sha256(data).digest())


def test_wrong_secrets(path, tmp_path, cheap, cases):
    with KeyRing.open(path, passphrase=b"right", create=True) as ring:
        ring.create("login", SIGN)
    with_key = tmp_path / "with_key"
    KeyRing.open(with_key, key=KEY, create=True).close()
    before = path.read_bytes(), with_key.read_bytes()
    wrong = [
        (keys.StoreNotOpened, "wrong passphrase", path, {"passphrase": b"wrong"}),
        (keys.StoreNotOpened, "wrong passphrase", path, {"passphrase": b"wrong", "create": True}),
        (keys.StoreNotOpened, "wrong passphrase", with_key, {"key": bytes(32)}),
        (pqhybrid.WrongPassphrase, "made with passphrase=", path, {"key": KEY}),
        (pqhybrid.WrongPassphrase, "made with key=", with_key, {"passphrase": b"right"}),
        (pqhybrid.WrongPassphrase, "empty", path, {"passphrase": b""}),
        (pqhybrid.WrongPassphrase, "zero byte", path, {"passphrase": b"right\0"}),
        (pqhybrid.WrongPassphrase, "zero byte", path, {"passphrase": b"\0"}),
        (pqhybrid.WrongPassphrase, "zero byte", path.with_name("new"), {"passphrase": b"\0\0", "create": True}),
        (pqhybrid.WrongPassphrase, "zero byte", path, {"passphrase": pqhybrid.SecretBytes(b"a" * 65 + b"\0")}),
        (ValueError, "either", path, {}),
        (ValueError, "either", path, {"passphrase": b"right", "key": KEY}),
        (pqhybrid.LengthError, "32 bytes, not 31", with_key, {"key": KEY[1:]}),
        (pqhybrid.LengthError, "32 bytes, not 1", path.with_name("new"), {"key": b"a", "create": True}),
        (TypeError, "encode", path, {"passphrase": "right"}),
        (TypeError, "bytes-like", path, {"passphrase": 7}),
    ]
    for error, match, file, secret in wrong:
        with pytest.raises(error, match=match) as raised:
            KeyRing.open(file, **secret)
        assert isinstance(raised.value, (pqhybrid.PqhybridError, ValueError, TypeError))
    assert (path.read_bytes(), with_key.read_bytes()) == before and not path.with_name("new").exists()
    # Zero bytes elsewhere count as any other.
    with KeyRing.open(path, passphrase=b"right") as ring:
        ring.rekey(passphrase=b"\0right")
        for refused in ({"passphrase": b"\0"}, {"key": b"a"}):
            with pytest.raises((pqhybrid.WrongPassphrase, pqhybrid.LengthError)):
                ring.rekey(**refused)
    KeyRing.open(path, passphrase=b"\0right").close()
    with pytest.raises(keys.StoreNotOpened):
        KeyRing.open(path, passphrase=b"right")
    cases("wrong secrets", len(wrong) + 3)


def test_every_damage_is_found(path, cheap, cases):
    """Every bit of the header, one bit of every other byte, every length: damaged, not a wrong passphrase."""
    with KeyRing.open(path, passphrase=b"right", create=True) as ring:
        ring.create("box", KEM)
    good = path.read_bytes()
    damaged = [good[:length] for length in range(len(good))] + [good + b"\0", b"-----BEGIN PRIVATE KEY-----\n" * 9]
    for at in range(len(good)):
        for bit in range(8) if at < _store.HEADER.size else [at % 8]:
            damaged.append(good[:at] + bytes([good[at] ^ 1 << bit]) + good[at + 1 :])
    for data in damaged:
        # Some file systems wait for the disk when a file is written over.
        path.unlink()
        path.write_bytes(data)
        with pytest.raises(keys.StoreCorrupted) as raised:
            KeyRing.open(path, passphrase=b"right")
        assert not isinstance(raised.value, pqhybrid.WrongPassphrase) and path.read_bytes() == data
    path.write_bytes(good)
    KeyRing.open(path, passphrase=b"right").close()
    cases("damage", len(damaged))


def test_changes_on_purpose(path, cheap, cases):
    """Somebody who repairs the checksum does not get past the authentication, and cannot take all memory."""
    with KeyRing.open(path, passphrase=b"right", create=True) as ring:
        ring.create("box", KEM)
    good = path.read_bytes()
    places = [*range(8, _store.HEADER.size), *range(_store.HEADER.size, len(good) - 32, 97), len(good) - 33]
    for at in places:
        data = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 : -32]
        path.write_bytes(data + hashlib.sha256(data).digest())
        with pytest.raises((keys.StoreCorrupted, pqhybrid.WrongPassphrase)):
            KeyRing.open(path, passphrase=b"right")
    cases("changed on purpose", len(places))


def test_what_takes_too_long(path, monkeypatch, cheap, cases):  # noqa: F811
    """Whoever can plant a file cannot take all memory, or minutes, from who then gives a passphrase to it."""
    KeyRing.open(path, passphrase=b"right", create=True).close()
    good, asked = path.read_bytes(), []

    def scrypt(passphrase, salt, log_n, r, p):
        asked.append((log_n, r, p))
        return pqhybrid.SecretBytes(bytes(32))

    def planted(*cost):
        data = good[:10] + bytes(cost) + good[13:-32]
        path.write_bytes(data + hashlib.sha256(data).digest())
        KeyRing.open(path, passphrase=b"right")

    monkeypatch.setattr(_seal, "from_passphrase", scrypt)
    costly = [(18, 8, 1), (20, 8, 1), (20, 8, 16), (21, 8, 1), (255, 8, 1), (17, 8, 9), (17, 8, 255), (16, 8, 17)]
    senseless = [(0, 8, 1), (17, 9, 1), (17, 255, 1), (17, 0, 1), (17, 8, 0)]
    for cost in (*costly, *senseless):
        with pytest.raises(keys.StoreCorrupted, match="unreasonable"):
            planted(*cost)
    assert asked == []
    fine = [(17, 8, 1), (17, 8, 8), (16, 8, 16), (4, 8, 255)]
    for cost in fine:
        with pytest.raises(keys.StoreNotOpened):
            planted(*cost)
    assert asked == fine
    cases("costs", len(costly) + len(senseless) + len(fine))


def test_what_makes_no_sense(path, cases):
    """Sound encryption around what no ring writes: by a newer version, or with algorithms that are no hybrids."""
    with KeyRing.open(path, key=KEY, create=True) as ring:
        ring.create("box", KEM)
    good = plain(path)

    def edited(old, new):
        assert old in good
        length = int.from_bytes(good[:4], "big") + len(new) - len(old)
        written(path, length.to_bytes(4, "big") + good[4:].replace(old, new, 1))

    written(path, good)
    KeyRing.open(path, key=KEY).close()
    for classical in (b"x25519", b"ed25519", b"mlkem768", b"none"):
        edited(b"mlkem768_x25519", classical)
        with pytest.raises(keys.DowngradeRefused, match="no hybrid"):
            KeyRing.open(path, key=KEY)
    senseless = [
        (b'"version":1', b'"version":2'),
        (b'"version":1', b'"version":[]'),
        (b'"state":"active"', b'"state":"retired"'),
        (b'"state":"active"', b'"state":"trusted"'),
        (b'"state":"active"', b'"state":"overlapping"'),
        (b'"suite":"mlkem768_x25519"', b'"suite":"mlkem1024_x448"'),
        (b'"suite":"mlkem768_x25519"', b'"suite":null'),
        (b'"seed_bytes":32', b'"seed_bytes":31'),
        (b'"seed_bytes":32', b'"seed_bytes":33'),
        (b'"seed_bytes":32', b'"seed_bytes":0'),
        (b'"seed_bytes":32', b'"seed_bytes":-1'),
        (b'"seed_bytes":32', b'"seed_bytes":"32"'),
        (b'"created":', b'"created":null,"x":'),
        (b'"created":', b'"created":1.5,"x":'),
        (b'"public":"', b'"public":"!'),
        (b'"names":{', b'"names":[{'),
        (b'"box":[', b'"name":[],"box":['),
    ]
    for old, new in senseless:
        edited(old, new)
        with pytest.raises(keys.StoreCorrupted, match="makes no sense"):
            KeyRing.open(path, key=KEY)
    bad = [b"", b"\0\0\0\0", b"\xff\xff\xff\xff{}", b"\0\0\0\2{}", b"\0\0\0\4null", b"\0\0\0\1\xff"]
    for payload in (*bad, good + b"\0", good[:-1]):
        written(path, payload)
        with pytest.raises(keys.StoreCorrupted, match="makes no sense"):
            KeyRing.open(path, key=KEY)
    cases("senseless", 12 + len(senseless))


def test_a_change_that_fails_wipes_what_it_made(path, monkeypatch, cases):  # noqa: F811
    made, real = [], _ring.new_generation
    monkeypatch.setattr(_ring, "new_generation", lambda *args: made.append(real(*args)) or made[-1])

    def refused(*_):
        raise OSError(28, "No space left on device")

    with KeyRing.open(path, key=KEY, create=True) as ring:
        ring.create("box", KEM)
        with monkeypatch.context() as patch:
            patch.setattr("os.replace", refused)
            for change in (lambda: ring.create("new", KEM), lambda: ring.rotate("box")):
                with pytest.raises(keys.StoreError, match="No space left"):
                    change()
        assert [each.secret.wiped for each in made] == [False, True, True]
        assert ring.names() == ["box"] and len(ring.keys("box")) == 1
        ring.encaps("box")
    cases("failed changes", 2)
