"""What type checkers must understand of pqhybrid.keys. Checked by mypy and pyright, never run."""

from __future__ import annotations

from typing import Union

from typing_extensions import assert_type

from pqhybrid import KemPublicKey, SecretBytes, SignaturePublicKey
from pqhybrid._kem import KemSuite
from pqhybrid._signature import SignatureSuite
from pqhybrid.keys import KeyInfo, KeyRing


def keys(ring: KeyRing, info: KeyInfo) -> None:
    assert_type(ring.public_key("login"), Union[KemPublicKey, SignaturePublicKey])
    assert_type(ring.public_keys("login"), dict[str, Union[KemPublicKey, SignaturePublicKey]])
    assert_type(info.suite, Union[KemSuite, SignatureSuite])
    assert_type(info.public_key, Union[KemPublicKey, SignaturePublicKey])


def operations(ring: KeyRing, signature: bytes) -> None:
    assert_type(ring.sign("login", b"hello"), bytes)
    assert_type(ring.verify("login", signature, b"hello"), str)
    assert_type(ring.sign_file("login", "path", progress=print), bytes)
    assert_type(ring.verify_file("login", signature, b"path".decode()), str)
    assert_type(ring.signer("login").sign(), bytes)
    assert_type(ring.verifier("login", signature).verify(), str)
    assert_type(ring.encaps("box"), tuple[str, bytes, SecretBytes])


def files() -> None:
    with KeyRing.open(b"service.keys", passphrase=SecretBytes(b"passphrase"), create=True) as ring:
        assert_type(ring, KeyRing)
