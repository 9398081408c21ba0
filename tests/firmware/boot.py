"""The boot loader of examples-c/firmware in the emulator: it starts the image that its maker signed, and refuses any other.

Usage: boot.py QEMU SIGN_FILE SUITE FOLDER

FOLDER holds what the example's Makefile built for SUITE: boot.elf, secret.key, and above it application.bin. The
expected outcome of a case is the exit status and the sentence that the loader prints; that the application did not run
is seen from its own line, which is not there.
"""

import struct
import subprocess
import sys
import tempfile
from pathlib import Path

SLOT_ADDRESS, SLOT_BYTES, RUN_ADDRESS, HEADER_BYTES = 0x10200000, 0x80000, 0x38100000, 128
CONTEXT = "firmware of the example"
STARTED = "boot: the signature is valid, starting the application"
NO_IMAGE = "there is no image in the slot"
BAD_LENGTH = "the length in the header does not fit the slot"
BAD_SIGNATURE = "the signature is not valid for this image, key and context"
OLD = "the image is older than this device accepts"
BAD_STACK = "the image is linked for another stack"
BAD_ADDRESS = "the image is linked for another address"
TIERS = {"mldsa65_ed25519": ("standard", 3309), "mldsa87_ed448": ("high", 4627)}

MAGIC_AT, LENGTH_AT, VERSION_AT, STACK_AT, RESET_AT = 0, 4, 8, HEADER_BYTES, HEADER_BYTES + 4


class Bench:
    def __init__(self, qemu, sign_file, suite, folder, work):
        self.qemu, self.sign_file, self.work = qemu, sign_file, work
        self.boot, self.key = folder / "boot.elf", folder / "secret.key"
        self.tier, self.half = TIERS[suite]
        self.cases, self.failures = 0, []

    def sign(self, image, key=None, context=CONTEXT):
        (self.work / "image").write_bytes(image)
        subprocess.run([self.sign_file, "sign", "--quiet", "--context", context, key or self.key, self.work / "image",
                        self.work / "sig"], check=True)
        return (self.work / "sig").read_bytes()

    def keygen(self, name, tier):
        key = self.work / name
        subprocess.run([self.sign_file, "keygen", "--quiet", "--suite", tier, key, f"{key}.pub"], check=True)
        return key

    def run(self, slot):
        command = [self.qemu, *"-M mps2-an505 -display none -monitor none -serial none -chardev stdio,id=host".split(),
                   "-semihosting-config", "enable=on,target=native,chardev=host", "-kernel", self.boot]
        # What is erased and not written reads as ones.
        (self.work / "slot").write_bytes(slot.ljust(SLOT_BYTES, b"\xff"))
        command += ["-device", f"loader,file={self.work}/slot,addr={SLOT_ADDRESS:#x},force-raw=on"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout

    def case(self, name, slot, refused=None):
        """Runs the loader; `refused` is the sentence that it must refuse the image with, None if it must start it."""
        status, output = self.run(slot)
        lines = output.splitlines()
        if refused is None:
            good = status == 0 and len(lines) == 3 and lines[1] == STARTED and lines[2].startswith("application: hello")
        else:
            good = status == 1 and lines[1:] == [f"boot: refused: {refused}"]
        self.cases += 1
        if not good:
            self.failures.append(f"{name}: exit status {status}, {lines}")


def flip(data, at, bit=0):
    changed = bytearray(data)
    changed[at] ^= 1 << bit
    return bytes(changed)


def patch(image, at, value):
    return image[:at] + struct.pack("<I", value) + image[at + 4:]


def good(bench, image, slot):
    bench.case("the image as signed", slot)
    bench.case("with other bytes behind the signature", slot + bytes(1000))
    larger = patch(image + bytes(range(256)) * 700 + b"odd", LENGTH_AT, len(image) + 256 * 700 + 3)
    bench.case("a larger one, of many blocks and an odd length", larger + bench.sign(larger))
    newer = patch(image, VERSION_AT, 0xFFFFFFFF)
    bench.case("the newest version there can be", newer + bench.sign(newer))
    room = SLOT_BYTES - len(slot) + len(image)
    largest = patch(image + bytes(room - len(image)), LENGTH_AT, room)
    bench.case("the largest that fits the slot", largest + bench.sign(largest))


def flips(bench, image, slot):
    for name, at, refused in (("magic", MAGIC_AT, NO_IMAGE), ("length", LENGTH_AT, BAD_SIGNATURE),
                              ("version", VERSION_AT, BAD_SIGNATURE), ("unused part", HEADER_BYTES - 1, BAD_SIGNATURE)):
        bench.case(f"a flipped bit in the header's {name}", flip(slot, at), refused)
    bench.case("a flipped high bit in the header's length", flip(slot, LENGTH_AT + 3, 7), BAD_LENGTH)
    step = max(1, (len(image) - HEADER_BYTES) // 12)
    for at in [*range(HEADER_BYTES, len(image), step), len(image) - 1]:
        bench.case(f"a flipped bit in the image at {at}", flip(slot, at, at % 8), BAD_SIGNATURE)
    end = len(slot) - len(image)
    for at in (0, 31, 48, bench.half - 1, bench.half, bench.half + 20, end - 20, end - 1):
        bench.case(f"a flipped bit in the signature at {at}", flip(slot, len(image) + at, at % 8), BAD_SIGNATURE)


def shorter_and_longer(bench, image, slot):
    signature = slot[len(image):]
    bench.case("an empty slot", b"", NO_IMAGE)
    bench.case("a slot of zeros", bytes(SLOT_BYTES), NO_IMAGE)
    bench.case("a slot that ends in the header", slot[:LENGTH_AT], BAD_LENGTH)
    for cut in (1, 4, len(signature) - 1, len(signature), len(signature) + 100):
        bench.case(f"a slot that lacks its last {cut} bytes", slot[:-cut], BAD_SIGNATURE)
    bench.case("an image that lacks its last byte", image[:-1] + signature, BAD_SIGNATURE)
    shorter = patch(image[:-4], LENGTH_AT, len(image) - 4)
    bench.case("a shorter image, its length made to fit", shorter + signature, BAD_SIGNATURE)
    longer = patch(image + b"more", LENGTH_AT, len(image) + 4)
    bench.case("a longer image, its length made to fit", longer + signature, BAD_SIGNATURE)
    limit = SLOT_BYTES - len(signature)
    for length in (0, 1, HEADER_BYTES, HEADER_BYTES + 7, limit + 1, SLOT_BYTES, SLOT_BYTES + 1, 0x7FFFFFFF, 0x80000000,
                   0xFFFFF000, 0xFFFFFFFF - len(signature) + 1, 0xFFFFFFFF):
        bench.case(f"a length of {length:#x}", patch(slot, LENGTH_AT, length), BAD_LENGTH)
    for length in (HEADER_BYTES + 8, limit):
        bench.case(f"a length of {length:#x}, which is possible", patch(slot, LENGTH_AT, length), BAD_SIGNATURE)


def other_signatures(bench, image, slot):
    other_key = bench.keygen("other.key", bench.tier)
    bench.case("another key's signature", image + bench.sign(image, key=other_key), BAD_SIGNATURE)
    other_suite = bench.keygen("suite.key", "high" if bench.tier == "standard" else "standard")
    bench.case("another suite's signature", image + bench.sign(image, key=other_suite), BAD_SIGNATURE)
    for context in ("", "firmware", CONTEXT + "s", CONTEXT.upper()):
        bench.case(f"a signature for the context {context!r}", image + bench.sign(image, context=context), BAD_SIGNATURE)
    bench.case("a signature of another image", image + bench.sign(image + b"\0"), BAD_SIGNATURE)
    bench.case("both halves of other signatures, of the right key",
               image + bench.sign(image)[:bench.half] + bench.sign(image + b"\0")[bench.half:], BAD_SIGNATURE)
    bench.case("a signature of zeros", image + bytes(len(slot) - len(image)), BAD_SIGNATURE)


def signed_and_yet_refused(bench, image):
    (version,) = struct.unpack_from("<I", image, VERSION_AT)
    stack, reset = struct.unpack_from("<II", image, STACK_AT)
    end = RUN_ADDRESS + len(image)
    assert end % 2 == 0 and reset % 2 == 1
    for at, value, refused in ((VERSION_AT, version - 1, OLD), (VERSION_AT, 0, OLD), (STACK_AT, 0x38000000, BAD_STACK),
                               (STACK_AT, 0x38200008, BAD_STACK), (STACK_AT, 0x38180000, BAD_STACK),
                               *((STACK_AT, stack - less, BAD_STACK) for less in (1, 2, 4)),
                               (RESET_AT, 0x10000001, BAD_ADDRESS), (RESET_AT, 0x38000000, BAD_ADDRESS),
                               (RESET_AT, 0x38000001, BAD_ADDRESS), (RESET_AT, RUN_ADDRESS - 1, BAD_ADDRESS),
                               (RESET_AT, RUN_ADDRESS, BAD_ADDRESS), (RESET_AT, reset - 1, BAD_ADDRESS),
                               (RESET_AT, 0x38100100, BAD_ADDRESS), (RESET_AT, end, BAD_ADDRESS),
                               (RESET_AT, end + 1, BAD_ADDRESS), (RESET_AT, 0xFFFFFFFF, BAD_ADDRESS),
                               (MAGIC_AT, 0, NO_IMAGE)):
        wrong = patch(image, at, value)
        bench.case(f"well signed, with {value:#x} at {at}", wrong + bench.sign(wrong), refused)


def main(qemu, sign_file, suite, folder):
    image = (folder.parent / "application.bin").read_bytes()
    with tempfile.TemporaryDirectory(dir=folder) as work:
        bench = Bench(qemu, sign_file, suite, folder, Path(work))
        slot = image + bench.sign(image)
        good(bench, image, slot)
        flips(bench, image, slot)
        shorter_and_longer(bench, image, slot)
        other_signatures(bench, image, slot)
        signed_and_yet_refused(bench, image)
    for failure in bench.failures:
        print(f"firmware/boot: {failure}", file=sys.stderr)
    if bench.failures or not bench.cases:
        sys.exit(f"firmware/boot: {len(bench.failures)} of {bench.cases} failed")
    print(f"firmware/boot {suite}: {bench.cases} cases")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit("usage: boot.py QEMU SIGN_FILE SUITE FOLDER")
    main(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]).resolve())
