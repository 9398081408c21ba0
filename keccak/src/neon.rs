//! Two at a time, in vectors of 128 bits, and with the SHA-3 instructions of Armv8.2 where the processor has them. One alone
//! stays in the general registers.

pub use crate::portable::{sha256, sha512};

/// Two inputs of one length, two outputs of one length.
pub mod x2 {
    use crate::sponge::{SHAKE, SHAKE256_RATE, hash};
    use crate::vector128::X2;

    /// SHAKE256, as long as the outputs.
    pub fn shake256(input0: &[u8], input1: &[u8], out0: &mut [u8], out1: &mut [u8]) {
        hash::<X2, 2, SHAKE256_RATE>([input0, input1], [out0, out1], SHAKE);
    }

    /// In several steps. The outputs of functions that squeeze are as long as their names say.
    pub mod incremental {
        use crate::sponge::{SHAKE, SHAKE128_RATE, SHAKE256_RATE, Sponge};
        use crate::vector128::X2;

        /// Two sponges whose inputs were absorbed.
        pub struct KeccakState(Sponge<X2, 2>);

        /// For the functions that absorb.
        #[inline(always)]
        pub fn init() -> KeccakState {
            KeccakState(Sponge::new())
        }

        /// Absorbs all of the inputs.
        pub fn shake128_absorb_final(state: &mut KeccakState, data0: &[u8], data1: &[u8]) {
            state.0.absorb_final::<SHAKE128_RATE>([data0, data1], SHAKE);
        }

        /// Absorbs all of the inputs.
        pub fn shake256_absorb_final(state: &mut KeccakState, data0: &[u8], data1: &[u8]) {
            state.0.absorb_final::<SHAKE256_RATE>([data0, data1], SHAKE);
        }

        macro_rules! squeeze {
            ($(#[$doc:meta] $name:ident: $how:ident, $rate:ident;)*) => {$(
                #[$doc]
                pub fn $name(state: &mut KeccakState, out0: &mut [u8], out1: &mut [u8]) {
                    state.0.$how::<$rate>([out0, out1]);
                }
            )*};
        }
        squeeze! {
            /// The first output.
            shake128_squeeze_first_three_blocks: squeeze, SHAKE128_RATE;
            /// The first output.
            shake128_squeeze_first_five_blocks: squeeze, SHAKE128_RATE;
            /// What comes after a block that was squeezed.
            shake128_squeeze_next_block: next_block, SHAKE128_RATE;
            /// The first output.
            shake256_squeeze_first_block: squeeze, SHAKE256_RATE;
            /// What comes after a block that was squeezed.
            shake256_squeeze_next_block: next_block, SHAKE256_RATE;
        }
    }
}
