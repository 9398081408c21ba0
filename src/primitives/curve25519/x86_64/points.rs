//! The functions of points in assembly, each a safe one. All memory that they touch is what their references lend them.
#![allow(unsafe_code)]

use super::kernel::multiply;
use crate::primitives::curve25519::edwards::{Affine, Point};
use crate::primitives::curve25519::montgomery::Ladder;
#[cfg(feature = "mldsa65-ed25519")]
use crate::primitives::curve25519::straus::Cached;
use crate::primitives::curve25519::table::ENTRIES;
use core::arch::asm;
use core::mem::offset_of;

/// The address of a field, by its name, of the ladder or the point at rdi.
macro_rules! at {
    ($field:ident) => {
        concat!("rdi + {", stringify!($field), "}")
    };
}
/// One operation of a program, on fields by their names; `r` is what is in r8 to r11, and `s, d = r with b` their sum
/// and difference.
macro_rules! op {
    ($d:ident = r - $b:ident) => {
        concat!(minus!(at!($b)), store!(at!($d)))
    };
    ($d:ident = $b:ident + 121666 r) => {
        concat!(plus_multiple!(at!($b), "121666"), store!(at!($d)))
    };
    ($sum:ident, $difference:ident = r with $b:ident) => {
        sum_and_difference!(at!($b), at!($sum), at!($difference))
    };
    ($d:ident = $a:ident * $b:ident) => {
        concat!(product!(at!($a), at!($b)), store!(at!($d)))
    };
    ($a:ident * $b:ident) => {
        product!(at!($a), at!($b))
    };
    ($d:ident = $a:ident ^ 2) => {
        concat!(square!(at!($a)), store!(at!($d)))
    };
    ($d:ident = $a:ident or $b:ident) => {
        concat!(
            "vmovdqa ymm2, [",
            at!($a),
            "]\n",
            "vpblendvb ymm2, ymm2, [",
            at!($b),
            "], ymm1\n",
            "vmovdqa [",
            at!($d),
            "], ymm2\n",
        )
    };
}

/// One step of the ladder, see `montgomery`. `flip` is all ones if the two points change places, else zero.
///
/// Bounds: a, b, c and d are loose. s, m and e are sums and differences of products, hence of tight values, as x2 and
/// x3 are; q is the loose result of a multiple. So every subtrahend and every operand of a sum is a product, as it must
/// be.
#[inline]
pub fn ladder_step(l: &mut Ladder, flip: u64) {
    // SAFETY: reads and writes the ladder alone, which is aligned for AVX as its elements are; saves what it may not
    // change.
    unsafe {
        asm!(
            "push rbx",
            "vmovq xmm1, rsi",
            "vpbroadcastq ymm1, xmm1",
            op!(bd = b or d),
            op!(ac = a or c),
            op!(da = d * a),
            op!(c * b),
            op!(s, m = r with da),
            op!(bb = bd ^ 2),
            op!(aa = ac ^ 2),
            op!(e = r - bb),
            op!(q = bb + 121666 r),
            op!(mm = m ^ 2),
            op!(x2 = aa * bb),
            op!(x3 = s ^ 2),
            op!(e * q),
            op!(a, b = r with x2),
            op!(mm * x1),
            op!(c, d = r with x3),
            "pop rbx",
            x1 = const offset_of!(Ladder, x1), x2 = const offset_of!(Ladder, x2), x3 = const offset_of!(Ladder, x3),
            a = const offset_of!(Ladder, a), b = const offset_of!(Ladder, b),
            c = const offset_of!(Ladder, c), d = const offset_of!(Ladder, d),
            ac = const offset_of!(Ladder, ac), bd = const offset_of!(Ladder, bd),
            da = const offset_of!(Ladder, da), s = const offset_of!(Ladder, s), m = const offset_of!(Ladder, m),
            aa = const offset_of!(Ladder, aa), bb = const offset_of!(Ladder, bb), mm = const offset_of!(Ladder, mm),
            e = const offset_of!(Ladder, e), q = const offset_of!(Ladder, q),
            in("rdi") l, inout("rsi") flip => _, out("rax") _, out("rcx") _, out("rdx") _,
            out("r8") _, out("r9") _, out("r10") _, out("r11") _,
            out("r12") _, out("r13") _, out("r14") _, out("r15") _,
            out("ymm1") _, out("ymm2") _,
        );
    }
}

/// The doubling of the ladder's first point alone: half a step, for the bits that are the same in every scalar.
#[inline(never)]
pub fn ladder_double(l: &mut Ladder) {
    // SAFETY: reads and writes the ladder alone, saves what it may not change.
    unsafe {
        asm!(
            "push rbx",
            op!(bb = b ^ 2),
            op!(aa = a ^ 2),
            op!(e = r - bb),
            op!(q = bb + 121666 r),
            op!(x2 = aa * bb),
            op!(e * q),
            op!(a, b = r with x2),
            "pop rbx",
            x2 = const offset_of!(Ladder, x2), a = const offset_of!(Ladder, a), b = const offset_of!(Ladder, b),
            aa = const offset_of!(Ladder, aa), bb = const offset_of!(Ladder, bb),
            e = const offset_of!(Ladder, e), q = const offset_of!(Ladder, q),
            in("rdi") l, out("rsi") _, out("rax") _, out("rcx") _, out("rdx") _,
            out("r8") _, out("r9") _, out("r10") _, out("r11") _,
            out("r12") _, out("r13") _, out("r14") _, out("r15") _,
        );
    }
}

/// The address of a field of the entry of a table at rbp.
macro_rules! entry {
    ($field:ident) => {
        concat!("rbp + {", stringify!($field), "}")
    };
}

/// The sums and differences that a doubling or an addition ends with become the new point.
macro_rules! finish_point {
    () => {
        concat!(op!(y = g * h), op!(x = e * f), op!(z = f * g))
    };
}

/// A function of a `Point` and perhaps of what is at `$entry`.
macro_rules! point_program {
    ($point:ident, $entry:expr, [$($program:expr),* $(,)?], $($field:ident = $offset:expr),* $(,)?) => {
        // SAFETY: reads and writes the point and reads the entry, saves what it may not change.
        unsafe {
            asm!(
                "push rbx",
                "push rbp",
                "mov rbp, rsi",
                $($program),*,
                "pop rbp",
                "pop rbx",
                $($field = const $offset,)*
                x = const offset_of!(Point, x), y = const offset_of!(Point, y),
                z = const offset_of!(Point, z),
                e = const offset_of!(Point, room), f = const offset_of!(Point, room) + 32,
                g = const offset_of!(Point, room) + 64, h = const offset_of!(Point, room) + 96,
                in("rdi") $point, inout("rsi") $entry => _, out("rax") _, out("rcx") _, out("rdx") _,
                out("r8") _, out("r9") _, out("r10") _, out("r11") _,
                out("r12") _, out("r13") _, out("r14") _, out("r15") _,
            );
        }
    };
}

/// Twice the point.
///
/// A = x^2, B = y^2, e = 2xy, h = A + B, g = B - A, f = 2z^2 - g; then (ef : gh : fg : eh), the textbook's with the
/// signs of f and h changed. Bounds: A, B, xy and z^2 are tight, so h, g, e and 2z^2 are loose, and f is by
/// `minus_loose`.
#[inline(never)]
pub fn double(p: &mut Point) {
    point_program!(
        p,
        0usize,
        [
            op!(a = x ^ 2),
            concat!(product!(at!(x), at!(y)), twice!(), store!(at!(e))),
            square!(at!(y)),
            op!(h, g = r with a),
            concat!(square!(at!(z)), twice!(), minus_loose!(at!(g)), store!(at!(f))),
            finish_point!(),
        ],
        a = offset_of!(Point, room) + 128,
    );
}

/// The point plus an entry of a table.
///
/// With A = (y - x) (y - x of the entry), B and the sums likewise, and c = t times minus dxy: h = B + A, e = A - B, f =
/// z + c, g = c - z; then (ef : gh : fg : eh), the textbook's with the signs of e and g changed. Bounds: A, B, c, z, x
/// and y are tight.
#[inline(never)]
pub fn add_affine(p: &mut Point, entry: &Affine) {
    point_program!(
        p,
        entry,
        [
            concat!(load!(at!(y)), op!(s, m = r with x)),
            concat!(product!(at!(s), entry!(y_plus_x)), store!(at!(b))),
            product!(at!(m), entry!(y_minus_x)),
            op!(h, e = r with b),
            product!(at!(t), entry!(minus_dxy)),
            op!(f, g = r with z),
            finish_point!(),
        ],
        t = offset_of!(Point, t),
        s = offset_of!(Point, room) + 128,
        m = offset_of!(Point, room) + 160,
        b = offset_of!(Point, room) + 192,
        y_plus_x = offset_of!(Affine, y_plus_x),
        y_minus_x = offset_of!(Affine, y_minus_x),
        minus_dxy = offset_of!(Affine, minus_dxy),
    );
}

/// The point plus one that was made ready: as above, with z times twice the other Z in place of z, and -2d T in place
/// of -dxy.
#[cfg(feature = "mldsa65-ed25519")]
#[inline(never)]
pub fn add_cached(p: &mut Point, entry: &Cached) {
    point_program!(
        p,
        entry,
        [
            concat!(load!(at!(y)), op!(s, m = r with x)),
            concat!(product!(at!(s), entry!(y_plus_x)), store!(at!(b))),
            product!(at!(m), entry!(y_minus_x)),
            op!(h, e = r with b),
            concat!(product!(at!(z), entry!(twice_z)), store!(at!(b))),
            product!(at!(t), entry!(minus_2dt)),
            op!(f, g = r with b),
            finish_point!(),
        ],
        t = offset_of!(Point, t),
        s = offset_of!(Point, room) + 128,
        m = offset_of!(Point, room) + 160,
        b = offset_of!(Point, room) + 192,
        y_plus_x = offset_of!(Cached, y_plus_x),
        y_minus_x = offset_of!(Cached, y_minus_x),
        twice_z = offset_of!(Cached, twice_z),
        minus_2dt = offset_of!(Cached, minus_2dt),
    );
}

/// T, which the functions above leave as it was: it is needed only where something is added next.
#[inline]
pub fn complete(p: &mut Point) {
    let [e, _, _, h, ..] = &p.room;
    p.t = multiply(e, h);
}

/// Entry `index` of `comb`, with its first two elements exchanged if `exchange` is all ones and not zero. All are read.
#[inline]
pub fn look_up(entry: &mut Affine, comb: &[Affine; ENTRIES], index: u32, exchange: u32) {
    // SAFETY: reads the comb and writes the entry, which are aligned for AVX as their elements are.
    unsafe {
        asm!(
            "vmovd xmm0, {index:e}",
            "vpbroadcastd ymm0, xmm0",
            "vmovd xmm8, {exchange:e}",
            "vpbroadcastd ymm8, xmm8",
            "vpxor xmm1, xmm1, xmm1", // counts the entries
            "vpcmpeqd ymm2, ymm2, ymm2", // minus one
            "vpxor xmm3, xmm3, xmm3",
            "vpxor xmm4, xmm4, xmm4",
            "vpxor xmm5, xmm5, xmm5",
            ".rept {entries}",
            "vpcmpeqd ymm6, ymm0, ymm1",
            "vpsubd ymm1, ymm1, ymm2",
            "vpand ymm7, ymm6, [{comb}]",
            "vpor ymm3, ymm3, ymm7",
            "vpand ymm7, ymm6, [{comb} + 32]",
            "vpor ymm4, ymm4, ymm7",
            "vpand ymm7, ymm6, [{comb} + 64]",
            "vpor ymm5, ymm5, ymm7",
            "add {comb}, {size}",
            ".endr",
            "vpblendvb ymm6, ymm3, ymm4, ymm8",
            "vpblendvb ymm7, ymm4, ymm3, ymm8",
            "vmovdqa [{entry}], ymm6",
            "vmovdqa [{entry} + 32], ymm7",
            "vmovdqa [{entry} + 64], ymm5",
            entries = const ENTRIES,
            size = const size_of::<Affine>(),
            entry = in(reg) entry, comb = inout(reg) comb.as_ptr() => _,
            index = in(reg) index, exchange = in(reg) exchange,
            out("ymm0") _, out("ymm1") _, out("ymm2") _, out("ymm3") _, out("ymm4") _,
            out("ymm5") _, out("ymm6") _, out("ymm7") _, out("ymm8") _,
            options(nostack),
        );
    }
}
