"""Keys for the command: which form a file has, what is in it, and the passphrase that opens it."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any, Optional

import pqhybrid
from pqhybrid._cli_files import CommandError, Contents, bad_file, name_of, warn

if TYPE_CHECKING:
    from pqhybrid._cli_options import Options

SECRET, PUBLIC, ENCRYPTED = "secret key", "public key", "encrypted secret key"
RAW, DER, PEM = "raw", "DER", "PEM"

# What the line before the base64 of a PEM calls it; the first that is found decides.
_LABELS = (
    (b"-----BEGIN ENCRYPTED PRIVATE KEY-----", ENCRYPTED),
    (b"-----BEGIN PRIVATE KEY-----", SECRET),
    (b"-----BEGIN PUBLIC KEY-----", PUBLIC),
)
_SEQUENCE, _INTEGER, _BIT_STRING, _OCTET_STRING = 0x30, 0x02, 0x03, 0x04
_AFTER_ALGORITHM = {_BIT_STRING: PUBLIC, _OCTET_STRING: ENCRYPTED}


def secret_sizes(suite: Any) -> tuple[int, ...]:
    """How many bytes a raw secret key may have."""
    lamps = getattr(suite, "_lamps_bytes", 0)
    return (suite.secret_key_bytes, lamps) if lamps else (suite.secret_key_bytes,)


def raw_suite(kind: str, size: int) -> Any:
    """The suite whose raw keys have that size, or None: no two suites share one."""
    for suite in pqhybrid.SUITES:
        if size in (secret_sizes(suite) if kind == SECRET else (suite.public_key_bytes,)):
            return suite
    return None


def recognised(contents: Contents) -> tuple[Optional[str], tuple[str, ...]]:
    """The form of a file and the kinds of keys in it, as far as its beginning tells; nothing is checked yet."""
    if contents.has(b"-----BEGIN"):
        return PEM, tuple(kind for label, kind in _LABELS if contents.has(label))
    for each in (SECRET, PUBLIC):
        # Random bytes are never all text, but a line of hexadecimal digits, or an SSH key, may have the size of a seed.
        if raw_suite(each, contents.size) and not is_text(contents):
            return RAW, (each,)
    kind = _der_kind(contents) if contents.buffer[0] == _SEQUENCE else None
    if kind is not None:
        return DER, (kind,)
    # A sequence of something else, if its length is what DER would say; text may begin with the same byte.
    return (DER if contents.buffer[0] == _SEQUENCE and contents.buffer[1] in (0x81, 0x82) else None), ()


def is_text(contents: Contents) -> bool:
    """Whether there is nothing but printable ASCII and white space."""
    return all(32 <= byte < 127 or 9 <= byte <= 13 for byte in contents.data)


def _der_kind(contents: Contents) -> Optional[str]:
    """PKCS#8 begins with a version; SubjectPublicKeyInfo and encrypted PKCS#8 with an algorithm, which is skipped."""
    at = _der_header(contents, 0)[0]
    tag = contents.buffer[at] if at < contents.size else 0
    if tag == _INTEGER:
        return SECRET
    if tag != _SEQUENCE:
        return None
    start, length = _der_header(contents, at)
    at = start + length
    return _AFTER_ALGORITHM.get(contents.buffer[at]) if at < contents.size else None


def _der_header(contents: Contents, at: int) -> tuple[int, int]:
    """Where what an element holds begins, and how long it says that is."""
    short = contents.buffer[at + 1] if at + 1 < contents.size else 0
    if short < 0x80:
        return at + 2, short
    end = at + 2 + (short & 0x7F)
    return end, int.from_bytes(contents.buffer[at + 2 : min(end, contents.size)], "big")


def load_secret_key(path: str, options: Options, suites: tuple[Any, ...], purpose: str) -> Any:
    """The secret key in a file, PEM, DER or raw, of one of these suites.

    Raises:
        CommandError: there is none, it is damaged, or the passphrase is wrong.
        MissingDependency: it is encrypted, and `cryptography` is not installed.
    """
    with Contents(path) as contents:
        form, kinds = recognised(contents)
        if ENCRYPTED in kinds:
            with Passphrase(options, path) as passphrase:
                key = decoded(contents, form, SECRET, passphrase)
        else:
            if SECRET not in kinds:
                raise _not_a_key(contents, SECRET, form, kinds)
            if options.has_passphrase:
                raise bad_file(path, "is not encrypted: leave the passphrase out")
            key = decoded(contents, form, SECRET)
            if stat.S_ISREG(contents.mode) and contents.mode & (stat.S_IRWXG | stat.S_IRWXO):
                warn(path, "group or others have access to this secret key: chmod 600 it")
    try:
        _expect(path, key, suites, purpose)
    except BaseException:
        key.wipe()
        raise
    return key


def load_public_key(path: str, suites: tuple[Any, ...], purpose: str) -> Any:
    """The public key in a file, PEM, DER or raw, of one of these suites. As load_secret_key."""
    # Wiped as well: it may be a secret key, given by mistake.
    with Contents(path) as contents:
        form, kinds = recognised(contents)
        if PUBLIC not in kinds:
            raise _not_a_key(contents, PUBLIC, form, kinds)
        key = decoded(contents, form, PUBLIC)
    _expect(path, key, suites, purpose)
    return key


def decoded(contents: Contents, form: Optional[str], kind: str, passphrase: Optional[bytearray] = None) -> Any:
    """The key in a file whose form and kind are known."""
    if form == RAW:
        suite = raw_suite(kind, contents.size)
        return suite.secret_key(contents.data) if kind == SECRET else suite.public_key(contents.data)
    try:
        if kind == PUBLIC:
            return (pqhybrid.PublicKey.from_pem if form == PEM else pqhybrid.PublicKey.from_der)(contents.data)
        return (pqhybrid.SecretKey.from_pem if form == PEM else pqhybrid.SecretKey.from_der)(contents.data, passphrase)
    except (pqhybrid.EncodingError, pqhybrid.WrongPassphrase, pqhybrid.LengthError, pqhybrid.WrongSuite) as error:
        raise bad_file(contents.path, str(error)) from None


def load_sized(path: str, what: str, suite: Any) -> bytes:
    """A signature or a ciphertext of a suite, which its exact size tells.

    Raises:
        CommandError: it has another size, or cannot be read.
    """
    attribute = f"{what}_bytes"
    expected = getattr(suite, attribute)
    with Contents(path) as contents:
        if contents.size == expected:
            return bytes(contents.data)
        for other in pqhybrid.SUITES:
            if contents.size == getattr(other, attribute, None):
                why = f"a {what} of {other.name}, but the key is one of {suite.name}: take the key that belongs to it"
                raise bad_file(path, why)
        raise bad_file(path, f"not a {what}: it has {contents.size} bytes, where one of {suite.name} has {expected}")


def _expect(path: str, key: Any, suites: tuple[Any, ...], purpose: str) -> None:
    if key.suite not in suites:
        use = "signatures" if hasattr(key.suite, "signature_bytes") else "key exchange"
        names = " or ".join(suite.name for suite in suites)
        raise bad_file(path, f"this key of {key.suite.name} is for {use}: {purpose} needs one of {names}")


def _not_a_key(contents: Contents, wanted: str, form: Optional[str], kinds: tuple[str, ...]) -> Exception:
    if kinds:
        article = "an" if kinds[0] == ENCRYPTED else "a"
        return bad_file(contents.path, f"not a {wanted}: this is {article} {kinds[0]}, give the other file of the pair")
    if form is not None:
        try:
            decoded(contents, form, wanted)
        except CommandError as error:
            return error
    sizes = " or ".join(str(getattr(suite, f"{wanted.replace(' ', '_')}_bytes")) for suite in pqhybrid.SUITES)
    if contents.size and is_text(contents):
        why = f"not a {wanted}: it is text, but no PEM; keys of other programs are of no use here: make one with keygen"
        return bad_file(contents.path, why)
    why = f"not a {wanted}: it is no PEM or DER, and has {contents.size} bytes, where a raw {wanted} has {sizes}"
    return bad_file(contents.path, why)


# ---- passphrases ---------------------------------------------------------------------------------

MAX_PASSPHRASE_BYTES = 1023


class Passphrase:
    """A passphrase from where the options say, or else from the terminal; wiped at the end of the `with` block."""

    def __init__(self, options: Options, path: str, *, new: bool = False) -> None:
        """new asks for it twice. path is what it is for.

        Raises:
            CommandError: there is none to be had.
        """
        source = path
        if options.passphrase_fd is not None:
            source = f"file descriptor {options.passphrase_fd}"
            self._bytes = _first_line(source, options.passphrase_fd)
        elif options.passphrase_file is not None:
            source = options.passphrase_file
            self._bytes = _first_line(source)
        else:
            self._bytes = _asked(path, new)
        if not self._bytes:
            raise bad_file(source, "the passphrase is empty: its first line should be one")

    def __enter__(self) -> bytearray:
        return self._bytes

    def __exit__(self, *_: object) -> None:
        pqhybrid.wipe(self._bytes)


def _first_line(path: str, fd: Optional[int] = None) -> bytearray:
    # One byte more than fits, and the end of the line.
    with Contents(path, fd=fd, first_line=MAX_PASSPHRASE_BYTES + 2) as contents:
        ends = [contents.buffer.find(each, 0, contents.size) for each in (b"\r", b"\n")]
        size = min((end for end in ends if end >= 0), default=contents.size)
        if size > MAX_PASSPHRASE_BYTES:
            raise bad_file(path, f"the passphrase is longer than {MAX_PASSPHRASE_BYTES} bytes")
        if stat.S_ISREG(contents.mode) and contents.mode & (stat.S_IRWXG | stat.S_IRWXO):
            warn(path, "group or others have access to this passphrase: chmod 600 it")
        line = bytearray(size)
        line[:] = contents.data[:size]
        return line


def _asked(path: str, new: bool) -> bytearray:
    """What is typed. getpass gives str, which nobody can wipe: it becomes bytes at once, and is kept nowhere."""
    import getpass

    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        raise bad_file(
            path, "needs a passphrase, and there is no terminal to ask on: use --passphrase-file or --passphrase-fd"
        ) from None
    prompt = f"{'new ' if new else ''}passphrase for {name_of(path)}: "
    try:
        given = bytearray(getpass.getpass(prompt), "utf-8", "surrogateescape")
        if new:
            again = bytearray(getpass.getpass("the same again: "), "utf-8", "surrogateescape")
            same = pqhybrid.ct_equal(given, again)
            pqhybrid.wipe(again)
            if not same:
                pqhybrid.wipe(given)
                raise bad_file(path, "the two passphrases differ: try again")
    except EOFError:
        raise bad_file(path, "no passphrase was given") from None
    return given
