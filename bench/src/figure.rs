//! A bar chart: each operation of each suite, ours beside the best mix and the whole hybrids of others.

use crate::compare::{Keys, Results, Row};
use crate::measure::Samples;
use crate::operation::What;
use crate::ours;
use crate::report::micros;
use std::fmt::Write;

const WIDTH: f64 = 1060.0;
/// Where bars begin, and how long the longest is.
const LEFT: f64 = 330.0;
const LENGTH: f64 = 620.0;
const BAR: f64 = 13.0;
const OURS: &str = "#2a7f9e";
const MIX: &str = "#a9a29a";
const WHOLE: &str = "#c0492f";

struct Bar {
    name: String,
    micros: f64,
    colour: &'static str,
}

/// The bars of an operation: ours, the best mix from the same keys, everybody's whole hybrid.
fn bars(row: &Row, results: &Results) -> Vec<Bar> {
    let Some(mine) = results.find(ours::NAME, row.what) else { return vec![] };
    let mut bars = vec![Bar { name: ours::NAME.to_owned(), micros: mine.median(), colour: OURS }];
    if let Some(mix) = results.mix(row, Keys::Same) {
        bars.push(Bar { name: "best mix".to_owned(), micros: mix.median, colour: MIX });
    }
    let theirs = |samples: &&Samples| {
        let What { algorithm, operation, prepared } = samples.what;
        row.hybrids.contains(&algorithm) && operation == row.what.operation && prepared == row.what.prepared
    };
    for whole in results.0.iter().filter(theirs) {
        let name = format!("{} {}", whole.by, whole.what.algorithm);
        bars.push(Bar { name, micros: whole.median(), colour: WHOLE });
    }
    bars
}

fn text(out: &mut String, [x, y]: [f64; 2], size: u32, anchor: &str, weight: &str, what: &str) {
    let what = what.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(
        out,
        "<text x='{x:.1}' y='{y:.1}' font-size='{size}' text-anchor='{anchor}' font-weight='{weight}' \
         fill='#222'>{what}</text>"
    );
}

fn rectangle(out: &mut String, [x, y]: [f64; 2], [width, height]: [f64; 2], colour: &str) {
    let _ = writeln!(out, "<rect x='{x:.1}' y='{y:.1}' width='{width:.1}' height='{height:.1}' fill='{colour}'/>");
}

/// `rows` with their results, under a line that says what machine it was.
pub fn draw(rows: &[Row], results: &Results, machine: &str) -> String {
    let mut body = String::new();
    text(&mut body, [20.0, 32.0], 19, "start", "bold", "How long does an operation take?");
    let how = "Microseconds, shorter is better: medians of interleaved rounds. Each suite has a scale of its own.";
    text(&mut body, [20.0, 54.0], 12, "start", "normal", how);
    text(&mut body, [20.0, 72.0], 12, "start", "normal", machine);
    let legend = [
        (20.0, OURS, "this library, through its C ABI"),
        (250.0, MIX, "best mix: each component by whoever is fastest at it, from the same keys"),
        (700.0, WHOLE, "whole hybrids of others"),
    ];
    for (x, colour, what) in legend {
        rectangle(&mut body, [x, 84.0], [12.0, 12.0], colour);
        text(&mut body, [x + 18.0, 95.0], 12, "start", "normal", what);
    }
    let mut y = 132.0;
    let mut rest = rows;
    while let [first, ..] = rest {
        let same = rest.iter().take_while(|row| row.what.algorithm == first.what.algorithm).count();
        let (suite, others) = rest.split_at(same);
        rest = others;
        let groups: Vec<_> = suite.iter().map(|row| (row.what, bars(row, results))).collect();
        let longest = groups.iter().flat_map(|(_, bars)| bars).map(|bar| bar.micros).fold(f64::MIN_POSITIVE, f64::max);
        text(&mut body, [20.0, y], 14, "start", "bold", first.what.algorithm);
        y += 12.0;
        for (what, bars) in groups.iter().filter(|(_, bars)| !bars.is_empty()) {
            let name = format!("{}{}", what.operation, if what.prepared { ", prepared" } else { "" });
            text(&mut body, [20.0, y + BAR - 2.0], 12, "start", "normal", &name);
            for bar in bars {
                let width = bar.micros / longest * LENGTH;
                text(&mut body, [LEFT - 10.0, y + BAR - 2.0], 11, "end", "normal", &bar.name);
                rectangle(&mut body, [LEFT, y], [width, BAR], bar.colour);
                text(&mut body, [LEFT + width + 6.0, y + BAR - 2.0], 11, "start", "normal", &micros(bar.micros));
                y += BAR + 3.0;
            }
            y += 8.0;
        }
        y += 22.0;
    }
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {y:.0}' width='{WIDTH}' height='{y:.0}' \
         font-family='Helvetica, Arial, sans-serif'>\n<rect width='{WIDTH}' height='{y:.0}' \
         fill='#fcfbf8'/>\n{body}</svg>\n"
    )
}
