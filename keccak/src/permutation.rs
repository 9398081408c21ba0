//! Keccak-f[1600], FIPS 202, section 3, for any number of states at a time.

/// One lane of each of the states that are computed together.
pub(crate) trait Lane: Copy {
    /// The same word in each state.
    fn splat(word: u64) -> Self;
    fn xor(self, other: Self) -> Self;
    /// `!self & other`
    fn and_not(self, other: Self) -> Self;
    /// Rotated to the left by N bits, where N + M = 64.
    fn rotate<const N: u32, const M: u32>(self) -> Self;
}

const ROUND_CONSTANTS: [u64; 24] = [
    0x0000_0000_0000_0001,
    0x0000_0000_0000_8082,
    0x8000_0000_0000_808a,
    0x8000_0000_8000_8000,
    0x0000_0000_0000_808b,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8009,
    0x0000_0000_0000_008a,
    0x0000_0000_0000_0088,
    0x0000_0000_8000_8009,
    0x0000_0000_8000_000a,
    0x0000_0000_8000_808b,
    0x8000_0000_0000_008b,
    0x8000_0000_0000_8089,
    0x8000_0000_0000_8003,
    0x8000_0000_0000_8002,
    0x8000_0000_0000_0080,
    0x0000_0000_0000_800a,
    0x8000_0000_8000_000a,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8080,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8008,
];

/// The permutation. Whoever calls it gives it a function of its own, with the instructions that it is to be compiled for: where
/// there are such that do two steps in one, the compiler finds them.
#[inline(always)]
pub(crate) fn keccak_f<L: Lane>(state: &mut [L; 25]) {
    let mut lanes = *state;
    for [first, second] in ROUND_CONSTANTS.as_chunks().0 {
        lanes = round(round(lanes, *first), *second);
    }
    *state = lanes;
}

/// Lane x + 5y is the standard's A[x, y], and axy here.
#[inline(always)]
#[rustfmt::skip]
fn round<L: Lane>(state: [L; 25], constant: u64) -> [L; 25] {
    let [
        a00, a10, a20, a30, a40,
        a01, a11, a21, a31, a41,
        a02, a12, a22, a32, a42,
        a03, a13, a23, a33, a43,
        a04, a14, a24, a34, a44,
    ] = state;

    // θ: what each column is to be changed by
    let c0 = sum(a00, a01, a02, a03, a04);
    let c1 = sum(a10, a11, a12, a13, a14);
    let c2 = sum(a20, a21, a22, a23, a24);
    let c3 = sum(a30, a31, a32, a33, a34);
    let c4 = sum(a40, a41, a42, a43, a44);
    let d0 = c4.xor(c1.rotate::<1, 63>());
    let d1 = c0.xor(c2.rotate::<1, 63>());
    let d2 = c1.xor(c3.rotate::<1, 63>());
    let d3 = c2.xor(c4.rotate::<1, 63>());
    let d4 = c3.xor(c0.rotate::<1, 63>());

    // θ, ρ and π bring the lanes of a new row from all over the state. They go column by column, and wait for χ: with few registers
    // the compiler spills less so than row by row.
    let b00 = a00.xor(d0);
    let b13 = a01.xor(d0).rotate::<36, 28>();
    let b21 = a02.xor(d0).rotate::<3, 61>();
    let b34 = a03.xor(d0).rotate::<41, 23>();
    let b42 = a04.xor(d0).rotate::<18, 46>();
    let b02 = a10.xor(d1).rotate::<1, 63>();
    let b10 = a11.xor(d1).rotate::<44, 20>();
    let b23 = a12.xor(d1).rotate::<10, 54>();
    let b31 = a13.xor(d1).rotate::<45, 19>();
    let b44 = a14.xor(d1).rotate::<2, 62>();
    let b04 = a20.xor(d2).rotate::<62, 2>();
    let b12 = a21.xor(d2).rotate::<6, 58>();
    let b20 = a22.xor(d2).rotate::<43, 21>();
    let b33 = a23.xor(d2).rotate::<15, 49>();
    let b41 = a24.xor(d2).rotate::<61, 3>();
    let b01 = a30.xor(d3).rotate::<28, 36>();
    let b14 = a31.xor(d3).rotate::<55, 9>();
    let b22 = a32.xor(d3).rotate::<25, 39>();
    let b30 = a33.xor(d3).rotate::<21, 43>();
    let b43 = a34.xor(d3).rotate::<56, 8>();
    let b03 = a40.xor(d4).rotate::<27, 37>();
    let b11 = a41.xor(d4).rotate::<20, 44>();
    let b24 = a42.xor(d4).rotate::<39, 25>();
    let b32 = a43.xor(d4).rotate::<8, 56>();
    let b40 = a44.xor(d4).rotate::<14, 50>();
    let [e00, e10, e20, e30, e40] = chi(b00, b10, b20, b30, b40);
    let [e01, e11, e21, e31, e41] = chi(b01, b11, b21, b31, b41);
    let [e02, e12, e22, e32, e42] = chi(b02, b12, b22, b32, b42);
    let [e03, e13, e23, e33, e43] = chi(b03, b13, b23, b33, b43);
    let [e04, e14, e24, e34, e44] = chi(b04, b14, b24, b34, b44);

    // ι is in the first lane.
    [
        e00.xor(L::splat(constant)), e10, e20, e30, e40,
        e01, e11, e21, e31, e41,
        e02, e12, e22, e32, e42,
        e03, e13, e23, e33, e43,
        e04, e14, e24, e34, e44,
    ]
}

#[inline(always)]
fn sum<L: Lane>(a: L, b: L, c: L, d: L, e: L) -> L {
    a.xor(b).xor(c).xor(d).xor(e)
}

#[inline(always)]
fn chi<L: Lane>(a: L, b: L, c: L, d: L, e: L) -> [L; 5] {
    [a.xor(b.and_not(c)), b.xor(c.and_not(d)), c.xor(d.and_not(e)), d.xor(e.and_not(a)), e.xor(a.and_not(b))]
}
