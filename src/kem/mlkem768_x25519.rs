//! X-Wing (draft-connolly-cfrg-xwing-kem-10), the CFRG's MLKEM768-X25519; with the private key in its expanded form it
//! is id-MLKEM768-X25519-SHA3-256 (draft-ietf-lamps-pq-composite-kem-17), byte for byte.

use crate::bytes::{split, split_mut};
use crate::error::Error;
use crate::memory::Zeroizing;
use crate::primitives::{hash, mlkem::mlkem768, x25519};

/// Bytes of a public key: ML-KEM-768 encapsulation key || X25519 public key.
pub const PUBLIC_KEY_BYTES: usize = 1216;
/// Bytes of a secret key: the X-Wing seed.
pub const SECRET_KEY_BYTES: usize = 32;
/// Bytes of a ciphertext: ML-KEM-768 ciphertext || ephemeral X25519 public key.
pub const CIPHERTEXT_BYTES: usize = 1120;
/// Bytes of a shared secret.
pub const SHARED_SECRET_BYTES: usize = 32;
/// Bytes of the coins of encapsulation: m || ephemeral X25519 scalar.
pub const ENCAPS_COINS_BYTES: usize = 64;
/// Bytes of a private key as LAMPS writes it: d || z || X25519 scalar.
pub const LAMPS_SECRET_KEY_BYTES: usize = 96;

const LABEL: &[u8; 6] = br"\.//^\";

/// Writes the public key of `sk`.
pub fn public_key(pk: &mut [u8; PUBLIC_KEY_BYTES], sk: &[u8; SECRET_KEY_BYTES]) -> Result<(), Error> {
    lamps_public_key(pk, &expand(sk))
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

    let mut ss_x = Zeroizing::new([0; x25519::BYTES]);
    x25519::public_key(ct_x, ek_x);
    if !x25519::diffie_hellman(&mut ss_x, ek_x, pk_x) {
        return Err(Error::PublicKey);
    }
    let mut ss_m = Zeroizing::new([0; mlkem768::SHARED_SECRET_BYTES]);
    mlkem768::encaps(ct_m, &mut ss_m, m, pk_m)?;
    combine(ss, &ss_m, &ss_x, ct_x, pk_x);
    Ok(())
}

/// Decapsulates `ct` with the X-Wing seed `sk`.
pub fn decaps(
    ss: &mut [u8; SHARED_SECRET_BYTES],
    ct: &[u8; CIPHERTEXT_BYTES],
    sk: &[u8; SECRET_KEY_BYTES],
) -> Result<(), Error> {
    lamps_decaps(ss, ct, &expand(sk))
}

/// Writes the public key of the LAMPS private key `dk`.
pub fn lamps_public_key(pk: &mut [u8; PUBLIC_KEY_BYTES], dk: &[u8; LAMPS_SECRET_KEY_BYTES]) -> Result<(), Error> {
    let (seed, sk_x) = split(dk)?;
    let (pk_m, pk_x) = split_mut(pk)?;
    mlkem768::DecapsKey::from_seed(pk_m, seed);
    x25519::public_key(pk_x, sk_x);
    Ok(())
}

/// Decapsulates `ct` with the LAMPS private key `dk`.
pub fn lamps_decaps(
    ss: &mut [u8; SHARED_SECRET_BYTES],
    ct: &[u8; CIPHERTEXT_BYTES],
    dk: &[u8; LAMPS_SECRET_KEY_BYTES],
) -> Result<(), Error> {
    let (seed, sk_x) = split(dk)?;
    let (ct_m, ct_x) = split(ct)?;

    let mut pk_x = [0; x25519::BYTES];
    let mut ss_x = Zeroizing::new([0; x25519::BYTES]);
    x25519::public_key(&mut pk_x, sk_x);
    if !x25519::diffie_hellman(&mut ss_x, sk_x, ct_x) {
        return Err(Error::Ciphertext);
    }
    let mut ss_m = Zeroizing::new([0; mlkem768::SHARED_SECRET_BYTES]);
    mlkem768::DecapsKey::from_seed(&mut [0; mlkem768::ENCAPS_KEY_BYTES], seed).decaps(&mut ss_m, ct_m);
    combine(ss, &ss_m, &ss_x, ct_x, &pk_x);
    Ok(())
}

/// X-Wing's expandDecapsulationKey: the seed becomes the LAMPS private key.
fn expand(sk: &[u8; SECRET_KEY_BYTES]) -> Zeroizing<[u8; LAMPS_SECRET_KEY_BYTES]> {
    let mut dk = Zeroizing::new([0; LAMPS_SECRET_KEY_BYTES]);
    hash::shake256(dk.as_mut_slice(), sk);
    dk
}

/// ss = SHA3-256(ss_M || ss_X || ct_X || pk_X || label).
fn combine(
    ss: &mut [u8; SHARED_SECRET_BYTES],
    ss_m: &[u8; mlkem768::SHARED_SECRET_BYTES],
    ss_x: &[u8; x25519::BYTES],
    ct_x: &[u8; x25519::BYTES],
    pk_x: &[u8; x25519::BYTES],
) {
    hash::sha3_256(ss, &[ss_m, ss_x, ct_x, pk_x, LABEL]);
}
