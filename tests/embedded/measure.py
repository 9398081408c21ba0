"""Builds the measuring images for a Cortex-M33, runs them in the emulator and reads what they print."""

import os
import re
import shlex
import subprocess

import rooms

TARGET = "thumbv8m.main-none-eabi"
PROFILES = ("release", "size")
KEMS = ("mlkem768_x25519", "mlkem1024_x448")
SIGNATURES = ("mldsa65_ed25519", "mldsa87_ed448")
SUITES = KEMS + SIGNATURES
# What measure.c's second signature takes, where its first takes one.
ATTEMPTS = {"mldsa65_ed25519": 7, "mldsa87_ed448": 6}
EXPECTED_ATTEMPTS = {"mldsa65_ed25519": 5.1, "mldsa87_ed448": 3.85}

FLAGS = """-mcpu=cortex-m33 -mthumb -mfloat-abi=soft -std=c99 -Os -g -Wall -Wextra -Wpedantic -Werror -ffreestanding
    -ffunction-sections -fdata-sections -Iinclude -Iexamples-c/firmware -Itests/embedded""".split()
BOARD = ["examples-c/firmware/startup.c", "examples-c/firmware/semihosting.c"]
LINK = "-nostartfiles -Texamples-c/firmware/an505.ld -Wl,--gc-sections -Wl,-z,noexecstack".split()
WATCHED = ("memset", "__aeabi_memclr", "__aeabi_memclr4", "__aeabi_memclr8")
QEMU = """-M mps2-an505 -icount shift=0 -display none -monitor none -serial none -chardev stdio,id=host
    -semihosting-config enable=on,target=native,chardev=host""".split()

# Flash is counted of programs that use these functions and nothing else.
PROGRAMS = [(suite, "whole suite", None) for suite in SUITES]
for _suite in KEMS:
    PROGRAMS += [(_suite, "keygen, encaps, decaps", ("keygen", "encaps", "decaps")),
                 (_suite, "encaps only", ("encaps",)), (_suite, "decaps only", ("decaps",))]
for _suite in SIGNATURES:
    PROGRAMS += [(_suite, "sign only", ("sign",)), (_suite, "verify only", ("verify",)),
                 (_suite, "verify only, in pieces", ("prehash_init", "prehash_update", "prehash_final", "verify_prehashed"))]
PROGRAMS.append(("all", "all suites", None))
# Of these it is also said what takes the space.
EXPLAINED = ("whole suite", "verify only", "all suites")


class Failure(Exception):
    """A sentence for the user."""


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise Failure(f"{shlex.join(command)[:400]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout.strip()


class Lab:
    """Compiler, emulator and both archives. FIRMWARE_FOLDER is where the archives are built, by default build/firmware."""

    def __init__(self):
        self.folder = os.environ.get("FIRMWARE_FOLDER", "build/firmware")
        self.work = "build/embedded"
        os.makedirs(self.work, exist_ok=True)
        self.cc = run("sh", "tools/toolchain.sh", TARGET, "cc")
        self.prefix = run("sh", "tools/toolchain.sh", TARGET, "binutils")
        self.qemu = run("sh", "tools/qemu-arm.sh")
        self.archives = {profile: f"{self.folder}/eabi-{profile}/libpqhybrid.a" for profile in PROFILES}
        # Cargo's own archive, which has line tables.
        name = run("sh", "tools/cargo-for-target.sh", TARGET, "name")
        self.raw = {profile: f"{self.folder}/cargo/only/{name}/{profile}/libpqhybrid.a" for profile in PROFILES}
        for profile in PROFILES:
            run("sh", "tools/library.sh", TARGET, f"{self.folder}/eabi-{profile}",
                env={**os.environ, "PROFILE": profile, "CARGO_FOLDER": f"{self.folder}/cargo"})

    def tools(self):
        """What the numbers depend on besides the source."""
        which = run("sh", "tools/cargo-for-target.sh", TARGET, "which")
        return {"rustc": re.search(r"\((\S+),", which)[1], "gcc": run(self.cc, "-dumpfullversion"),
                "qemu": re.search(r"version (\S+)", run(self.qemu, "--version"))[1]}

    def link(self, name, sources, archive, *flags):
        image = f"{self.work}/{name}.elf"
        run(self.cc, *FLAGS, *sources, *BOARD, archive, *LINK, *flags, "-o", image)
        return image

    def emulate(self, image):
        done = subprocess.run([self.qemu, *QEMU, "-kernel", image], capture_output=True, text=True, timeout=300,
                              stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout

    def _program(self, profile, name, *flags):
        return self.link(f"{name}-{profile}", ["tests/embedded/measure.c", "tests/embedded/invoke.c"],
                         self.archives[profile], *flags)

    def operations(self, profile):
        """{(suite, operation): {instructions, stack, reach, scrub}}"""
        rows = {}
        wraps = [f"-Wl,--wrap={function}" for function in WATCHED]
        for image in (self._program(profile, "measure"), self._program(profile, "watch", "-DWATCH", *wraps)):
            status, out = self.emulate(image)
            if status != 0:
                raise Failure(f"{image} ended with status {status}:\n{out[-500:]}")
            for line in out.splitlines():
                suite, operation, *pairs = line.split()
                rows.setdefault((suite, operation), {}).update(zip(pairs[::2], map(int, pairs[1::2])))
        return rows

    def limits_hold(self, profile):
        """None, or a sentence on the operation which the processor stopped at the header's number."""
        status, out = self.emulate(self._program(profile, "limited", "-DLIMITED"))
        if status == 0:
            return None
        suite, operation = out.splitlines()[-1].split()[:2] if status != 70 else re.findall(r"^(\w+) (\w+)fault", out, re.M)[-1]
        return f"{suite} {operation}, {profile}: the processor stops it at the stack that the header grants it"

    def macros(self):
        """The header's numbers for this target."""
        out = run(self.cc, *FLAGS, "-E", "-dM", "-x", "c", "include/pqhybrid.h")
        raw = dict(re.findall(r"^#define (PQH_\w+_STACK_BYTES) (\S+)$", out, re.M))
        return {name: int(raw.get(value, value)) for name, value in raw.items()}

    def functions(self, profile):
        listing = run(self.prefix + "nm", "-g", self.archives[profile])
        return sorted(re.findall(r" T (pqh_\w+)", listing))

    def _keeping(self, profile, suite, operations):
        if suite == "all":
            names = self.functions(profile)
        else:
            names = [f for f in self.functions(profile) if f.startswith(f"pqh_{suite}_")]
        if operations is not None:
            names = [f"pqh_{suite}_{operation}" for operation in operations]
        return [f"-Wl,-u,{name}" for name in [*names, "pqh_platform_random_bytes"]]

    def _flash(self, image):
        sizes = run(self.prefix + "size", "-A", image)
        return sum(int(size) for size in re.findall(r"^\.(?:text|data|ARM\.exidx)\s+(\d+)", sizes, re.M))

    def flash(self, profile):
        """{(suite, what): bytes}, less what a program without the library takes."""
        def size(name, keep):
            return self._flash(self.link(f"{name}-{profile}", ["tests/embedded/flash.c"], self.archives[profile], *keep))
        empty = size("empty", ["-Wl,-u,pqh_platform_random_bytes"])
        return {(suite, what): size("flash", self._keeping(profile, suite, operations)) - empty
                for suite, what, operations in PROGRAMS}

    def rooms(self, profile):
        """{(suite, what): {room: bytes}}"""
        found = {}
        for suite, what, operations in [program for program in PROGRAMS if program[1] in EXPLAINED]:
            map_file = f"{self.work}/rooms.map"
            image = self.link(f"rooms-{profile}", ["tests/embedded/flash.c"], self.raw[profile],
                              *self._keeping(profile, suite, operations), f"-Wl,-Map={map_file}")
            found[suite, what] = rooms.of(image, map_file, self.raw[profile], self.prefix)
        return found
