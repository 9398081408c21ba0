"""What hatchling asks for when it builds pqhybrid: the version, and the shared library that a wheel carries.

A wheel is for one platform and every Python: the package is plain Python, and finds the library in its own folder.

    PQHYBRID_WHEEL_LIBRARY     the libpqhybrid.so to put in; without it, the library is built for this machine
    PQHYBRID_WHEEL_PLATFORM    the platform tag, as in manylinux_2_17_x86_64; without it, linux and the processor

The library's source tree is the folder above in a checkout, and library/ in a source distribution, which brings the
crates along, so that nothing is fetched.
"""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from typing import Any, NoReturn

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = pathlib.Path(__file__).resolve().parent
NAME = "libpqhybrid.so"

# What e_machine in the head of an ELF file means, and what Python calls it.
PROCESSORS = {62: "x86_64", 183: "aarch64"}

# Parts of the source tree that building the library takes nothing from.
NOT_SHIPPED = ("python", "tests", "wasm", ".ci")


def fail(sentence: str) -> NoReturn:
    """Ends the build with one sentence, where an exception would print where it was raised as well."""
    raise SystemExit(f"pqhybrid: {sentence}")


def sources() -> pathlib.Path:
    """The library's source tree."""
    for folder in (HERE / "library", HERE.parent):
        if (folder / "Cargo.toml").is_file() and (folder / "tools/library.sh").is_file():
            return folder
    fail("the library's source tree is neither in library/ nor in the folder above: take a whole checkout or the sdist")


def version() -> str:
    """The one version number there is, Cargo.toml's."""
    manifest = (sources() / "Cargo.toml").read_text(encoding="utf-8")
    found = re.search(r'^version = "(.*)"$', manifest, re.MULTILINE)
    return found[1] if found else fail("Cargo.toml names no version")


def processor(library: pathlib.Path) -> str:
    """Which processor a shared library is for."""
    try:
        with library.open("rb") as file:
            head = file.read(20)
    except OSError as error:
        fail(f"the library {library} cannot be read: {error.strerror}")
    if head[:6] != b"\x7fELF\x02\x01":
        fail(f"{library} is no shared library for a 64-bit little-endian Linux")
    machine = int.from_bytes(head[18:20], "little")
    return PROCESSORS.get(machine) or fail(f"{library} is for a processor (ELF machine {machine}) that has no wheel")


def build_library(work: pathlib.Path) -> pathlib.Path:
    """Builds the library for this machine below `work`. The scripts say what is missing, if something is."""
    if not sys.platform.startswith("linux"):
        fail(f"wheels are made for Linux, and this is {sys.platform}: build the library by hand, see its README.md")
    source = sources()
    environment = dict(os.environ)
    # Variables of this name would choose another library than the package needs.
    for name in ("SUITES", "FEATURES", "PROFILE", "PORTABLE", "CARGO_BUILD_TARGET", "CARGO_TARGET_DIR"):
        environment.pop(name, None)
    if source == HERE / "library":
        environment["CARGO_FOLDER"] = str(work / "cargo")
    print("pqhybrid: building the library, which takes about a minute", file=sys.stderr, flush=True)
    command = ["sh", "tools/library.sh", "host", str(work / "made")]
    done = subprocess.run(command, cwd=source, env=environment, stderr=subprocess.PIPE, text=True, errors="replace")
    if done.returncode:
        said = done.stderr.strip()
        last = said.rpartition("\n")[2]
        fail(last[len("pqhybrid: ") :] if last.startswith("pqhybrid: ") else f"the library cannot be built:\n{said}")
    return (work / "made" / NAME).resolve()


def ship_sources(work: pathlib.Path) -> pathlib.Path:
    """The source tree of the commit, with the crates that it is built from, below `work`."""
    checkout = HERE.parent
    for tool in ("git", "tar", os.environ.get("CARGO", "cargo")):
        if not shutil.which(tool):
            fail(f"{tool} is missing, which a source distribution is made with: install it")
    tree = work / "library"
    tree.mkdir()
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=checkout, stdout=subprocess.PIPE)
    if archive.returncode:
        fail("this is neither a git checkout, which says what belongs into a source distribution, nor an unpacked one")
    subprocess.run(["tar", "-xf", "-"], cwd=tree, input=archive.stdout, check=True)
    vendor = [sys.executable, "-B", str(tree / "tools/dist/vendor.py"), str(tree)]
    if subprocess.run(vendor, stdout=sys.stderr).returncode:
        fail("the crates cannot be had: see above")
    for name in NOT_SHIPPED:
        shutil.rmtree(tree / name, ignore_errors=True)
    return tree


class Hook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling before and after it packs a wheel or a source distribution."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        self._work = pathlib.Path(tempfile.mkdtemp(prefix="pqhybrid-"))
        try:
            if self.target_name == "sdist":
                self._sdist(build_data)
            else:
                self._wheel(version, build_data)
        except BaseException:
            shutil.rmtree(self._work)
            raise

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        shutil.rmtree(self._work)

    def _wheel(self, version: str, build_data: dict[str, Any]) -> None:
        given = os.environ.get("PQHYBRID_WHEEL_LIBRARY")
        library = pathlib.Path(given).resolve() if given else build_library(self._work)
        what = processor(library)
        platform = os.environ.get("PQHYBRID_WHEEL_PLATFORM")
        if not platform:
            platform = f"linux_{what}"
            here = re.sub(r"\W", "_", sysconfig.get_platform())
            if not given and here != platform:
                fail(f"the library is for {platform}, but this Python for {here}: use this machine's own Python")
        for tag in platform.split("."):
            if not tag.endswith(f"_{what}"):
                fail(f"PQHYBRID_WHEEL_PLATFORM is {platform}, but the library is for {what}")
        if version == "editable":
            # The package runs where it lies, and looks for the library there.
            shutil.copyfile(library, HERE / "src/pqhybrid" / NAME)
        else:
            # Whatever the file's own mode, the wheel's bytes are the same.
            shipped = self._work / NAME
            shutil.copyfile(library, shipped)
            shipped.chmod(0o644)
            build_data["force_include"][str(shipped)] = f"pqhybrid/{NAME}"
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"

    def _sdist(self, build_data: dict[str, Any]) -> None:
        include = build_data["force_include"]
        for path in [path for path, name in include.items() if name == ".gitignore"]:
            del include[path]
        # Links to the files above would lead nowhere.
        for path in [pathlib.Path(path) for path in include if os.path.islink(path)]:
            include[str(path.resolve())] = include.pop(str(path))
        shipped = HERE / "library"
        include[str(shipped if shipped.is_dir() else ship_sources(self._work))] = "library"
