//! ML-DSA (FIPS 204), from libcrux-ml-dsa, which is formally verified in parts but wipes nothing.
//! As for ML-KEM, its code for vector registers is called by name where the compiler may use them everywhere.

macro_rules! parameter_set {
    ($name:ident, $doc:literal, $backend:ident, $sk:ident, $pk:ident, $sig:ident, $pk_len:literal, $sk_len:literal, $sig_len:literal) => {
        #[doc = $doc]
        pub mod $name {
            use crate::error::Error;
            use crate::memory::Zeroize;
            use crate::plain::Plain;
            use crate::primitives::cpu::lattice_code;
            use libcrux_ml_dsa::$backend::{$pk, $sig, $sk};
            lattice_code!(libcrux_ml_dsa::$backend);

            /// Bytes of a private key, the seed xi.
            pub const SEED_BYTES: usize = 32;
            /// Bytes of the signing randomness; all zero gives the deterministic variant.
            pub const RND_BYTES: usize = 32;
            /// Bytes of a public key.
            pub const PUBLIC_KEY_BYTES: usize = $pk_len;
            /// Bytes of an expanded private key.
            pub const EXPANDED_KEY_BYTES: usize = $sk_len;
            /// Bytes of a signature.
            pub const SIGNATURE_BYTES: usize = $sig_len;

            /// An expanded private key, wiped when it goes.
            pub struct SigningKey($sk);

            // SAFETY: the backend's array of bytes; the size leaves no room for more. The backend's version is pinned.
            #[allow(unsafe_code)]
            unsafe impl Plain for SigningKey {}
            const _: () = assert!(size_of::<SigningKey>() == EXPANDED_KEY_BYTES);

            impl SigningKey {
                /// The key of a seed, see `set_seed`.
                pub fn from_seed(pk: &mut [u8; PUBLIC_KEY_BYTES], seed: &[u8; SEED_BYTES]) -> Self {
                    let mut key = Self::zeroed();
                    key.set_seed(pk, seed);
                    key
                }

                /// Makes this ML-DSA.KeyGen_internal(xi), FIPS 204 algorithm 6; writes the public key to `pk`.
                pub fn set_seed(&mut self, pk: &mut [u8; PUBLIC_KEY_BYTES], seed: &[u8; SEED_BYTES]) {
                    let mut pair = backend::generate_key_pair(*seed);
                    *pk = *pair.verification_key.as_ref();
                    *self.0.as_ref_mut() = *pair.signing_key.as_ref();
                    pair.signing_key.as_mut_slice().zeroize();
                }

                /// Takes an expanded private key as it is.
                pub fn from_expanded(sk: &[u8; EXPANDED_KEY_BYTES]) -> Self {
                    SigningKey($sk::new(*sk))
                }

                /// The expanded private key, as FIPS 204 encodes it.
                pub fn as_bytes(&self) -> &[u8; EXPANDED_KEY_BYTES] {
                    self.0.as_ref()
                }

                /// ML-DSA.Sign, FIPS 204 algorithm 2, with `rnd` in place of its fresh randomness.
                pub fn sign(
                    &self,
                    sig: &mut [u8; SIGNATURE_BYTES],
                    message: &[u8],
                    context: &[u8],
                    rnd: &[u8; RND_BYTES],
                ) -> Result<(), Error> {
                    // A failure is either a context over 255 bytes or 814 rejections in a row.
                    let signature = backend::sign(&self.0, message, context, *rnd).map_err(|_| Error::Internal)?;
                    *sig = *signature.as_ref();
                    Ok(())
                }
            }

            impl Drop for SigningKey {
                fn drop(&mut self) {
                    self.wipe();
                }
            }

            /// ML-DSA.Verify, FIPS 204 algorithm 3.
            pub fn verify(
                sig: &[u8; SIGNATURE_BYTES],
                message: &[u8],
                context: &[u8],
                pk: &[u8; PUBLIC_KEY_BYTES],
            ) -> Result<(), Error> {
                let (pk, sig) = ($pk::new(*pk), $sig::new(*sig));
                backend::verify(&pk, message, context, &sig).map_err(|_| Error::Signature)
            }
        }
    };
}

#[cfg(feature = "mldsa65-ed25519")]
parameter_set!(
    mldsa65,
    "ML-DSA-65.",
    ml_dsa_65,
    MLDSA65SigningKey,
    MLDSA65VerificationKey,
    MLDSA65Signature,
    1952,
    4032,
    3309
);
#[cfg(feature = "mldsa87-ed448")]
parameter_set!(
    mldsa87,
    "ML-DSA-87.",
    ml_dsa_87,
    MLDSA87SigningKey,
    MLDSA87VerificationKey,
    MLDSA87Signature,
    2592,
    4896,
    4627
);
