"""What a ring counts, and what Prometheus is shown of it."""

import subprocess
import sys
from datetime import timedelta

import pytest

import pqhybrid
from pqhybrid import keys
from pqhybrid.keys import KeyRing
from test_keys import DAY, KEM, SIGN, STRONG_SIGN, Clock, no_sync  # noqa: F401
from test_keys_concurrency import in_threads


def used(ring):
    """A ring that did some of everything."""
    ring.create("login", SIGN, lifetime=30 * DAY)
    ring.create("box", KEM)
    signature = ring.sign("login", b"msg")
    ring.sign("login", b"msg")
    ring.verify("login", signature, b"msg")
    _, ciphertext, _ = ring.encaps("box")
    ring.decaps("box", ciphertext)
    ring.decaps_candidates("box", ciphertext)
    ring.rotate("login", suite=STRONG_SIGN)
    ring.verify("login", signature, b"msg")
    for error, what in (
        (pqhybrid.InvalidSignature, lambda: ring.verify("login", signature, b"other")),
        (pqhybrid.LengthError, lambda: ring.verify("login", b"", b"msg")),
        (keys.KeyNotFound, lambda: ring.sign("nobody", b"msg")),
        (keys.KeyNotFound, lambda: ring.sign("nobody else", b"msg")),
        (pqhybrid.WrongSuite, lambda: ring.sign("box", b"msg")),
        (keys.DowngradeRefused, lambda: ring.rotate("login", suite="mldsa65_ed25519")),
        (keys.DowngradeRefused, lambda: ring.rotate("login", suite="ed25519")),
        (keys.DowngradeRefused, lambda: ring.create("new", "rsa")),
        (keys.KeyExists, lambda: ring.create("box", KEM)),
    ):
        with pytest.raises(error):
            what()
    ring.retire("box")
    ring.remove("box")
    return ring


OPERATIONS = {
    ("create", "mldsa65_ed25519"): 1,
    ("create", "mlkem768_x25519"): 2,
    ("create", "unknown"): 1,
    ("sign", "mldsa65_ed25519"): 2,
    ("sign", "mlkem768_x25519"): 1,
    ("sign", "unknown"): 2,
    ("verify", "mldsa65_ed25519"): 2,
    ("verify", "mldsa87_ed448"): 2,
    ("encaps", "mlkem768_x25519"): 1,
    ("decaps", "mlkem768_x25519"): 1,
    ("decaps_candidates", "mlkem768_x25519"): 1,
    ("rotate", "mldsa65_ed25519"): 1,
    ("rotate", "mldsa87_ed448"): 1,
    ("rotate", "unknown"): 1,
    ("retire", "mlkem768_x25519"): 1,
    ("remove", "mlkem768_x25519"): 1,
}
FAILURES = {
    ("verify", "mldsa87_ed448", "InvalidSignature"): 1,
    ("verify", "mldsa87_ed448", "LengthError"): 1,
    ("sign", "unknown", "KeyNotFound"): 2,
    ("sign", "mlkem768_x25519", "WrongSuite"): 1,
    ("rotate", "mldsa65_ed25519", "DowngradeRefused"): 1,
    ("rotate", "unknown", "DowngradeRefused"): 1,
    ("create", "unknown", "DowngradeRefused"): 1,
    ("create", "mlkem768_x25519", "KeyExists"): 1,
}


def test_counters(cases):
    ring = used(KeyRing())
    metrics = ring.metrics()
    assert metrics.operations == OPERATIONS
    assert metrics.failures == FAILURES
    assert metrics.rotations == {"mldsa87_ed448": 1}
    # A snapshot: it neither changes nor changes anything.
    ring.sign("login", b"msg")
    assert metrics.operations == OPERATIONS
    metrics.operations.clear()
    assert ring.metrics().operations["sign", "mldsa87_ed448"] == 1
    cases("counters", len(OPERATIONS) + len(FAILURES) + 1)


def test_no_count_is_lost(cases):
    ring = KeyRing()
    ring.create("box", KEM)

    def work():
        for _ in range(300):
            ring.encaps("box")

    in_threads([work] * 8)
    assert ring.metrics().operations["encaps", KEM.name] == 2400
    cases("threads", 2400)


def test_prometheus(cases):
    from pqhybrid.keys.prometheus import KeyRingCollector  # Says what to install, if it must.

    import prometheus_client as client

    clock = Clock()
    ring, other = used(KeyRing(clock=clock)), KeyRing()
    registry = client.CollectorRegistry(auto_describe=True)
    registry.register(KeyRingCollector(ring))
    for (operation, algorithm), count in OPERATIONS.items():
        labels = {"operation": operation, "algorithm": algorithm}
        assert registry.get_sample_value("pqhybrid_operations_total", labels) == count
    for (operation, algorithm, reason), count in FAILURES.items():
        labels = {"operation": operation, "algorithm": algorithm, "reason": reason}
        assert registry.get_sample_value("pqhybrid_failures_total", labels) == count
    assert registry.get_sample_value("pqhybrid_rotations_total", {"algorithm": "mldsa87_ed448"}) == 1
    labels = {"name": "login", "algorithm": "mldsa87_ed448"}
    expiry = registry.get_sample_value("pqhybrid_key_expiry_timestamp_seconds", labels)
    assert expiry == (clock.now + 30 * DAY).timestamp()

    text = client.generate_latest(registry).decode()
    key_id, public = ring.active("login").key_id, bytes(ring.public_key("login"))
    assert "# TYPE pqhybrid_operations_total counter" in text and key_id not in text and public.hex() not in text

    with pytest.raises(ValueError, match="Duplicated"):
        registry.register(KeyRingCollector(other))
    registry.register(KeyRingCollector(other, prefix="other"))
    other.create("box", KEM, lifetime=timedelta(days=1))
    assert "other_key_expiry_timestamp_seconds{" in client.generate_latest(registry).decode()

    # Metrics go on when a ring is closed, without what it no longer knows.
    ring.close()
    text = client.generate_latest(registry).decode()
    assert "pqhybrid_operations_total{" in text and "pqhybrid_key_expiry_timestamp_seconds{" not in text
    cases("prometheus", len(OPERATIONS) + len(FAILURES) + 7)


def test_without_prometheus(cases):
    """The module says what to install; everything else works."""
    code = """if True:
        import sys
        sys.modules["prometheus_client"] = None
        import pqhybrid, pqhybrid.keys
        pqhybrid.keys.KeyRing().metrics()
        try:
            import pqhybrid.keys.prometheus
        except pqhybrid.MissingDependency as error:
            assert "pip install 'pqhybrid[metrics]'" in str(error), error
            print("said so")
    """
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{code}"], capture_output=True, text=True
    )
    assert done.stdout == "said so\n", done.stderr
    cases("dependency")
