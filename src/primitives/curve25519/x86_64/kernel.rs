//! The functions of elements in assembly, each a safe one. All memory that they touch is what their references lend
//! them.
#![allow(unsafe_code)]

use crate::primitives::curve25519::field::Element;
use core::arch::asm;

/// The most by which a tight value exceeds 2^255: 2^12 - 1.
pub const SLACK: Element = Element([(1 << 12) - 1, 0, 0, 0]);

/// The product: loose in, tight out.
#[inline(never)]
pub fn multiply(a: &Element, b: &Element) -> Element {
    let mut out = Element::ZERO;
    // SAFETY: reads 32 bytes at a and at b, writes 32 at out, saves what it may not change.
    unsafe {
        asm!(
            "push rbx",
            "push rbp",
            "push rcx",
            "mov rbp, rsi",
            product!("rdi", "rbp"),
            "pop rcx",
            store!("rcx"),
            "pop rbp",
            "pop rbx",
            in("rdi") a, inout("rsi") b => _, inout("rcx") &raw mut out => _, out("rax") _, out("rdx") _,
            out("r8") _, out("r9") _, out("r10") _, out("r11") _,
            out("r12") _, out("r13") _, out("r14") _, out("r15") _,
        );
    }
    out
}

/// Squares `a` `count` times, at least once: loose in, tight out. The count is public.
#[inline(never)]
pub fn square_repeatedly(a: &Element, count: u32) -> Element {
    let mut out = *a;
    // SAFETY: reads and writes the 32 bytes of out, saves what it may not change.
    unsafe {
        asm!(
            "push rbx",
            "push rbp",
            "mov ebp, ecx",
            "2:",
            square!("rdi"),
            store!("rdi"),
            "sub ebp, 1",
            "ja 2b",
            "pop rbp",
            "pop rbx",
            in("rdi") &raw mut out, inout("ecx") count => _, out("rsi") _, out("rax") _, out("rdx") _,
            out("r8") _, out("r9") _, out("r10") _, out("r11") _,
            out("r12") _, out("r13") _, out("r14") _, out("r15") _,
        );
    }
    out
}

/// Functions of two elements that are left in r8 to r11.
macro_rules! binary {
    ($($(#[$about:meta])* $name:ident: $program:expr;)*) => {$(
        $(#[$about])*
        #[inline]
        pub fn $name(a: &Element, b: &Element) -> Element {
            let (r0, r1, r2, r3);
            // SAFETY: reads 32 bytes at a and at b, saves what it may not change.
            unsafe {
                asm!(
                    "push rbx",
                    load!("rdi"),
                    $program,
                    "pop rbx",
                    in("rdi") a, inout("rsi") b => _, out("rax") _, out("rcx") _, out("rdx") _,
                    out("r8") r0, out("r9") r1, out("r10") r2, out("r11") r3,
                    out("r12") _, out("r13") _, out("r14") _, out("r15") _,
                );
            }
            Element([r0, r1, r2, r3])
        }
    )*};
}

binary! {
    /// a + b: tight in, loose out.
    plus: plus!("rsi");
    /// a + b: b tight, loose out.
    plus_tight: plus_tight!("rsi");
    /// a - b: b tight, loose out.
    minus: minus!("rsi");
    /// a - b: loose in, loose out.
    minus_loose: minus_loose!("rsi");
    /// a + 121666 b, loose in, loose out.
    plus_multiple: concat!(load!("rsi"), plus_multiple!("rdi", "121666"));
}

/// `b` if `condition` is not zero, else `a`, in a time that does not tell.
#[inline]
pub fn select(a: &Element, b: &Element, condition: u64) -> Element {
    let Element([mut r0, mut r1, mut r2, mut r3]) = *a;
    let Element([s0, s1, s2, s3]) = *b;
    // SAFETY: registers alone.
    unsafe {
        asm!(
            "test {c}, {c}",
            "cmovnz {r0}, {s0}",
            "cmovnz {r1}, {s1}",
            "cmovnz {r2}, {s2}",
            "cmovnz {r3}, {s3}",
            c = in(reg) condition,
            r0 = inout(reg) r0, r1 = inout(reg) r1, r2 = inout(reg) r2, r3 = inout(reg) r3,
            s0 = in(reg) s0, s1 = in(reg) s1, s2 = in(reg) s2, s3 = in(reg) s3,
            options(pure, nomem, nostack),
        );
    }
    Element([r0, r1, r2, r3])
}

/// `count` divsteps on a pair that is packed as `inverse` says. `e` is minus twice delta: odd, negative when they may
/// be swapped.
///
/// Where g is odd, g becomes (g - f) / 2 if e is negative, and f the old g, else (g + f) / 2; where g is even, g / 2.
/// Both sums are made before it is known which is needed. After a step e is |e| - 2 where g was odd, else e - 2.
#[inline]
pub fn divsteps<const COUNT: usize>(e: &mut i64, f: &mut u64, g: &mut u64) {
    // SAFETY: registers alone.
    unsafe {
        asm!(
            "mov {minus}, {g}",
            "sub {minus}, {f}",
            "test {e}, {e}",
            ".rept {count}",
            "lea {sum}, [{g} + {f}]",
            "mov {next}, {f}",
            "cmovs {sum}, {minus}",
            "cmovs {next}, {g}",
            "mov {size}, {e}",
            "neg {size}",
            "cmovs {size}, {e}",
            "test {g:e}, 1",
            "cmovnz {g}, {sum}",
            "cmovnz {f}, {next}",
            "cmovnz {e}, {size}",
            "sar {g}",
            "mov {minus}, {g}",
            "sub {minus}, {f}",
            "sub {e}, 2",
            ".endr",
            count = const COUNT,
            e = inout(reg) *e, f = inout(reg) *f, g = inout(reg) *g,
            sum = out(reg) _, minus = out(reg) _, next = out(reg) _, size = out(reg) _,
            options(pure, nomem, nostack),
        );
    }
}
