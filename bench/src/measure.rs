//! Interleaved rounds: in each, every operation runs for a moment, in an order that changes, so that what disturbs the
//! machine disturbs all of them alike.

use crate::machine::thread_seconds;
use crate::operation::{Operation, What};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// What was measured of an operation.
pub struct Samples {
    pub by: &'static str,
    pub what: What,
    /// Calls a round.
    pub batch: u32,
    /// Microseconds a call, one figure a round; all operations have the same rounds.
    pub rounds: Vec<f64>,
}

impl Samples {
    pub fn median(&self) -> f64 {
        quantile(&self.settled(&self.rounds), 0.5)
    }

    /// What of the figures of rounds, of this operation or derived from it, is to be ranked: themselves, or, where what
    /// is done takes a random number of attempts, averages of some rounds each, so that a median is one of averages.
    pub fn settled(&self, rounds: &[f64]) -> Vec<f64> {
        let together = if attempts(&self.what) { (rounds.len() / LEAST_ROUNDS).clamp(1, 10) } else { 1 };
        rounds.chunks_exact(together).map(|some| some.iter().sum::<f64>() / together as f64).collect()
    }
}

/// Lattice signatures are tried until one will do.
fn attempts(what: &What) -> bool {
    what.operation == "sign" && !what.algorithm.starts_with("Ed")
}

/// The value below which that share of the values lies.
#[must_use]
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = share * (sorted.len() - 1) as f64;
    let (low, part) = (at.floor() as usize, at.fract());
    let next = sorted[(low + 1).min(sorted.len() - 1)];
    sorted[low] * (1.0 - part) + next * part
}

/// How long an operation runs in a round. A signature takes a random number of attempts, so it takes more of them until
/// their average is one.
fn slice(what: &What, unit: Duration) -> Duration {
    if attempts(what) { 8 * unit } else { unit }
}

pub struct Plan {
    /// What an operation's share of a round is measured by.
    pub unit: Duration,
    /// Of all rounds.
    pub total: Duration,
}

/// Rounds below which a median, and its spread, would say little.
const LEAST_ROUNDS: usize = 11;

pub fn all(operations: &mut [Operation], plan: &Plan) -> Vec<Samples> {
    let mut samples: Vec<_> = operations
        .iter_mut()
        .map(|operation| {
            let once = warm_up(operation, plan.unit);
            let batch = (slice(&operation.what, plan.unit).as_secs_f64() / once).ceil().clamp(1.0, 1e6);
            Samples { by: operation.by, what: operation.what, batch: batch as u32, rounds: vec![] }
        })
        .collect();
    let mut order: Vec<usize> = (0..operations.len()).collect();
    let mut dice = 0x9e37_79b9_7f4a_7c15;
    let start = Instant::now();
    for round in 0.. {
        let elapsed = start.elapsed();
        if round >= LEAST_ROUNDS && elapsed >= plan.total {
            break;
        }
        if round % 16 == 0 {
            eprint!("\rround {round}, {} of {} s ", elapsed.as_secs(), plan.total.as_secs());
        }
        shuffle(&mut order, &mut dice);
        for &at in &order {
            let (operation, samples) = (&mut operations[at], &mut samples[at]);
            // The caches and predictors of the operation before are not what is measured.
            (operation.run)();
            (operation.run)();
            let begin = thread_seconds();
            for _ in 0..samples.batch {
                black_box(&mut operation.run)();
            }
            samples.rounds.push((thread_seconds() - begin) * 1e6 / f64::from(samples.batch));
        }
    }
    eprintln!("\r{} rounds in {} s          ", samples[0].rounds.len(), start.elapsed().as_secs());
    samples
}

/// Runs an operation for a while, and tells the seconds that a call takes.
fn warm_up(operation: &mut Operation, unit: Duration) -> f64 {
    let (start, mut calls) = (thread_seconds(), 0);
    while calls < 5 || thread_seconds() - start < 10.0 * unit.as_secs_f64() {
        (operation.run)();
        calls += 1;
    }
    (thread_seconds() - start) / f64::from(calls)
}

fn shuffle(order: &mut [usize], dice: &mut u64) {
    for last in (1..order.len()).rev() {
        *dice ^= *dice << 13;
        *dice ^= *dice >> 7;
        *dice ^= *dice << 17;
        order.swap(last, (*dice % (last as u64 + 1)) as usize);
    }
}
