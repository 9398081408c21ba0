//! ML-KEM (FIPS 203), from libcrux-ml-kem, which is formally verified in parts but checks no keys by itself and wipes nothing.

macro_rules! parameter_set {
    ($name:ident, $doc:literal, $backend:ident, $private:ident, $ek:literal, $dk:literal, $ct:literal) => {
        #[doc = $doc]
        pub mod $name {
            use crate::error::Error;
            use crate::memory::Zeroize;
            use crate::primitives::cpu::lattice_code;
            use core::ops::IndexMut;
            use libcrux_ml_kem::$backend::$private;
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

            /// An expanded decapsulation key, wiped when it goes.
            pub struct DecapsKey($private);

            impl DecapsKey {
                /// ML-KEM.KeyGen_internal(d, z), FIPS 203 algorithm 16; writes the encapsulation key to `ek`.
                pub fn from_seed(ek: &mut [u8; ENCAPS_KEY_BYTES], seed: &[u8; SEED_BYTES]) -> Self {
                    let (dk, public) = backend::generate_key_pair(*seed).into_parts();
                    *ek = *public.as_slice();
                    DecapsKey(dk)
                }

                /// Takes an expanded key, after the hash check of FIPS 203 section 7.3.
                pub fn from_expanded(dk: &[u8; DECAPS_KEY_BYTES]) -> Result<Self, Error> {
                    let key = DecapsKey(dk.into());
                    // The backend's function wants a ciphertext only for its type, which is its whole check.
                    let any = [0u8; CIPHERTEXT_BYTES].into();
                    if backend::validate_private_key(&key.0, &any) { Ok(key) } else { Err(Error::Internal) }
                }

                /// The expanded key, as FIPS 203 encodes it.
                pub fn as_bytes(&self) -> &[u8; DECAPS_KEY_BYTES] {
                    self.0.as_slice()
                }

                /// ML-KEM.Decaps, FIPS 203 algorithm 21. A ciphertext that was not made for this key gives an
                /// unrelated secret (implicit rejection).
                pub fn decaps(&self, ss: &mut [u8; SHARED_SECRET_BYTES], ct: &[u8; CIPHERTEXT_BYTES]) {
                    let mut secret = backend::decapsulate(&self.0, &ct.into());
                    *ss = secret;
                    secret.zeroize();
                }
            }

            impl Drop for DecapsKey {
                fn drop(&mut self) {
                    self.0.index_mut(0..).zeroize();
                }
            }

            /// ML-KEM.Encaps_internal, FIPS 203 algorithm 17, after the modulus check of section 7.2.
            pub fn encaps(
                ct: &mut [u8; CIPHERTEXT_BYTES],
                ss: &mut [u8; SHARED_SECRET_BYTES],
                m: &[u8; MESSAGE_BYTES],
                ek: &[u8; ENCAPS_KEY_BYTES],
            ) -> Result<(), Error> {
                let ek = ek.into();
                if !backend::validate_public_key(&ek) {
                    return Err(Error::PublicKey);
                }
                let (ciphertext, mut secret) = backend::encapsulate(&ek, *m);
                *ct = *ciphertext.as_slice();
                *ss = secret;
                secret.zeroize();
                Ok(())
            }
        }
    };
}

#[cfg(feature = "mlkem768-x25519")]
parameter_set!(mlkem768, "ML-KEM-768.", mlkem768, MlKem768PrivateKey, 1184, 2400, 1088);
#[cfg(feature = "mlkem1024-x448")]
parameter_set!(mlkem1024, "ML-KEM-1024.", mlkem1024, MlKem1024PrivateKey, 1568, 3168, 1568);
