//! Another Rust library in the same program: one with the standard library.

/// The sum of the numbers up to `n`; or 0 if that panics, which is caught by unwinding.
#[unsafe(no_mangle)]
pub extern "C" fn other_std_sum(n: u32) -> u32 {
    std::panic::set_hook(Box::new(|_| ()));
    std::panic::catch_unwind(|| {
        let numbers: Vec<u32> = (1..=n).collect();
        assert!(numbers.len() < 1000);
        numbers.iter().sum()
    })
    .unwrap_or(0)
}
