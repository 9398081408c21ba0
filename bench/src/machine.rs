//! What the figures hold for: the machine, the compilers, the versions; and staying on one processor.

use std::fs;
use std::process::Command;

fn first_line(of: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(of).ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// The processor, and the levels and extensions that code is chosen by.
pub fn processor() -> String {
    let model = first_line("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let family = first_line("/proc/cpuinfo", "cpu family").map_or(String::new(), |family| format!(", family {family}"));
    let features = first_line("/proc/cpuinfo", "flags").or_else(|| first_line("/proc/cpuinfo", "Features"));
    let features = features.unwrap_or_default();
    let known = ["avx2", "bmi2", "adx", "avx512f", "avx512vl", "avx512ifma", "asimd", "sha3"];
    let has: Vec<_> = known.into_iter().filter(|name| features.split(' ').any(|feature| feature == *name)).collect();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{model}{family} ({}; {}; {cores} processors)", std::env::consts::ARCH, has.join(", "))
}

pub fn kernel() -> String {
    fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim().to_owned()
}

/// How busy the machine was in the last minute, in processors.
pub fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}

/// The day.
pub fn today() -> String {
    let date = Command::new("date").args(["-u", "+%Y-%m-%d"]).output();
    date.map_or_else(|_| String::new(), |date| String::from_utf8_lossy(&date.stdout).trim().to_owned())
}

/// Seconds that this thread has run: what other programs take of the processor meanwhile does not count.
pub fn thread_seconds() -> f64 {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: a place of that type.
    assert_eq!(unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut now) }, 0);
    now.tv_sec as f64 + now.tv_nsec as f64 * 1e-9
}

/// Keeps this thread on the last processor that it may run on, which is the least busy with interrupts; gives back
/// where it might run before.
#[must_use]
pub fn pin() -> libc::cpu_set_t {
    // SAFETY: sets of the size that is said, of this thread.
    unsafe {
        let mut all: libc::cpu_set_t = std::mem::zeroed();
        let size = size_of_val(&all);
        assert_eq!(libc::sched_getaffinity(0, size, &mut all), 0, "the system tells where this thread may run");
        let last = (0..libc::CPU_SETSIZE as usize).rfind(|cpu| libc::CPU_ISSET(*cpu, &all)).expect("some processor");
        let mut one: libc::cpu_set_t = std::mem::zeroed();
        libc::CPU_SET(last, &mut one);
        assert_eq!(libc::sched_setaffinity(0, size, &one), 0, "the system keeps this thread on a processor");
        all
    }
}

pub fn unpin(to: &libc::cpu_set_t) {
    // SAFETY: a set of the size that is said, of this thread.
    assert_eq!(unsafe { libc::sched_setaffinity(0, size_of_val(to), to) }, 0);
}
