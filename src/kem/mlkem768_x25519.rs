//! X-Wing (draft-connolly-cfrg-xwing-kem-10), the CFRG's MLKEM768-X25519; with the private key in its expanded form it
//! is id-MLKEM768-X25519-SHA3-256 (draft-ietf-lamps-pq-composite-kem-17), byte for byte.

use crate::bytes::{split, split_mut};
use crate::error::Error;
use crate::memory::{Zeroize, Zeroizing};
use crate::plain::Plain;
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

/// A secret key ready for use: nothing is left to be derived from it. Wiped when it goes.
#[repr(C)]
pub struct DecapsKey {
    key_m: mlkem768::DecapsKey,
    sk_x: [u8; x25519::BYTES],
    pk_x: [u8; x25519::BYTES],
}

// SAFETY: one value without padding after another, and byte strings.
#[allow(unsafe_code)]
unsafe impl Plain for DecapsKey {}
const _: () = assert!(size_of::<DecapsKey>() == size_of::<mlkem768::DecapsKey>() + 2 * x25519::BYTES);

impl DecapsKey {
    /// Makes this the key of the X-Wing seed `sk`.
    pub fn set(&mut self, sk: &[u8; SECRET_KEY_BYTES]) -> Result<(), Error> {
        self.set_lamps(&expand(sk))
    }

    /// Makes this the key of the LAMPS private key `dk`.
    pub fn set_lamps(&mut self, dk: &[u8; LAMPS_SECRET_KEY_BYTES]) -> Result<(), Error> {
        let (seed, sk_x) = split(dk)?;
        self.key_m.set_seed(seed);
        self.sk_x = *sk_x;
        x25519::public_key(&mut self.pk_x, sk_x);
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
        let mut ss_x = Zeroizing::new([0; x25519::BYTES]);
        if !x25519::diffie_hellman(&mut ss_x, &self.sk_x, ct_x) {
            return Err(Error::Ciphertext);
        }
        let mut ss_m = Zeroizing::new([0; mlkem768::SHARED_SECRET_BYTES]);
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
    key_m: mlkem768::EncapsKey,
    pk_x: [u8; x25519::BYTES],
}

// SAFETY: as for DecapsKey.
#[allow(unsafe_code)]
unsafe impl Plain for EncapsKey {}
const _: () = assert!(size_of::<EncapsKey>() == size_of::<mlkem768::EncapsKey>() + x25519::BYTES);

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
        let mut ss_x = Zeroizing::new([0; x25519::BYTES]);
        x25519::public_key(ct_x, ek_x);
        if !x25519::diffie_hellman(&mut ss_x, ek_x, &self.pk_x) {
            return Err(Error::PublicKey);
        }
        let mut ss_m = Zeroizing::new([0; mlkem768::SHARED_SECRET_BYTES]);
        self.key_m.encaps(ct_m, &mut ss_m, m);
        combine(ss, &ss_m, &ss_x, ct_x, &self.pk_x);
        Ok(())
    }
}

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
    let mut key = EncapsKey::zeroed();
    key.set(pk)?;
    key.encaps(ct, ss, coins)
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
    let mut key = DecapsKey::zeroed();
    key.set_lamps(dk)?;
    key.public_key(pk)
}

/// Decapsulates `ct` with the LAMPS private key `dk`.
pub fn lamps_decaps(
    ss: &mut [u8; SHARED_SECRET_BYTES],
    ct: &[u8; CIPHERTEXT_BYTES],
    dk: &[u8; LAMPS_SECRET_KEY_BYTES],
) -> Result<(), Error> {
    let mut key = DecapsKey::zeroed();
    key.set_lamps(dk)?;
    key.decaps(ss, ct)
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
