//! The bodies of the signature functions, the same for every suite.

use super::depth::{NONE, SHALLOW};
use super::fence::{self, Arg, array, array_mut, enter, input, output, sized_input, slice};
use super::prepared::{self, Prepared};
use super::random;
use super::status::pqh_status;
use crate::bytes::{split, split_mut};
use crate::error::Error;
use crate::memory::{Zeroize, Zeroizing};
use crate::sig::{DIGEST_BYTES, Prehash, RND_BYTES, STATE_BYTES, check_context};
use core::hint::black_box;

// A suite's operation comes as an argument, one by one: a table of them would keep signing in a program that verifies.
type Sign<const SIG: usize, const SK: usize> =
    fn(&mut [u8; SIG], &[u8; DIGEST_BYTES], &[u8], &[u8; RND_BYTES], &[u8; SK]) -> Result<(), Error>;
type Verify<const SIG: usize, const PK: usize> =
    fn(&[u8; SIG], &[u8; DIGEST_BYTES], &[u8], &[u8; PK]) -> Result<(), Error>;
// What a library with `verify-after-sign` asks before it lets a signature out; any other never calls it.
pub(super) type Check<const SIG: usize, const SK: usize> =
    fn(&[u8; SIG], &[u8; DIGEST_BYTES], &[u8], &[u8; SK]) -> Result<(), Error>;

// The same with prepared keys.
type SignWith<V, const SIG: usize> =
    fn(&V, &mut [u8; SIG], &[u8; DIGEST_BYTES], &[u8], &[u8; RND_BYTES]) -> Result<(), Error>;
pub(super) type CheckWith<V, const SIG: usize> = fn(&V, &[u8; SIG], &[u8; DIGEST_BYTES], &[u8]) -> Result<(), Error>;

/// A pointer and a length, as they come from C.
#[derive(Clone, Copy)]
pub(super) struct Bytes(pub(super) *const u8, pub(super) usize);

/// # Safety
/// Each pointer is NULL or valid for its size, as the header says. This holds for all functions of this file.
pub(super) unsafe fn sign<P: Prehash, const DEPTH: usize, const SIG: usize, const SK: usize>(
    sig: *mut u8,
    msg: Bytes,
    ctx: Bytes,
    rnd: Option<*const u8>,
    sk: *const u8,
    sign: Sign<SIG, SK>,
    check: Check<SIG, SK>,
) -> pqh_status {
    // SAFETY: called after `sk` was admitted, and valid as the caller promises.
    let key = || unsafe { array(sk) };
    let make = |sig: &mut _, digest: &_, ctx: &_, rnd: &_| sign(sig, digest, ctx, rnd, key());
    let check = |sig: &_, digest: &_, ctx: &_| check(sig, digest, ctx, key());
    // SAFETY: as the caller promises.
    unsafe { sign_message::<P, DEPTH, SIG>(sig, msg, ctx, rnd, input(sk, SK), make, check) }
}

/// # Safety
/// As for `sign`.
pub(super) unsafe fn sign_with<P: Prehash, V: Prepared, C, const DEPTH: usize, const SIG: usize>(
    sig: *mut u8,
    msg: Bytes,
    ctx: Bytes,
    rnd: Option<*const u8>,
    key: *const C,
    sign: SignWith<V, SIG>,
    check: CheckWith<V, SIG>,
) -> pqh_status {
    // SAFETY: called after `key` was admitted, and valid as the caller promises.
    let make = |sig: &mut _, digest: &_, ctx: &_, rnd: &_| unsafe {
        prepared::with(key, |key| sign(key, sig, digest, ctx, rnd))
    };
    // SAFETY: likewise.
    let check = |sig: &_, digest: &_, ctx: &_| unsafe { prepared::with(key, |key| check(key, sig, digest, ctx)) };
    // SAFETY: as the caller promises.
    unsafe { sign_message::<P, DEPTH, SIG>(sig, msg, ctx, rnd, input(key, size_of::<C>()), make, check) }
}

/// # Safety
/// As for `sign`. `make` and `check` are called after `key` was admitted.
unsafe fn sign_message<P: Prehash, const DEPTH: usize, const SIG: usize>(
    sig: *mut u8,
    msg: Bytes,
    ctx: Bytes,
    rnd: Option<*const u8>,
    key: Arg,
    make: impl Fn(&mut [u8; SIG], &[u8; DIGEST_BYTES], &[u8], &[u8; RND_BYTES]) -> Result<(), Error>,
    check: impl Fn(&[u8; SIG], &[u8; DIGEST_BYTES], &[u8]) -> Result<(), Error>,
) -> pqh_status {
    let rnd_arg = rnd.map_or(sized_input(core::ptr::null(), 0), |rnd| input(rnd, RND_BYTES));
    let args = [output(sig, SIG), sized_input(msg.0, msg.1), sized_input(ctx.0, ctx.1), rnd_arg, key];
    enter::<DEPTH>(&args, || {
        // SAFETY: admitted, and valid as the caller promises.
        let (sig, msg, ctx) = unsafe { (array_mut(sig), slice(msg.0, msg.1), slice(ctx.0, ctx.1)) };
        fence::all_or_nothing(sig, |sig| {
            check_context(ctx)?;
            let mut drawn = Zeroizing::new([0; RND_BYTES]);
            match rnd {
                // SAFETY: admitted, and valid as the caller promises.
                Some(rnd) => *drawn = *unsafe { array(rnd) },
                None => random::fill(drawn.as_mut_slice())?,
            }
            let make = |sig: &mut _| make(sig, &digest::<P>(msg), ctx, &drawn);
            // The message is hashed anew: a fault may have hit the first digest.
            let check = |sig: &_| check(sig, &digest_again::<P>(msg), ctx);
            let_out(sig, make, check)
        })
    })
}

/// # Safety
/// As for `sign`.
pub(super) unsafe fn sign_prehashed<const DEPTH: usize, const SIG: usize, const SK: usize>(
    sig: *mut u8,
    digest: *const u8,
    ctx: Bytes,
    sk: *const u8,
    sign: Sign<SIG, SK>,
    check: Check<SIG, SK>,
) -> pqh_status {
    // SAFETY: called after `sk` was admitted, and valid as the caller promises.
    let key = || unsafe { array(sk) };
    let make = |sig: &mut _, digest: &_, ctx: &_, rnd: &_| sign(sig, digest, ctx, rnd, key());
    let check = |sig: &_, digest: &_, ctx: &_| check(sig, digest, ctx, key());
    // SAFETY: as the caller promises.
    unsafe { sign_digest::<DEPTH, SIG>(sig, digest, ctx, input(sk, SK), make, check) }
}

/// # Safety
/// As for `sign`.
pub(super) unsafe fn sign_prehashed_with<V: Prepared, C, const DEPTH: usize, const SIG: usize>(
    sig: *mut u8,
    digest: *const u8,
    ctx: Bytes,
    key: *const C,
    sign: SignWith<V, SIG>,
    check: CheckWith<V, SIG>,
) -> pqh_status {
    // SAFETY: called after `key` was admitted, and valid as the caller promises.
    let make = |sig: &mut _, digest: &_, ctx: &_, rnd: &_| unsafe {
        prepared::with(key, |key| sign(key, sig, digest, ctx, rnd))
    };
    // SAFETY: likewise.
    let check = |sig: &_, digest: &_, ctx: &_| unsafe { prepared::with(key, |key| check(key, sig, digest, ctx)) };
    // SAFETY: as the caller promises.
    unsafe { sign_digest::<DEPTH, SIG>(sig, digest, ctx, input(key, size_of::<C>()), make, check) }
}

/// # Safety
/// As for `sign_message`.
unsafe fn sign_digest<const DEPTH: usize, const SIG: usize>(
    sig: *mut u8,
    digest: *const u8,
    ctx: Bytes,
    key: Arg,
    make: impl Fn(&mut [u8; SIG], &[u8; DIGEST_BYTES], &[u8], &[u8; RND_BYTES]) -> Result<(), Error>,
    check: impl Fn(&[u8; SIG], &[u8; DIGEST_BYTES], &[u8]) -> Result<(), Error>,
) -> pqh_status {
    let args = [output(sig, SIG), input(digest, DIGEST_BYTES), sized_input(ctx.0, ctx.1), key];
    enter::<DEPTH>(&args, || {
        // SAFETY: admitted, and valid as the caller promises.
        let (sig, digest, ctx) = unsafe { (array_mut(sig), array(digest), slice(ctx.0, ctx.1)) };
        fence::all_or_nothing(sig, |sig| {
            check_context(ctx)?;
            let mut rnd = Zeroizing::new([0; RND_BYTES]);
            random::fill(rnd.as_mut_slice())?;
            let_out(sig, |sig| make(sig, digest, ctx, &rnd), |sig| check(sig, digest, ctx))
        })
    })
}

/// # Safety
/// As for `sign`.
pub(super) unsafe fn verify<P: Prehash, const SIG: usize, const PK: usize>(
    sig: *const u8,
    msg: Bytes,
    ctx: Bytes,
    pk: *const u8,
    verify: Verify<SIG, PK>,
) -> pqh_status {
    // SAFETY: called after `pk` was admitted, and valid as the caller promises.
    let verify = |sig: &_, digest: &_, ctx: &_| verify(sig, digest, ctx, unsafe { array(pk) });
    // SAFETY: as the caller promises.
    unsafe { verify_message::<P, SIG>(sig, msg, ctx, input(pk, PK), verify) }
}

/// # Safety
/// As for `sign`.
pub(super) unsafe fn verify_with<P: Prehash, V: Prepared, C, const SIG: usize>(
    sig: *const u8,
    msg: Bytes,
    ctx: Bytes,
    key: *const C,
    verify: CheckWith<V, SIG>,
) -> pqh_status {
    // SAFETY: called after `key` was admitted, and valid as the caller promises.
    let verify = |sig: &_, digest: &_, ctx: &_| unsafe { prepared::with(key, |key| verify(key, sig, digest, ctx)) };
    // SAFETY: as the caller promises.
    unsafe { verify_message::<P, SIG>(sig, msg, ctx, input(key, size_of::<C>()), verify) }
}

/// # Safety
/// As for `sign_message`.
unsafe fn verify_message<P: Prehash, const SIG: usize>(
    sig: *const u8,
    msg: Bytes,
    ctx: Bytes,
    key: Arg,
    verify: impl FnOnce(&[u8; SIG], &[u8; DIGEST_BYTES], &[u8]) -> Result<(), Error>,
) -> pqh_status {
    let args = [input(sig, SIG), sized_input(msg.0, msg.1), sized_input(ctx.0, ctx.1), key];
    enter::<NONE>(&args, || {
        // SAFETY: admitted, and valid as the caller promises.
        let (sig, msg, ctx) = unsafe { (array(sig), slice(msg.0, msg.1), slice(ctx.0, ctx.1)) };
        check_context(ctx)?;
        verify(sig, &digest::<P>(msg), ctx)
    })
}

/// # Safety
/// As for `sign`.
pub(super) unsafe fn verify_prehashed<const SIG: usize, const PK: usize>(
    sig: *const u8,
    digest: *const u8,
    ctx: Bytes,
    pk: *const u8,
    verify: Verify<SIG, PK>,
) -> pqh_status {
    // SAFETY: called after `pk` was admitted, and valid as the caller promises.
    let verify = |sig: &_, digest: &_, ctx: &_| verify(sig, digest, ctx, unsafe { array(pk) });
    // SAFETY: as the caller promises.
    unsafe { verify_digest::<SIG>(sig, digest, ctx, input(pk, PK), verify) }
}

/// # Safety
/// As for `sign`.
pub(super) unsafe fn verify_prehashed_with<V: Prepared, C, const SIG: usize>(
    sig: *const u8,
    digest: *const u8,
    ctx: Bytes,
    key: *const C,
    verify: CheckWith<V, SIG>,
) -> pqh_status {
    // SAFETY: called after `key` was admitted, and valid as the caller promises.
    let verify = |sig: &_, digest: &_, ctx: &_| unsafe { prepared::with(key, |key| verify(key, sig, digest, ctx)) };
    // SAFETY: as the caller promises.
    unsafe { verify_digest::<SIG>(sig, digest, ctx, input(key, size_of::<C>()), verify) }
}

/// # Safety
/// As for `sign_message`.
unsafe fn verify_digest<const SIG: usize>(
    sig: *const u8,
    digest: *const u8,
    ctx: Bytes,
    key: Arg,
    verify: impl FnOnce(&[u8; SIG], &[u8; DIGEST_BYTES], &[u8]) -> Result<(), Error>,
) -> pqh_status {
    let args = [input(sig, SIG), input(digest, DIGEST_BYTES), sized_input(ctx.0, ctx.1), key];
    enter::<NONE>(&args, || {
        // SAFETY: admitted, and valid as the caller promises.
        let (sig, digest, ctx) = unsafe { (array(sig), array(digest), slice(ctx.0, ctx.1)) };
        check_context(ctx)?;
        verify(sig, digest, ctx)
    })
}

fn digest<P: Prehash>(message: &[u8]) -> Zeroizing<[u8; DIGEST_BYTES]> {
    let mut digest = Zeroizing::new([0; DIGEST_BYTES]);
    let mut hash = P::new();
    hash.update(message);
    hash.finish(&mut digest);
    digest
}

/// Makes a signature. With `verify-after-sign` that is done in memory of its own, so that nothing is ever in the caller's that
/// was not checked.
fn let_out<const SIG: usize>(
    sig: &mut [u8; SIG],
    make: impl FnOnce(&mut [u8; SIG]) -> Result<(), Error>,
    check: impl FnOnce(&[u8; SIG]) -> Result<(), Error>,
) -> Result<(), Error> {
    if cfg!(not(feature = "verify-after-sign")) {
        return make(sig);
    }
    let mut made = Zeroizing::new([0; SIG]);
    make(&mut made)?;
    check(&made)?;
    *sig = *made;
    // Copying may fail as well.
    if black_box(&*sig) == &*made { Ok(()) } else { Err(Error::Internal) }
}

/// Out of the compiler's sight: it may not take the first digest for this one.
#[inline(never)]
fn digest_again<P: Prehash>(message: &[u8]) -> Zeroizing<[u8; DIGEST_BYTES]> {
    digest::<P>(black_box(message))
}

/// What lies in a caller's opaque prehash state: the name of the hash that was begun in it, and the saved hash. All of it
/// plain bytes, so that it may lie anywhere and be copied, and what is not a state of this suite is found out.
type State = [u8; 256];

fn load<P: Prehash>(state: &State) -> Result<P, Error> {
    let (name, saved) = split::<256, 8, STATE_BYTES>(state)?;
    if *name != P::NAME {
        return Err(Error::State);
    }
    P::load(saved).ok_or(Error::State)
}

fn store<P: Prehash>(hash: &P, state: &mut State) -> Result<(), Error> {
    let (name, saved) = split_mut::<256, 8, STATE_BYTES>(state)?;
    *name = P::NAME;
    hash.save(saved);
    Ok(())
}

/// The caller's state as the bytes that it is.
///
/// # Safety
/// As for `fence::array_mut`, but the bytes are initialised, by `prehash_init` or by whoever else wrote them.
unsafe fn bytes<'a, C>(state: *mut C) -> &'a mut State {
    const { assert!(size_of::<C>() == size_of::<State>()) };
    // SAFETY: as the caller promises; an array of bytes has no alignment.
    unsafe { &mut *state.cast() }
}

/// # Safety
/// As for `sign`.
pub(super) unsafe fn prehash_init<P: Prehash, C>(state: *mut C) -> pqh_status {
    enter::<NONE>(&[output(state, size_of::<C>())], || {
        // SAFETY: admitted, and valid as the caller promises; initialised first.
        let state = unsafe {
            state.cast::<u8>().write_bytes(0, size_of::<C>());
            bytes(state)
        };
        store(&P::new(), state)
    })
}

/// # Safety
/// As for `sign`.
pub(super) unsafe fn prehash_update<P: Prehash, C>(state: *mut C, data: Bytes) -> pqh_status {
    enter::<SHALLOW>(&[output(state, size_of::<C>()), sized_input(data.0, data.1)], || {
        // SAFETY: admitted, and valid as the caller promises.
        let (state, data) = unsafe { (bytes(state), slice(data.0, data.1)) };
        let mut hash: P = load(state)?;
        hash.update(data);
        store(&hash, state)
    })
}

/// # Safety
/// As for `sign`.
pub(super) unsafe fn prehash_final<P: Prehash, C>(state: *mut C, digest: *mut u8) -> pqh_status {
    enter::<SHALLOW>(&[output(state, size_of::<C>()), output(digest, DIGEST_BYTES)], || {
        // SAFETY: admitted, and valid as the caller promises.
        let (state, digest) = unsafe { (bytes(state), array_mut(digest)) };
        fence::all_or_nothing(digest, |digest| {
            load::<P>(state)?.finish(digest);
            // Without a name the state is finalised.
            state.zeroize();
            Ok(())
        })
    })
}
