//! ML-KEM (FIPS 203), from libcrux-ml-kem, which is formally verified in parts but checks no keys by itself and wipes nothing.
//!
//! Keys are worked with in the backend's unpacked form: the matrix is sampled once, also where a key is derived from its
//! seed and used at once. The backend's code for vector registers is called by name where the compiler may use them
//! everywhere, so that it is inlined; all other code for the same thing stays out of the library.

macro_rules! parameter_set {
    (
        $name:ident, $doc:literal, $backend:ident, $private:ident, $key_pair:ident, $public:ident,
        $rank:literal, $ek:literal, $dk:literal, $ct:literal
    ) => {
        #[doc = $doc]
        pub mod $name {
            use crate::error::Error;
            use crate::memory::Zeroize;
            use crate::plain::Plain;
            use crate::primitives::cpu::lattice_code;
            use core::ops::IndexMut;
            use libcrux_ml_kem::$backend as types;
            lattice_code!(libcrux_ml_kem::$backend);

            /// Bytes of the seed d || z.
            pub const SEED_BYTES: usize = 64;
            /// Bytes of an encapsulation key.
            pub const ENCAPS_KEY_BYTES: usize = $ek;
            /// Bytes of an expanded decapsulation key.
            pub const DECAPS_KEY_BYTES: usize = $dk;
            /// Bytes of a ciphertext.
            pub const CIPHERTEXT_BYTES: usize = $ct;
            /// Bytes of the message m that encapsulation is derived from.
            pub const MESSAGE_BYTES: usize = 32;
            /// Bytes of a shared secret.
            pub const SHARED_SECRET_BYTES: usize = 32;

            /// Bytes of a polynomial, 256 coefficients.
            const POLYNOMIAL_BYTES: usize = 512;

            /// A decapsulation key, with its encapsulation key: s, t and the matrix as polynomials, z, rho and the hash of
            /// the encapsulation key. Wiped when it goes.
            pub struct DecapsKey(backend::unpacked::$key_pair);

            // SAFETY: the backend's arrays of coefficients (integers of 16 bits, or vector registers) and of bytes; the size,
            // which is that of all of them, leaves no room for padding. The backend's version is pinned.
            #[allow(unsafe_code)]
            unsafe impl Plain for DecapsKey {}
            const _: () = assert!(size_of::<DecapsKey>() == ($rank + 2) * $rank * POLYNOMIAL_BYTES + 96);

            impl DecapsKey {
                /// The key of a seed, see `set_seed`.
                pub fn from_seed(seed: &[u8; SEED_BYTES]) -> Self {
                    let mut key = Self::zeroed();
                    key.set_seed(seed);
                    key
                }

                /// Makes this ML-KEM.KeyGen_internal(d, z), FIPS 203 algorithm 16.
                pub fn set_seed(&mut self, seed: &[u8; SEED_BYTES]) {
                    backend::unpacked::generate_key_pair_mut(*seed, &mut self.0);
                }

                /// Takes an expanded key, after the hash check of FIPS 203 section 7.3.
                pub fn from_expanded(dk: &[u8; DECAPS_KEY_BYTES]) -> Result<Self, Error> {
                    let mut expanded = types::$private::from(dk);
                    let mut key = Self::zeroed();
                    let valid = backend::validate_private_key_only(&expanded);
                    if valid {
                        backend::unpacked::key_pair_from_private_mut(&expanded, &mut key.0);
                    }
                    expanded.index_mut(0..).zeroize();
                    if valid { Ok(key) } else { Err(Error::Internal) }
                }

                /// Writes the encapsulation key.
                pub fn encaps_key(&self, ek: &mut [u8; ENCAPS_KEY_BYTES]) {
                    *ek = *backend::unpacked::key_pair_serialized_public_key(&self.0).as_slice();
                }

                /// Writes the expanded key, as FIPS 203 encodes it.
                pub fn expanded(&self, dk: &mut [u8; DECAPS_KEY_BYTES]) {
                    let mut expanded = types::$private::default();
                    backend::unpacked::key_pair_serialized_private_key_mut(&self.0, &mut expanded);
                    *dk = *expanded.as_slice();
                    expanded.index_mut(0..).zeroize();
                }

                /// ML-KEM.Decaps, FIPS 203 algorithm 21. A ciphertext that was not made for this key gives an
                /// unrelated secret (implicit rejection).
                pub fn decaps(&self, ss: &mut [u8; SHARED_SECRET_BYTES], ct: &[u8; CIPHERTEXT_BYTES]) {
                    let mut secret = backend::unpacked::decapsulate(&self.0, &ct.into());
                    *ss = secret;
                    secret.zeroize();
                }
            }

            impl Drop for DecapsKey {
                fn drop(&mut self) {
                    self.wipe();
                }
            }

            /// An encapsulation key: t and the matrix as polynomials, rho and the key's hash.
            pub struct EncapsKey(backend::unpacked::$public);

            // SAFETY: as for DecapsKey.
            #[allow(unsafe_code)]
            unsafe impl Plain for EncapsKey {}
            const _: () = assert!(size_of::<EncapsKey>() == ($rank + 1) * $rank * POLYNOMIAL_BYTES + 64);

            impl EncapsKey {
                /// The key that `ek` encodes, see `set`.
                pub fn from_bytes(ek: &[u8; ENCAPS_KEY_BYTES]) -> Result<Self, Error> {
                    let mut key = Self::zeroed();
                    key.set(ek)?;
                    Ok(key)
                }

                /// Makes this the key that `ek` encodes, after the modulus check of FIPS 203 section 7.2.
                pub fn set(&mut self, ek: &[u8; ENCAPS_KEY_BYTES]) -> Result<(), Error> {
                    let ek = ek.into();
                    if !backend::validate_public_key(&ek) {
                        return Err(Error::PublicKey);
                    }
                    backend::unpacked::unpacked_public_key(&ek, &mut self.0);
                    Ok(())
                }

                /// ML-KEM.Encaps_internal, FIPS 203 algorithm 17.
                pub fn encaps(
                    &self,
                    ct: &mut [u8; CIPHERTEXT_BYTES],
                    ss: &mut [u8; SHARED_SECRET_BYTES],
                    m: &[u8; MESSAGE_BYTES],
                ) {
                    let (ciphertext, mut secret) = backend::unpacked::encapsulate(&self.0, *m);
                    *ct = *ciphertext.as_slice();
                    *ss = secret;
                    secret.zeroize();
                }
            }
        }
    };
}

#[cfg(feature = "mlkem768-x25519")]
parameter_set!(
    mlkem768,
    "ML-KEM-768.",
    mlkem768,
    MlKem768PrivateKey,
    MlKem768KeyPairUnpacked,
    MlKem768PublicKeyUnpacked,
    3,
    1184,
    2400,
    1088
);
#[cfg(feature = "mlkem1024-x448")]
parameter_set!(
    mlkem1024,
    "ML-KEM-1024.",
    mlkem1024,
    MlKem1024PrivateKey,
    MlKem1024KeyPairUnpacked,
    MlKem1024PublicKeyUnpacked,
    4,
    1568,
    3168,
    1568
);
