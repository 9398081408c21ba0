//! The limit of a signature's context, the same for both suites.

/// The longest context of a signature, in bytes.
pub const PQH_CONTEXT_MAX_BYTES: usize = 255;

// The header's literal is the construction's limit.
const _: () = assert!(PQH_CONTEXT_MAX_BYTES == crate::sig::CONTEXT_MAX_BYTES);

/// PQH_CONTEXT_MAX_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_context_max_bytes() -> usize {
    PQH_CONTEXT_MAX_BYTES
}
