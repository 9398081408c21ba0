"""Keccak and Curve25519 with AVX-512, which valgrind cannot run: that in their machine code nothing flows from data to a branch or
an address.

usage: straight.py UNSTRIPPED.so        BINUTILS is the prefix of the tools

Data are in vector registers and in memory. An address is made from general registers, a branch taken by what was compared in
these. So it is enough that no general register, no flag and no mask ever gets anything from a vector register or from memory,
as long as none of the function's arguments is data: they are all addresses.
"""

import os
import re
import subprocess
import sys

FUNCTIONS = ["permute_avx512", "ladder_ifma", "entries_ifma", "second_ifma", "add_ifma", "double_ifma", "carry_ifma"]
# From vectors and memory to vectors.
VECTOR = {
    "vpternlogq", "vprolq", "vpxor", "vpxorq", "vpandnq", "vmovdqa", "vmovdqa64", "vmovdqu", "vmovdqu64", "vmovaps",
    "vmovups", "vpbroadcastq", "vzeroupper", "vpaddq", "vpandq", "vpmadd52luq", "vpmadd52huq", "vpermq", "vpermt2q",
    "vpermi2q", "vpshufd", "vpsllq", "vpsraq", "vpsrlq", "vpxord", "vpandd", "vpord", "vporq", "vmovdqa32",
    "vpternlogd", "vmovq", "vbroadcasti64x4", "vbroadcasti32x4", "vshufi64x2",
}
# With general registers and constants alone.
GENERAL = {"add", "and", "cmp", "dec", "inc", "jne", "lea", "mov", "ret", "setne", "sub", "test", "xor", "endbr64"}
NOTHING = {"nop", "nopl", "nopw", "int3"}
PREFIXES = {"data16", "cs"}
PLAIN = re.compile(r"%\w+|\$-?0x[0-9a-f]+|\$-?\d+|[0-9a-f]+")
IN_MEMORY = re.compile(r"[^(,]*\([^)]*\)")
WIDE = re.compile(r"%[xyz]mm\d+")
ROOM = re.compile(r"\S+ <[^\n]*\n[^\n]*\tpush +(%r\w+)\n.*\n[^\n]*\tpop +\1\n(?:[^\n]*\tvzeroupper *\n)?[^\n]*\tret *\n", re.S)

# Test of the test: each of these lets data into a general register, a flag, a mask or an address, or is unknown.
REFUSED = [
    "vmovq %xmm0,%rax", "vmovq %xmm0,%r9", "vpaddq %zmm0,%zmm1,%zmm2{%k1}", "setne (%rdi)", "mov %fs:0x28,%rax",
    "mov 0x1234,%rax", "vpbroadcastq (%rax,%zmm0,8),%zmm1", "vpextrq $0x1,%xmm1,%r9", "vpmovmskb %ymm2,%ecx",
    "vpcmpeqq %ymm0,%ymm1,%k1", "vpcmpeqq %ymm0,%ymm1,%k1{%k2}", "vptest %ymm0,%ymm1", "vucomisd %xmm0,%xmm1",
    "vpgatherqq (%rax,%ymm0,8),%ymm1{%k1}", "vmovdqa (%rax,%ymm0,8),%ymm1", "vpscatterqq %ymm1,(%rax,%ymm0,8){%k1}",
    "vmovdqa64 %ymm0,%ymm1{%k1}", "vpbroadcastq %rax,%ymm0{%k1}", "mov 0x20(%rdi),%rax", "cmp %rax,(%rdi)",
    "cmp (%rdi),%rax", "xor (%rsi),%ecx", "add %rax,(%rdi)", "mov %rax,(%rdi)", "data16 mov (%rdi),%rax",
    "cs mov (%rdi),%rax", "data16 kmovw %k1,%eax", "data16 data16 rex.W call 1234", "pop %rbp", "pop %rax",
    "pop (%rdi)", "xchg %rax,(%rdi)", "div %rcx", "cmovne %rax,%rcx", "jb 1234", "call 1234", "kmovq %k1,%rax",
]


def fault(mnemonic, operands):
    """Why an instruction may not be here, or None."""
    while mnemonic in PREFIXES and operands:
        mnemonic, _, operands = operands.partition(" ")
        operands = operands.strip()
        if mnemonic not in NOTHING | PREFIXES:
            return "has a prefix"
    memory = IN_MEMORY.findall(operands)
    if any(WIDE.search(place) for place in memory):
        return "makes an address from a vector"
    if "{%k" in operands:
        return "uses a mask"
    if mnemonic in NOTHING or f"{mnemonic} {operands}" == "xchg %ax,%ax":
        return None
    if mnemonic in VECTOR:
        target = operands.rsplit(",", 1)[-1] if operands else "%ymm0"
        return None if target.endswith(")") or WIDE.fullmatch(target) else "writes what is no vector and no memory"
    if mnemonic not in GENERAL:
        return "is not among those that are known to be harmless"
    if mnemonic == "lea" or all(PLAIN.fullmatch(operand) for operand in operands.replace(" ", "").split(",") if operand):
        return None
    return "reads or writes memory with a general register"


def main():
    listing = subprocess.run([os.environ.get("BINUTILS", "") + "objdump", "-d", "--no-show-raw-insn", sys.argv[1]],
                             check=True, capture_output=True, text=True).stdout
    parts = re.split(r"\n(?=[0-9a-f]+ <)", listing)
    found = {name: [part for part in parts if re.match(rf"[0-9a-f]+ <\S*\d{name}\S*>:", part)] for name in FUNCTIONS}
    functions = sum(found.values(), [])
    instructions, branches = 0, 0
    wrong = [f"'{line}' would not be refused" for line in REFUSED if not fault(*line.split(maxsplit=1))]
    for function in functions:
        # Room on the stack begins with a push and ends with a pop that nothing follows: only there are these two allowed.
        room = ROOM.match(function + "\n")
        once = room and len(re.findall(rf"\tpop +{room[1]}\n", function + "\n")) == 1
        frame = {("push", room[1]), ("pop", room[1])} if once else set()
        for address, mnemonic, operands in re.findall(r"^ *([0-9a-f]+):\t(\w+) *([^\n#<]*)", function, re.M):
            instructions += 1
            branches += mnemonic.startswith("j")
            reason = None if (mnemonic, operands.strip()) in frame else fault(mnemonic, operands.strip())
            if reason:
                wrong.append(f"{address}: {mnemonic} {operands.strip()} {reason}")
    for name, versions in found.items():
        if not re.search(r"%zmm|\tvpternlogq", "".join(versions)):
            wrong.append(f"there is no function {name} with AVX-512 in {sys.argv[1]}")
    for line in wrong:
        print(f"machine-code: AVX-512: {line}", file=sys.stderr)
    if wrong:
        return 1
    print(f"machine-code/straight: {instructions} checks ({len(functions)} functions, {branches} branches, which count rounds)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
