"""The Distinguished Encoding Rules (X.690) as far as keys and certificates need them: strict, without copies."""

from __future__ import annotations

from pqhybrid.errors import EncodingError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

INTEGER, BIT_STRING, OCTET_STRING, NULL, OBJECT_IDENTIFIER, SEQUENCE = 0x02, 0x03, 0x04, 0x05, 0x06, 0x30


class Reader:
    """Reads the elements of something, one after the other. Lengths must be definite and minimal.

    what names it in the EncodingError that everything raises which is not as it should be. The texts hold names and
    numbers alone, never bytes of the data: it may be a secret key.
    """

    __slots__ = ("_data", "_at", "_what")

    def __init__(self, data: memoryview, what: str) -> None:
        self._data, self._at, self._what = data, 0, what

    def fail(self, why: str) -> NoReturn:
        raise EncodingError(f"the {self._what} cannot be read: {why}")

    def tag(self) -> int:
        """The next element's tag, or -1 at the end."""
        return int(self._data[self._at]) if self._at < len(self._data) else -1

    def element(self, name: str) -> tuple[int, memoryview, memoryview]:
        """The next element, whatever it is: its tag, all of it, and its content."""
        data, start = self._data, self._at
        left = len(data) - start
        if left < 2:
            self.fail(f"it ends before its {name} does, so a part is missing")
        tag, length, header = int(data[start]), int(data[start + 1]), 2
        if tag & 0x1F == 0x1F:
            self.fail(f"its {name} has a tag that no key has")
        if length & 0x80:
            octets = length & 0x7F
            if not 1 <= octets <= 4:
                self.fail(f"the length of its {name} is indefinite or absurd, which DER forbids")
            header += octets
            if left < header:
                self.fail(f"it ends before its {name} does, so a part is missing")
            length = int.from_bytes(data[start + 2 : start + header], "big")
            if length < 0x80 or length >> 8 * (octets - 1) == 0:
                self.fail(f"the length of its {name} is not in the shortest form, which DER demands")
        if length > left - header:
            self.fail(f"it ends before its {name} does, so a part is missing")
        self._at = start + header + length
        return tag, data[start : self._at], data[start + header : self._at]

    def take(self, tag: int, name: str) -> memoryview:
        """The content of the next element, which must have that tag."""
        if self.tag() not in (tag, -1):
            self.fail(f"where its {name} should be is something else")
        return self.element(name)[2]

    def enter(self, tag: int, name: str) -> Reader:
        """As take, to read the elements in it."""
        return Reader(self.take(tag, name), self._what)

    def end(self) -> None:
        """Makes sure that nothing is left."""
        if self._at != len(self._data):
            self.fail(f"{len(self._data) - self._at} bytes follow where it should end")

    def integer(self, name: str) -> int:
        """An INTEGER that is not negative."""
        content = self.take(INTEGER, name)
        if not len(content) or content[0] & 0x80 or (len(content) > 1 and content[0] == 0 and content[1] < 0x80):
            self.fail(f"its {name} is no number that makes sense")
        return int.from_bytes(content, "big")

    def bits(self, name: str, tag: int = BIT_STRING) -> memoryview:
        """A BIT STRING of whole bytes."""
        content = self.take(tag, name)
        if not len(content) or content[0] != 0:
            self.fail(f"its {name} is not a whole number of bytes")
        return content[1:]

    def object_identifier(self, name: str) -> str:
        """An OBJECT IDENTIFIER, with dots."""
        content = self.take(OBJECT_IDENTIFIER, name)
        # The longest that anybody uses is a third of that; this bounds the work, and the text of an exception.
        if not 1 <= len(content) <= 64 or content[-1] & 0x80:
            self.fail(f"its {name} is no object identifier")
        arcs, arc, fresh = [], 0, True
        for octet in content:
            if fresh and octet == 0x80:
                self.fail(f"its {name} is no object identifier in the shortest form")
            arc, fresh = arc << 7 | octet & 0x7F, octet < 0x80
            if fresh:
                arcs.append(arc)
                arc = 0
        first = min(arcs[0] // 40, 2)
        return ".".join(map(str, [first, arcs[0] - 40 * first, *arcs[1:]]))


def header(tag: int, length: int) -> bytes:
    """What stands before a content of that length."""
    if length < 0x80:
        return bytes((tag, length))
    octets = (length.bit_length() + 7) // 8
    return bytes((tag, 0x80 | octets)) + length.to_bytes(octets, "big")


def encoded(tag: int, *contents: bytes) -> bytes:
    """An element around these, one after the other. Not for secrets, which bytes would keep."""
    content = b"".join(contents)
    return header(tag, len(content)) + content


def encoded_integer(value: int) -> bytes:
    """An INTEGER that is not negative."""
    return encoded(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def encoded_object_identifier(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER."""
    first, second, *rest = map(int, dotted.split("."))
    octets = bytearray()
    for arc in (40 * first + second, *rest):
        septets = (arc.bit_length() + 6) // 7 or 1
        octets += bytes(arc >> 7 * at & 0x7F | (0x80 if at else 0) for at in reversed(range(septets)))
    return encoded(OBJECT_IDENTIFIER, bytes(octets))
