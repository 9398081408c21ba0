"""As much of the ELF format as the constant-time test needs: sections, symbols and relocations of one 64-bit object."""

import struct
from pathlib import Path

SHT_SYMTAB, SHT_RELA, SHT_NOBITS = 2, 4, 8
SHF_ALLOC = 2
STT_SECTION = 3
# Name, section, value, size.
Symbol = tuple[str, int, int, int]
Loaded = tuple[object, ...]


def only_member(archive: Path) -> bytes:
    """The one object of an archive as tools/link.sh makes it."""
    data = archive.read_bytes()
    if not data.startswith(b"!<arch>\n"):
        raise SystemExit(f"constant-time: {archive} is no archive")
    at, found = 8, []
    while at + 60 <= len(data):
        name, size = data[at : at + 16].strip(), int(data[at + 48 : at + 58])
        if name not in (b"/", b"//"):
            found.append(data[at + 60 : at + 60 + size])
        at += 60 + size + size % 2
    if len(found) != 1:
        raise SystemExit(f"constant-time: {archive} holds {len(found)} objects, not one")
    return found[0]


class Object:
    """A relocatable object."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        if data[:6] != b"\x7fELF\x02\x01":
            raise SystemExit("constant-time: not a 64-bit little-endian ELF object")
        table, count, names = struct.unpack_from("<Q", data, 40)[0], *struct.unpack_from("<HH", data, 60)
        # name, type, flags, address, offset, size, link, info, alignment, entry size
        self.headers = [struct.unpack_from("<IIQQQQIIQQ", data, table + 64 * i) for i in range(count)]
        self.names = [self._string(names, header[0]) for header in self.headers]
        self.symbol_table = next(i for i, header in enumerate(self.headers) if header[1] == SHT_SYMTAB)

    def _string(self, section: int, at: int) -> str:
        start = self.headers[section][4] + at
        return self.data[start : self.data.index(b"\0", start)].decode()

    def _content(self, index: int) -> bytes:
        header = self.headers[index]
        return b"" if header[1] == SHT_NOBITS else self.data[header[4] : header[4] + header[5]]

    def _symbol(self, number: int) -> Symbol:
        """A section's own symbol has the section's name."""
        header = self.headers[self.symbol_table]
        name, info, _, section, value, size = struct.unpack_from("<IBBHQQ", self.data, header[4] + 24 * number)
        text = self.names[section] if info & 15 == STT_SECTION else self._string(header[6], name)
        return text, section, value, size

    def symbols(self) -> list[tuple[str, int]]:
        """Name and size of each symbol."""
        count = self.headers[self.symbol_table][5] // 24
        return [(name, size) for name, _, _, size in map(self._symbol, range(count))]

    def offset(self, section: str) -> int:
        """Where a section lies in the file."""
        return int(self.headers[self.names.index(section)][4])

    def loaded(self) -> dict[str, Loaded]:
        """Of each section that is loaded: type, flags, size, alignment, bytes, relocations."""
        relocations: dict[int, list[tuple[int, int, Symbol, int]]] = {}
        for index, header in enumerate(self.headers):
            if header[1] == SHT_RELA:
                entries = struct.iter_unpack("<QQq", self._content(index))
                relocations[header[7]] = [
                    (at, info & 0xFFFFFFFF, self._symbol(info >> 32), addend) for at, info, addend in entries
                ]
        found: dict[str, Loaded] = {}
        for index, header in enumerate(self.headers):
            if header[2] & SHF_ALLOC:
                name, copies = self.names[index], 1
                while name in found:
                    copies += 1
                    name = f"{self.names[index]} ({copies})"
                resolved = tuple(
                    (at, kind, self._target(symbol), addend) for at, kind, symbol, addend in relocations.get(index, [])
                )
                found[name] = (header[1], header[2], header[5], header[8], self._content(index), resolved)
        return found

    def _target(self, symbol: Symbol) -> tuple[str, str | int, int, int]:
        """What a relocation refers to, whichever number its section has in this object."""
        name, section, value, size = symbol
        return name, self.names[section] if 0 < section < len(self.names) else section, value, size
