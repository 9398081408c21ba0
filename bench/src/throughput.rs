//! Many keys and messages at once, by a caller's threads: operations a second, and how they grow with the threads.

use crate::operation::{self, Operation, What};
use crate::ours;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

pub struct Throughput {
    pub what: What,
    /// Threads, and operations a second of all of them.
    pub by_threads: Vec<(usize, f64)>,
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
            let mut by_threads: Vec<_> = thread_counts().into_iter().map(|threads| (threads, 0.0)).collect();
            for _ in 0..TURNS {
                for (threads, most) in &mut by_threads {
                    *most = f64::max(*most, a_second(what, *threads, time));
                }
            }
            Throughput { what, by_threads }
        })
        .collect()
}

/// How often all threads together do the operation in a second, each with keys and messages of its own.
fn a_second(what: What, threads: usize, time: Duration) -> f64 {
    let (start, stop) = (Barrier::new(threads + 1), AtomicBool::new(false));
    let work = || {
        let mut operation = mine(what);
        start.wait();
        let (begin, mut calls) = (Instant::now(), 0.0);
        while !stop.load(Ordering::Relaxed) {
            (operation.run)();
            calls += 1.0;
        }
        calls / begin.elapsed().as_secs_f64()
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        start.wait();
        thread::sleep(time);
        stop.store(true, Ordering::Relaxed);
        workers.into_iter().map(|worker| worker.join().expect("a thread that ends")).sum()
    })
}

fn mine(what: What) -> Operation {
    let mut all = operation::of(ours::library()).into_iter();
    all.find(|operation| operation.what == what).expect("it was there before")
}
