//! What this library is and what its statuses mean, in words.

use super::status::*;
use crate::primitives::cpu;
use core::ffi::{CStr, c_char};

const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
    Ok(version) => version,
    Err(_) => c"",
};

/// The version of the library that is linked, e.g. "0.1.0"; the header's is PQH_VERSION_MAJOR.MINOR.PATCH.
///
/// Returns a static string.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_version() -> *const c_char {
    VERSION.as_ptr()
}

/// A sentence for people about a status.
///
/// Parameters:
///   status  [in] any value, known or not
///
/// Returns a static string, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_status_string(status: pqh_status) -> *const c_char {
    let sentence = match status {
        PQH_OK => c"success",
        PQH_ERR_NULL => c"a required pointer is NULL, or a length is larger than any object can be",
        PQH_ERR_OVERLAP => c"an output overlaps another argument",
        PQH_ERR_CONTEXT_LENGTH => c"the context is longer than 255 bytes",
        PQH_ERR_PUBLIC_KEY => c"the public key is not valid",
        PQH_ERR_SECRET_KEY => c"the secret key is not valid",
        PQH_ERR_CIPHERTEXT => c"the ciphertext is not valid",
        PQH_ERR_SIGNATURE => c"the signature does not verify",
        PQH_ERR_RANDOM => c"the random source failed",
        PQH_ERR_STATE => {
            c"the prehash state or prepared key is not initialised, was used up or wiped, or is of another kind"
        }
        PQH_ERR_INTERNAL => c"an error inside the library, which should not happen",
        _ => c"not a status of this library",
    };
    sentence.as_ptr()
}

/// Which code runs on this CPU: "x86-64-v4-ifma" (AVX-512 with IFMA), "x86-64-v4" (AVX-512), "x86-64-v3" (AVX2, BMI2), "x86-64",
/// "aarch64-neon", "wasm-simd128" or "portable".
///
/// On x86-64 it is chosen when the library is loaded; the environment variable PQHYBRID_BACKEND, for tests, makes it a lower
/// one, by the name that this function gives it: PQHYBRID_BACKEND=x86-64-v3. Any other value is ignored, and so is what a program
/// sets after it began.
///
/// Returns a static string.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_backend() -> *const c_char {
    cpu::backend().as_ptr()
}
