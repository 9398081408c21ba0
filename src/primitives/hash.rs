//! SHA3-256 and SHAKE256 (FIPS 202), SHA-512 (FIPS 180-4), from the RustCrypto crates, which wipe their states.

/// A hash that takes its message piece by piece and gives 64 bytes: the prehash of a signature suite.
pub trait Prehash {
    /// Eight bytes that tell this hash from the other.
    const NAME: [u8; 8];
    /// Starts on an empty message.
    fn new() -> Self;
    /// Appends `data` to the message.
    fn update(&mut self, data: &[u8]);
    /// Writes the digest of the message and starts again.
    fn finish(&mut self, digest: &mut [u8; 64]);
}

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

    fn finish(&mut self, digest: &mut [u8; 64]) {
        sha2::digest::FixedOutputReset::finalize_into_reset(&mut self.0, digest.into());
    }
}

/// SHAKE256 with 64 bytes of output, the prehash of MLDSA87-Ed448.
#[cfg(feature = "mldsa87-ed448")]
pub struct Shake256(shake::Shake256);

#[cfg(feature = "mldsa87-ed448")]
impl Prehash for Shake256 {
    const NAME: [u8; 8] = *b"SHAKE256";

    fn new() -> Self {
        Shake256(shake::Shake256::default())
    }

    fn update(&mut self, data: &[u8]) {
        shake::Update::update(&mut self.0, data);
    }

    fn finish(&mut self, digest: &mut [u8; 64]) {
        use shake::{XofReader, digest::ExtendableOutputReset};
        self.0.finalize_xof_reset().read(digest);
    }
}
