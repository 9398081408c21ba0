"""Arguments of the wrong type, and values that make no sense: each with a sentence that says what to give instead."""

import os
from datetime import datetime, timedelta, timezone

import pytest

import pqhybrid
from pqhybrid import keys
from pqhybrid.keys import KeyRing
from test_keys import DAY, SIGN, clock, no_sync, ring  # noqa: F401
from test_keys_store import KEY, path  # noqa: F401

NAMELESS = [["a"], {"a": 1}, 5, None, b"login", ("login",)]


@pytest.mark.parametrize("name", NAMELESS, ids=lambda name: type(name).__name__)
def test_names(ring, name, cases):  # noqa: F811
    ring.create("login", SIGN)
    signature = ring.sign("login", b"")
    operations = [
        ("create", (SIGN,)),
        ("add", (SIGN.keygen(),)),
        ("rotate", ()),
        ("retire", ()),
        ("remove", ()),
        ("keys", ()),
        ("active", ()),
        ("public_key", ()),
        ("public_keys", ()),
        ("sign", (b"",)),
        ("verify", (signature, b"")),
        ("encaps", ()),
        ("decaps", (b"",)),
        ("decaps_candidates", (b"",)),
        ("signer", ()),
        ("verifier", (signature,)),
        ("sign_file", ("file",)),
        ("verify_file", (signature, "file")),
    ]
    for operation, more in operations:
        with pytest.raises(TypeError, match=f"the name of a key is a str, not {type(name).__name__}"):
            getattr(ring, operation)(name, *more)
    assert name not in ring and ring.names() == ["login"]
    cases("names", len(operations) + 1)


def test_times(ring, cases):  # noqa: F811
    ring.create("login", SIGN)
    wrong = [5, 1.5, None, "90 days", b""]
    for value in wrong:
        kinds = {type(value).__name__, "int"} if value is None else {type(value).__name__}
        for what, call in (
            ("lifetime", lambda: ring.create("new", SIGN, lifetime=value)),
            ("lifetime", lambda: ring.add("new", SIGN.keygen(), lifetime=value)),
            ("lifetime", lambda: ring.rotate("login", lifetime=value if value is not None else 0)),
            ("overlap", lambda: ring.rotate("login", overlap=value)),
            ("within", lambda: ring.expiring(value)),
        ):
            with pytest.raises(TypeError) as raised:
                call()
            said = f"{what} must be a timedelta, such as timedelta(days=90), not "
            assert str(raised.value) in {said + kind for kind in kinds}
    assert ring.names() == ["login"] and len(ring.keys("login")) == 1
    ring.rotate("login", overlap=timedelta(0), lifetime=DAY)
    cases("times", 5 * len(wrong))


def test_levels_and_clocks(path, cases):  # noqa: F811
    wrong = [
        (TypeError, "int, NIST's level from 1 to 5, not str", {"minimum_level": "5"}),
        (TypeError, "not NoneType", {"minimum_level": None}),
        (TypeError, "not float", {"minimum_level": 3.0}),
        (TypeError, "not bool", {"minimum_level": True}),
        (ValueError, "from 1 to 5, not 6", {"minimum_level": 6}),
        (ValueError, "from 1 to 5, not 0", {"minimum_level": 0}),
        (TypeError, "returns a datetime, not int", {"clock": 5}),
    ]
    for error, match, how in wrong:
        with pytest.raises(error, match=match):
            KeyRing(**how)
        with pytest.raises(error, match=match):
            KeyRing.open(path, key=KEY, create=True, **how)
    assert os.listdir(path.parent) == []
    cases("levels", 2 * len(wrong))


def test_paths(path, cases):  # noqa: F811
    """A path is what open() takes, apart from numbers."""
    with KeyRing.open(os.fsencode(path), key=KEY, create=True) as ring:  # noqa: F811
        ring.create("login", SIGN)
    for given in (str(path), path, os.fsencode(path)):
        with KeyRing.open(given, key=KEY) as ring:
            assert ring.names() == ["login"]
            ring.rotate("login")
    wrong = [(TypeError, 5), (TypeError, None), (TypeError, [path]), (ValueError, f"{path}\0"), (ValueError, "")]
    for error, given in wrong:
        with pytest.raises(error, match="path|PathLike"):
            KeyRing.open(given, key=KEY, create=True)
    cases("paths", 8)


def test_what_only_looks_can_fail_too(path, cases):  # noqa: F811
    """The file is looked at before each operation, so each can raise StoreError."""
    with KeyRing.open(path, key=KEY, create=True) as ring:  # noqa: F811
        ring.create("login", SIGN)
        path.write_bytes(b"something else")
        looks = [
            ring.names,
            lambda: list(ring),
            lambda: len(ring),
            lambda: "login" in ring,
            lambda: ring.keys("login"),
            lambda: ring.active("login"),
            ring.expiring,
            lambda: ring.public_key("login"),
            lambda: ring.public_keys("login"),
        ]
        for look in looks:
            with pytest.raises(keys.StoreCorrupted):
                look()
    assert issubclass(keys.StoreCorrupted, pqhybrid.PqhybridError)
    cases("looks", len(looks))


def test_create_where_one_is(cases):
    ring = KeyRing()
    made = ring.create("login", pqhybrid.MLDSA65_ED25519, exist_ok=True)
    assert ring.create("login", "mldsa65_ed25519", lifetime=timedelta(days=1), exist_ok=True) == made
    assert len(ring.keys("login")) == 1 and made.not_after is None
    with pytest.raises(keys.KeyExists, match="rotate"):
        ring.create("login", pqhybrid.MLDSA87_ED448, exist_ok=True)
    with pytest.raises(keys.KeyExists):
        ring.create("login", pqhybrid.MLDSA65_ED25519)
    ring.retire("login")
    with pytest.raises(keys.KeyRetired):
        ring.create("login", pqhybrid.MLDSA65_ED25519, exist_ok=True)
    cases("exist_ok", 5)


def test_the_old_key_vouches(cases):
    """It signs by its id for as long as it overlaps, and not otherwise."""
    now = [datetime(2030, 1, 1, tzinfo=timezone.utc)]
    ring = KeyRing(clock=lambda: now[0])
    old = ring.create("login", pqhybrid.MLDSA65_ED25519, lifetime=timedelta(days=90))
    new = ring.rotate("login", overlap=timedelta(days=7))
    for key in (old, new):
        signature = ring.sign("login", b"message", b"context", key_id=key.key_id)
        key.public_key.verify(signature, b"message", b"context")
        assert ring.verify("login", signature, b"message", b"context") == key.key_id
    assert ring.verify("login", ring.sign("login", b"message"), b"message") == new.key_id
    with pytest.raises(keys.KeyNotFound):
        ring.sign("login", b"message", key_id="0" * 16)
    now[0] += timedelta(days=7)
    with pytest.raises(keys.KeyRetired):
        ring.sign("login", b"message", key_id=old.key_id)
    expiring = ring.create("short", pqhybrid.MLDSA65_ED25519, lifetime=timedelta(days=1))
    ring.rotate("short", overlap=timedelta(days=7), lifetime=timedelta(days=90))
    now[0] += timedelta(days=1)
    with pytest.raises(keys.KeyExpired):
        ring.sign("short", b"message", key_id=expiring.key_id)
    cases("key_id", 6)
