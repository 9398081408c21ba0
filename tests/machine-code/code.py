"""The machine code of a linked library: its functions, their instructions, and where control goes from each. For
x86-64, 64-bit Arm and Thumb from objdump's output; wasm.py gives the same for WebAssembly."""
import os
import re
import subprocess

# What an instruction does to control, as far as it matters here.
STEP, RETURN, JUMP, BRANCH, CALL, TRAP, ELSEWHERE = 'step', 'return', 'jump', 'branch', 'call', 'trap', 'elsewhere'


class Instruction:
    """One instruction; `target` is the address that it jumps to or calls, if that is fixed."""

    __slots__ = ('address', 'mnemonic', 'operands', 'kind', 'target')

    def __init__(self, address, mnemonic, operands, kind, target):
        self.address, self.mnemonic, self.operands, self.kind, self.target = address, mnemonic, operands, kind, target


class Function:
    """A function as it was compiled, with whatever was inlined into it."""

    def __init__(self, name, start):
        self.name, self.start, self.instructions = name, start, []


def x86(mnemonic, operands):
    if mnemonic in ('ret', 'retq', 'repz ret', 'bnd ret'):
        return RETURN
    if mnemonic in ('ud2', 'hlt', 'int3'):
        return TRAP
    if mnemonic.startswith('call'):
        return CALL
    if mnemonic.startswith('jmp'):
        return ELSEWHERE if operands.startswith('*') else JUMP
    return BRANCH if mnemonic.startswith('j') else STEP


def aarch64(mnemonic, operands):
    if mnemonic in ('ret', 'retaa', 'retab'):
        return RETURN
    if mnemonic in ('brk', 'udf', 'hlt'):
        return TRAP
    if mnemonic in ('bl', 'blr'):
        return CALL
    if mnemonic == 'b':
        return JUMP
    if mnemonic.startswith('br'):
        return ELSEWHERE
    return BRANCH if mnemonic.startswith(('b.', 'cb', 'tbz', 'tbnz')) else STEP


def thumb(mnemonic, operands):
    base = mnemonic.split('.')[0]
    if base == 'udf':
        return TRAP
    if base in ('bl', 'blx'):
        return CALL
    if base == 'b':
        return JUMP
    if base == 'bx':
        return RETURN if operands.strip() == 'lr' else ELSEWHERE
    if base.startswith(('pop', 'ldm')) and re.search(r'\bpc\b', operands):
        return RETURN
    if base in ('tbb', 'tbh') or re.match(r'(pc\b)', operands) and base.startswith(('ldr', 'mov', 'add')):
        return ELSEWHERE
    if base in ('cbz', 'cbnz') or re.fullmatch(r'b(eq|ne|cs|cc|hs|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)', base):
        return BRANCH
    # Within a block of the instruction `it`, these have a condition.
    if re.fullmatch(r'(bl|bx|pop|ldm\w*)(eq|ne|cs|cc|hs|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)', base):
        return BRANCH
    return STEP


# By what objdump calls the format of the file: how control goes, and the prefix of the tools where they have one.
MACHINES = {
    'elf64-x86-64': ('x86-64', x86),
    'elf64-littleaarch64': ('aarch64', aarch64),
    'elf32-littlearm': ('thumbv8m', thumb),
}
# Words that precede what x86 calls the instruction.
PREFIXES = {'rep', 'repz', 'repnz', 'lock', 'bnd', 'notrack', 'data16', 'cs', 'ds', 'es', 'ss', 'rex.W'}


def run(*command):
    try:
        done = subprocess.run(command, capture_output=True)
    except FileNotFoundError:
        raise SystemExit(f'machine-code: {command[0]} is missing: install its binutils') from None
    if done.returncode:
        raise SystemExit(f'machine-code: {" ".join(command)}: {done.stderr.decode()[-300:]}')
    return done.stdout


def section(binutils, image, name):
    """The bytes of a section; none where there is no such section."""
    out = f'{image}.section'
    run(f'{binutils}objcopy', '-O', 'binary', f'--only-section={name}', f'--set-section-flags={name}=alloc', image, out)
    with open(out, 'rb') as file:
        data = file.read()
    os.remove(out)
    return data


def disassemble(binutils, image):
    """The machine's name and the functions of an ELF image."""
    text = run(f'{binutils}objdump', '-d', '--no-show-raw-insn', '-w', image).decode(errors='replace')
    kind = re.search(r'file format (\S+)', text)
    if not kind or kind[1] not in MACHINES:
        raise SystemExit(f'machine-code: {image} is of no machine that is known here')
    machine, control = MACHINES[kind[1]]
    functions, function = [], None
    for line in text.split('\n'):
        if line.endswith('>:'):
            start, name = line[:-2].split(' <', 1)
            function = Function(name, int(start, 16))
            functions.append(function)
            continue
        if '\t' not in line or function is None:
            continue
        address, _, rest = line.partition(':\t')
        words = rest.strip().split(None, 1)
        if not words:
            continue
        mnemonic, operands = words[0], words[1] if len(words) > 1 else ''
        while mnemonic in PREFIXES and operands:
            mnemonic, _, operands = operands.partition(' ')
            operands = operands.strip()
        # In the middle of Thumb code lie addresses and tables.
        if mnemonic in ('.word', '.short', '.byte', '.inst'):
            continue
        step = control(mnemonic, operands)
        target = None
        if step in (JUMP, BRANCH, CALL):
            found = re.search(r'(?:^|[ ,])(?:0x)?([0-9a-f]+) <', operands)
            target = int(found[1], 16) if found else None
        function.instructions.append(Instruction(int(address, 16), mnemonic, operands, step, target))
    if sum(len(function.instructions) for function in functions) < 1000:
        raise SystemExit(f'machine-code: {image} cannot be disassembled')
    return machine, [function for function in functions if function.instructions]


def ways(function, never):
    """The instructions that can be reached, when functions that start at `never` do not return; and whether a way leads
    out of the function or over its end."""
    by_address = {one.address: position for position, one in enumerate(function.instructions)}
    todo, seen, out = [0], set(), False
    while todo:
        position = todo.pop()
        if position in seen:
            continue
        if position == len(function.instructions):
            out = True
            continue
        seen.add(position)
        one = function.instructions[position]
        if one.kind in (RETURN, ELSEWHERE):
            out = True
        elif one.kind in (JUMP, BRANCH):
            if one.target in by_address:
                todo.append(by_address[one.target])
            elif one.target not in never:
                out = True
        if one.kind in (STEP, BRANCH) or one.kind == CALL and one.target not in never:
            todo.append(position + 1)
    return [function.instructions[position] for position in sorted(seen)], out


def never_returning(functions):
    """The functions that end the program: those from which no way leads back to the caller."""
    never = {}
    while True:
        found = {function.start: function for function in functions
                 if function.start not in never and not ways(function, never)[1]}
        if not found:
            return never
        never |= found


def sites(functions, never):
    """Where the other functions end the program: (function, instruction, what ends it)."""
    found = []
    for function in functions:
        if function.start in never:
            continue
        for one in function.instructions:
            if one.kind == TRAP:
                found.append((function, one, None))
            elif one.target in never:
                found.append((function, one, never[one.target]))
    return found


def loops(never):
    """What in the functions that never return is not a straight way to a trap: (function, instruction, why)."""
    wrong, calls = [], {}
    for start, function in never.items():
        calls[start] = set()
        for one in ways(function, never)[0]:
            inside = one.target is not None and start < one.target <= function.instructions[-1].address
            if one.kind in (JUMP, BRANCH) and inside and one.target > one.address:
                continue
            if one.kind in (JUMP, BRANCH, CALL):
                if one.target in never and one.target != start:
                    calls[start].add(one.target)
                else:
                    wrong.append((function, one, 'is neither a step nor a call towards the trap'))
    return wrong + circles(calls, never)


def circles(calls, never):
    """Among themselves they call in one direction only, so that every way ends; and at its end is a trap."""
    while calls:
        last = [start for start in calls if not calls[start] & calls.keys()]
        if not last:
            return [(never[start], never[start].instructions[0], 'is part of a circle') for start in calls]
        for start in last:
            del calls[start]
    return []
