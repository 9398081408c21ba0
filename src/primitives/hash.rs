//! SHA3-256 and SHAKE256 (FIPS 202), SHA-512 (FIPS 180-4), from the RustCrypto crates, which wipe their states.
//! The SHAKE256 that can be saved halfway is `sponge.rs`.

#[cfg(feature = "mldsa65-ed25519")]
use crate::memory::Zeroize;

#[cfg(feature = "mldsa87-ed448")]
pub use super::sponge::Shake256;

/// A hash that takes its message piece by piece and gives 64 bytes: the prehash of a signature suite.
pub trait Prehash: Sized {
    /// Eight bytes that tell this hash from the other.
    const NAME: [u8; 8];
    /// Starts on an empty message.
    fn new() -> Self;
    /// Appends `data` to the message.
    fn update(&mut self, data: &[u8]);
    /// Writes the digest of the message.
    fn finish(self, digest: &mut [u8; 64]);
    /// Writes the state as plain bytes, and zeros after them.
    fn save(&self, state: &mut [u8; STATE_BYTES]);
    /// Takes up the state from such bytes, if they are one.
    fn load(state: &[u8; STATE_BYTES]) -> Option<Self>;
}

/// Room for the saved state of either prehash.
pub const STATE_BYTES: usize = 248;

/// SHA3-256 of the parts, one after the other.
#[cfg(feature = "_kem")]
pub fn sha3_256(out: &mut [u8; 32], parts: &[&[u8]]) {
    use sha3::digest::{FixedOutput, Update};
    let mut hasher = sha3::Sha3_256::default();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize_into(out.into());
}

/// SHAKE256 of `input`, as many bytes as `out` holds.
#[cfg(feature = "mlkem768-x25519")]
pub fn shake256(out: &mut [u8], input: &[u8]) {
    use shake::{ExtendableOutput, Update, XofReader};
    let mut hasher = shake::Shake256::default();
    hasher.update(input);
    hasher.finalize_xof().read(out);
}

/// SHA-512, the prehash of MLDSA65-Ed25519.
#[cfg(feature = "mldsa65-ed25519")]
pub struct Sha512(sha2::Sha512);

#[cfg(feature = "mldsa65-ed25519")]
impl Prehash for Sha512 {
    const NAME: [u8; 8] = *b"SHA-512 ";

    fn new() -> Self {
        Sha512(sha2::Sha512::default())
    }

    fn update(&mut self, data: &[u8]) {
        sha2::digest::Update::update(&mut self.0, data);
    }

    fn finish(self, digest: &mut [u8; 64]) {
        sha2::digest::FixedOutput::finalize_into(self.0, digest.into());
    }

    fn save(&self, state: &mut [u8; STATE_BYTES]) {
        use sha2::digest::common::hazmat::{SerializableState, SerializedState};
        const { assert!(size_of::<SerializedState<sha2::Sha512>>() <= STATE_BYTES) };
        let mut saved = self.0.serialize();
        for (to, from) in state.iter_mut().zip(saved.iter().chain(core::iter::repeat(&0))) {
            *to = *from;
        }
        saved.as_mut_slice().zeroize();
    }

    fn load(state: &[u8; STATE_BYTES]) -> Option<Self> {
        use sha2::digest::common::hazmat::{SerializableState, SerializedState};
        let saved = state.get(..size_of::<SerializedState<sha2::Sha512>>())?;
        // The count of blocks, 16 bytes after the 64 of the chaining value. No message has 2^64 blocks; so large a count is
        // no state, and could overflow when it is turned into bits.
        if saved.get(72..80) != Some(&[0; 8]) {
            return None;
        }
        sha2::Sha512::deserialize(saved.try_into().ok()?).ok().map(Sha512)
    }
}
