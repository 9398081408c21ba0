//! The values of the dictionary, which seeds.py computes: points of small order, moduli, labels. The fuzzer splices
//! them into its inputs, and `mutate` into objects.

use std::sync::LazyLock;

static ENTRIES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    include_str!("../dictionary")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (name, value) = line.split_once('=').expect("an entry of the dictionary is NAME=\"\\xHH...\"");
            let bytes = value.trim_matches('"').split("\\x").skip(1);
            (name.to_owned(), bytes.map(|byte| u8::from_str_radix(byte, 16).expect("two digits")).collect())
        })
        .collect()
});

/// One of the values; every number is one.
pub fn value(number: u8) -> &'static [u8] {
    &ENTRIES[usize::from(number) % ENTRIES.len()].1
}

fn is_named(kind: &str, bytes: &[u8]) -> bool {
    ENTRIES.iter().any(|(name, value)| name.starts_with(kind) && value == bytes)
}

/// Whether X25519 gives zero, whatever the scalar. RFC 7748 has bit 255 ignored.
pub fn is_low_order_x25519(point: &[u8]) -> bool {
    let mut masked = point.to_vec();
    masked[31] &= 0x7f;
    is_named("x25519_low_order", &masked)
}

/// Whether X448 gives zero, whatever the scalar.
pub fn is_low_order_x448(point: &[u8]) -> bool {
    is_named("x448_low_order", point)
}

/// Whether Ed25519 refuses a public key as such: not a canonical point, or of small order.
pub fn is_bad_ed25519(key: &[u8]) -> bool {
    crrl::ed25519::Point::decode(key).is_none_or(|point| point.has_low_order() != 0)
}

/// The same for Ed448.
pub fn is_bad_ed448(key: &[u8]) -> bool {
    crrl::ed448::Point::decode(key).is_none_or(|point| point.has_low_order() != 0)
}

/// SHA-512 for the first signature suite, SHAKE256 for the second.
pub fn digest(suite: usize, message: &[u8]) -> [u8; 64] {
    if suite == 0 {
        sha2::Digest::finalize(sha2::Digest::chain_update(<sha2::Sha512 as sha2::Digest>::new(), message)).into()
    } else {
        shake256(&[message])
    }
}

pub fn shake256<const N: usize>(parts: &[&[u8]]) -> [u8; N] {
    use shake::{ExtendableOutput, Update, XofReader};
    let mut hash = shake::Shake256::default();
    parts.iter().for_each(|part| hash.update(part));
    let mut out = [0; N];
    hash.finalize_xof().read(&mut out);
    out
}

pub fn sha3_256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = <sha3::Sha3_256 as sha3::Digest>::new();
    parts.iter().for_each(|part| sha3::Digest::update(&mut hash, part));
    sha3::Digest::finalize(hash).into()
}
