//! All that is in assembly, each a safe function. But for `look_up`, they work on registers alone.
//!
//! Nothing here branches, and no address depends on a value. No block counts on the flags that another leaves. Limbs
//! are the operands; which registers they are in is the compiler's choice, which also loads and stores them.
//!
//! Bounds: a "loose" value is any below 2^256, a "tight" one is below 2^255 + 2^198. Products and squares are tight.
#![allow(unsafe_code)]

use crate::primitives::curve25519::edwards::Affine;
use crate::primitives::curve25519::field::Element;
use crate::primitives::curve25519::table::ENTRIES;
use core::arch::asm;

/// The most by which a tight value exceeds 2^255: 2^198 - 1.
pub const SLACK: Element = Element([u64::MAX, u64::MAX, u64::MAX, (1 << 6) - 1]);

/// One row of a product: limb `$b` times the four of a, added to four limbs from `$r0` on, with a new top limb `$r4`.
///
/// The accumulator's upper four limbs plus the row are below 2^64 (2^256 - 1) + 2^256 < 2^320, so no carry leaves
/// `$r4`. Multiplications leave the flags alone.
macro_rules! row {
    ($b:literal, $r0:literal, $r1:literal, $r2:literal, $r3:literal, $r4:literal) => {
        concat!(
            "mul {t0}, {a0}, ", $b, "\n",
            "mul {t1}, {a1}, ", $b, "\n",
            "mul {t2}, {a2}, ", $b, "\n",
            "mul {t3}, {a3}, ", $b, "\n",
            "umulh ", $r4, ", {a3}, ", $b, "\n",
            "umulh {u0}, {a0}, ", $b, "\n",
            "umulh {u1}, {a1}, ", $b, "\n",
            "umulh {u2}, {a2}, ", $b, "\n",
            "adds ", $r0, ", ", $r0, ", {t0}\n",
            "adcs ", $r1, ", ", $r1, ", {t1}\n",
            "adcs ", $r2, ", ", $r2, ", {t2}\n",
            "adcs ", $r3, ", ", $r3, ", {t3}\n",
            "adc ", $r4, ", ", $r4, ", xzr\n",
            "adds ", $r1, ", ", $r1, ", {u0}\n",
            "adcs ", $r2, ", ", $r2, ", {u1}\n",
            "adcs ", $r3, ", ", $r3, ", {u2}\n",
            "adc ", $r4, ", ", $r4, ", xzr\n",
        )
    };
}

/// Takes what is to be multiplied by 2^255 out of the limbs r0 to r3 and `$top`, a fifth, for 19 times that: it is
/// left in `$top`, the rest below 2^255 in r0 to r3. `$top` is below 2^58, so that nothing overflows.
macro_rules! split_top {
    ($top:literal) => {
        concat!(
            "extr ", $top, ", ", $top, ", {r3}, #63\n",
            "and {r3}, {r3}, #0x7fffffffffffffff\n",
            "add {t0}, ", $top, ", ", $top, ", lsl #3\n",
            "add ", $top, ", ", $top, ", {t0}, lsl #1\n", // (1 + 2 * 9) times
        )
    };
}

/// Reduces a product of eight limbs, r0 to r7, to a tight value.
///
/// 2^256 = 38. The lower halves of 38 times r4 to r7 are added first, and the upper half, below 38, of the last: so
/// the fifth limb is at most 38. What is above bit 255 now, at most 77, goes to the bottom as 19 times itself, at
/// most 1463, together with the other three upper halves, at most 37 each. They go to the second, third and fourth
/// limb, the last of which has no topmost bit: the sum is below 2^255 + 2^192 (37 + 1) and there is no carry.
macro_rules! fold {
    () => {
        concat!(
            "mul {t0}, {r4}, {k}\n",
            "mul {t1}, {r5}, {k}\n",
            "mul {t2}, {r6}, {k}\n",
            "mul {t3}, {r7}, {k}\n",
            "umulh {r7}, {r7}, {k}\n",
            "adds {r0}, {r0}, {t0}\n",
            "umulh {r4}, {r4}, {k}\n",
            "adcs {r1}, {r1}, {t1}\n",
            "umulh {r5}, {r5}, {k}\n",
            "adcs {r2}, {r2}, {t2}\n",
            "umulh {r6}, {r6}, {k}\n",
            "adcs {r3}, {r3}, {t3}\n",
            "adc {r7}, {r7}, xzr\n",
            split_top!("{r7}"),
            "adds {r0}, {r0}, {r7}\n",
            "adcs {r1}, {r1}, {r4}\n",
            "adcs {r2}, {r2}, {r5}\n",
            "adc {r3}, {r3}, {r6}\n",
        )
    };
}

/// a b: loose in, tight out.
#[inline(always)]
pub fn product(a: &Element, b: &Element) -> Element {
    let (Element([a0, a1, a2, a3]), Element([b0, b1, b2, b3])) = (*a, *b);
    let (r0, r1, r2, r3);
    // SAFETY: registers alone.
    unsafe {
        asm!(
            "mul {r0}, {a0}, {b0}",
            "umulh {t0}, {a0}, {b0}",
            "mul {r1}, {a1}, {b0}",
            "umulh {t1}, {a1}, {b0}",
            "mul {r2}, {a2}, {b0}",
            "umulh {t2}, {a2}, {b0}",
            "mul {r3}, {a3}, {b0}",
            "umulh {r4}, {a3}, {b0}",
            "adds {r1}, {r1}, {t0}",
            "adcs {r2}, {r2}, {t1}",
            "adcs {r3}, {r3}, {t2}",
            "adc {r4}, {r4}, xzr",
            row!("{b1}", "{r1}", "{r2}", "{r3}", "{r4}", "{r5}"),
            row!("{b2}", "{r2}", "{r3}", "{r4}", "{r5}", "{r6}"),
            row!("{b3}", "{r3}", "{r4}", "{r5}", "{r6}", "{r7}"),
            fold!(),
            a0 = in(reg) a0, a1 = in(reg) a1, a2 = in(reg) a2, a3 = in(reg) a3,
            b0 = in(reg) b0, b1 = in(reg) b1, b2 = in(reg) b2, b3 = in(reg) b3,
            k = in(reg) 38u64,
            r0 = out(reg) r0, r1 = out(reg) r1, r2 = out(reg) r2, r3 = out(reg) r3,
            r4 = out(reg) _, r5 = out(reg) _, r6 = out(reg) _, r7 = out(reg) _,
            t0 = out(reg) _, t1 = out(reg) _, t2 = out(reg) _, t3 = out(reg) _,
            u0 = out(reg) _, u1 = out(reg) _, u2 = out(reg) _,
            options(pure, nomem, nostack),
        );
    }
    Element([r0, r1, r2, r3])
}

/// a a: loose in, tight out.
#[inline(always)]
pub fn square(a: &Element) -> Element {
    let Element([a0, a1, a2, a3]) = *a;
    let (r0, r1, r2, r3);
    // SAFETY: registers alone.
    unsafe {
        asm!(
            // Off the diagonal: a0a1, a0a3 and a2a3 lie side by side, then a0a2 and a1a3, then a1a2.
            "mul {r1}, {a0}, {a1}",
            "umulh {r2}, {a0}, {a1}",
            "mul {t0}, {a0}, {a2}",
            "mul {r3}, {a0}, {a3}",
            "umulh {t1}, {a0}, {a2}",
            "umulh {r4}, {a0}, {a3}",
            "mul {t2}, {a1}, {a3}",
            "mul {r5}, {a2}, {a3}",
            "umulh {t3}, {a1}, {a3}",
            "umulh {r6}, {a2}, {a3}",
            "adds {r2}, {r2}, {t0}",
            "mul {t0}, {a1}, {a2}",
            "adcs {r3}, {r3}, {t1}",
            "umulh {t1}, {a1}, {a2}",
            "adcs {r4}, {r4}, {t2}",
            "adcs {r5}, {r5}, {t3}",
            "adc {r6}, {r6}, xzr",
            "adds {r3}, {r3}, {t0}",
            "mul {r0}, {a0}, {a0}",
            "adcs {r4}, {r4}, {t1}",
            "umulh {t0}, {a0}, {a0}",
            "adcs {r5}, {r5}, xzr",
            "mul {t1}, {a1}, {a1}",
            "adc {r6}, {r6}, xzr",
            // Twice that; below 2^512 with the diagonal, since it is a square.
            "adds {r1}, {r1}, {r1}",
            "umulh {t2}, {a1}, {a1}",
            "adcs {r2}, {r2}, {r2}",
            "mul {t3}, {a2}, {a2}",
            "adcs {r3}, {r3}, {r3}",
            "umulh {r7}, {a3}, {a3}",
            "adcs {r4}, {r4}, {r4}",
            "adcs {r5}, {r5}, {r5}",
            "adcs {r6}, {r6}, {r6}",
            "adc {r7}, {r7}, xzr",
            "adds {r1}, {r1}, {t0}",
            "umulh {t0}, {a2}, {a2}",
            "adcs {r2}, {r2}, {t1}",
            "mul {t1}, {a3}, {a3}",
            "adcs {r3}, {r3}, {t2}",
            "adcs {r4}, {r4}, {t3}",
            "adcs {r5}, {r5}, {t0}",
            "adcs {r6}, {r6}, {t1}",
            "adc {r7}, {r7}, xzr",
            fold!(),
            a0 = in(reg) a0, a1 = in(reg) a1, a2 = in(reg) a2, a3 = in(reg) a3,
            k = in(reg) 38u64,
            r0 = out(reg) r0, r1 = out(reg) r1, r2 = out(reg) r2, r3 = out(reg) r3,
            r4 = out(reg) _, r5 = out(reg) _, r6 = out(reg) _, r7 = out(reg) _,
            t0 = out(reg) _, t1 = out(reg) _, t2 = out(reg) _, t3 = out(reg) _,
            options(pure, nomem, nostack),
        );
    }
    Element([r0, r1, r2, r3])
}

/// The product: loose in, tight out.
#[inline(never)]
pub fn multiply(a: &Element, b: &Element) -> Element {
    product(a, b)
}

/// Squares `a` `count` times, at least once: loose in, tight out. The count is public.
#[inline(never)]
pub fn square_repeatedly(a: &Element, count: u32) -> Element {
    let mut power = square(a);
    for _ in 1..count {
        power = square(&power);
    }
    power
}

/// Functions of two elements.
macro_rules! binary {
    ($($(#[$about:meta])* $name:ident: $($line:literal),*;)*) => {$(
        $(#[$about])*
        #[inline(always)]
        pub fn $name(a: &Element, b: &Element) -> Element {
            let (Element([a0, a1, a2, a3]), Element([b0, b1, b2, b3])) = (*a, *b);
            let (r0, r1, r2, r3);
            // SAFETY: registers alone.
            unsafe {
                asm!(
                    $($line),*,
                    a0 = in(reg) a0, a1 = in(reg) a1, a2 = in(reg) a2, a3 = in(reg) a3,
                    b0 = in(reg) b0, b1 = in(reg) b1, b2 = in(reg) b2, b3 = in(reg) b3,
                    r0 = out(reg) r0, r1 = out(reg) r1, r2 = out(reg) r2, r3 = out(reg) r3,
                    k = in(reg) 38u64, t0 = out(reg) _,
                    options(pure, nomem, nostack),
                );
            }
            Element([r0, r1, r2, r3])
        }
    )*};
}

binary! {
    /// a + b: b tight, loose out.
    ///
    /// If the sum reaches 2^256 it is below 2^256 + 2^255 + 2^198, so that no carry comes of 38 in place of the
    /// first.
    plus_tight:
        "adds {r0}, {a0}, {b0}",
        "adcs {r1}, {a1}, {b1}",
        "adcs {r2}, {a2}, {b2}",
        "adcs {r3}, {a3}, {b3}",
        "csel {t0}, {k}, xzr, cs",
        "adds {r0}, {r0}, {t0}",
        "adcs {r1}, {r1}, xzr",
        "adcs {r2}, {r2}, xzr",
        "adc {r3}, {r3}, xzr";
    /// a - b: b tight, loose out.
    ///
    /// A negative difference is above -(2^255 + 2^198), with the 2^256 that it borrowed far above 38, so that
    /// taking 38 for it does not borrow again.
    minus:
        "subs {r0}, {a0}, {b0}",
        "sbcs {r1}, {a1}, {b1}",
        "sbcs {r2}, {a2}, {b2}",
        "sbcs {r3}, {a3}, {b3}",
        "csel {t0}, {k}, xzr, cc",
        "subs {r0}, {r0}, {t0}",
        "sbcs {r1}, {r1}, xzr",
        "sbcs {r2}, {r2}, xzr",
        "sbc {r3}, {r3}, xzr";
    /// a - b: loose in, loose out.
    ///
    /// If taking 38 for the first borrow borrows again, the limbs are now 2^256 less at most 38, so that 38 comes off
    /// the lowest.
    minus_loose:
        "subs {r0}, {a0}, {b0}",
        "sbcs {r1}, {a1}, {b1}",
        "sbcs {r2}, {a2}, {b2}",
        "sbcs {r3}, {a3}, {b3}",
        "csel {t0}, {k}, xzr, cc",
        "subs {r0}, {r0}, {t0}",
        "sbcs {r1}, {r1}, xzr",
        "sbcs {r2}, {r2}, xzr",
        "sbcs {r3}, {r3}, xzr",
        "csel {t0}, {k}, xzr, cc",
        "sub {r0}, {r0}, {t0}";
}

/// a + b: tight in, loose out.
#[inline(always)]
pub fn plus(a: &Element, b: &Element) -> Element {
    plus_tight(a, b)
}

/// a + 121666 b: loose in, loose out.
///
/// As in `fold!`: the fifth limb is at most 121666 once the lower halves and the last upper half are in it, 19 times
/// what is above bit 255 below 2^23, and each of the other upper halves below 2^17: the sum is below 2^255 + 2^209.
#[inline(always)]
pub fn plus_multiple(a: &Element, b: &Element) -> Element {
    let (Element([a0, a1, a2, a3]), Element([b0, b1, b2, b3])) = (*a, *b);
    let (r0, r1, r2, r3);
    // SAFETY: registers alone.
    unsafe {
        asm!(
            "mul {t0}, {b0}, {k}",
            "mul {t1}, {b1}, {k}",
            "mul {t2}, {b2}, {k}",
            "mul {t3}, {b3}, {k}",
            "umulh {t4}, {b3}, {k}",
            "adds {r0}, {a0}, {t0}",
            "umulh {t5}, {b0}, {k}",
            "adcs {r1}, {a1}, {t1}",
            "umulh {t1}, {b1}, {k}",
            "adcs {r2}, {a2}, {t2}",
            "umulh {t2}, {b2}, {k}",
            "adcs {r3}, {a3}, {t3}",
            "adc {t4}, {t4}, xzr",
            split_top!("{t4}"),
            "adds {r0}, {r0}, {t4}",
            "adcs {r1}, {r1}, {t5}",
            "adcs {r2}, {r2}, {t1}",
            "adc {r3}, {r3}, {t2}",
            a0 = in(reg) a0, a1 = in(reg) a1, a2 = in(reg) a2, a3 = in(reg) a3,
            b0 = in(reg) b0, b1 = in(reg) b1, b2 = in(reg) b2, b3 = in(reg) b3,
            k = in(reg) 121_666u64,
            r0 = out(reg) r0, r1 = out(reg) r1, r2 = out(reg) r2, r3 = out(reg) r3,
            t0 = out(reg) _, t1 = out(reg) _, t2 = out(reg) _, t3 = out(reg) _, t4 = out(reg) _, t5 = out(reg) _,
            options(pure, nomem, nostack),
        );
    }
    Element([r0, r1, r2, r3])
}

/// `b` if `condition` is not zero, else `a`, in a time that does not tell.
#[inline(always)]
pub fn select(a: &Element, b: &Element, condition: u64) -> Element {
    let (Element([a0, a1, a2, a3]), Element([b0, b1, b2, b3])) = (*a, *b);
    let (r0, r1, r2, r3);
    // SAFETY: registers alone.
    unsafe {
        asm!(
            "cmp {c}, #0",
            "csel {r0}, {b0}, {a0}, ne",
            "csel {r1}, {b1}, {a1}, ne",
            "csel {r2}, {b2}, {a2}, ne",
            "csel {r3}, {b3}, {a3}, ne",
            c = in(reg) condition,
            a0 = in(reg) a0, a1 = in(reg) a1, a2 = in(reg) a2, a3 = in(reg) a3,
            b0 = in(reg) b0, b1 = in(reg) b1, b2 = in(reg) b2, b3 = in(reg) b3,
            r0 = out(reg) r0, r1 = out(reg) r1, r2 = out(reg) r2, r3 = out(reg) r3,
            options(pure, nomem, nostack),
        );
    }
    Element([r0, r1, r2, r3])
}

/// `count` divsteps on a pair that is packed as `inverse` says. `e` is minus twice delta: odd, negative when they may
/// be swapped.
///
/// Where g is odd, g becomes (g - f) / 2 if e is negative, and f the old g, else (g + f) / 2; where g is even, g / 2.
/// After a step e is |e| - 2 where g was odd, else e - 2. Whether the next g is odd is seen before it is halved.
#[inline(always)]
pub fn divsteps<const COUNT: usize>(e: &mut i64, f: &mut u64, g: &mut u64) {
    // SAFETY: registers alone.
    unsafe {
        asm!(
            "tst {g}, #1",
            ".rept {count}",
            "csel {t}, {f}, xzr, ne",
            "ccmp {e}, #0, #0, ne", // for an even g: not negative
            "cneg {e}, {e}, mi",
            "cneg {t}, {t}, mi",
            "csel {f}, {g}, {f}, mi",
            "add {g}, {g}, {t}",
            "sub {e}, {e}, #2",
            "tst {g}, #2",
            "asr {g}, {g}, #1",
            ".endr",
            count = const COUNT,
            e = inout(reg) *e, f = inout(reg) *f, g = inout(reg) *g, t = out(reg) _,
            options(pure, nomem, nostack),
        );
    }
}

/// Entry `index` of `comb`, with its first two elements exchanged if `exchange` is all ones and not zero. All are
/// read.
#[inline(always)]
pub fn look_up(entry: &mut Affine, comb: &[Affine; ENTRIES], index: u32, exchange: u32) {
    // SAFETY: reads the comb and writes the entry.
    unsafe {
        asm!(
            "dup v0.4s, {index:w}",
            "dup v1.4s, {exchange:w}",
            "movi v2.4s, #0", // counts the entries
            "movi v3.4s, #1",
            "movi v16.4s, #0",
            "movi v17.4s, #0",
            "movi v18.4s, #0",
            "movi v19.4s, #0",
            "movi v20.4s, #0",
            "movi v21.4s, #0",
            ".rept {entries}",
            "cmeq v4.4s, v0.4s, v2.4s",
            "add v2.4s, v2.4s, v3.4s",
            "ldp q22, q23, [{comb}], #32",
            "ldp q24, q25, [{comb}], #32",
            "ldp q26, q27, [{comb}], #32",
            "bit v16.16b, v22.16b, v4.16b",
            "bit v17.16b, v23.16b, v4.16b",
            "bit v18.16b, v24.16b, v4.16b",
            "bit v19.16b, v25.16b, v4.16b",
            "bit v20.16b, v26.16b, v4.16b",
            "bit v21.16b, v27.16b, v4.16b",
            ".endr",
            "mov v22.16b, v16.16b",
            "mov v23.16b, v17.16b",
            "bit v16.16b, v18.16b, v1.16b",
            "bit v17.16b, v19.16b, v1.16b",
            "bit v18.16b, v22.16b, v1.16b",
            "bit v19.16b, v23.16b, v1.16b",
            "stp q16, q17, [{entry}]",
            "stp q18, q19, [{entry}, #32]",
            "stp q20, q21, [{entry}, #64]",
            entries = const ENTRIES,
            entry = in(reg) entry, comb = inout(reg) comb.as_ptr() => _,
            index = in(reg) index, exchange = in(reg) exchange,
            out("v0") _, out("v1") _, out("v2") _, out("v3") _, out("v4") _,
            out("v16") _, out("v17") _, out("v18") _, out("v19") _, out("v20") _, out("v21") _,
            out("v22") _, out("v23") _, out("v24") _, out("v25") _, out("v26") _, out("v27") _,
            options(nostack, preserves_flags),
        );
    }
}
