"""Reads what valgrind's memcheck says about a run of constant_time: which case reported what, and where in the sources.

A place is named by function and by what the line says, not by its number: a list of places outlives small changes.
"""

import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Code that only does what its caller decides: Rust's core, inlined everywhere, and libcrux's names for instructions.
PLUMBING = ("/rustc/", "/crates/libcrux-intrinsics-")
# What valgrind says besides.
ASIDE = r"More than 100 errors detected|will still be recorded, but in less detail|ERROR SUMMARY: "
KINDS = {
    r"Conditional jump or move depends on uninitialised value": "branch",
    r"Use of uninitialised value of size \d+": "address",
}


@dataclass(frozen=True)
class Frame:
    """One level of a call stack, inlined calls among them."""

    function: str
    file: str
    line: int


@dataclass
class Case:
    """One operation with some of its arguments secret."""

    level: str
    function: str
    variant: str
    reports: list["Report"] = field(default_factory=list)
    ended: bool = False
    # How often each report's place was passed, which valgrind says when a process ends.
    totals: list[tuple[int, "Report"]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.function} ({self.variant}) on {self.level}"


@dataclass
class Report:
    """A branch or an address that depends on a secret."""

    case: Case
    kind: str
    frames: list[Frame] = field(default_factory=list)

    def place(self) -> Frame:
        """The innermost frame that decides something."""
        for frame in self.frames:
            if frame.file and not frame.file.startswith(PLUMBING):
                return frame
        return self.frames[0] if self.frames else Frame("?", "", 0)


@cache
def plain(function: str) -> str:
    """A function's own name: without its path and without what stands in angle brackets."""
    depth, kept = 0, ""
    for character in function.replace("->", ""):
        depth += (character == "<") - (character == ">")
        if depth == 0 and character != ">":
            kept += character
    parts = [part for part in kept.split("::") if part]
    # Copies that a compiler makes of a function are called function.constprop.0 and the like.
    return parts[-1].split(".")[0] if parts else function


@cache
def crate_file(path: str) -> str:
    """A source file without the version of its crate: libcrux-ml-kem/src/sampling.rs, or src/memory.rs for our own."""
    path = re.sub(r"^/crates/([A-Za-z0-9_-]+?)-\d[^/]*/", r"\1/", path)
    return path.removeprefix("/pqhybrid/").removeprefix(f"{ROOT}/")


class Sources:
    """The sources that the library was built from."""

    def __init__(self, ours: Path) -> None:
        self.ours = ours
        cargo = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
        self.crates = [ROOT / "vendor", *sorted((cargo / "registry" / "src").glob("*"))]

    @cache
    def _lines(self, path: str) -> list[str] | None:
        places = []
        if path.startswith("/crates/"):
            places = [crates / path.removeprefix("/crates/") for crates in self.crates]
        elif path.startswith("/pqhybrid/"):
            places = [self.ours / path.removeprefix("/pqhybrid/")]
        for place in places:
            if place.is_file():
                return place.read_text(encoding="utf-8").splitlines()
        return None

    def is_here(self, path: str) -> bool:
        """Whether there is such a file."""
        return self._lines(path) is not None

    def text(self, frame: Frame) -> str | None:
        """What the line says; None if the source is not here."""
        lines = self._lines(frame.file)
        return lines[frame.line - 1].strip() if lines and 0 < frame.line <= len(lines) else None

    @cache
    def function(self, frame: Frame) -> str:
        """The function that the line stands in, from the source: debug information often loses the inlined ones."""
        lines = self._lines(frame.file) or []
        # With line 0, which is none, the name that the debug information has is all there is.
        for line in reversed(lines[: frame.line]):
            if match := re.match(r"\s*(?:pub(?:\([a-z ]+\))? |const |async |unsafe |extern \"C\" )*fn (\w+)", line):
                return match[1]
        return frame.function


def read(log: Path, level: str) -> tuple[list[Case], list[str]]:
    """The cases of a run, and what valgrind said outside of them or in words that are not understood."""
    cases: list[Case] = []
    strays: list[str] = []
    running, report, total = False, None, 0
    with log.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if match := re.match(r"\*\*\d+\*\* @case (\S+) \| (.*)", line):
                cases.append(Case(level, match[1], match[2].strip()))
                running = True
            elif re.match(r"\*\*\d+\*\* @end", line):
                cases[-1].ended, running = True, False
            elif match := re.match(r"==\d+==\s*(.*?)\s*$", line):
                text = match[1]
                if frame := re.match(r"(?:at|by) 0x[0-9A-F]+: (.*)$", text):
                    if report is not None:
                        report.frames.append(_frame(frame[1]))
                elif summary := re.match(r"(\d+) errors? in context \d+ of \d+:", text):
                    total = int(summary[1])
                elif kind := next((kind for pattern, kind in KINDS.items() if re.match(pattern, text)), None):
                    if not cases or not (running or total):
                        strays.append(text)
                        continue
                    report = Report(cases[-1], kind)
                    if running:
                        cases[-1].reports.append(report)
                    else:
                        cases[-1].totals.append((total, report))
                    total = 0
                elif text == "":
                    report = None
                elif not re.match(ASIDE, text):
                    strays.append(text)
    return cases, strays


@cache
def _frame(text: str) -> Frame:
    if match := re.match(r"(.*) \((\S+):(\d+)\)$", text):
        return Frame(plain(match[1]), match[2], int(match[3]))
    return Frame(plain(re.sub(r" \((?:in )?[^()]*\)$", "", text)), "", 0)
