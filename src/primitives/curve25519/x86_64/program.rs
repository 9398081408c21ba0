//! The field's operations as pieces of assembly. The functions of `kernel` are made of them, so that each is written
//! once.
//!
//! An operand is the text of an address, without brackets, of 32 bytes: four limbs, the lowest first. The result is
//! left in r8 to r11; `store!` puts it somewhere. rax, rcx, rdx, rbx, rsi, r8 to r15 and the flags are overwritten: who
//! uses these pieces saves rbx, which LLVM keeps for itself, and reaches operands by other registers. Nothing here
//! branches, and no address depends on a value.
//!
//! One chain of carries (mulx leaves the flags alone) takes fewer instructions than two with adcx and adox, and is no
//! slower.
//!
//! Bounds: a "loose" value is any below 2^256, a "tight" one is below 2^255 + 2^12. Products and squares are tight.

/// The four limbs in r8 to r11 go to `$d`.
macro_rules! store {
    ($d:expr) => {
        concat!("mov [", $d, "], r8\nmov [", $d, " + 8], r9\nmov [", $d, " + 16], r10\nmov [", $d, " + 24], r11\n")
    };
}

/// The four limbs of `$a` come to r8 to r11.
macro_rules! load {
    ($a:expr) => {
        concat!("mov r8, [", $a, "]\nmov r9, [", $a, " + 8]\nmov r10, [", $a, " + 16]\nmov r11, [", $a, " + 24]\n")
    };
}

/// One row of a product: `$b`'s limb times the four of `$a`, added to four limbs from `$r0` on, with a new top limb
/// `$r4`.
///
/// The accumulator's upper four limbs plus the row are below 2^64 (2^256 - 1) + 2^256 < 2^320, so no carry leaves
/// `$r4`.
macro_rules! row {
    ($a:expr, $b:expr, $r0:literal, $r1:literal, $r2:literal, $r3:literal, $r4:literal) => {
        concat!(
            "mov rdx, [", $b, "]\n",
            "mulx rcx, rax, [", $a, "]\n",
            "add ", $r0, ", rax\n",
            "mulx rbx, rax, [", $a, " + 8]\n",
            "adc ", $r1, ", rax\n",
            "mulx rsi, rax, [", $a, " + 16]\n",
            "adc ", $r2, ", rax\n",
            "mulx ", $r4, ", rax, [", $a, " + 24]\n",
            "adc ", $r3, ", rax\n",
            "adc ", $r4, ", 0\n",
            "add ", $r1, ", rcx\n",
            "adc ", $r2, ", rbx\n",
            "adc ", $r3, ", rsi\n",
            "adc ", $r4, ", 0\n",
        )
    };
}

/// Takes bits from 255 on, of a number with limbs r8 to r11 and `$top` < 2^50, to the bottom: 2^255 = 19. Tight if
/// `$top` < 2^6.
///
/// `2 $top + 1` times 19 is below 2^56; r8 to r11 are below 2^255 without their topmost bit; so the sum is below 2^256.
macro_rules! fold_top {
    ($top:literal) => {
        concat!(
            "add r11, r11\n", // its topmost bit goes to the carry, and with it to $top
            "adc ", $top, ", ", $top, "\n",
            "shr r11\n",
            "imul ", $top, ", ", $top, ", 19\n",
            "add r8, ", $top, "\n",
            "adc r9, 0\n",
            "adc r10, 0\n",
            "adc r11, 0\n",
        )
    };
}

/// Reduces a product of eight limbs, r8 to r15, to a tight value.
///
/// 2^256 = 38: r8 to r11 + 38 (r12 to r15) < 39 * 2^256, so the fifth limb is below 39.
macro_rules! fold {
    () => {
        concat!(
            "mov edx, 38\n",
            "mulx r12, rax, r12\n",
            "add r8, rax\n",
            "mulx r13, rax, r13\n",
            "adc r9, rax\n",
            "mulx r14, rax, r14\n",
            "adc r10, rax\n",
            "mulx r15, rax, r15\n",
            "adc r11, rax\n",
            "adc r15, 0\n",
            "add r9, r12\n",
            "adc r10, r13\n",
            "adc r11, r14\n",
            "adc r15, 0\n",
            fold_top!("r15"),
        )
    };
}

/// `$a $b`: loose in, tight out.
macro_rules! product {
    ($a:expr, $b:expr) => {
        concat!(
            "mov rdx, [", $b, "]\n",
            "mulx r9, r8, [", $a, "]\n",
            "mulx r10, rax, [", $a, " + 8]\n",
            "add r9, rax\n",
            "mulx r11, rax, [", $a, " + 16]\n",
            "adc r10, rax\n",
            "mulx r12, rax, [", $a, " + 24]\n",
            "adc r11, rax\n",
            "adc r12, 0\n",
            row!($a, concat!($b, " + 8"), "r9", "r10", "r11", "r12", "r13"),
            row!($a, concat!($b, " + 16"), "r10", "r11", "r12", "r13", "r14"),
            row!($a, concat!($b, " + 24"), "r11", "r12", "r13", "r14", "r15"),
            fold!(),
        )
    };
}

/// `$a $a`: loose in, tight out.
macro_rules! square {
    ($a:expr) => {
        concat!(
            // Off the diagonal: a0a1, a0a3 and a2a3 lie side by side, then a0a2 and a1a3, then a1a2.
            "mov rdx, [", $a, "]\n",
            "mulx r10, r9, [", $a, " + 8]\n",
            "mulx r12, r11, [", $a, " + 24]\n",
            "mulx rcx, rax, [", $a, " + 16]\n",
            "mulx rsi, r8, rdx\n",
            "mov rdx, [", $a, " + 24]\n",
            "mulx r14, r13, [", $a, " + 16]\n",
            "add r10, rax\n",
            "adc r11, rcx\n",
            "mulx rcx, rax, [", $a, " + 8]\n",
            "adc r12, rax\n",
            "adc r13, rcx\n",
            "adc r14, 0\n",
            "mulx r15, rbx, rdx\n",
            "mov rdx, [", $a, " + 8]\n",
            "mulx rcx, rax, [", $a, " + 16]\n",
            "add r11, rax\n",
            "adc r12, rcx\n",
            "adc r13, 0\n",
            "adc r14, 0\n",
            // Twice that; below 2^512 with the diagonal, since it is a square.
            "add r9, r9\n",
            "adc r10, r10\n",
            "adc r11, r11\n",
            "adc r12, r12\n",
            "adc r13, r13\n",
            "adc r14, r14\n",
            "adc r15, 0\n",
            "mulx rcx, rax, rdx\n",
            "add r9, rsi\n",
            "adc r10, rax\n",
            "adc r11, rcx\n",
            "mov rdx, [", $a, " + 16]\n",
            "mulx rcx, rax, rdx\n",
            "adc r12, rax\n",
            "adc r13, rcx\n",
            "adc r14, rbx\n",
            "adc r15, 0\n",
            fold!(),
        )
    };
}

/// r8 to r11 plus `$b`: tight in, loose out.
///
/// If the sum reaches 2^256 it is below 2^256 + 2^13, so that 38 in place of the carry goes to the lowest limb alone.
macro_rules! plus {
    ($b:expr) => {
        concat!(
            "add r8, [", $b, "]\n",
            "adc r9, [", $b, " + 8]\n",
            "adc r10, [", $b, " + 16]\n",
            "adc r11, [", $b, " + 24]\n",
            "sbb eax, eax\n",
            "and eax, 38\n",
            "add r8, rax\n",
        )
    };
}

/// r8 to r11, or four registers that are named, minus `$b`: loose minuend, tight subtrahend, loose out.
///
/// A negative difference is above -(2^255 + 2^12), with the 2^256 that it borrowed far above 38, so that taking 38 for
/// it does not borrow again.
macro_rules! minus {
    ($b:expr) => {
        minus!("r8", "r9", "r10", "r11", $b)
    };
    ($r0:literal, $r1:literal, $r2:literal, $r3:literal, $b:expr) => {
        concat!(
            "sub ", $r0, ", [", $b, "]\n",
            "sbb ", $r1, ", [", $b, " + 8]\n",
            "sbb ", $r2, ", [", $b, " + 16]\n",
            "sbb ", $r3, ", [", $b, " + 24]\n",
            "sbb eax, eax\n",
            "and eax, 38\n",
            "sub ", $r0, ", rax\n",
            "sbb ", $r1, ", 0\n",
            "sbb ", $r2, ", 0\n",
            "sbb ", $r3, ", 0\n",
        )
    };
}

/// r8 to r11 plus `$b` goes to `$sum`, and r8 to r11 minus `$b` to `$difference`: tight in, loose out.
macro_rules! sum_and_difference {
    ($b:expr, $sum:expr, $difference:expr) => {
        concat!(
            "mov r12, r8\nmov r13, r9\nmov r14, r10\nmov r15, r11\n",
            plus!($b),
            store!($sum),
            minus!("r12", "r13", "r14", "r15", $b),
            "mov [", $difference, "], r12\n",
            "mov [", $difference, " + 8], r13\n",
            "mov [", $difference, " + 16], r14\n",
            "mov [", $difference, " + 24], r15\n",
        )
    };
}

/// Twice r8 to r11: tight in, loose out, as a sum is.
macro_rules! twice {
    () => {
        concat!(
            "add r8, r8\n",
            "adc r9, r9\n",
            "adc r10, r10\n",
            "adc r11, r11\n",
            "sbb eax, eax\n",
            "and eax, 38\n",
            "add r8, rax\n",
        )
    };
}

/// r8 to r11 plus `$b`, of which that is tight: loose out.
///
/// If the sum reaches 2^256 it is below 2^256 + 2^255 + 2^12, so that no carry comes of 38 in place of the first.
macro_rules! plus_tight {
    ($b:expr) => {
        concat!(plus!($b), "adc r9, 0\nadc r10, 0\nadc r11, 0\n")
    };
}

/// r8 to r11 minus `$b`: loose in, loose out.
///
/// If taking 38 for the first borrow borrows again, the limbs are now 2^256 less at most 38, so that 38 comes off the
/// lowest.
macro_rules! minus_loose {
    ($b:expr) => {
        concat!(minus!($b), "sbb eax, eax\nand eax, 38\nsub r8, rax\n")
    };
}

/// `$b` + `$k` times r8 to r11: loose in, `$k` < 2^17; loose out.
///
/// The sum is below (2^17 + 1) 2^256, so its fifth limb is below 2^18.
macro_rules! plus_multiple {
    ($b:expr, $k:literal) => {
        concat!(
            "mov edx, ", $k, "\n",
            "mulx rcx, r8, r8\n",
            "mulx rbx, r9, r9\n",
            "mulx rsi, r10, r10\n",
            "mulx r12, r11, r11\n",
            "add r9, rcx\n",
            "adc r10, rbx\n",
            "adc r11, rsi\n",
            "adc r12, 0\n",
            "add r8, [", $b, "]\n",
            "adc r9, [", $b, " + 8]\n",
            "adc r10, [", $b, " + 16]\n",
            "adc r11, [", $b, " + 24]\n",
            "adc r12, 0\n",
            fold_top!("r12"),
        )
    };
}
