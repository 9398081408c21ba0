"""What pqhybrid does with the packages of its extras, in the oldest versions that its metadata allows.

usage: python extras.py
"""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import pkgutil
import re
import sys
import tempfile
from datetime import timedelta

import pqhybrid

cases = 0


def case(holds, what):
    global cases
    cases += 1
    if not holds:
        sys.exit(f"extras: {what}")


def passphrases(suite):
    key = suite.keygen()
    for write, read in (
        (key.to_pem, pqhybrid.SecretKey.from_pem),
        (key.to_der, pqhybrid.SecretKey.from_der),
    ):
        stored = write(b"correct horse")
        case(read(stored, b"correct horse") == key, f"{suite.name}: {write.__name__} gives another key")
        for wrong in (b"wrong horse", None):
            try:
                read(stored, wrong)
            except pqhybrid.WrongPassphrase as error:
                case(len(str(error)) > 15, f"{suite.name}: {error}")
            else:
                case(False, f"{suite.name}: {read.__name__} takes {wrong!r} for the passphrase")


def key_ring():
    """A ring in a file, rotated, opened again, and shown to Prometheus."""
    import prometheus_client

    from pqhybrid.keys import KeyRing
    from pqhybrid.keys.prometheus import KeyRingCollector

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "ring")
        with KeyRing.open(path, passphrase=b"correct horse", create=True) as ring:
            ring.create("service", pqhybrid.MLDSA65_ED25519)
            signature = ring.sign("service", b"message")
            ring.rotate("service", overlap=timedelta(days=1))
        try:
            KeyRing.open(path, passphrase=b"wrong horse")
        except pqhybrid.WrongPassphrase as error:
            case(len(str(error)) > 15, f"key ring: {error}")
        else:
            case(False, "key ring: opens with another passphrase")
        with KeyRing.open(path, passphrase=b"correct horse") as ring:
            case(ring.verify("service", signature, b"message"), "key ring: the older key does not verify")
            registry = prometheus_client.CollectorRegistry()
            registry.register(KeyRingCollector(ring))
            text = prometheus_client.generate_latest(registry).decode()
            shown = re.findall(r'pqhybrid_operations_total{(.*operation="verify".*)} 1.0', text)
            case(len(shown) == 1 and 'algorithm="mldsa65_ed25519"' in shown[0], f"metrics: {text}")


def main():
    for module in pkgutil.walk_packages(pqhybrid.__path__, "pqhybrid."):
        if module.name not in ("pqhybrid.__main__", "pqhybrid.libpqhybrid"):
            case(importlib.import_module(module.name), module.name)
    for suite in (pqhybrid.MLKEM768_X25519, pqhybrid.MLKEM1024_X448, pqhybrid.MLDSA65_ED25519, pqhybrid.MLDSA87_ED448):
        passphrases(suite)
    key_ring()
    versions = (f"{name} {importlib.metadata.version(name)}" for name in ("cffi", "cryptography", "prometheus-client"))
    print(f"{', '.join(versions)}: {cases}")


if __name__ == "__main__":
    main()
