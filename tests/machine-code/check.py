"""Scans the machine code of built libraries, against the two lists beside this file:

    panic-sites.txt   where the code can end the program: calls of panic functions, and trap instructions
    latency.txt       instructions whose time depends on the numbers that they work on

Every function of the library is taken to touch secrets and to see hostile input: what is harmless is in the lists, with
the reason. A place belongs to the function whose source line it comes from, after inlining, and of those to the
innermost that is not of Rust's core. Places of the first kind in the project's own code are refused, listed or not.

usage: check.py [--lists FOLDER] [accept] BUILD=FOLDER ...
    BUILD is a machine, x86-64, aarch64, thumbv8m or wasm, and what else tells it from others, as in thumbv8m-size.
    FOLDER is as tools/link.sh fills it. Of WebAssembly it is a module, with another beside it, .unstripped after its
    name, that has names and line numbers: wasm-ld.sh links both.
    With 'accept' what is found goes into the lists; reasons are to be written by hand. The lists may be elsewhere.
"""
import collections
import os
import re
import sys

import code
import dwarf
import latency
import sitelist
import wasm

HERE = os.path.dirname(os.path.abspath(__file__))
BINUTILS = {'x86-64': '', 'aarch64': 'aarch64-linux-gnu-', 'thumbv8m': 'arm-none-eabi-'}
# Parts of names, mangled either way or not at all, that formatting, unwinding and allocation have.
UNWANTED = re.compile(r'4core3fmt|core::fmt|5alloc[0-9]|_Unwind_|__gnu_unwind|__aeabi_unwind|rust_eh_personality|'
                      r'__gxx_|__rust_(alloc|dealloc|realloc)')
OWN = 'pqhybrid'


class Image:
    """One linked image that is analysed: its functions, line tables, and the tools for its kind."""

    def __init__(self, name, machine, functions, symbols, lines, compiler, kind):
        self.name, self.machine, self.functions, self.symbols = name, machine, functions, symbols
        self.lines, self.compiler, self.kind = lines, compiler, kind


def fail(sentence):
    raise SystemExit(f'machine-code: {sentence}')


def compiler_of(data):
    found = re.search(rb'rustc\W{0,2}(?:version )?(\d+\.\d+\.\d+)', data)
    return found[1].decode() if found else fail('the library does not say which compiler made it')


def elf(name, binutils, image, lines=None):
    machine, functions = code.disassemble(binutils, image)
    symbols = [line.split()[-1] for line in code.run(f'{binutils}nm', image).decode().split('\n') if line.strip()]
    lines = lines or dwarf.Lines(lambda section: code.section(binutils, image, section))
    compiler = compiler_of(code.section(binutils, image, '.comment'))
    return Image(name, machine, functions, symbols, lines, compiler, code)


def linked(binutils, archive, image):
    """An archive's code at fixed addresses, so that it can be disassembled with its calls resolved."""
    code.run(f'{binutils}ld', '-e', '0', '--unresolved-symbols=ignore-all', '--whole-archive', archive, '-o', image)
    return image


def images(build, folder, work):
    """What is to be analysed of a build, after a look that it is what is shipped but for symbols and line numbers."""
    machine = next((one for one in (*BINUTILS, 'wasm') if build == one or build.startswith(one + '-')), None)
    if machine is None:
        fail(f'{build} begins with no machine')
    if machine == 'wasm':
        shipped, module = folder, f'{folder}.unstripped'
        sections, bare = wasm.sections(module), wasm.sections(shipped)
        if sections[10] != bare[10]:
            fail(f'{module} has other code than {shipped}')
        functions = wasm.functions(module)
        lines = dwarf.Lines(lambda section: sections.get(section, b''))
        names = list(wasm.names(sections).values())
        return [Image(shipped, machine, functions, names, lines, compiler_of(sections['producers']), wasm)]
    binutils = BINUTILS[machine]
    if machine == os.uname().machine.replace('_', '-'):
        binutils = ''
    shipped = linked(binutils, f'{folder}/libpqhybrid.a', f'{work}/shipped')
    image = linked(binutils, f'{folder}/unstripped.a', f'{work}/unstripped')
    if code.section(binutils, shipped, '.text') != code.section(binutils, image, '.text'):
        fail(f'{folder}/unstripped.a has other code than libpqhybrid.a')
    found = [elf(f'{folder}/libpqhybrid.a', binutils, image)]
    if os.path.exists(f'{folder}/libpqhybrid.so'):
        shared, image = f'{folder}/libpqhybrid.so', f'{folder}/unstripped.so'
        if code.section(binutils, shared, '.text') != code.section(binutils, image, '.text'):
            fail(f'{image} has other code than {shared}')
        found.append(elf(shared, binutils, image))
    if found[0].machine != machine:
        fail(f'{folder} holds a library for {found[0].machine}, not {machine}')
    return found


def place(image, function, instruction):
    """The crate, file and function that an instruction belongs to."""
    chain = image.lines.chain(instruction.address)
    for name, file, _ in chain:
        crate, inside = dwarf.crate(file)
        if crate != 'core':
            return crate, inside, name.replace(' ', '-')
    if chain:
        return 'core', dwarf.crate(chain[-1][1])[1], chain[-1][0].replace(' ', '-')
    return '?', '?', function.name


def last_word(name):
    """The last part of a function's path: of core::panicking::panic_fmt, mangled or not, panic_fmt."""
    name = re.sub(r'17h[0-9a-f]{16}E.*', '', name)
    parts, at = re.split(r'::', name), 0
    while found := re.compile(r'(?<=[a-zA-Z_])(\d+)_?').search(name, at):
        length = int(found[1])
        if 0 < length <= len(name) - found.end():
            parts = [name[found.end():found.end() + length]]
            at = found.end() + length
        else:
            at = found.end()
    return re.sub(r'\W', '', parts[-1])


def panic_sites(image):
    """Counts of what ends the program by place and kind, and what is wrong beyond counts."""
    never = image.kind.never_returning(image.functions)
    wrong = [f'{image.name}: {function.name}, which does not return, has at {one.address:#x} {one.mnemonic} '
             f'{one.operands}, which {why}' for function, one, why in image.kind.loops(never)]
    # In a library without any trap nothing would be found, or nothing ends.
    if not any(one.kind == code.TRAP for function in never.values() for one in function.instructions):
        wrong.append(f'{image.name}: no panic function ends in a trap')
    wrong += [f'{image.name}: formatting, unwinding or allocation is linked in: {name}' for name in image.symbols
              if UNWANTED.search(name)]
    found, where = collections.Counter(), collections.defaultdict(list)
    for function, one, to in image.kind.sites(image.functions, never):
        key = place(image, function, one), last_word(to.name) if to else 'trap'
        found[key] += 1
        where[key].append(hex(one.address))
    return found, where, wrong, len(never)


def slow_instructions(image):
    names = {function.start: function.name for function in image.functions}
    found, where = collections.Counter(), collections.defaultdict(list)
    for function in image.functions:
        for one in function.instructions:
            kind = latency.variable(image.machine, one, names.get(one.target) if one.target != function.start else None)
            if kind:
                key = place(image, function, one), kind
                found[key] += 1
                where[key].append(hex(one.address))
    return found, where


def in_words(others):
    """What a report says of builds that were made by another compiler than the list is of."""
    return ''.join(f' ({build} {mismatch})' for build, mismatch in others.items())


def main(arguments):
    folder_of_lists = HERE
    if arguments[:1] == ['--lists']:
        folder_of_lists, arguments = arguments[1], arguments[2:]
    accept = arguments[:1] == ['accept']
    builds = [argument.split('=', 1) for argument in arguments[accept:]]
    if not builds:
        fail('usage: check.py [--lists FOLDER] [accept] BUILD=FOLDER ...')
    for name in ('_RNvMsa_NtCsksv8YsMX5os_4core3fmtNtB5_9Formatter3pad', 'core::fmt::write', '_Unwind_Resume',
                 '_RNvCs1_5alloc5alloc', 'rust_eh_personality', '__rust_alloc', '_ZN4core3fmt5write17h0E'):
        if not UNWANTED.search(name):
            fail(f'the pattern for formatting, unwinding and allocation does not fit {name}')
    panics = sitelist.SiteList(f'{folder_of_lists}/panic-sites.txt')
    slow = sitelist.SiteList(f'{folder_of_lists}/latency.txt')
    wrong, checks, panic_calls, instructions, divisions, scanned, traps = [], 0, [], 0, 0, 0, 0
    others = {panics: {}, slow: {}}
    for build, folder in builds:
        work = f'build/machine-code/work/{build}'
        os.makedirs(work, exist_ok=True)
        for image in images(build, folder, work):
            found_panics, where, more, ends = panic_sites(image)
            if accept:
                panics.accept(build, image.compiler, found_panics)
            own = [f'{image.name}: {kind} in {" ".join(key)}, our own code, at {", ".join(where[key, kind])}'
                   for key, kind in found_panics if key[0] in (OWN, '?')]
            wrong += more + own + panics.compare(build, image.compiler, found_panics, where, by_function=True)
            checks += len(found_panics) + ends + len(image.symbols)
            traps += ends
            line = (f'  {image.name} ({build}, Rust {image.compiler}): {sum(found_panics.values())} calls of panic '
                    'functions')
            if image.machine != 'wasm':
                found, where = slow_instructions(image)
                if accept:
                    slow.accept(build, image.compiler, found)
                wrong += slow.compare(build, image.compiler, found, where)
                count = sum(len(function.instructions) for function in image.functions)
                checks += len(found) + len(image.functions)
                scanned += count
                instructions += sum(found.values())
                divisions += sum(number for (_, kind), number in found.items() if 'div' in kind)
                line += f'; {sum(found.values())} of {count} instructions of variable latency'
            print(line)
            for sites in (panics, slow) if image.machine != 'wasm' else (panics,):
                if mismatch := sites.mismatch(build, image.compiler):
                    others[sites][build] = mismatch
                    print(f'  {os.path.basename(sites.path)}, {build}: {mismatch}')
            panic_calls.append(f'{build} {sum(found_panics.values())}')
    if accept:
        panics.write()
        slow.write()
    wrong += panics.unexplained() + slow.unexplained()
    for sentence in wrong[:100]:
        print(f'machine-code: {sentence}', file=sys.stderr)
    if wrong:
        fail(f'{len(wrong)} things are wrong')
    # The archive and the shared library of a build hold the same.
    calls = ', '.join(dict.fromkeys(panic_calls))
    print('report: panics | what can end the program, in the linked libraries and modules, by source function; '
          f'formatting and unwinding code; how panics end | {len(panic_calls)} images, {traps} panic functions | '
          f'none in our own code; in dependencies, each listed with its reason: {calls}{in_words(others[panics])}; no '
          'formatting, no unwinding; every panic function ends in a trap, without a loop')
    if scanned:
        print('report: constant time | instructions of variable latency, by disassembly of the linked libraries, all '
              f'functions | {scanned} instructions | {instructions} of variable latency, {divisions} of '
              f'them divisions, each listed with its reason{in_words(others[slow])}')
    print(f'machine-code: {checks} checks')


if __name__ == '__main__':
    main(sys.argv[1:])
