"""The life of keys in a ring: what each state does, what time does, what is refused."""

import copy
import os
import pickle
from datetime import datetime, timedelta, timezone

import pytest

import pqhybrid
from pqhybrid import keys
from pqhybrid.keys import KeyRing

DAY = timedelta(days=1)
SIGN, KEM = pqhybrid.MLDSA65_ED25519, pqhybrid.MLKEM768_X25519
STRONG_SIGN, STRONG_KEM = pqhybrid.MLDSA87_ED448, pqhybrid.MLKEM1024_X448


class Clock:
    """A clock that goes when it is told."""

    def __init__(self):
        self.now = datetime(2030, 1, 1, tzinfo=timezone.utc)

    def __call__(self):
        return self.now

    def forward(self, by):
        self.now += by


@pytest.fixture(autouse=True)
def no_sync(monkeypatch):
    """Waiting for a busy disk takes minutes, and matters to power cuts alone; one test looks at the calls."""
    monkeypatch.setattr(os, "fsync", lambda file: None)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["memory", "file"])
def ring(request, clock, tmp_path):
    """An empty ring of either kind, which must behave the same."""
    if request.param == "memory":
        made = KeyRing(clock=clock)
    else:
        made = KeyRing.open(tmp_path / "keys", key=bytes(32), create=True, clock=clock)
    with made:
        yield made
    assert made.closed


def states(ring, name):
    return [each.state for each in ring.keys(name)]


@pytest.mark.parametrize("suite", [SIGN, STRONG_SIGN], ids=lambda s: s.name)
def test_signing_through_a_rotation(ring, clock, suite, cases):
    first = ring.create("login", suite, lifetime=90 * DAY)
    assert (first.state, first.suite, first.created) == ("active", suite, clock.now)
    assert first.not_after == clock.now + 90 * DAY
    old = ring.sign("login", b"msg", b"context")
    assert ring.verify("login", old, b"msg", b"context") == first.key_id
    first.public_key.verify(old, b"msg", b"context")
    assert first.public_key.fingerprint.startswith(first.key_id) and len(first.key_id) == 16

    clock.forward(80 * DAY)
    second = ring.rotate("login", overlap=7 * DAY)
    assert second.key_id != first.key_id and second.not_after == clock.now + 90 * DAY
    assert states(ring, "login") == ["active", "overlapping"]
    assert ring.keys("login")[1].overlap_until == clock.now + 7 * DAY
    new = ring.sign("login", b"msg")
    assert ring.verify("login", new, b"msg") == second.key_id
    assert ring.verify("login", old, b"msg", b"context") == first.key_id
    assert list(ring.public_keys("login")) == [second.key_id, first.key_id]
    assert ring.public_key("login") == second.public_key

    clock.forward(7 * DAY - timedelta(microseconds=1))
    ring.verify("login", old, b"msg", b"context")
    clock.forward(timedelta(microseconds=1))
    with pytest.raises(pqhybrid.InvalidSignature):
        ring.verify("login", old, b"msg", b"context")
    ring.verify("login", new, b"msg")
    assert states(ring, "login") == ["active", "retired"]
    assert ring.keys("login")[1].public_key == first.public_key
    cases("rotation", 12)


@pytest.mark.parametrize("suite", [KEM, STRONG_KEM], ids=lambda s: s.name)
def test_decapsulating_through_a_rotation(ring, clock, suite, cases):
    first = ring.create("box", suite)
    assert first.not_after is None
    to_old, sent_old = ring.public_key("box").encaps()
    assert ring.decaps("box", to_old) == sent_old
    second = ring.rotate("box", overlap=DAY)
    key_id, to_new, sent_new = ring.encaps("box")
    assert key_id == second.key_id

    assert ring.decaps("box", to_new) == ring.decaps("box", to_new, second.key_id) == sent_new
    assert ring.decaps("box", to_old, first.key_id) == sent_old
    # Implicit rejection: the active key gives a secret for the other's ciphertext, and the wrong one.
    assert ring.decaps("box", to_old) != sent_old
    assert [found for found, secret in ring.decaps_candidates("box", to_old) if secret == sent_old] == [first.key_id]
    assert [found for found, secret in ring.decaps_candidates("box", to_new) if secret == sent_new] == [second.key_id]
    assert len(ring.decaps_candidates("box", to_new)) == 2

    clock.forward(DAY)
    with pytest.raises(keys.KeyRetired, match="gone for good"):
        ring.decaps("box", to_old, first.key_id)
    assert [found for found, _ in ring.decaps_candidates("box", to_old)] == [second.key_id]
    with pytest.raises(keys.KeyNotFound, match="keys\\('box'\\)"):
        ring.decaps("box", to_new, "0" * 16)
    cases("rotation", 10)


def test_expiry(ring, clock, cases):
    ring.create("login", SIGN, lifetime=DAY)
    ring.create("box", KEM, lifetime=DAY)
    signature, (ciphertext, secret) = ring.sign("login", b"msg"), ring.public_key("box").encaps()
    assert [each.name for each in ring.expiring(DAY)] == ["login", "box"] and ring.expiring() == []
    clock.forward(DAY - timedelta(microseconds=1))
    ring.sign("login", b"msg")
    clock.forward(timedelta(microseconds=1))
    assert [(each.name, each.expired) for each in ring.expiring()] == [("login", True), ("box", True)]
    for what in (
        lambda: ring.sign("login", b"msg"),
        lambda: ring.public_key("login"),
        lambda: ring.encaps("box"),
        lambda: ring.public_key("box"),
    ):
        with pytest.raises(keys.KeyExpired, match="rotate"):
            what()
    # What was made while it was good stays good until a rotation and its overlap.
    ring.verify("login", signature, b"msg")
    assert ring.decaps("box", ciphertext) == secret
    assert ring.active("login").expired and len(ring.public_keys("login")) == 1
    ring.rotate("login", overlap=timedelta(0), lifetime=keys.NO_EXPIRY)
    ring.sign("login", b"msg")
    assert ring.active("login").not_after is None and not ring.active("login").expired
    with pytest.raises(pqhybrid.InvalidSignature):
        ring.verify("login", signature, b"msg")
    cases("expiry", 10)


def test_retirement_wipes(ring, clock, cases):
    ring.create("login", SIGN)
    ring.rotate("login", overlap=DAY)
    ring.rotate("login", overlap=2 * DAY)
    secrets = [each.secret for each in ring._state.generations("login")]
    memory = [each._secret._memory for each in secrets]
    assert all(any(bytes(pqhybrid._ffi.ffi.buffer(each))) for each in memory)
    assert states(ring, "login") == ["active", "overlapping", "overlapping"]

    clock.forward(DAY)
    assert ring.sweep() == 1 and ring.sweep() == 0
    assert [each.wiped for each in secrets] == [False, False, True]
    ring.retire("login", ring.keys("login")[1].key_id)
    assert [each.wiped for each in secrets] == [False, True, True]
    with pytest.raises(keys.KeyRetired):
        ring.retire("login", ring.keys("login")[1].key_id)
    ring.retire("login")
    assert states(ring, "login") == ["retired"] * 3
    assert not any(any(bytes(pqhybrid._ffi.ffi.buffer(each))) for each in memory)
    for what in (
        lambda: ring.sign("login", b"msg"),
        lambda: ring.verify("login", bytes(SIGN.signature_bytes), b"msg"),
        lambda: ring.public_key("login"),
        lambda: ring.public_keys("login"),
        lambda: ring.active("login"),
        lambda: ring.retire("login"),
    ):
        with pytest.raises(keys.KeyRetired, match="retired"):
            what()
    ring.rotate("login")
    ring.sign("login", b"msg")
    secret = ring._state.active("login").secret
    ring.remove("login")
    assert secret.wiped and "login" not in ring and ring.names() == []
    with pytest.raises(keys.KeyNotFound, match="create"):
        ring.sign("login", b"msg")
    cases("retirement", 16)


def test_a_clock_that_goes_back_revives_nothing(ring, clock, cases):
    first = ring.create("box", KEM)
    ciphertext, secret = ring.public_key("box").encaps()
    ring.rotate("box", overlap=DAY)
    assert ring.decaps("box", ciphertext, first.key_id) == secret
    clock.forward(DAY)
    ring.names()
    clock.forward(-10 * DAY)
    with pytest.raises(keys.KeyRetired):
        ring.decaps("box", ciphertext, first.key_id)
    assert states(ring, "box") == ["active", "retired"]
    cases("clock", 2)


def test_old_public_keys_are_kept_within_bounds(ring, cases):
    made = [ring.create("box", KEM).key_id]
    for _ in range(20):
        made.append(ring.rotate("box", overlap=timedelta(0)).key_id)
    assert [each.key_id for each in ring.keys("box")] == made[: -18 : -1]
    assert states(ring, "box") == ["active"] + ["retired"] * 16
    cases("bounds", 20)


def test_downgrades_are_refused(ring, clock, cases):
    ring.create("login", STRONG_SIGN)
    ring.create("box", STRONG_KEM)
    before = [ring.keys("login"), ring.keys("box")]
    for name, suite in (("login", SIGN), ("box", KEM), ("login", STRONG_KEM), ("box", STRONG_SIGN), ("box", SIGN)):
        with pytest.raises(keys.DowngradeRefused, match=suite.name):
            ring.rotate(name, suite=suite)
    classical = "ed25519 x25519 Ed448 x448 ecdsa rsa mldsa65 mlkem768 ML-KEM-768 none auto".split() + [""]
    for name in classical:
        with pytest.raises(keys.DowngradeRefused, match="no hybrid"):
            ring.create("other", name)
        with pytest.raises(keys.DowngradeRefused, match="no hybrid"):
            ring.rotate("login", suite=name)
    for wrong in (None, 1, b"mldsa65_ed25519", pqhybrid.STANDARD):
        with pytest.raises(TypeError):
            ring.create("other", wrong)
    assert [ring.keys("login"), ring.keys("box")] == before and ring.names() == ["login", "box"]
    cases("downgrade", 9 + 2 * len(classical))


def test_a_retired_name_is_not_downgraded_either(ring, cases):
    ring.create("login", STRONG_SIGN)
    ring.retire("login")
    with pytest.raises(keys.DowngradeRefused):
        ring.rotate("login", suite=SIGN)
    assert ring.rotate("login").suite is STRONG_SIGN
    cases("downgrade", 2)


def test_minimum_level(cases):
    ring = KeyRing(minimum_level=5)
    for suite in (SIGN, KEM):
        with pytest.raises(keys.DowngradeRefused, match="level 5"):
            ring.create("name", suite)
        with pytest.raises(keys.DowngradeRefused, match="level 5"):
            ring.add("name", suite.keygen())
    assert len(ring) == 0
    ring.create("name", STRONG_SIGN)
    ring.create("box", "mlkem1024-x448")
    cases("level", 6)


def test_upgrade(ring, clock, cases):
    """To a stronger suite: the lengths tell what is of the old key and what is of the new."""
    first = ring.create("login", SIGN)
    old = ring.sign("login", b"msg")
    second = ring.rotate("login", suite=STRONG_SIGN)
    new = ring.sign("login", b"msg")
    assert ring.verify("login", old, b"msg") == first.key_id and ring.verify("login", new, b"msg") == second.key_id
    with pytest.raises(pqhybrid.LengthError):
        ring.verify("login", old[1:], b"msg")

    first = ring.create("box", KEM)
    to_old, sent = ring.public_key("box").encaps()
    ring.rotate("box", suite="mlkem1024_x448")
    assert ring.decaps("box", to_old, first.key_id) == sent
    assert ring.decaps_candidates("box", to_old)[0][0] == first.key_id
    for what in (lambda: ring.decaps("box", to_old), lambda: ring.decaps_candidates("box", to_old[1:])):
        with pytest.raises(pqhybrid.LengthError):
            what()
    cases("upgrade", 7)


def test_wrong_use(ring, cases):
    ring.create("login", SIGN)
    ring.create("box", KEM)
    with pytest.raises(keys.KeyExists, match="rotate"):
        ring.create("login", SIGN)
    signature, ciphertext = ring.sign("login", b"msg"), bytes(KEM.ciphertext_bytes)
    wrong = [
        (pqhybrid.WrongSuite, lambda: ring.sign("box", b"msg")),
        (pqhybrid.WrongSuite, lambda: ring.verify("box", signature, b"msg")),
        (pqhybrid.WrongSuite, lambda: ring.encaps("login")),
        (pqhybrid.WrongSuite, lambda: ring.decaps("login", ciphertext)),
        (pqhybrid.WrongSuite, lambda: ring.decaps_candidates("login", ciphertext)),
        (pqhybrid.InvalidSignature, lambda: ring.verify("login", signature, b"gsm")),
        (pqhybrid.InvalidSignature, lambda: ring.verify("login", signature, b"msg", b"context")),
        (pqhybrid.LengthError, lambda: ring.sign("login", b"msg", bytes(256))),
        (TypeError, lambda: ring.sign("login", "msg")),
        (TypeError, lambda: ring.verify("login", "signature", b"msg")),
        (pqhybrid.LengthError, lambda: ring.decaps("box", b"")),
        (ValueError, lambda: ring.create("", SIGN)),
        (ValueError, lambda: ring.create("a\nb", SIGN)),
        (ValueError, lambda: ring.create("é" * 128, SIGN)),
        (ValueError, lambda: ring.create("\ud800", SIGN)),
        (TypeError, lambda: ring.create(b"bytes", SIGN)),
        (ValueError, lambda: ring.create("new", SIGN, lifetime=timedelta(0))),
        (ValueError, lambda: ring.create("new", SIGN, lifetime=-DAY)),
        (ValueError, lambda: ring.create("new", SIGN, lifetime=timedelta(days=999999998))),
        (TypeError, lambda: ring.create("new", SIGN, lifetime=90)),
        (ValueError, lambda: ring.rotate("login", overlap=-DAY)),
        (ValueError, lambda: ring.rotate("login", overlap=timedelta.max)),
        (ValueError, lambda: ring.rotate("login", lifetime=timedelta(0))),
        (TypeError, lambda: ring.add("new", ring.public_key("login"))),
    ]
    for missing in ("sign", "verify", "encaps", "decaps", "rotate", "retire", "remove", "keys", "active", "public_key"):
        more = {"sign": (b"",), "verify": (signature, b""), "decaps": (ciphertext,)}.get(missing, ())
        wrong.append((keys.KeyNotFound, lambda missing=missing, more=more: getattr(ring, missing)("nobody", *more)))
    for error, what in wrong:
        with pytest.raises(error) as raised:
            what()
        assert str(raised.value)
    assert sorted(ring) == ["box", "login"] and states(ring, "login") == ["active"]
    cases("wrong", len(wrong))


def test_adding_a_key(ring, cases):
    for suite in pqhybrid.SUITES:
        with suite.keygen() as key:
            assert ring.add(suite.name, key, lifetime=DAY).public_key == key.public_key
        assert key.wiped
    ring.verify(SIGN.name, ring.sign(SIGN.name, b"msg"), b"msg")
    key_id, ciphertext, secret = ring.encaps(KEM.name)
    assert ring.decaps(KEM.name, ciphertext, key_id) == secret
    with pytest.raises(pqhybrid.Wiped):
        ring.add("wiped", key)
    # The same key twice is two keys: wiping one leaves the other.
    key = KEM.keygen()
    ring.add("a", key), ring.add("b", key)
    ring.remove("a")
    ciphertext, secret = key.public_key.encaps()
    assert ring.decaps("b", ciphertext) == secret
    cases("add", 8)


def test_secrets_do_not_show(ring, cases):
    ring.create("login", SIGN)
    seed = bytes(ring._state.active("login").secret.to_secret_bytes())
    for shown in (repr(ring), str(ring), repr(ring.keys("login")), repr(ring._state.names), repr(ring.metrics())):
        assert repr(seed)[2:-1] not in shown and seed.hex() not in shown
    for taken in (lambda: pickle.dumps(ring), lambda: copy.copy(ring), lambda: copy.deepcopy(ring)):
        with pytest.raises(TypeError, match="not pickled"):
            taken()
    cases("secrecy", 8)


def test_closing(ring, cases):
    ring.create("login", SIGN)
    secret = ring._state.active("login").secret
    signature = ring.sign("login", b"msg")
    ring.close()
    ring.close()
    assert secret.wiped and ring.closed and "closed" in repr(ring)
    for what in (
        lambda: ring.sign("login", b"msg"),
        lambda: ring.verify("login", signature, b"msg"),
        lambda: ring.create("other", SIGN),
        lambda: ring.rotate("login"),
        lambda: ring.names(),
        lambda: ring.sweep(),
    ):
        with pytest.raises(pqhybrid.Wiped, match="closed"):
            what()
    cases("close", 7)


@pytest.mark.parametrize("wrong", [lambda: datetime(2030, 1, 1), lambda: 0.0], ids=["naive", "number"])
def test_a_clock_without_a_zone(wrong, cases):
    with pytest.raises(TypeError, match="time zone"):
        KeyRing(clock=wrong).create("login", SIGN)
    cases("clock")


def test_the_real_clock(cases):
    before = datetime.now(timezone.utc)
    with KeyRing() as ring:
        assert before <= ring.create("login", SIGN).created <= datetime.now(timezone.utc)
        assert ring.active("login").created.tzinfo is timezone.utc
    cases("clock")


def test_exceptions(cases):
    for name, python in {
        "KeyNotFound": LookupError,
        "KeyRetired": LookupError,
        "KeyExists": ValueError,
        "KeyExpired": ValueError,
        "DowngradeRefused": ValueError,
        "StoreError": OSError,
        "StoreCorrupted": keys.StoreError,
        "StoreNotOpened": pqhybrid.WrongPassphrase,
    }.items():
        error = getattr(keys, name)
        assert issubclass(error, pqhybrid.PqhybridError) and issubclass(error, python)
        assert str(error("a sentence")) == "a sentence"
        cases("exceptions")
    assert issubclass(keys.StoreNotOpened, keys.StoreCorrupted)
