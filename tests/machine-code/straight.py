"""Keccak with AVX-512, which valgrind cannot run: that in its machine code nothing flows from data to a branch or an address.

usage: straight.py UNSTRIPPED.so        BINUTILS is the prefix of the tools

Data are in vector registers and in memory. An address is made from general registers, a branch taken by what was compared in
these. So it is enough that no general register, and no mask, ever gets anything from a vector register or from memory, but for
what was pushed and is popped.
"""

import os
import re
import subprocess
import sys

FUNCTION = "permute_avx512"
# With general registers and constants alone, or for moving the stack.
GENERAL = {"add", "and", "cmp", "dec", "inc", "jne", "lea", "mov", "pop", "push", "ret", "sub", "test", "xor", "endbr64"}
NOTHING = {"nop", "nopl", "nopw", "xchg", "int3", "data16"}
REGISTER = r"%(?:[re]?(?:[abcd]x|[sd]i|[sb]p)|[abcd][lh]|(?:[sd]i|[sb]p)l|r(?:8|9|1[0-5])[dwb]?|k[0-7])$"


# Test of the test: each of these lets data into a general register, or is unknown.
REFUSED = ["vmovq %xmm0,%rax", "vpextrq $0x1,%xmm1,%r9", "vpmovmskb %ymm2,%ecx", "vpcmpeqq %ymm0,%ymm1,%k1", "vpextrb $0x0,%xmm0,%eax",
           "mov 0x20(%rdi),%rax", "cmp %rax,(%rdi)", "xor (%rsi),%ecx", "pop (%rdi)", "div %rcx", "cmovne %rax,%rcx", "jb 1234", "call 1234"]


def fault(mnemonic, operands):
    """Why an instruction may not be here, or None."""
    if mnemonic in NOTHING:
        return None
    if mnemonic.startswith("v"):
        destination = re.split(r",(?![^(]*\))", operands)[-1] if operands else ""
        return "writes a general register or a mask" if re.match(REGISTER, destination) else None
    if mnemonic not in GENERAL:
        return "is not among those that are known to be harmless"
    memory = "(" in operands and mnemonic != "lea"
    # What is stored on the stack from a general register, such as an address, must not come back.
    return "reads memory outside of the vector registers" if memory and not re.match(r"%\w+,[^%]*\(%rsp\)$", operands) else None


def main():
    listing = subprocess.run([os.environ.get("BINUTILS", "") + "objdump", "-d", "--no-show-raw-insn", sys.argv[1]],
                             check=True, capture_output=True, text=True).stdout
    functions = [part for part in re.split(r"\n(?=[0-9a-f]+ <)", listing) if re.match(rf"[0-9a-f]+ <\S*{FUNCTION}\S*>:", part)]
    instructions, branches = 0, 0
    wrong = [f"'{line}' would not be refused" for line in REFUSED if not fault(*line.split(maxsplit=1))]
    for function in functions:
        for address, mnemonic, operands in re.findall(r"^ *([0-9a-f]+):\t(\w+) *([^\n#<]*)", function, re.M):
            instructions += 1
            branches += mnemonic.startswith("j")
            reason = fault(mnemonic, operands.strip())
            if reason:
                wrong.append(f"{address}: {mnemonic} {operands.strip()} {reason}")
    vectors = len(re.findall(r"\tvpternlogq", "".join(functions)))
    if not functions or not vectors:
        wrong.append(f"there is no function {FUNCTION} with AVX-512 in {sys.argv[1]}")
    for line in wrong:
        print(f"machine-code: Keccak with AVX-512: {line}", file=sys.stderr)
    if wrong:
        return 1
    print(f"machine-code/straight: {instructions} checks ({len(functions)} function, {branches} branch, for the rounds)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
