#!/usr/bin/env python3
"""Compares what survived the mutation runs with the list of what may survive.

Usage: report.py FOLDER SURVIVORS [--part]

FOLDER holds one folder for each run, with cargo-mutants' mutants.out in it. SURVIVORS is tests/mutants/survivors.txt,
whose head says how it is written. With --part, some of the sources were changed: what is listed of the others is left
alone.
"""

import json
import sys
from collections import Counter
from pathlib import Path

CAUGHT = ("CaughtMutant", "Timeout")


def read_list(path):
    """The survivors that are allowed: (mutant, its line of source) -> the reason; and how often each stands there."""
    reasons, counts, block = {}, Counter(), []
    for number, line in enumerate([*path.read_text().splitlines(), ""], 1):
        if line.startswith("#"):
            continue
        if line.strip():
            block.append(line.strip())
            continue
        if not block:
            continue
        if len(block) < 3 or not all(block[:3]):
            sys.exit(f"mutants: {path}: the entry that ends at line {number} is not a mutant, its line and a reason")
        key = (block[0], block[1])
        reasons[key] = " ".join(block[2:])
        counts[key] += 1
        block = []
    return reasons, counts


def key_of(mutant):
    """What names a mutant when lines are added elsewhere: its name without position, and the line that it changes."""
    start = mutant["span"]["start"]
    position = f":{start['line']}:{start['column']}:"
    source = Path(mutant["file"]).read_text().splitlines()[start["line"] - 1].strip()
    return mutant["name"].replace(position, ":", 1), source


def main():
    folder, listed_in, part = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] == ["--part"]
    totals, survived, seen, late = Counter(), [], set(), []
    for path in sorted(folder.glob("*/mutants.out/outcomes.json")):
        for outcome in json.loads(path.read_text())["outcomes"]:
            scenario, summary = outcome["scenario"], outcome["summary"]
            if scenario == "Baseline":
                if summary != "Success":
                    sys.exit(f"mutants: {path}: the library as it is does not pass")
                continue
            mutant = scenario["Mutant"]
            totals[summary] += 1
            seen.add(mutant["file"])
            if summary == "MissedMutant":
                survived.append((key_of(mutant), mutant["name"]))
            elif summary == "Timeout":
                late.append(mutant["name"])
            elif summary not in (*CAUGHT, "Unviable"):
                sys.exit(f"mutants: {path}: {mutant['name']} ended in {summary}")

    caught, judged = sum(totals[kind] for kind in CAUGHT), sum(totals.values()) - totals["Unviable"]
    if not caught:
        sys.exit("mutants: nothing was caught: no mutant was judged")
    reasons, allowed = read_list(listed_in)
    found = Counter(key for key, _ in survived)
    failed = False
    for key, name in survived:
        if found[key] > allowed[key]:
            print(f"mutants: survived and not listed: {name}\n    {key[1]}", file=sys.stderr)
            failed = True
    for key, count in allowed.items():
        if part and key[0].split(":")[0] not in seen:
            continue
        if found[key] < count:
            print(f"mutants: listed, but not survived: {key[0]}\n    {key[1]}", file=sys.stderr)
            failed = True

    print(f"\nmutants in all: {sum(totals.values())}; caught {caught}, of these {totals['Timeout']} because nothing "
          f"came back; not to be compiled {totals['Unviable']}; survived {len(survived)}")
    for name in late:
        print(f"nothing came back: {name}")
    for key, name in survived:
        print(f"survived: {name}\n    {reasons.get(key, 'NO REASON IS LISTED')}")
    if failed:
        sys.exit("mutants: FAILED: tests/mutants/survivors.txt does not agree with what survived")
    print(f"mutants: {judged} cases")
    print(f"report: mutation | one change at a time in {len(seen)} files of src, judged by the C tests, for the primitives "
          f"by Rust tests too | {judged} mutants that compile | {caught} caught, {len(survived)} survived, each with its "
          f"reason in tests/mutants/survivors.txt; {totals['Unviable']} do not compile")


main()
