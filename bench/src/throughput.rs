//! Many keys and messages at once, by a caller's threads: operations a second, and how they grow with the threads.

use crate::machine::thread_seconds;
use crate::operation::{self, Operation, What};
use crate::ours;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

pub struct Throughput {
    pub what: What,
    pub by_threads: Vec<Rates>,
}

pub struct Rates {
    pub threads: usize,
    /// Operations a second, of all threads together, by the clock on the wall.
    pub all: f64,
    /// Operations of one thread in a second that it ran, on average: the same for any number of threads if none is in
    /// another's way, whatever else the machine does.
    pub each: f64,
}

/// What a server does much of.
fn wanted(what: &What) -> bool {
    ["encaps", "decaps", "verify"].contains(&what.operation)
}

/// 1, 2, 4, … and as many as there are processors.
fn thread_counts() -> Vec<usize> {
    let most = thread::available_parallelism().map_or(1, usize::from);
    let mut counts: Vec<_> = (0..).map(|power| 1 << power).take_while(|count| *count < most).collect();
    counts.push(most);
    counts
}

/// Turns through all counts of threads; the best of them counts, since what disturbs only makes it less.
const TURNS: usize = 3;

/// `time` is that of one operation with one count of threads, once.
pub fn all(time: Duration) -> Vec<Throughput> {
    let names = operation::of(ours::library()).into_iter().map(|operation| operation.what).filter(wanted);
    names
        .map(|what| {
            eprint!("\rthroughput: {what}                    ");
            let none = |threads| Rates { threads, all: 0.0, each: 0.0 };
            let mut by_threads: Vec<_> = thread_counts().into_iter().map(none).collect();
            for _ in 0..TURNS {
                for most in &mut by_threads {
                    let (all, each) = a_second(what, most.threads, time);
                    *most = Rates { threads: most.threads, all: most.all.max(all), each: most.each.max(each) };
                }
            }
            Throughput { what, by_threads }
        })
        .collect()
}

/// How often all threads together do the operation in a second, each with keys and messages of its own; and how often one
/// does in a second of the processor's.
fn a_second(what: What, threads: usize, time: Duration) -> (f64, f64) {
    let (start, stop) = (Barrier::new(threads + 1), AtomicBool::new(false));
    let work = || {
        let mut operation = mine(what);
        start.wait();
        let (begin, ran, mut calls) = (Instant::now(), thread_seconds(), 0.0);
        while !stop.load(Ordering::Relaxed) {
            (operation.run)();
            calls += 1.0;
        }
        (calls / begin.elapsed().as_secs_f64(), calls / (thread_seconds() - ran) / threads as f64)
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        start.wait();
        thread::sleep(time);
        stop.store(true, Ordering::Relaxed);
        let rates = workers.into_iter().map(|worker| worker.join().expect("a thread that ends"));
        rates.fold((0.0, 0.0), |sum, rate| (sum.0 + rate.0, sum.1 + rate.1))
    })
}

fn mine(what: What) -> Operation {
    let mut all = operation::of(ours::library()).into_iter();
    all.find(|operation| operation.what == what).expect("it was there before")
}
