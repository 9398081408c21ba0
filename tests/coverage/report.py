#!/usr/bin/env python3
"""Lines of src/ that the tests reach, file by file, and those that they do not, compared with the list of these.

Usage: report.py UNCOVERED LCOV...      UNCOVERED is tests/coverage/uncovered.txt; LCOV is what llvm-cov exports of a build
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path


def read_lcov(paths):
    """File -> line -> how often it was reached, over all builds."""
    counts, here = defaultdict(Counter), None
    for line in (line for path in paths for line in Path(path).read_text().splitlines()):
        if line.startswith("SF:"):
            here = counts[str(Path(line[3:]).relative_to(Path.cwd()))]
        elif line.startswith("DA:"):
            number, count = line[3:].split(",")[:2]
            here[int(number)] += int(count)
    return counts


def read_list(path):
    """(file, source text) -> the reason; and files that this machine does not compile -> the reason."""
    lines, files, block = {}, {}, []
    for line in [*path.read_text().splitlines(), ""]:
        if line.startswith("#"):
            continue
        if line.strip():
            block.append(line.strip())
        elif block:
            if len(block) < 3:
                sys.exit(f"coverage: {path}: an entry is a file, a line of it or 'all of it', and a reason: {block}")
            if block[1] == "all of it":
                files[block[0]] = " ".join(block[2:])
            else:
                lines[block[0], block[1]] = " ".join(block[2:])
            block = []
    return lines, files


def main():
    counts, (listed, whole) = read_lcov(sys.argv[2:]), read_list(Path(sys.argv[1]))
    reached_all = lines_all = 0
    missing, failed = [], False
    print(f"\n{'file':<32} {'lines':>6} {'reached':>8}")
    for file in sorted(counts):
        source = Path(file).read_text().splitlines()
        reached = sum(1 for count in counts[file].values() if count)
        print(f"{file:<32} {len(counts[file]):>6} {reached:>8} {100 * reached / len(counts[file]):>6.1f} %")
        reached_all, lines_all = reached_all + reached, lines_all + len(counts[file])
        never = sorted(number for number, count in counts[file].items() if not count)
        missing += [(file, number, source[number - 1].strip()) for number in never]
    if not reached_all:
        sys.exit("coverage: no line was reached: nothing was counted")
    print(f"{'all':<32} {lines_all:>6} {reached_all:>8} {100 * reached_all / lines_all:>6.1f} %\n")

    for file, number, text in missing:
        reason = listed.get((file, text))
        print(f"not reached: {file}:{number}: {text}\n    {reason or 'NO REASON IS LISTED'}")
        failed = failed or reason is None
    for file, text in listed.keys() - {(file, text) for file, _, text in missing}:
        print(f"coverage: listed, but reached or gone: {file}: {text}", file=sys.stderr)
        failed = True
    for file in sorted(str(path) for path in Path("src").rglob("*.rs")):
        if file in whole:
            print(f"not compiled here: {file}\n    {whole[file]}")
            if file in counts:
                print(f"coverage: listed as not compiled, but it is: {file}", file=sys.stderr)
                failed = True
    for file in whole:
        if not Path(file).is_file():
            print(f"coverage: listed, but gone: {file}", file=sys.stderr)
            failed = True
    if failed:
        sys.exit("coverage: FAILED: tests/coverage/uncovered.txt does not agree with what was reached")
    print(f"coverage: {reached_all} cases")
    print(f"report: coverage | lines of src reached by the Rust and the C tests together | {lines_all} lines in "
          f"{len(counts)} files | {reached_all} reached ({100 * reached_all / lines_all:.1f} %), the other {len(missing)} "
          "with reasons in tests/coverage/uncovered.txt")


main()
