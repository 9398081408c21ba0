#!/usr/bin/env python3
"""Holds what valgrind reported about runs of constant_time against declassified.toml, the list of what is public.

usage: match.py LOG:BUILD:LEVEL ... [--sources FOLDER] [--leaks FILE:FUNCTION:KIND ...]
       BUILD is release, size or leaky; LEVEL is x86-64 or x86-64-v3; KIND is branch or address; FOLDER holds the sources
       of the library, by default those of this checkout

Fails when a branch or an address depends on a secret at a place that is not listed; when a listed place reports nothing
any more; when a function of the ABI was not run; when valgrind did not see the leaks that the test itself contains.
With --leaks, for a library that leaks on purpose: fails unless the places that are not listed are exactly those.
"""

import argparse
import fnmatch
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import reports

HERE = Path(__file__).resolve().parent
# Functions that are given no secret, and so are not run. Whoever verifies has only public things.
WITHOUT_SECRETS = [
    "pqh_*_*_bytes",
    "pqh_*_verify",
    "pqh_*_verify_prehashed",
    "pqh_*_verify_with",
    "pqh_*_verify_prehashed_with",
    "pqh_*_verify_key_*",
    "pqh_*_encaps_key_*",
    "pqh_*_prehash_init",
    "pqh_version",
    "pqh_status_string",
    "pqh_backend",
]
# Leaks of constant_time.c itself, which every run must show: otherwise the marks do not work.
OWN_LEAKS = {("early_exit", "branch"), ("table_look_up", "address")}
# FIPS 204, table 1, and a line of SampleInBall.
TAU = {"mldsa65_ed25519": 49, "mldsa87_ed448": 60}
ONCE_A_ONE = "result[*out_index] = result[sample_at];"
# Kind, file, function, number and text of a line.
Leak = tuple[str, str, str, int, str | None]
KEYS = {"what", "reason", "within", "calls", "at"}


@dataclass
class Place:
    """A line that may branch on, or look up with, something that came from a secret."""

    entry: "Entry"
    kind: str
    file: str
    function: str
    line: str | None
    only: str
    seen: int = 0

    def __str__(self) -> str:
        return f"{self.kind} in {self.function} ({self.file}), `{self.line}`"


@dataclass
class Entry:
    """Places that are public for one reason, reached through one function, in some functions of the ABI."""

    what: str
    reason: str
    within: str
    calls: list[str]
    unless: str
    places: list[Place] = field(default_factory=list)
    called: Counter[str] = field(default_factory=Counter)


def load(path: Path) -> list[Entry]:
    """The list; a mistake in it is fatal."""
    entries = []
    for table in tomllib.loads(path.read_text(encoding="utf-8"))["public"]:
        unless = table.pop("unless", "")
        if set(table) != KEYS or not all(table.values()):
            sys.exit(f"constant-time: {path.name}: {table.get('what')!r} must have {sorted(KEYS)}, none of them empty")
        entry = Entry(table["what"], table["reason"], table["within"], table["calls"], unless)
        for at in table["at"]:
            only = at.pop("only", "")
            lines = [("branch", line) for line in at.pop("branches", [])]
            lines += [("address", line) for line in at.pop("addresses", [])]
            lines += [(kind, None) for kind in at.pop("unlined", [])]
            if set(at) != {"file", "function"} or not lines or only not in ("", "release", "size"):
                sys.exit(f"constant-time: {path.name}: a place of {entry.what!r} lacks something or has too much: {at}")
            entry.places += [Place(entry, kind, at["file"], at["function"], line, only) for kind, line in lines]
        entries.append(entry)
    return entries


class Judge:
    """Tells what is listed from what is not."""

    def __init__(self, entries: list[Entry], sources: reports.Sources) -> None:
        self.entries = entries
        self.sources = sources
        self.leaks: dict[Leak, list[reports.Report]] = {}
        self.own: Counter[tuple[str, str, str]] = Counter()
        self.count = 0

    def judge(self, report: reports.Report, build: str) -> None:
        """Finds the place of a report in the list, or remembers it as a leak."""
        frame = report.place()
        file, function = reports.crate_file(frame.file), self.sources.function(frame)
        if report.case.function == "pqh_self_test":
            self.own[report.case.level, function, report.kind] += 1
            return
        self.count += 1
        line = self.sources.text(frame)
        # The compiler gives some instructions a file but no line, 0: they count as leaks, unless the whole function is public.
        if frame.line != 0 and frame.file.startswith(("/crates/", "/pqhybrid/")) and line is None:
            if self.sources.is_here(frame.file):
                sys.exit(f"constant-time: {file} has no line {frame.line}: it is not the source of this library")
            sys.exit(f"constant-time: the source of {file} is not here: `cargo fetch --locked` brings it")
        callers = {self.sources.function(outer) for outer in report.frames}
        found = None
        for entry in self.entries:
            calls = [call for call in entry.calls if fnmatch.fnmatchcase(report.case.function, call)]
            if fnmatch.fnmatchcase(report.case.variant, entry.unless):
                continue
            if not calls or entry.within not in callers:
                continue
            for place in entry.places:
                if (place.kind, place.file, place.function, place.line) == (report.kind, file, function, line):
                    if place.only in ("", build):
                        found = place
            if found:
                found.seen += 1
                entry.called.update(calls)
                return
        self.leaks.setdefault((report.kind, file, function, frame.line, line), []).append(report)

    def explain(self, leak: Leak, found: list[reports.Report]) -> str:
        """A leak in words."""
        kind, file, function, number, line = leak
        what = "a branch depends" if kind == "branch" else "an address depends"
        cases = sorted({str(report.case) for report in found})
        frames = [frame for frame in found[0].frames if not frame.file.startswith(reports.PLUMBING)]
        stack = "\n".join(
            f"      {self.sources.function(frame)} ({reports.crate_file(frame.file)}:{frame.line})" for frame in frames
        )
        at = f"{file}:{number}: `{line}`" if number else f"{file or 'an unknown file'}, without line information"
        return (
            f"constant-time: {what} on a secret in {function} at {at}\n"
            f"    in {cases[0]}" + (f" and {len(cases) - 1} more" if len(cases) > 1 else "") + f"; called by\n{stack}"
        )

    def stale(self, builds: set[str]) -> list[str]:
        """What the list has that no report needed."""
        found = []
        for entry in self.entries:
            due = [place for place in entry.places if place.only in ("", *builds)]
            # Whether the compiler gives a line changes with every other change.
            found += [str(place) for place in due if not place.seen and place.line]
            found += [f"calls of {call} for {entry.what}" for call in entry.calls if due and not entry.called[call]]
        return [f"constant-time: declassified.toml lists what no report needs: {one}" for one in found]


def attempts(cases: list[reports.Case], sources: reports.Sources, wrong: list[str]) -> list[int]:
    """How many attempts each signature took: a line of SampleInBall runs tau times for each attempt's challenge."""
    found = []
    for case in cases:
        signs = "_sign" in case.function and "_sign_key_" not in case.function
        tau = next((tau for name, tau in TAU.items() if signs and case.function.startswith(f"pqh_{name}_")), None)
        if tau is not None:
            steps = sum(total for total, report in case.totals if sources.text(report.place()) == ONCE_A_ONE)
            found.append(steps // tau)
            if steps == 0 or steps % tau:
                wrong.append(f"constant-time: {case}: {steps} steps of SampleInBall are no whole number of attempts")
    return found


def not_run(functions: set[str]) -> list[str]:
    """Functions of the ABI that no case called."""
    lines = (reports.ROOT / "abi" / "versions").read_text(encoding="utf-8").splitlines()
    exported = {line.split()[1] for line in lines if line and not line.startswith("#")}
    left = sorted(exported - functions)
    return [
        f"constant-time: no case runs {name}"
        for name in left
        if not any(fnmatch.fnmatchcase(name, pattern) for pattern in WITHOUT_SECRETS)
    ]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--leaks", nargs="+", default=[])
    parser.add_argument("--sources", type=Path, default=reports.ROOT)
    parser.add_argument("runs", nargs="+")
    options = parser.parse_args()
    judge = Judge(load(HERE / "declassified.toml"), reports.Sources(options.sources))
    cases, builds, levels, wrong = [], set(), set(), []
    for run in options.runs:
        log, build, level = run.rsplit(":", 2)
        of_run, strays = reports.read(Path(log), f"{build} {level}")
        wrong += [f"constant-time: {level}: valgrind says something else: {text}" for text in sorted(set(strays))]
        wrong += [f"constant-time: {case} did not come to its end" for case in of_run if not case.ended]
        for case in of_run:
            for report in case.reports:
                judge.judge(report, "release" if build == "leaky" else build)
        wrong += [
            f"constant-time: {build} {level}: valgrind did not see the {kind} of {function}, a leak of the test itself"
            for function, kind in sorted(OWN_LEAKS)
            if not judge.own[f"{build} {level}", function, kind]
        ]
        cases += [case for case in of_run if case.function != "pqh_self_test"]
        builds.add(build)
        levels.add(level)
    wrong += not_run({case.function for case in cases})
    if options.leaks:
        return judge_leaky(judge, options.leaks, wrong)
    wrong += judge.stale(builds)
    wrong += [judge.explain(leak, found) for leak, found in judge.leaks.items()]
    tries = attempts(cases, judge.sources, wrong)
    if len(set(tries)) < 3:
        wrong.append(f"constant-time: the signatures took {sorted(set(tries))} attempts: choose keys with more variety")
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    places = [place for entry in judge.entries for place in entry.places if place.seen]
    lines = len({(place.file, place.line, place.function) for place in places})
    print(f"constant-time: {len(cases)} cases")
    print(
        f"report: constant time | every operation that knows a secret, under valgrind with the secrets marked"
        f" ({', '.join(sorted(builds))}; {', '.join(sorted(levels))}; {len(tries)} signatures of"
        f" {min(tries, default=0)} to {max(tries, default=0)} attempts) | {len(cases)} runs |"
        f" {judge.count} reports at {lines} source lines, each listed with the reason why it is public;"
        f" {len(judge.leaks)} that are not"
    )
    return 1 if wrong or not cases else 0


def judge_leaky(judge: Judge, expected: list[str], wrong: list[str]) -> int:
    """Whether exactly the leaks that were built in were found."""
    found = {f"{file}:{function}:{kind}" for kind, file, function, _, _ in judge.leaks}
    for leak, by in judge.leaks.items():
        print("found, as it must be: " + judge.explain(leak, by).removeprefix("constant-time: ").splitlines()[0])
    wrong += [f"constant-time: the leak that was built in was not seen: {one}" for one in expected if one not in found]
    wrong += [f"constant-time: a leak that was not built in: {one}" for one in sorted(found - set(expected))]
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    print(f"constant-time: {len(expected)} checks")
    print(
        f"report: constant time | a library that leaks on purpose, by a comparison, a branch and a table |"
        f" {len(expected)} leaks | {len(set(expected) & found)} found, and nothing else"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
