"""Line tables (DWARF 4) as Rust writes them with debug = "line-tables-only": which function of which source file an
address comes from, after everything was inlined into everything. Used instead of addr2line because it has to read
WebAssembly as well, and because the name that addr2line gives the innermost function is that of the outermost."""
import bisect
import re

FIXED = {0x0b: 1, 0x05: 2, 0x06: 4, 0x07: 8, 0x0c: 1}
REFERENCE = {0x11: 1, 0x12: 2, 0x13: 4, 0x14: 8}
ADDR, STRING, STRP, REF_ADDR, SEC_OFFSET, UDATA, SDATA, FLAG_PRESENT, EXPRLOC = (
    0x01, 0x08, 0x0e, 0x10, 0x17, 0x0f, 0x0d, 0x19, 0x18)
COMPILE_UNIT, SUBPROGRAM, INLINED = 0x11, 0x2e, 0x1d
NAME, STMT_LIST, LOW_PC, HIGH_PC, COMP_DIR, ORIGIN, RANGES, CALL_FILE, CALL_LINE = (
    0x03, 0x10, 0x11, 0x12, 0x1b, 0x31, 0x55, 0x58, 0x59)


class Reader:
    """Numbers out of a section."""

    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def number(self, size):
        self.at += size
        return int.from_bytes(self.data[self.at - size:self.at], 'little')

    def uleb(self):
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7f) << shift
            shift += 7
            if byte < 0x80:
                return value

    def sleb(self):
        start = self.at
        value = self.uleb()
        bits = 7 * (self.at - start)
        return value - (1 << bits) if value >> (bits - 1) else value

    def string(self):
        end = self.data.index(0, self.at)
        text = self.data[self.at:end].decode()
        self.at = end + 1
        return text


class Frame:
    """A function that was compiled or inlined: its name without generic arguments, and whence it was called."""

    def __init__(self, name, ranges, call_file, call_line):
        self.name, self.ranges, self.call_file, self.call_line = name, ranges, call_file, call_line
        self.inside = []

    def covers(self, address):
        return any(low <= address < high for low, high in self.ranges)


def plain(name):
    """A name without its generic arguments: absorb<136, 25> is absorb."""
    depth, text = 0, ''
    for position, letter in enumerate(name):
        if letter == '<':
            depth += 1
        elif letter == '>' and name[position - 1] != '-':
            depth -= 1
        elif depth == 0:
            text += letter
    return text


class Lines:
    """All of a program's line tables. `sections` is a function from a section's name to its bytes."""

    def __init__(self, sections):
        self.section = {name: sections('.debug_' + name) for name in ('info', 'abbrev', 'str', 'line', 'ranges')}
        if not self.section['info']:
            raise SystemExit('machine-code: there are no line numbers: the library is to be built with debug = '
                             '"line-tables-only"')
        self.abbreviations = {}
        self.names, self.waiting = {}, []
        self.functions = []
        self.rows = []
        unit = Reader(self.section['info'])
        while unit.at < len(unit.data):
            self.unit(unit)
        for frame in self.waiting:
            frame.name = plain(self.names.get(frame.name, '?') if isinstance(frame.name, int) else frame.name)
        self.functions.sort(key=lambda function: function[0])
        self.starts = [function[0] for function in self.functions]
        self.rows.sort(key=lambda row: row[0])
        self.row_starts = [row[0] for row in self.rows]

    def chain(self, address):
        """The functions that an address is in, innermost first: (name, file, line) each."""
        frames = []
        at = bisect.bisect_right(self.starts, address)
        for _, _, function in reversed(self.functions[max(0, at - 4):at]):
            if function.covers(address):
                frame = function
                while frame:
                    frames.append(frame)
                    frame = next((inner for inner in frame.inside if inner.covers(address)), None)
                break
        place = self.place(address)
        if frames and place[1] == 0:
            place = (self.own_file(frames[-1]), 0)
        chain = []
        for frame in reversed(frames):
            chain.append((frame.name, *place))
            place = (frame.call_file, frame.call_line)
        return chain

    def own_file(self, frame):
        """The source file of a function, from its other instructions: where the compiler has merged several places into
        one, their line is 0 and their file may be any."""
        for low, high in frame.ranges:
            for row in self.rows[bisect.bisect_left(self.row_starts, low):bisect.bisect_left(self.row_starts, high)]:
                if row[2] and not any(inner.covers(row[0]) for inner in frame.inside):
                    return row[1]
        return frame.call_file or '?'

    def place(self, address):
        at = bisect.bisect_right(self.row_starts, address) - 1
        return self.rows[at][1:] if at >= 0 else ('', 0)

    def abbreviation_table(self, offset):
        if offset not in self.abbreviations:
            table, reader = {}, Reader(self.section['abbrev'], offset)
            while code := reader.uleb():
                tag, children, attributes = reader.uleb(), reader.number(1), []
                while True:
                    attribute, form = reader.uleb(), reader.uleb()
                    if not form:
                        break
                    attributes.append((attribute, form))
                table[code] = tag, children, attributes
            self.abbreviations[offset] = table
        return self.abbreviations[offset]

    def unit(self, reader):
        begin = reader.at
        end = reader.number(4) + reader.at
        version, table, size = reader.number(2), reader.number(4), reader.number(1)
        if version != 4:
            raise SystemExit(f'machine-code: line tables of DWARF {version}, but only 4 can be read')
        table = self.abbreviation_table(table)
        base, files, stack = 0, [], []
        while reader.at < end:
            offset = reader.at
            code = reader.uleb()
            if code == 0:
                stack.pop()
                continue
            tag, children, attributes = table[code]
            values = {attribute: self.value(reader, form, size, begin) for attribute, form in attributes}
            frame = None
            if tag == COMPILE_UNIT:
                base = values.get(LOW_PC, 0)
                files = self.line_program(values[STMT_LIST], size, values.get(COMP_DIR, ''))
            elif tag == SUBPROGRAM and LOW_PC not in values and RANGES not in values:
                self.names[offset] = values.get(NAME, '?')
            elif tag in (SUBPROGRAM, INLINED):
                ranges = self.ranges(values, base, size)
                frame = Frame(values.get(NAME) or values.get(ORIGIN, '?'), ranges,
                              files[values.get(CALL_FILE, 0)] if files else '', values.get(CALL_LINE, 0))
                self.waiting.append(frame)
                outer = next((one for one in reversed(stack) if one), None)
                if tag == INLINED and outer:
                    outer.inside.append(frame)
                else:
                    self.functions += [(low, high, frame) for low, high in ranges]
            if children:
                stack.append(frame)

    def ranges(self, values, base, size):
        if RANGES not in values:
            return [(values[LOW_PC], values[LOW_PC] + values[HIGH_PC])]
        found, reader = [], Reader(self.section['ranges'], values[RANGES])
        while True:
            low, high = reader.number(size), reader.number(size)
            if low == high == 0:
                return found
            if low == (1 << 8 * size) - 1:
                base = high
            else:
                found.append((base + low, base + high))

    def value(self, reader, form, size, begin):
        if form in FIXED:
            return reader.number(FIXED[form])
        if form in REFERENCE:
            return begin + reader.number(REFERENCE[form])
        if form in (STRP, SEC_OFFSET, REF_ADDR):
            value = reader.number(4)
            return Reader(self.section['str'], value).string() if form == STRP else value
        if form == ADDR:
            return reader.number(size)
        if form == STRING:
            return reader.string()
        if form == UDATA:
            return reader.uleb()
        if form == SDATA:
            return reader.sleb()
        if form == FLAG_PRESENT:
            return 1
        if form == EXPRLOC:
            length = reader.uleb()
            reader.at += length
            return None
        raise SystemExit(f'machine-code: a DWARF form that is not known: {form:#x}')

    def line_program(self, offset, size, here):
        """Runs a unit's line program; gives the names of its files."""
        reader = Reader(self.section['line'], offset)
        end = reader.number(4) + reader.at
        reader.number(2)
        header = reader.number(4) + reader.at
        step, _, _, line_base, line_range, first = (reader.number(1) for _ in range(6))
        line_base -= 256 if line_base > 127 else 0
        lengths = [reader.number(1) for _ in range(first - 1)]
        folders, files = [here], ['']
        while folder := reader.string():
            folders.append(folder if folder.startswith('/') else f'{here}/{folder}')
        while name := reader.string():
            folder = folders[reader.uleb()]
            reader.uleb(), reader.uleb()
            files.append(name if name.startswith('/') else f'{folder}/{name}')
        reader.at = header
        rows = self.rows
        address, file, line = 0, 1, 1
        while reader.at < end:
            code = reader.number(1)
            if code >= first:
                code -= first
                address += step * (code // line_range)
                line += line_base + code % line_range
                rows.append((address, files[file], line))
            elif code == 0:
                after = reader.uleb() + reader.at
                extended = reader.number(1)
                if extended == 1:
                    rows.append((address, '', 0))
                    address, file, line = 0, 1, 1
                elif extended == 2:
                    address = reader.number(size)
                reader.at = after
            elif code == 1:
                rows.append((address, files[file], line))
            elif code == 2:
                address += step * reader.uleb()
            elif code == 3:
                line += reader.sleb()
            elif code == 4:
                file = reader.uleb()
            elif code == 8:
                address += step * ((255 - first) // line_range)
            elif code == 9:
                address += reader.number(2)
            else:
                for _ in range(lengths[code - 1]):
                    reader.uleb()
        return files


def crate(file):
    """The crate of a source file, by the names that tools/remap.sh gives its folder, and the file inside it."""
    found = re.match(r'/crates/(?P<name>.+?)-\d[^/]*/(?:src/)?(?P<file>.*)', file)
    if found:
        return found['name'], found['file']
    if file.startswith('/pqhybrid/'):
        return 'pqhybrid', file.removeprefix('/pqhybrid/').removeprefix('src/')
    if '/library/' in file and file.startswith(('/rustc/', '/library/')):
        return 'core', file.rsplit('/library/', 1)[-1]
    return '?', file
