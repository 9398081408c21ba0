"""What takes the space in a linked image: bytes by room, each instruction counted where its source is, however the compiler
inlined it. It needs the line tables, so the images here are linked from the archive that cargo makes, not from the one that
is shipped; the code is the same."""

import collections
import re
import subprocess

OURS = "our own code"
# From the lowest layer to the highest: the first that fits a source file, or the name of a crate.
ROOMS = [
    ("Keccak (SHA-3, SHAKE)", r"libcrux[-_]sha3|keccak|sponge|\bsha3|\bshake"),
    ("SHA-2", r"\bsha2"),
    ("curves", r"curve25519|ed25519|ed448|x448|elliptic|crypto[-_]bigint|signature-|ff-|group-"),
    ("ML-KEM", r"libcrux[-_]ml[-_]kem"),
    ("ML-DSA", r"libcrux[-_]ml[-_]dsa"),
    (OURS, r"^pqhybrid$"),
]
OTHER = "small helper crates, core, the C library, start-up code"
# One address in so many bytes is looked up.
STEP = 4
NAMES = [name for name, _ in ROOMS] + [OTHER]


def _room(place):
    if place.startswith("/pqhybrid/") and not place.startswith("/pqhybrid/keccak/"):
        return OURS
    return next((name for name, pattern in ROOMS if re.search(pattern, place)), OTHER)


def _crate(symbol):
    """The crate that a mangled name begins with."""
    found = re.search(r"Cs[0-9A-Za-z]+_(\d+)", symbol)
    if not found:
        return ""
    rest = symbol[found.end():].removeprefix("_")
    # A name that begins with a digit follows an underscore; otherwise the length ends where the name begins.
    return rest[:int(found[1])]


def _sections(linker_map):
    """(name, address, size) of what was linked into the flash."""
    text = linker_map[linker_map.index("Linker script and memory map"):]
    for name, address, size in re.findall(r"^ (\.(?:text|rodata|data)\S*)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) \S+", text, re.M):
        if int(size, 16) and int(address, 16) >= 0x10000000:
            yield name, int(address, 16), int(size, 16)


def _constants(archive, prefix):
    """Whose the constants without a name are, by the file that they come from: the lowest layer's that uses them, since
    layers know those below and not above."""
    listing = subprocess.run([prefix + "readelf", "-rW", archive], capture_output=True, text=True).stdout
    users = collections.defaultdict(set)
    crate = ""
    for line in listing.splitlines():
        if line.startswith("Relocation section"):
            crate = _crate(line)
        elif found := re.search(r"\.Lanon\.([0-9a-f]+)\.", line):
            users[found[1]].add(_room(crate))
    return {name: min(found, key=NAMES.index) for name, found in users.items()}


def _lines(image, addresses, prefix):
    """The room of each address: that of the innermost inlined function which is in one, and not a helper crate's."""
    out = subprocess.run([prefix + "addr2line", "-i", "-a", "-e", image], capture_output=True, text=True, check=True,
                         input="\n".join(map(hex, addresses))).stdout
    rooms = {}
    for block in re.split(r"^0x", out, flags=re.M)[1:]:
        address, *frames = block.splitlines()
        rooms[int(address, 16)] = next((room for room in map(_room, frames) if room != OTHER), OTHER)
    return rooms


def of(image, map_file, archive, prefix):
    """Bytes by room of an image, its start-up code included."""
    bytes_of = collections.Counter()
    constants = _constants(archive, prefix)
    with open(map_file) as file:
        sections = list(_sections(file.read()))
    code = [(address, size) for name, address, size in sections if name.startswith(".text")]
    rooms = _lines(image, [a for start, size in code for a in range(start, start + size, STEP)], prefix)
    for start, size in code:
        for address in range(start, start + size, STEP):
            bytes_of[rooms.get(address, OTHER)] += min(STEP, start + size - address)
    for name, _, size in sections:
        if name.startswith(".text"):
            continue
        anonymous = re.search(r"\.Lanon\.([0-9a-f]+)\.", name)
        room = constants.get(anonymous[1], OTHER) if anonymous else _room(_crate(name))
        # The compiler merges equal constants: a room without code here has none either.
        bytes_of[room if bytes_of[room] else OURS] += size
    return bytes_of
