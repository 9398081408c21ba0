//! Which level of code a library for x86-64 chooses, here and when PQHYBRID_BACKEND says otherwise. tests/linux/x86_64.sh lets
//! whole programs do so on other processors.
#![cfg(all(target_arch = "x86_64", target_os = "linux"))]

use pqhybrid::ffi::level::pqhybrid_choose_level;
use pqhybrid::primitives::cpu::Cpuid;
use std::process::Command;

/// By the kernel's word, not by ours.
fn best() -> u32 {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap();
    let flags: Vec<&str> = cpu.lines().find(|line| line.starts_with("flags")).unwrap().split_whitespace().collect();
    let has = |wanted: &[&str]| wanted.iter().all(|flag| flags.contains(flag));
    match has(&["avx2", "bmi1", "bmi2", "fma", "movbe", "f16c", "abm"]) {
        false => 1,
        true if !has(&["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]) => 2,
        true if !has(&["avx512ifma"]) => 3,
        true => 4,
    }
}

/// Each bit that a level asks for, taken away from a processor that has all; by the lists of the x86-64 psABI.
#[test]
fn bits() {
    let all = Cpuid { leaf_1_ecx: !0, leaf_7_ebx: !0, extended_1_ecx: !0, xcr0: !0 };
    let none = Cpuid { leaf_1_ecx: 0, leaf_7_ebx: 0, extended_1_ecx: 0, xcr0: 0 };
    assert_eq!((all.level(), none.level()), (4, 1));
    // Processors of 2013, 2017 and 2019, with nothing but what their levels ask for.
    let haswell = Cpuid { leaf_1_ecx: 0x38d8_3201, leaf_7_ebx: 0x128, extended_1_ecx: 0x21, xcr0: 6 };
    let skylake = Cpuid { leaf_7_ebx: 0xd003_0128, xcr0: 0xe6, ..haswell };
    let ice_lake = Cpuid { leaf_7_ebx: 0xd023_0128, ..skylake };
    assert_eq!((haswell.level(), skylake.level(), ice_lake.level()), (2, 3, 4));
    let mut cases = 5;
    for bit in 0..32 {
        let without = !(1u32 << bit);
        for found in [all, skylake, ice_lake] {
            let expected = |v3: &[u32], v4: &[u32], ifma: &[u32]| match bit {
                _ if v3.contains(&bit) => 1,
                _ if v4.contains(&bit) => 2,
                _ if ifma.contains(&bit) => 3,
                _ => found.level(),
            };
            let leaf_1 = Cpuid { leaf_1_ecx: found.leaf_1_ecx & without, ..found };
            assert_eq!(
                leaf_1.level(),
                expected(&[0, 9, 12, 13, 19, 20, 22, 23, 27, 28, 29], &[], &[]),
                "leaf 1, bit {bit}"
            );
            let leaf_7 = Cpuid { leaf_7_ebx: found.leaf_7_ebx & without, ..found };
            assert_eq!(leaf_7.level(), expected(&[3, 5, 8], &[16, 17, 28, 30, 31], &[21]), "leaf 7, bit {bit}");
            let extended = Cpuid { extended_1_ecx: found.extended_1_ecx & without, ..found };
            assert_eq!(extended.level(), expected(&[0, 5], &[], &[]), "leaf 0x80000001, bit {bit}");
            let saved = Cpuid { xcr0: found.xcr0 & u64::from(without), ..found };
            assert_eq!(saved.level(), expected(&[1, 2], &[5, 6, 7], &[]), "XCR0, bit {bit}");
            cases += 4;
        }
    }
    println!("level bits: {cases} cases");
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
        (Some("x86-64-v4"), best().min(3)),
        (Some("x86-64-v4-ifma"), best()),
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
