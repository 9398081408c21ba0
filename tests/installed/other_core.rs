//! Another Rust library in the same program: one without the standard library, with a panic handler of its own.
#![no_std]

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}

/// Byte `at` of the three bytes at `data`.
///
/// # Safety
/// `data` points to three bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn other_core_get(data: *const [u8; 3], at: usize) -> u8 {
    unsafe { (&*data)[at] }
}
