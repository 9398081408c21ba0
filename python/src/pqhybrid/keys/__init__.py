"""Keys with a life: created, rotated with an overlap, retired and wiped; stored in one encrypted file.

    from datetime import timedelta
    import pqhybrid
    from pqhybrid.keys import KeyRing

    with KeyRing.open("service.keys", passphrase=passphrase, create=True) as ring:
        ring.create("login", pqhybrid.MLDSA65_ED25519, lifetime=timedelta(days=90))
        signature = ring.sign("login", b"hello")
        ring.rotate("login", overlap=timedelta(days=7))
        ring.verify("login", signature, b"hello")    # the old key still does that, for a week

The file needs PyPI's `cryptography`: pip install 'pqhybrid[keys]'. Counters for Prometheus: `pqhybrid.keys.prometheus`.
"""

from __future__ import annotations

from pqhybrid.keys._errors import (
    DowngradeRefused,
    KeyExists,
    KeyExpired,
    KeyNotFound,
    KeyRetired,
    StoreCorrupted,
    StoreError,
    StoreNotOpened,
)
from pqhybrid.keys._life import NO_EXPIRY
from pqhybrid.keys._metrics import Metrics
from pqhybrid.keys._ring import KeyRing
from pqhybrid.keys._state import KeyInfo
from pqhybrid.keys._streams import RingSigner, RingVerifier

__all__ = [
    "NO_EXPIRY",
    "DowngradeRefused",
    "KeyExists",
    "KeyExpired",
    "KeyInfo",
    "KeyNotFound",
    "KeyRetired",
    "KeyRing",
    "Metrics",
    "RingSigner",
    "RingVerifier",
    "StoreCorrupted",
    "StoreError",
    "StoreNotOpened",
]
