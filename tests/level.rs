//! Which level of code a library for x86-64 chooses, here and when PQHYBRID_BACKEND says otherwise. tests/linux/x86_64.sh lets
//! whole programs do so on other processors.
#![cfg(all(target_arch = "x86_64", target_os = "linux"))]

use pqhybrid::ffi::level::pqhybrid_choose_level;
use std::process::Command;

/// By the kernel's word, not by ours.
fn best() -> u32 {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap();
    let flags: Vec<&str> = cpu.lines().find(|line| line.starts_with("flags")).unwrap().split_whitespace().collect();
    let has = |wanted: &[&str]| wanted.iter().all(|flag| flags.contains(flag));
    match has(&["avx2", "bmi1", "bmi2", "fma", "movbe", "f16c", "abm"]) {
        false => 1,
        true if has(&["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]) => 3,
        true => 2,
    }
}

/// In a process of its own: the environment is its to have.
#[test]
#[ignore = "what `level` runs"]
fn chosen() {
    println!("chosen: {}", pqhybrid_choose_level());
}

#[test]
fn level() {
    let cases = [
        (None, best()),
        (Some("x86-64"), 1),
        (Some("x86-64-v3"), best().min(2)),
        (Some("x86-64-v4"), best()),
        (Some("x86-64-v5"), best()),
        (Some(""), best()),
        (Some("x86-6"), best()),
        (Some("x86-64 "), best()),
        (Some("X86-64"), best()),
    ];
    for (wish, expected) in cases {
        let mut other = Command::new(std::env::current_exe().unwrap());
        other.args(["chosen", "--exact", "--ignored", "--nocapture"]).env_remove("PQHYBRID_BACKEND");
        if let Some(wish) = wish {
            other.env("PQHYBRID_BACKEND", wish);
        }
        let said = String::from_utf8(other.output().unwrap().stdout).unwrap();
        assert!(said.contains(&format!("chosen: {expected}\n")), "with PQHYBRID_BACKEND {wish:?}: {said}");
    }
    println!("level: {} cases", cases.len());
}
