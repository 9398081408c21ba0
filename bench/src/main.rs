//! Measures this library beside others. README.md says how.
#![allow(clippy::undocumented_unsafe_blocks)] // one comment for the functions of a file that are alike

mod cctv;
mod check;
mod check_hybrids;
mod compare;
mod document;
mod figure;
mod halves;
mod machine;
mod measure;
mod operation;
mod ours;
mod peers;
mod report;
mod scheme;
mod throughput;

use compare::Results;
use measure::Plan;
use std::process::ExitCode;
use std::time::Duration;

const HELP: &str = "\
Measures this library's C ABI beside other people's libraries, after a check that they agree.

usage: bench/run.sh [--quick] [--seconds N] [--only TEXT] [--out FOLDER]

  --quick        some twenty seconds, for a smoke test: its figures say little
  --seconds N    how long the rounds take, without warming up and throughput; by default 220
  --only TEXT    only libraries and operations whose names hold TEXT, for work on one of them
  --out FOLDER   writes performance.md, .csv and .svg there; without it, only the terminal";

/// The version of a package, from the lock file.
pub fn version_of(package: &str) -> String {
    let found =
        env!("PACKAGES").split(';').filter_map(|entry| entry.split_once(' ')).find(|(name, _)| *name == package);
    found.map_or_else(String::new, |(_, version)| version.to_owned())
}

#[derive(Default)]
struct Arguments {
    quick: bool,
    seconds: Option<u64>,
    only: Option<String>,
    out: Option<String>,
}

fn arguments() -> Result<Arguments, String> {
    let mut given = std::env::args().skip(1);
    let mut all = Arguments::default();
    while let Some(argument) = given.next() {
        let mut value = || given.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--quick" => all.quick = true,
            "--seconds" => all.seconds = Some(value()?.parse().map_err(|_| "--seconds needs a number")?),
            "--only" => all.only = Some(value()?),
            "--out" => all.out = Some(value()?),
            "--help" | "-h" => return Err(HELP.to_owned()),
            other => return Err(format!("{other} is no argument\n\n{HELP}")),
        }
    }
    Ok(all)
}

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(what) => {
            let help = what == HELP;
            if help {
                println!("{what}")
            } else {
                eprintln!("bench: {what}")
            }
            return if help { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    let before = machine::load();
    let mut libraries = vec![ours::library(), halves::library()];
    libraries.extend(peers::all());
    let versions: Vec<_> = libraries.iter().map(|library| (library.name, library.version.clone())).collect();
    let agreed = check_hybrids::all() + check::all(&libraries);
    println!("bench: {agreed} checks that the libraries agree");

    let mut operations: Vec<_> = libraries.into_iter().flat_map(operation::of).collect();
    if let Some(only) = &arguments.only {
        operations.retain(|operation| format!("{} {}", operation.by, operation.what).contains(only.as_str()));
    }
    if operations.is_empty() {
        eprintln!("bench: no operation was measured");
        return ExitCode::FAILURE;
    }
    let (unit, seconds) = if arguments.quick { (100, 8) } else { (1000, 220) };
    let plan =
        Plan { unit: Duration::from_micros(unit), total: Duration::from_secs(arguments.seconds.unwrap_or(seconds)) };
    let everywhere = machine::pin();
    let samples = measure::all(&mut operations, &plan);
    machine::unpin(&everywhere);
    let moment = Duration::from_millis(if arguments.quick { 5 } else { 300 });
    let throughput = if arguments.only.is_some() { vec![] } else { throughput::all(moment) };
    eprintln!();

    let (rows, results) = (compare::rows(), Results(&samples));
    let document = document::Document {
        rows: &rows,
        results: &results,
        throughput: &throughput,
        cctv: cctv::table(&results),
        versions: &versions,
        load: &before,
        agreed,
    };
    println!("{}", document.body());
    println!("bench: {} operations", samples.len());
    let Some(folder) = arguments.out else { return ExitCode::SUCCESS };
    match document.write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("bench: {folder}: {why}");
            ExitCode::FAILURE
        }
    }
}
