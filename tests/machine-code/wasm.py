"""The functions of a WebAssembly module, in the terms of code.py. Positions are counted as in the module's line tables:
from the beginning of what the code section holds."""
import code
from dwarf import Reader

UNREACHABLE, BLOCK, LOOP, IF, ELSE, END, BR, BR_IF, BR_TABLE, RETURN, CALL, CALL_INDIRECT = (
    0x00, 0x02, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11)
# How many numbers follow an instruction; the others have none, or are seen to below. A block's type is one number.
NUMBERS = {BLOCK: 1, LOOP: 1, IF: 1, BR: 1, BR_IF: 1, CALL: 1, CALL_INDIRECT: 2, 0x20: 1, 0x21: 1, 0x22: 1, 0x23: 1,
           0x24: 1, 0x25: 1, 0x26: 1, 0x3f: 1, 0x40: 1, 0x41: 1, 0x42: 1, 0xd0: 1, 0xd2: 1}
NUMBERS |= {opcode: 2 for opcode in range(0x28, 0x3f)}  # loads and stores: alignment and offset
BEHIND_FC = {8: 2, 9: 1, 10: 2, 11: 1, 12: 2, 13: 1, 14: 2, 15: 1, 16: 1, 17: 1}


class Instruction(code.Instruction):
    """`target` of a call is the function's number; `reached` tells whether control can get here."""

    __slots__ = ('reached',)


def sections(module):
    """The sections of a module, by number, and custom ones by name."""
    with open(module, 'rb') as file:
        reader = Reader(file.read(), 8)
    if reader.data[:8] != b'\0asm\1\0\0\0':
        raise SystemExit(f'machine-code: {module} is no WebAssembly module')
    found = {}
    while reader.at < len(reader.data):
        kind, size = reader.number(1), reader.uleb()
        end = reader.at + size
        if kind == 0:
            kind = reader.data[reader.at + 1:reader.at + 1 + reader.data[reader.at]].decode()
            reader.at += 1 + len(kind)
        found[kind] = reader.data[reader.at:end]
        reader.at = end
    return found


def text(reader):
    size = reader.uleb()
    reader.at += size
    return reader.data[reader.at - size:reader.at].decode()


def imported(found):
    """How many functions are imported: they come first in the numbering."""
    reader, count = Reader(found.get(2, b'\0')), 0
    for _ in range(reader.uleb()):
        text(reader), text(reader)
        kind = reader.number(1)
        if kind != 0:
            raise SystemExit('machine-code: the module imports something other than functions')
        reader.uleb()
        count += 1
    return count


def names(found):
    """The functions' names by number, where the module says them."""
    reader, result = Reader(found.get('name', b'')), {}
    while reader.at < len(reader.data):
        kind, end = reader.number(1), reader.uleb() + reader.at
        if kind == 1:
            result = {}
            for _ in range(reader.uleb()):
                number = reader.uleb()
                result[number] = text(reader)
        reader.at = end
    return result


def functions(module):
    """All functions; `start` is the function's number, which is what calls name."""
    found = sections(module)
    first, called = imported(found), names(found)
    reader, result = Reader(found[10]), []
    for number in range(first, first + reader.uleb()):
        end = reader.uleb() + reader.at
        for _ in range(reader.uleb()):
            reader.uleb(), reader.uleb()
        function = code.Function(called.get(number, f'function {number}'), number)
        while reader.at < end:
            at, opcode = reader.at, reader.number(1)
            target = operand(reader, opcode)
            one = Instruction(at, f'{opcode:#04x}', '', code.CALL if opcode == CALL else code.STEP, target)
            if opcode == UNREACHABLE:
                one.kind = code.TRAP
            function.instructions.append(one)
        if reader.at != end:
            raise SystemExit(f'machine-code: {module}: {function.name} cannot be decoded')
        result.append(function)
    return result


def operand(reader, opcode):
    """Reads what follows an opcode; gives the number that matters of it: how far a branch goes, whom a call calls."""
    if opcode == BR_TABLE:
        return [reader.uleb() for _ in range(reader.uleb() + 1)]
    if opcode == 0x43:
        return reader.number(4)
    if opcode == 0x44:
        return reader.number(8)
    if opcode == 0x1c:
        return [reader.number(1) for _ in range(reader.uleb())]
    if opcode == 0xfc:
        return [reader.uleb() for _ in range(BEHIND_FC.get(reader.uleb(), 0))]
    if opcode == 0xfd:
        vector = reader.uleb()
        if vector <= 11 or vector in (92, 93):
            return reader.uleb(), reader.uleb()
        if vector in (12, 13):
            return reader.number(16)
        if 84 <= vector <= 91:
            return reader.uleb(), reader.uleb(), reader.number(1)
        return reader.number(1) if 21 <= vector <= 34 else None
    if not (opcode in NUMBERS or opcode in (UNREACHABLE, 0x01, ELSE, END, RETURN, 0x1a, 0x1b)
            or 0x45 <= opcode <= 0xc4):
        raise SystemExit(f'machine-code: an instruction of WebAssembly that is not known: {opcode:#x}')
    values = [reader.uleb() for _ in range(NUMBERS.get(opcode, 0))]
    return values[0] if values else None


def walk(function, never):
    """Marks what is reached, when the functions of `never` do not return. Gives whether the function itself can, and
    the branches back to the beginning of a loop."""
    here, returns, back = True, False, []
    # Of each block that is open: whether it is a loop, whether its end can be reached, whether it was entered.
    open_blocks = [[False, False, True]]
    for one in function.instructions:
        opcode = int(one.mnemonic, 16)
        one.reached = here
        if opcode in (BLOCK, LOOP, IF):
            open_blocks.append([opcode == LOOP, opcode == IF and here, here])
        elif opcode == ELSE:
            # What was counted for the way past the `if` is the way into this; its end is reached from the first part.
            open_blocks[-1][1] = here or len(open_blocks[-1]) > 3
            here = open_blocks[-1][2]
        elif opcode == END:
            _, reached, *_ = open_blocks.pop()
            here = here or reached
        elif opcode in (BR, BR_IF, BR_TABLE):
            for depth in one.target if opcode == BR_TABLE else [one.target]:
                block = open_blocks[-1 - depth]
                if here and block[0]:
                    back.append(one)
                elif here:
                    block[1] = True
                    block.append('branched to')
            here = here and opcode == BR_IF
        elif opcode == RETURN:
            returns, here = returns or here, False
        elif opcode == UNREACHABLE or opcode == CALL and one.target in never:
            here = False
    return returns or here, back


def never_returning(found):
    """The functions that end the program."""
    never = {}
    while True:
        new = {function.start: function for function in found
               if function.start not in never and not walk(function, never)[0]}
        if not new:
            return never
        never |= new


def sites(found, never):
    """Where the other functions end the program: (function, instruction, what ends it)."""
    result = []
    for function in found:
        if function.start in never:
            continue
        walk(function, never)
        for one in function.instructions:
            # What the compiler puts behind a call that does not return is not reached.
            if one.kind == code.TRAP and one.reached:
                result.append((function, one, None))
            elif one.kind == code.CALL and one.target in never:
                result.append((function, one, never[one.target]))
    return result


def loops(never):
    """As in code.py."""
    wrong, calls = [], {}
    for start, function in never.items():
        wrong += [(function, one, 'is a branch backwards') for one in walk(function, never)[1]]
        calls[start] = {one.target for one in function.instructions if one.kind == code.CALL and one.reached}
        wrong += [(function, function.instructions[0], 'calls a function that returns') for target in calls[start]
                  if target not in never]
    return wrong + code.circles(calls, never)
