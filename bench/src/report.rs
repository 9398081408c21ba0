//! The tables, as Markdown, which is what the terminal shows as well; and the medians as CSV.

use crate::compare::{Comparison, Keys, Results, Row};
use crate::measure::{Samples, quantile};
use crate::operation::What;
use crate::throughput::{Rates, Throughput};
use crate::{halves, ours};
use std::fmt::Write;

/// Columns that line up, so that it reads well without being rendered.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([head[column].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..head.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded = cells.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        format!("| {} |\n", padded.collect::<Vec<_>>().join(" | "))
    };
    let rule = widths
        .iter()
        .enumerate()
        .map(|(column, width)| if column == 0 { "-".repeat(*width) } else { format!("{}:", "-".repeat(width - 1)) });
    let mut out = line(&head.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
    let _ = writeln!(out, "| {} |", rule.collect::<Vec<_>>().join(" | "));
    rows.iter().for_each(|row| out += &line(row));
    out
}

pub fn micros(value: f64) -> String {
    if value < 99.95 { format!("{value:.1}") } else { format!("{value:.0}") }
}

/// Ours divided by theirs, the spread, and the target where there is one.
fn ratio(comparison: Option<&Comparison>, target: Option<f64>) -> String {
    let Some(comparison) = comparison else { return "–".to_owned() };
    let Comparison { ratio, low, high, .. } = comparison;
    let verdict = match target {
        Some(target) if *ratio <= target => format!(" ≤ {target:.2}"),
        Some(target) => format!(" **> {target:.2}**"),
        None => String::new(),
    };
    format!("{ratio:.2} [{low:.2}–{high:.2}]{verdict}")
}

/// Every operation of every suite, beside the best whole hybrid and the best mix.
pub fn suites(rows: &[Row], results: &Results) -> String {
    let cells = rows.iter().filter_map(|row| {
        let ours = results.find(ours::NAME, row.what)?;
        let mut cells = vec![row.what.to_string(), micros(ours.median())];
        for keys in [Keys::Same, Keys::Any] {
            let (whole, mix) = (results.whole(row, keys), results.mix(row, keys));
            cells.push(ratio(whole.as_ref(), row.targets.0));
            cells.push(ratio(mix.as_ref(), row.targets.1));
        }
        Some(cells)
    });
    table(
        &["operation", "µs", "/ best whole hybrid", "/ best mix", "/ whole, any keys", "/ mix, any keys"],
        &cells.collect::<Vec<_>>(),
    )
}

/// Who that is.
pub fn whose(rows: &[Row], results: &Results) -> String {
    let mut cells = vec![];
    for row in rows.iter().filter(|row| results.find(ours::NAME, row.what).is_some()) {
        let same = (Keys::Same, if row.what.prepared { "" } else { "the same keys: " });
        let any = if row.what.prepared { None } else { Some((Keys::Any, "any keys: ")) };
        for (keys, which) in [Some(same), any].into_iter().flatten() {
            for (kind, best) in [("hybrid", results.whole(row, keys)), ("mix", results.mix(row, keys))] {
                if let Some(best) = best {
                    let name = format!("{which}{kind}");
                    cells.push(vec![row.what.to_string(), name, micros(best.median), best.whose]);
                }
            }
        }
    }
    table(&["operation", "compared with", "µs", "whose"], &cells)
}

/// The halves alone.
pub fn halves(results: &Results) -> String {
    let ours = results.0.iter().filter(|samples| samples.by == halves::NAME);
    let cells = ours.filter_map(|half| {
        let best = results.half(half)?;
        let (mine, theirs) = (micros(half.median()), micros(best.median));
        let ratio = ratio(Some(&best), Some(1.0));
        Some(vec![half.what.to_string(), mine, best.whose, theirs, ratio])
    });
    table(&["half", "µs", "fastest other", "µs", "ratio"], &cells.collect::<Vec<_>>())
}

/// Everybody's medians; a column is a library.
pub fn everybody(results: &Results) -> String {
    let mut names: Vec<&str> = vec![];
    let mut whats: Vec<What> = vec![];
    for samples in results.0 {
        if !names.contains(&samples.by) {
            names.push(samples.by);
        }
        if !whats.contains(&samples.what) {
            whats.push(samples.what);
        }
    }
    let order = |what: &What| {
        let operations = ["keygen", "encaps", "decaps", "agree", "sign", "verify"];
        let at = operations.iter().position(|operation| *operation == what.operation);
        (what.algorithm.to_owned(), at, what.prepared)
    };
    whats.sort_by_key(order);
    let cells = whats.iter().map(|what| {
        let medians = names.iter().map(|name| results.find(name, *what).map_or(String::new(), |s| micros(s.median())));
        [what.to_string()].into_iter().chain(medians).collect()
    });
    let head: Vec<_> = ["µs"].into_iter().chain(names.iter().copied()).collect();
    table(&head, &cells.collect::<Vec<_>>())
}

pub fn throughput(all: &[Throughput]) -> String {
    let Some(first) = all.first() else { return String::new() };
    let counts = first.by_threads.iter().map(|rates| rates.threads);
    let heads: Vec<_> = counts
        .flat_map(|threads| {
            let plural = if threads == 1 { "" } else { "s" };
            [format!("{threads} thread{plural}, a second"), "×".to_owned(), "each".to_owned()]
        })
        .collect();
    let heads: Vec<_> = ["operation"].into_iter().chain(heads.iter().map(String::as_str)).collect();
    let cells = all.iter().map(|throughput| {
        let one = &throughput.by_threads[0];
        let figures = throughput.by_threads.iter().flat_map(|rates| {
            let Rates { all, each, .. } = rates;
            [format!("{all:.0}"), format!("{:.2}", all / one.all), format!("{:.2}", each / one.each)]
        });
        [throughput.what.to_string()].into_iter().chain(figures).collect()
    });
    table(&heads, &cells.collect::<Vec<_>>())
}

pub fn csv(samples: &[Samples]) -> String {
    let mut out = "library,algorithm,operation,prepared,median_us,p10_us,p90_us,calls_a_round,rounds\n".to_owned();
    for sample in samples {
        let Samples { by, what, batch, rounds } = sample;
        let settled = sample.settled(rounds);
        let [low, middle, high] = [0.1, 0.5, 0.9].map(|share| quantile(&settled, share));
        let What { algorithm, operation, prepared } = what;
        let _ = writeln!(
            out,
            "{by},{algorithm},{operation},{prepared},{middle:.3},{low:.3},{high:.3},{batch},{}",
            rounds.len()
        );
    }
    out
}
