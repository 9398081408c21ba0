#!/usr/bin/env python3
"""Draws what timing.c measured, prints it as a table, and checks that the leak that must be seen was.

usage: tests/timing/figure.py RESULTS.csv FIGURE.svg MACHINE BACKEND
"""

import csv
import datetime
import math
import os
import pathlib
import sys
from xml.sax.saxutils import escape

THRESHOLD = 4.5
# The comparison that stops at the first difference must be seen at least this clearly.
CONTROL_T = 50
AXIS = 12
COLOURS = {"ours": "#2a7f9e", "public": "#a9a29a", "control": "#c0492f"}
MEANING = {
    "ours": "the classes differ in a secret",
    "public": "the classes differ in rho, which is public, too",
    "control": "a comparison that leaks on purpose",
}
ROW, TOP, LEFT, WIDTH, RIGHT = 22, 116, 430, 420, 210
FONT = "font-family='Helvetica, Arial, sans-serif'"


def fail(message):
    sys.exit(f"timing: {message}")


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for field in ("n0", "n1"):
            row[field] = int(row[field])
        for field in ("mean0", "mean1", "t", "percent"):
            row[field] = float(row[field])
        if not math.isfinite(row["t"]):
            fail(f"{row['suite']} {row['operation']} gave no t-value")
        if min(row["n0"], row["n1"]) < 50:
            fail(f"{row['suite']} {row['operation']} has too few samples: {row['n0']} and {row['n1']}")
    if sum(row["purpose"] == "ours" for row in rows) < 10:
        fail(f"{path} holds hardly any measurement")
    control = max((abs(row["t"]) for row in rows if row["purpose"] == "control"), default=0)
    if control < CONTROL_T:
        fail(f"the comparison that leaks on purpose was not seen to: |t| is {control:.1f}, so the others prove nothing")
    return rows


def label(row):
    return f"{row['operation']}: {row['classes']}"


def text(x, y, words, size=12, anchor="start", colour="#222", weight="normal"):
    return (
        f"<text x='{x}' y='{y}' font-size='{size}' text-anchor='{anchor}' fill='{colour}' font-weight='{weight}'>"
        f"{escape(words)}</text>"
    )


def figure(rows, machine, backend):
    groups = {}
    for row in rows:
        groups.setdefault(row["suite"] or "for every suite", []).append(row)
    height = TOP + ROW * (len(rows) + 1.4 * len(groups)) + 138
    end = LEFT + WIDTH + RIGHT
    scale = WIDTH / AXIS
    date = os.environ.get("TIMING_DATE") or datetime.date.today().isoformat()
    fewest = min(row["n0"] + row["n1"] for row in rows)
    most = max(row["n0"] + row["n1"] for row in rows)
    size = f"width='{end}' height='{height:.0f}'"
    out = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {end} {height:.0f}' {size} {FONT}>",
        f"<rect {size} fill='#fcfbf8'/>",
        text(20, 32, "Does the time of an operation tell its secrets?", 19, weight="bold"),
        text(
            20, 54, f"Largest |t| of Welch's test between two classes of inputs; {fewest:,} to {most:,} samples each."
        ),
        text(
            20, 72, f"{machine}; library on {backend}; {date}. Differences that are small drown in the machine's noise."
        ),
    ]
    x = 20
    for purpose, colour in COLOURS.items():
        out.append(f"<rect x='{x}' y='84' width='12' height='12' fill='{colour}'/>")
        out.append(text(x + 18, 95, MEANING[purpose]))
        x += 40 + 6.4 * len(MEANING[purpose])
    y, bars = TOP + 14, []
    for name, members in groups.items():
        y += ROW * 0.9
        bars.append(text(20, y + 4, name, 13, weight="bold"))
        y += ROW * 0.5
        for row in members:
            t = abs(row["t"])
            width = min(t, AXIS) * scale
            bars.append(text(LEFT - 10, y + 15, label(row), 12, "end"))
            colour = COLOURS[row["purpose"]]
            bars.append(f"<rect x='{LEFT}' y='{y + 4}' width='{width:.1f}' height='14' fill='{colour}'/>")
            if t > AXIS:
                cut = f"M{LEFT + WIDTH - 16} {y + 1} l8 20 m5 -20 l8 20"
                bars.append(f"<path d='{cut}' stroke='#fcfbf8' stroke-width='3'/>")
            bars.append(text(LEFT + WIDTH + 12, y + 15, f"{t:,.1f}" if t < 100 else f"{t:,.0f}", 12, weight="bold"))
            bars.append(text(end - 14, y + 15, f"n = {row['n0']:,} + {row['n1']:,}", 11, "end", "#666"))
            y += ROW
    bottom = y + 6
    for value in range(0, AXIS + 1, 2):
        x = LEFT + value * scale
        out.append(f"<line x1='{x:.1f}' y1='{TOP}' x2='{x:.1f}' y2='{bottom}' stroke='#e5e1d8'/>")
        out.append(text(f"{x:.1f}", bottom + 16, str(value), 11, "middle", "#666"))
    out += bars
    x = LEFT + THRESHOLD * scale
    line = f"x1='{x:.1f}' y1='{TOP - 4}' x2='{x:.1f}' y2='{bottom}'"
    out.append(f"<line {line} stroke='#c0492f' stroke-dasharray='5 4'/>")
    out.append(text(f"{x + 5:.1f}", TOP + 6, "4.5: above it, a sign of a leak", 11, "start", "#c0492f"))
    out.append(text(LEFT + WIDTH / 2, bottom + 36, "|t|, cut off at the right end", 12, "middle", "#444"))
    notes = (
        "Keys are fresh for every measurement, unless a class has a fixed one. Of signatures, the fastest eighth",
        "counts, which took one attempt. Each value is the largest of 101, with more and more of the slowest left out:",
        "by chance alone half of them are below 2.0 and one in a hundred is above 3.4, as a simulation showed.",
    )
    out += [text(20, bottom + 54 + 16 * line, note, 11, colour="#666") for line, note in enumerate(notes)]
    return "\n".join(out + ["</svg>", ""])


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    rows = read(sys.argv[1])
    pathlib.Path(sys.argv[2]).write_text(figure(rows, sys.argv[3], sys.argv[4]), encoding="utf-8")
    print(f"{'suite':22} {'operation and classes':54} {'n':>14} {'|t|':>9}")
    for row in rows:
        print(f"{row['suite']:22} {label(row):54} {row['n0']:6} + {row['n1']:5} {abs(row['t']):9.2f}")
    ours = [row for row in rows if row["purpose"] == "ours"]
    worst = max(ours, key=lambda row: abs(row["t"]))
    above = [row for row in ours if abs(row["t"]) > THRESHOLD]
    control = max(abs(row["t"]) for row in rows if row["purpose"] == "control")
    print(f"timing: {len(rows)} checks")
    name = f"{worst['suite']} {worst['operation']}".strip()
    print(
        f"report: constant time | t-values (dudect) of {len(ours)} operations on secrets of two classes, no gate | "
        f"{sum(row['n0'] + row['n1'] for row in ours)} measurements kept | {len(above)} above {THRESHOLD}; largest |t| "
        f"{abs(worst['t']):.2f}, {name}; deliberately leaky control {control:.0f}"
    )


if __name__ == "__main__":
    main()
