//! The field and the curve for the compiler: plain, slow arithmetic that runs while the tables of `table` are built,
//! and never at run time. It needs no assembly and shares nothing with `field` but the form of its numbers.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing)] // What went wrong here would stop the compiler.

/// A number below 2^256, four limbs, the lowest first.
pub type Limbs = [u64; 4];

/// d = -121665/121666 of the curve -x^2 + y^2 = 1 + d x^2 y^2.
pub const D: Limbs = quotient([121_665, 0, 0, 0], [121_666, 0, 0, 0], true);
/// A square root of -1: 2^((p - 1)/4).
pub const SQRT_M1: Limbs = {
    // 2^((p - 1)/4) = 2^(2^253 - 5) = 2^(2^253 - 2^3) 2^3, and 2^253 - 2^3 = 2^3 (2^250 - 1).
    let mut root = power_of_250_ones([2, 0, 0, 0]);
    let mut i = 0;
    while i < 3 {
        root = mul(root, root);
        i += 1;
    }
    canonical(mul(root, [8, 0, 0, 0]))
};
/// RFC 8032's base point: y = 4/5, and its even x.
pub const BASE: Point = {
    let x = [0xc956_2d60_8f25_d51a, 0x692c_c760_9525_a7b2, 0xc0a4_e231_fdd6_dc5c, 0x2169_36d3_cd6e_53fe];
    let y = quotient([4, 0, 0, 0], [5, 0, 0, 0], false);
    Point { x, y, z: [1, 0, 0, 0], t: mul(x, y) }
};

/// A point in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.
#[derive(Clone, Copy)]
pub struct Point {
    pub x: Limbs,
    pub y: Limbs,
    pub z: Limbs,
    pub t: Limbs,
}

impl Point {
    /// The sum of any two points.
    pub const fn plus(&self, other: &Point) -> Point {
        let a = mul(sub(self.y, self.x), sub(other.y, other.x));
        let b = mul(add(self.y, self.x), add(other.y, other.x));
        let c = mul(mul(self.t, other.t), add(D, D));
        let d = mul(self.z, add(other.z, other.z));
        let (e, f, g, h) = (sub(b, a), sub(d, c), add(d, c), add(b, a));
        Point { x: mul(e, f), y: mul(g, h), z: mul(f, g), t: mul(e, h) }
    }

    pub const fn negative(&self) -> Point {
        Point { x: sub([0; 4], self.x), y: self.y, z: self.z, t: sub([0; 4], self.t) }
    }
}

/// The product, below 2^256.
pub const fn mul(a: Limbs, b: Limbs) -> Limbs {
    let mut wide = [0; 8];
    let mut i = 0;
    while i < 4 {
        let mut carry = 0;
        let mut j = 0;
        while j < 4 {
            carry += a[i] as u128 * b[j] as u128 + wide[i + j] as u128;
            wide[i + j] = carry as u64;
            carry >>= 64;
            j += 1;
        }
        wide[i + 4] = carry as u64;
        i += 1;
    }
    let [l0, l1, l2, l3, h0, h1, h2, h3] = wide;
    fold([l0 as u128, l1 as u128, l2 as u128, l3 as u128], [h0, h1, h2, h3])
}

/// low + 38 high, below 2^256, where the limbs of `low` are below 2^65.
const fn fold(low: [u128; 4], high: Limbs) -> Limbs {
    let mut sum = [0; 4];
    let mut carry = 0;
    let mut i = 0;
    while i < 4 {
        carry += low[i] + high[i] as u128 * 38;
        sum[i] = carry as u64;
        carry >>= 64;
        i += 1;
    }
    let [s0, s1, s2, s3] = sum;
    if carry == 0 { sum } else { fold([s0 as u128, s1 as u128, s2 as u128, s3 as u128], [carry as u64, 0, 0, 0]) }
}

pub const fn add(a: Limbs, b: Limbs) -> Limbs {
    let mut sum = [0; 4];
    let mut i = 0;
    while i < 4 {
        sum[i] = a[i] as u128 + b[i] as u128;
        i += 1;
    }
    fold(sum, [0; 4])
}

/// a - b: minus one times b is the complement of b less 37, and 2p - 37 = 2^256 - 75.
pub const fn sub(a: Limbs, b: Limbs) -> Limbs {
    let minus = add([!b[0], !b[1], !b[2], !b[3]], [0u64.wrapping_sub(75), u64::MAX, u64::MAX, u64::MAX]);
    add(a, minus)
}

/// The form below p.
pub const fn canonical(a: Limbs) -> Limbs {
    let mut value = a;
    // Adding 19 carries to bit 255 if the value is p or more; bit 255 itself is 19.
    let mut i = 0;
    while i < 3 {
        let [v0, v1, v2, v3] = value;
        let top = v3 >> 63;
        let folded = add([v0, v1, v2, v3 & (u64::MAX >> 1)], [top * 19, 0, 0, 0]);
        let more = add(folded, [19, 0, 0, 0]);
        value = if more[3] >> 63 == 1 { [more[0], more[1], more[2], more[3] & (u64::MAX >> 1)] } else { folded };
        i += 1;
    }
    value
}

/// a^(2^250 - 1).
const fn power_of_250_ones(a: Limbs) -> Limbs {
    let mut power = a;
    let mut i = 1;
    while i < 250 {
        power = mul(mul(power, power), a);
        i += 1;
    }
    power
}

/// a^(p - 2), where p - 2 = 2^255 - 21 = 2^5 (2^250 - 1) + 11.
pub const fn inverse(a: Limbs) -> Limbs {
    let mut power = power_of_250_ones(a);
    let bits = [0, 1, 0, 1, 1];
    let mut i = 0;
    while i < 5 {
        power = mul(power, power);
        if bits[i] == 1 {
            power = mul(power, a);
        }
        i += 1;
    }
    power
}

const fn quotient(a: Limbs, b: Limbs, negative: bool) -> Limbs {
    let value = mul(a, inverse(b));
    canonical(if negative { sub([0; 4], value) } else { value })
}
