//! id-MLKEM1024-X448-SHA3-256 (draft-ietf-lamps-pq-composite-kem-17).

use crate::bytes::{split, split_mut};
use crate::error::Error;
use crate::memory::Zeroizing;
use crate::primitives::{hash, mlkem::mlkem1024, x448};

/// Bytes of a public key: ML-KEM-1024 encapsulation key || X448 public key.
pub const PUBLIC_KEY_BYTES: usize = 1624;
/// Bytes of a secret key: d || z || X448 scalar, not clamped.
pub const SECRET_KEY_BYTES: usize = 120;
/// Bytes of a ciphertext: ML-KEM-1024 ciphertext || ephemeral X448 public key.
pub const CIPHERTEXT_BYTES: usize = 1624;
/// Bytes of a shared secret.
pub const SHARED_SECRET_BYTES: usize = 32;
/// Bytes of the coins of encapsulation: m || ephemeral X448 scalar.
pub const ENCAPS_COINS_BYTES: usize = 88;

const LABEL: &[u8; 14] = b"MLKEM1024-X448";

/// Writes the public key of `sk`.
pub fn public_key(pk: &mut [u8; PUBLIC_KEY_BYTES], sk: &[u8; SECRET_KEY_BYTES]) -> Result<(), Error> {
    let (seed, sk_x) = split(sk)?;
    let (pk_m, pk_x) = split_mut(pk)?;
    mlkem1024::DecapsKey::from_seed(pk_m, seed);
    x448::public_key(pk_x, sk_x);
    Ok(())
}

/// Encapsulates to `pk`, deterministically from `coins`.
pub fn encaps(
    ct: &mut [u8; CIPHERTEXT_BYTES],
    ss: &mut [u8; SHARED_SECRET_BYTES],
    coins: &[u8; ENCAPS_COINS_BYTES],
    pk: &[u8; PUBLIC_KEY_BYTES],
) -> Result<(), Error> {
    let (pk_m, pk_x) = split(pk)?;
    let (m, ek_x) = split(coins)?;
    let (ct_m, ct_x) = split_mut(ct)?;

    let mut ss_x = Zeroizing::new([0; x448::BYTES]);
    x448::public_key(ct_x, ek_x);
    if !x448::diffie_hellman(&mut ss_x, ek_x, pk_x) {
        return Err(Error::PublicKey);
    }
    let mut ss_m = Zeroizing::new([0; mlkem1024::SHARED_SECRET_BYTES]);
    mlkem1024::encaps(ct_m, &mut ss_m, m, pk_m)?;
    combine(ss, &ss_m, &ss_x, ct_x, pk_x);
    Ok(())
}

/// Decapsulates `ct` with `sk`.
pub fn decaps(
    ss: &mut [u8; SHARED_SECRET_BYTES],
    ct: &[u8; CIPHERTEXT_BYTES],
    sk: &[u8; SECRET_KEY_BYTES],
) -> Result<(), Error> {
    let (seed, sk_x) = split(sk)?;
    let (ct_m, ct_x) = split(ct)?;

    let mut pk_x = [0; x448::BYTES];
    let mut ss_x = Zeroizing::new([0; x448::BYTES]);
    x448::public_key(&mut pk_x, sk_x);
    if !x448::diffie_hellman(&mut ss_x, sk_x, ct_x) {
        return Err(Error::Ciphertext);
    }
    let mut ss_m = Zeroizing::new([0; mlkem1024::SHARED_SECRET_BYTES]);
    mlkem1024::DecapsKey::from_seed(&mut [0; mlkem1024::ENCAPS_KEY_BYTES], seed).decaps(&mut ss_m, ct_m);
    combine(ss, &ss_m, &ss_x, ct_x, &pk_x);
    Ok(())
}

/// ss = SHA3-256(mlkemSS || tradSS || tradCT || tradPK || label).
fn combine(
    ss: &mut [u8; SHARED_SECRET_BYTES],
    ss_m: &[u8; mlkem1024::SHARED_SECRET_BYTES],
    ss_x: &[u8; x448::BYTES],
    ct_x: &[u8; x448::BYTES],
    pk_x: &[u8; x448::BYTES],
) {
    hash::sha3_256(ss, &[ss_m, ss_x, ct_x, pk_x, LABEL]);
}
