//! Which level of the code runs, in a library that holds several. `tools/trampolines.sh` makes the functions that ask.

use crate::primitives::cpu;
use core::ffi::{CStr, c_char};

unsafe extern "C" {
    /// The C library's.
    fn getenv(name: *const c_char) -> *const c_char;
}

/// The levels, lowest first, by the names that `pqh_backend` gives and PQHYBRID_BACKEND takes. The trampolines count from 1. The
/// code of the last three is one, which itself looks which of them it is.
const NAMES: [&CStr; 4] = [c"x86-64", c"x86-64-v3", c"x86-64-v4", c"x86-64-v4-ifma"];

/// The number of the best level that this CPU has, or of a lower one that PQHYBRID_BACKEND names. Another value is no wish. All
/// levels are as safe as each other, so that no harm is done where somebody else chooses the environment.
///
/// Not exported: the name is the trampolines', and becomes local when the library is linked.
#[unsafe(no_mangle)]
pub extern "C" fn pqhybrid_choose_level() -> u32 {
    let best = cpu::Cpuid::read().level();
    (1..best).zip(NAMES).find(|(_, name)| wished(name)).map_or(best, |(level, _)| level)
}

fn wished(name: &CStr) -> bool {
    // SAFETY: the argument is a C string.
    let value = unsafe { getenv(c"PQHYBRID_BACKEND".as_ptr()) };
    // SAFETY: what is not NULL is a C string, of which nothing is read after the first byte that differs, or its end.
    !value.is_null()
        && name
            .to_bytes_with_nul()
            .iter()
            .enumerate()
            .all(|(i, byte)| unsafe { value.add(i).cast::<u8>().read() } == *byte)
}
