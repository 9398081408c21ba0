"""What `pqhybrid info` tells: of the library, and of files by what is in them."""

from __future__ import annotations

import importlib
import platform
from typing import TYPE_CHECKING, Any, Optional

import pqhybrid
from pqhybrid._cli_files import Contents, bad_file, name_of, printable
from pqhybrid._cli_keys import ENCRYPTED, PUBLIC, RAW, SECRET, Passphrase, decoded, recognised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pqhybrid._cli_options import Options

_ELSE = (("signature", "signature"), ("ciphertext", "ciphertext"), ("shared secret", "shared_secret"))


def of_library() -> Iterator[str]:
    """Lines about it: version, what runs on this CPU, Python and CFFI, and the suites with their sizes."""
    cffi = importlib.import_module("_cffi_backend")
    yield f"pqhybrid {pqhybrid.__version__}, backend {pqhybrid.backend()}"
    yield f"{platform.python_implementation()} {platform.python_version()}, CFFI {cffi.__version__}"
    for suite in pqhybrid.SUITES:
        yield f"{suite.name}:"
        yield from _of_suite(suite)


def _of_suite(suite: Any) -> Iterator[str]:
    """The suite in the standards' words, and the sizes of what belongs to it."""
    yield f"    {suite.title}, NIST security level {suite.security_level}"
    named = (("public key", "public_key"), ("secret key", "secret_key"), *_ELSE)
    parts = ((words, getattr(suite, f"{attribute}_bytes", None)) for words, attribute in named)
    yield "    bytes: " + ", ".join(f"{words} {size}" for words, size in parts if size is not None)


def of_file(path: str, options: Options) -> list[str]:
    """Lines about what a file is.

    Raises:
        CommandError: nothing of pqhybrid's, or it cannot be read, or the passphrase is wrong.
    """
    name = printable(name_of(path))
    with Contents(path) as contents:
        form, kinds = recognised(contents)
        lines = [line for kind in kinds for line in _of_key(contents, name, form, kind, options)]
        if form in (None, RAW):
            for each in _by_size(contents.size):
                lines.append(f"{name}: {'or, ' if lines else ''}by its size, a {each}")
        if lines:
            return lines
        if form is not None:
            # Says what is in there instead.
            decoded(contents, form, PUBLIC)
        size = contents.size
    raise bad_file(path, f"not a key, a signature or a ciphertext: it is no PEM or DER, and has {size} bytes")


def _by_size(size: int) -> list[str]:
    """What else than a key has that size."""
    if size == pqhybrid.MLKEM768_X25519.shared_secret_bytes:
        return ["shared secret"]
    pairs = ((f"{words} of {suite.name}", attribute, suite) for suite in pqhybrid.SUITES for words, attribute in _ELSE)
    return [words for words, attribute, suite in pairs if size == getattr(suite, f"{attribute}_bytes", None)]


def _of_key(contents: Contents, name: str, form: Optional[str], kind: str, options: Options) -> Iterator[str]:
    if kind == ENCRYPTED and not options.has_passphrase:
        yield f"{name}: {ENCRYPTED}, {form}; with its passphrase, more is told"
        return
    if kind == ENCRYPTED:
        with Passphrase(options, contents.path) as passphrase:
            key = decoded(contents, form, SECRET, passphrase)
    else:
        key = decoded(contents, form, kind)
    details = ", not encrypted" if kind == SECRET else ""
    if getattr(key, "is_lamps", False):
        details += ", in the form of id-MLKEM768-X25519-SHA3-256"
    yield f"{name}: {kind} of {key.suite.name}, {form}{details}"
    yield from _of_suite(key.suite)
    yield f"    fingerprint of the public key: {(key if kind == PUBLIC else key.public_key).fingerprint}"
    if kind != PUBLIC:
        key.wipe()
