"""The textual encoding of keys and certificates, RFC 7468."""

from __future__ import annotations

import binascii
import sys

from pqhybrid._ffi import ffi
from pqhybrid._library import readable
from pqhybrid._secret import SecretBytes, scrub_copy, wipe
from pqhybrid.errors import EncodingError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Optional, Union

    from pqhybrid._types import Buffer

SECRET, ENCRYPTED, PUBLIC, CERTIFICATE = "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PUBLIC KEY", "CERTIFICATE"

_BEGIN, _END, _DASHES, _LINE = b"-----BEGIN ", b"-----END ", b"-----", 48
_SPACE = b" \t\r\n\v\f"
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

_INSTEAD = {
    PUBLIC: "a public key",
    SECRET: "a secret key",
    ENCRYPTED: "an encrypted secret key",
    CERTIFICATE: "a certificate (its key: pqhybrid.encoding.public_key_from_certificate)",
}


def view_of(name: str, data: Union[Buffer, SecretBytes]) -> memoryview:
    """data without a copy, byte by byte; TypeError if it is no bytes-like object."""
    if isinstance(data, SecretBytes):
        return data.view()
    found = readable(name, data)
    return memoryview(found if type(found) is bytes else ffi.buffer(found))


def encode(label: str, der: bytes) -> bytes:
    """Something that is no secret as text, in lines of 64 characters."""
    lines = [binascii.b2a_base64(der[at : at + _LINE]) for at in range(0, len(der), _LINE)]
    return b"%s%s-----\n%s%s%s-----\n" % (_BEGIN, label.encode(), b"".join(lines), _END, label.encode())


def encode_secret(label: str, der: SecretBytes) -> SecretBytes:
    """A secret as text, in memory that is wiped."""
    first, last = _BEGIN + label.encode() + b"-----\n", _END + label.encode() + b"-----\n"
    size = len(der)
    body = (size + 2) // 3 * 4 + (size + _LINE - 1) // _LINE
    made = SecretBytes._of_size(len(first) + body + len(last))
    out, at, source = ffi.buffer(made._memory), len(first), der.view()
    out[:at] = first
    for start in range(0, size, _LINE):
        # binascii returns bytes and nothing else: nobody but this loop has seen them.
        line = binascii.b2a_base64(source[start : start + _LINE])
        out[at : at + len(line)] = line
        at += len(line)
        scrub_copy(line)
    out[at:] = last
    return made


def decode(data: Union[Buffer, str, SecretBytes], wanted: tuple[str, ...], what: str) -> tuple[str, SecretBytes]:
    """The one block in data with a label of wanted: its label, and its content.

    Text around it, and blocks with other labels, do no harm. what names it in the texts of exceptions.

    Raises:
        EncodingError: there is none, or more than one, or a block is incomplete or no base64.
        TypeError: data is neither text nor a bytes-like object.
    """
    if isinstance(data, str):
        copy = data.encode("utf-8", "replace")
        text = bytearray(copy)
        # CPython shares bytes that are shorter than that; PyPy shares all of them with the text that they come from.
        if len(copy) > 1 and sys.implementation.name == "cpython":
            scrub_copy(copy)
    else:
        text = bytearray(view_of("data", data))
    try:
        blocks = list(_blocks(text, what))
        found = [block for block in blocks if block[0] in wanted]
        if len(found) != 1:
            raise EncodingError(_not_one(text, blocks, found, wanted, what))
        label, start, end = found[0]
        return label, _content(text, start, end, what)
    finally:
        wipe(text)


def _blocks(text: bytearray, what: str) -> Any:
    """The label of each block, and where its base64 begins and ends."""
    at = 0
    while True:
        at = _line_start(text, _BEGIN, at)
        if at < 0:
            return
        start = _after_label(text, at + len(_BEGIN))
        if start is None:
            raise EncodingError(f"the PEM of a {what} is cut off or damaged in its first line: get it again")
        label = bytes(text[at + len(_BEGIN) : start - len(_DASHES)])
        end = text.find(_END, start)
        following = text.find(_BEGIN, start)
        if end < 0 or 0 <= following < end:
            raise EncodingError(f"the PEM of a {what} is cut off, its last line is missing: get the whole file again")
        at = _after_label(text, end + len(_END)) or -1
        if at < 0:
            raise EncodingError(f"the PEM of a {what} is cut off or damaged in its last line: get it again")
        if text[end + len(_END) : at - len(_DASHES)] != label:
            raise EncodingError(f"the PEM of a {what} begins with one label and ends with another: get the file again")
        yield label.decode("ascii", "replace"), start, end


def _line_start(text: bytearray, marker: bytes, at: int) -> int:
    """Where the next marker is that has nothing but blanks, or a byte order mark, before it in its line."""
    while True:
        at = text.find(marker, at)
        before = at
        while before > 0 and text[before - 1] in b" \t\xef\xbb\xbf":
            before -= 1
        if at < 0 or before == 0 or text[before - 1] in b"\r\n":
            return at
        at += 1


def _after_label(text: bytearray, at: int) -> Optional[int]:
    """Where the line of a marker ends whose label begins here. Labels are capitals, digits and spaces, and short."""
    end = text.find(_DASHES, at, at + 64)
    label = text[at:end] if end >= 0 else b""
    if not label or not label.replace(b" ", b"").replace(b".", b"").isalnum() or not label.isupper():
        return None
    return end + len(_DASHES)


def _content(text: bytearray, start: int, end: int, what: str) -> SecretBytes:
    body = bytearray(memoryview(text)[start:end])
    squeezed = body.translate(None, _SPACE)
    foreign = squeezed.translate(None, _ALPHABET)
    try:
        if b":" in foreign:
            raise EncodingError(
                f"the PEM of a {what} has header lines, as old encrypted files do: pqhybrid reads PKCS#8 alone, "
                f"'-----BEGIN {ENCRYPTED}-----'"
            )
        if bytes(foreign) not in (b"", b"=", b"==") or not squeezed.endswith(bytes(foreign)):
            raise EncodingError(f"the PEM of a {what} has characters that are not base64: it is damaged, get it again")
        if not squeezed or len(squeezed) % 4:
            raise EncodingError(f"the PEM of a {what} lacks some of its base64: it is damaged, get it again")
        # Like b2a_base64, this makes bytes that nobody else has seen.
        decoded = binascii.a2b_base64(squeezed)
        made = SecretBytes(decoded)
        whole = binascii.b2a_base64(memoryview(decoded)[(len(decoded) - 1) // 3 * 3 :], newline=False)
        canonical = squeezed.endswith(whole)
        # One or no byte is what Python shares.
        if len(decoded) > 1:
            scrub_copy(decoded)
        scrub_copy(whole)
        if not canonical:
            made.wipe()
            raise EncodingError(f"the PEM of a {what} ends in impossible base64: it is damaged, get it again")
        return made
    finally:
        for each in (body, squeezed, foreign):
            wipe(each)


def _not_one(text: bytearray, blocks: Any, found: Any, wanted: tuple[str, ...], what: str) -> str:
    if found:
        return f"there are {len(found)} PEM blocks where one of a {what} was expected: put each in its own file"
    expected = f"such a file begins with '-----BEGIN {wanted[0]}-----'"
    if blocks:
        label = blocks[0][0]
        instead = _INSTEAD.get(label)
        if instead is None:
            instead = f"'{label}'" + (", a format that pqhybrid does not read" if label.endswith("KEY") else "")
        return f"this is the PEM of {instead}, where that of a {what} was expected: {expected}"
    if not text:
        return f"there is nothing, where the PEM of a {what} was expected: {expected}"
    if len(text) < 1024 and b"\n" not in text and text.isascii() and text[:1] != b"\x30":
        return f"this is one short line, where the PEM of a {what} was expected: give the content of the file, not its name"
    if text[:1] == b"\x30" and len(text) > 1 and (text[1] & 0x80 or text[1] == len(text) - 2):
        return f"this looks like DER, where the PEM of a {what} was expected: read it with from_der"
    return f"this is no PEM, where that of a {what} was expected: {expected}"
