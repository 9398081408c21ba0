//! id-MLKEM1024-X448-SHA3-256 (draft-ietf-lamps-pq-composite-kem-17).

use crate::bytes::{split, split_mut};
use crate::error::Error;
use crate::memory::{Zeroize, Zeroizing};
use crate::plain::Plain;
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

/// A secret key ready for use: nothing is left to be derived from it. Wiped when it goes.
#[repr(C)]
pub struct DecapsKey {
    key_m: mlkem1024::DecapsKey,
    sk_x: [u8; x448::BYTES],
    pk_x: [u8; x448::BYTES],
    /// What a compiler would leave free where values of the backend are aligned to 32 bytes.
    _unused: [u8; 16],
}

// SAFETY: one value without padding after another, and byte strings.
#[allow(unsafe_code)]
unsafe impl Plain for DecapsKey {}
const _: () = assert!(size_of::<DecapsKey>() == size_of::<mlkem1024::DecapsKey>() + 2 * x448::BYTES + 16);

impl DecapsKey {
    /// Makes this the key that `sk` encodes.
    pub fn set(&mut self, sk: &[u8; SECRET_KEY_BYTES]) -> Result<(), Error> {
        let (seed, sk_x) = split(sk)?;
        self.key_m.set_seed(seed);
        self.sk_x = *sk_x;
        x448::public_key(&mut self.pk_x, sk_x);
        Ok(())
    }

    /// Writes the public key.
    pub fn public_key(&self, pk: &mut [u8; PUBLIC_KEY_BYTES]) -> Result<(), Error> {
        let (pk_m, pk_x) = split_mut(pk)?;
        self.key_m.encaps_key(pk_m);
        *pk_x = self.pk_x;
        Ok(())
    }

    /// Decapsulates `ct`.
    pub fn decaps(&self, ss: &mut [u8; SHARED_SECRET_BYTES], ct: &[u8; CIPHERTEXT_BYTES]) -> Result<(), Error> {
        let (ct_m, ct_x) = split(ct)?;
        let mut ss_x = Zeroizing::new([0; x448::BYTES]);
        if !x448::diffie_hellman(&mut ss_x, &self.sk_x, ct_x) {
            return Err(Error::Ciphertext);
        }
        let mut ss_m = Zeroizing::new([0; mlkem1024::SHARED_SECRET_BYTES]);
        self.key_m.decaps(&mut ss_m, ct_m);
        combine(ss, &ss_m, &ss_x, ct_x, &self.pk_x);
        Ok(())
    }
}

impl Drop for DecapsKey {
    fn drop(&mut self) {
        // Its ML-KEM half sees to itself.
        self.sk_x.zeroize();
    }
}

/// A public key ready for use.
#[repr(C)]
pub struct EncapsKey {
    key_m: mlkem1024::EncapsKey,
    pk_x: [u8; x448::BYTES],
    /// As in DecapsKey.
    _unused: [u8; 8],
}

// SAFETY: as for DecapsKey.
#[allow(unsafe_code)]
unsafe impl Plain for EncapsKey {}
const _: () = assert!(size_of::<EncapsKey>() == size_of::<mlkem1024::EncapsKey>() + x448::BYTES + 8);

impl EncapsKey {
    /// Makes this the key that `pk` encodes.
    pub fn set(&mut self, pk: &[u8; PUBLIC_KEY_BYTES]) -> Result<(), Error> {
        let (pk_m, pk_x) = split(pk)?;
        self.key_m.set(pk_m)?;
        self.pk_x = *pk_x;
        Ok(())
    }

    /// Encapsulates, deterministically from `coins`.
    pub fn encaps(
        &self,
        ct: &mut [u8; CIPHERTEXT_BYTES],
        ss: &mut [u8; SHARED_SECRET_BYTES],
        coins: &[u8; ENCAPS_COINS_BYTES],
    ) -> Result<(), Error> {
        let (m, ek_x) = split(coins)?;
        let (ct_m, ct_x) = split_mut(ct)?;
        let mut ss_x = Zeroizing::new([0; x448::BYTES]);
        x448::public_key(ct_x, ek_x);
        if !x448::diffie_hellman(&mut ss_x, ek_x, &self.pk_x) {
            return Err(Error::PublicKey);
        }
        let mut ss_m = Zeroizing::new([0; mlkem1024::SHARED_SECRET_BYTES]);
        self.key_m.encaps(ct_m, &mut ss_m, m);
        combine(ss, &ss_m, &ss_x, ct_x, &self.pk_x);
        Ok(())
    }
}

/// Writes the public key of `sk`.
pub fn public_key(pk: &mut [u8; PUBLIC_KEY_BYTES], sk: &[u8; SECRET_KEY_BYTES]) -> Result<(), Error> {
    let mut key = DecapsKey::zeroed();
    key.set(sk)?;
    key.public_key(pk)
}

/// Encapsulates to `pk`, deterministically from `coins`.
pub fn encaps(
    ct: &mut [u8; CIPHERTEXT_BYTES],
    ss: &mut [u8; SHARED_SECRET_BYTES],
    coins: &[u8; ENCAPS_COINS_BYTES],
    pk: &[u8; PUBLIC_KEY_BYTES],
) -> Result<(), Error> {
    let mut key = EncapsKey::zeroed();
    key.set(pk)?;
    key.encaps(ct, ss, coins)
}

/// Decapsulates `ct` with `sk`.
pub fn decaps(
    ss: &mut [u8; SHARED_SECRET_BYTES],
    ct: &[u8; CIPHERTEXT_BYTES],
    sk: &[u8; SECRET_KEY_BYTES],
) -> Result<(), Error> {
    let mut key = DecapsKey::zeroed();
    key.set(sk)?;
    key.decaps(ss, ct)
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
