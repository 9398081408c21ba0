//! What every exported function does before and after its work: check the pointers, run the work in a frame of its own,
//! zero the outputs if it failed, scrub the stack that it used.

use super::depth::SHALLOW;
use super::status::{from_result, pqh_status};
use crate::error::Error;
use crate::memory;

/// One argument of a call, as the fence sees it.
#[derive(Clone, Copy)]
pub(super) struct Arg {
    start: usize,
    len: usize,
    /// Whether a pointer of length 0 may be NULL.
    optional: bool,
    output: bool,
}

/// A buffer that the call writes, of a size that the ABI fixes.
pub(super) fn output<T>(pointer: *mut T, len: usize) -> Arg {
    Arg { start: pointer.addr(), len, optional: false, output: true }
}

/// A buffer that the call reads, of a size that the ABI fixes.
pub(super) fn input<T>(pointer: *const T, len: usize) -> Arg {
    Arg { start: pointer.addr(), len, optional: false, output: false }
}

/// A buffer that the call reads, of a size that the caller gives; NULL is allowed if it is 0.
pub(super) fn sized_input(pointer: *const u8, len: usize) -> Arg {
    Arg { start: pointer.addr(), len, optional: true, output: false }
}

impl Arg {
    fn is_missing(&self) -> bool {
        let null = self.start == 0 && !(self.optional && self.len == 0);
        null || self.len > isize::MAX.unsigned_abs() || self.start.checked_add(self.len).is_none()
    }

    fn overlaps(&self, other: &Arg) -> bool {
        // Neither sum wraps: `is_missing` has seen to that. An empty buffer overlaps nothing, wherever it points.
        let empty = self.len == 0 || other.len == 0;
        !empty && self.start < other.start.wrapping_add(other.len) && other.start < self.start.wrapping_add(self.len)
    }
}

/// Whether the call may go on: no required pointer is NULL, no output overlaps another argument.
fn admit(args: &[Arg]) -> Result<(), Error> {
    if args.iter().any(Arg::is_missing) {
        return Err(Error::Null);
    }
    for (position, one) in args.iter().enumerate() {
        for other in args.iter().skip(position.wrapping_add(1)) {
            if (one.output || other.output) && one.overlaps(other) {
                return Err(Error::Overlap);
            }
        }
    }
    Ok(())
}

/// Admits `args`, runs `work`, and overwrites the stack that it used: `DEPTH` bytes, or few if it failed before it began.
pub(super) fn enter<const DEPTH: usize>(args: &[Arg], work: impl FnOnce() -> Result<(), Error>) -> pqh_status {
    if let Err(error) = admit(args) {
        return from_result(Err(error));
    }
    let result = in_own_frame(work);
    match result {
        // These two are found out first. The stack may be too small for more, and nobody was warned.
        Err(Error::ContextLength | Error::Random) => memory::scrub_stack::<SHALLOW>(),
        _ => memory::scrub_stack::<DEPTH>(),
    }
    from_result(result)
}

/// Keeps what `work` does out of the caller's frame, so that `scrub_stack` reaches all of it.
#[inline(never)]
fn in_own_frame(work: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
    work()
}

/// Runs `work` on an output and leaves the output all zero if it fails.
pub(super) fn all_or_nothing<const A: usize>(
    a: &mut [u8; A],
    work: impl FnOnce(&mut [u8; A]) -> Result<(), Error>,
) -> Result<(), Error> {
    work(a).inspect_err(|_| memory::wipe(a))
}

/// The same for two outputs.
pub(super) fn both_or_nothing<const A: usize, const B: usize>(
    a: &mut [u8; A],
    b: &mut [u8; B],
    work: impl FnOnce(&mut [u8; A], &mut [u8; B]) -> Result<(), Error>,
) -> Result<(), Error> {
    all_or_nothing(a, |a| all_or_nothing(b, |b| work(a, b)))
}

/// # Safety
/// `pointer` has been admitted and is valid for `N` bytes while the reference lives.
pub(super) unsafe fn array<'a, const N: usize>(pointer: *const u8) -> &'a [u8; N] {
    // SAFETY: as the caller promises; an array of bytes has no alignment.
    unsafe { &*pointer.cast() }
}

/// An output, all zero to begin with: what the caller left in it may be uninitialised, and a reference may not.
///
/// # Safety
/// As for `array`, and nothing else refers to those bytes meanwhile.
pub(super) unsafe fn array_mut<'a, const N: usize>(pointer: *mut u8) -> &'a mut [u8; N] {
    // SAFETY: as the caller promises; an array of bytes has no alignment.
    unsafe {
        pointer.write_bytes(0, N);
        &mut *pointer.cast()
    }
}

/// # Safety
/// `pointer` has been admitted and is valid for `len` bytes while the reference lives.
pub(super) unsafe fn slice<'a>(pointer: *const u8, len: usize) -> &'a [u8] {
    if len == 0 {
        return &[];
    }
    // SAFETY: as the caller promises; not NULL, because only an empty one may be, and not over isize::MAX.
    unsafe { core::slice::from_raw_parts(pointer, len) }
}
