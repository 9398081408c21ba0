//! SHA-3 and SHAKE as the lattice code gets them, one, two and four at a time, in one go and in steps: known answers, and a second
//! implementation. What is compiled for more than one level is run at each, see tests/levels.sh.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use libcrux_sha3::portable::{self, incremental};
use sha3::{Digest, Sha3_256, Sha3_512};
use shake::{ExtendableOutput, Shake128, Shake256, Update, XofReader};

/// Around every place where blocks and rows of words begin and end.
const LENGTHS: [usize; 31] = [
    0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 34, 63, 64, 65, 71, 72, 73, 127, 128, 135, 136, 137, 143, 144, 167, 168,
    169, 272, 336, 1184,
];

fn message(length: usize, which: u8) -> Vec<u8> {
    (0..length).map(|i| (i as u8).wrapping_mul(167).wrapping_add(which.wrapping_mul(59)) ^ (i >> 8) as u8).collect()
}

fn shake<H: Default + Update + ExtendableOutput>(input: &[u8], length: usize) -> Vec<u8> {
    let mut hasher = H::default();
    hasher.update(input);
    let mut out = vec![0; length];
    hasher.finalize_xof().read(&mut out);
    out
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// FIPS 202's examples without a message, which NIST publishes with the standard.
#[test]
fn known_answers() {
    type Function = fn(&mut [u8], &[u8]);
    let cases: [(Function, usize, &str); 4] = [
        (portable::sha256, 32, "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"),
        (
            portable::sha512,
            64,
            "a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a615b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e301758586281dcd26",
        ),
        (portable::shake128, 32, "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26"),
        (portable::shake256, 32, "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f"),
    ];
    for (function, length, expected) in cases {
        let mut out = vec![0; length];
        function(&mut out, &[]);
        assert_eq!(hex(&out), expected);
    }
    println!("keccak answers: {} cases", cases.len());
}

#[test]
fn one() {
    let mut cases = 0;
    for length in LENGTHS {
        let input = message(length, 0);
        let mut out = [0; 32];
        portable::sha256(&mut out, &input);
        assert_eq!(out[..], Sha3_256::digest(&input)[..], "SHA3-256 of {length} bytes");
        let mut out = [0; 64];
        portable::sha512(&mut out, &input);
        assert_eq!(out[..], Sha3_512::digest(&input)[..], "SHA3-512 of {length} bytes");
        for wanted in LENGTHS {
            let mut out = vec![0; wanted];
            portable::shake128(&mut out, &input);
            assert_eq!(out, shake::<Shake128>(&input, wanted), "{wanted} bytes of SHAKE128 of {length}");
            portable::shake256(&mut out, &input);
            assert_eq!(out, shake::<Shake256>(&input, wanted), "{wanted} bytes of SHAKE256 of {length}");
            cases += 2;
        }
        let expected = shake::<Shake128>(&input, 8 * 168);
        for blocks in [3, 5] {
            let mut state = incremental::shake128_init();
            incremental::shake128_absorb_final(&mut state, &input);
            let mut out = vec![0; blocks * 168];
            match blocks {
                3 => incremental::shake128_squeeze_first_three_blocks(&mut state, &mut out),
                _ => incremental::shake128_squeeze_first_five_blocks(&mut state, &mut out),
            }
            for _ in 0..3 {
                let mut next = [0; 168];
                incremental::shake128_squeeze_next_block(&mut state, &mut next);
                out.extend(next);
            }
            assert_eq!(out, expected[..out.len()], "{blocks} blocks of SHAKE128 of {length}, then one at a time");
        }
        let mut state = incremental::shake256_init();
        incremental::shake256_absorb_final(&mut state, &input);
        let mut out = [0; 3 * 136];
        let (first, others) = out.split_at_mut(136);
        incremental::shake256_squeeze_first_block(&mut state, first);
        others.chunks_mut(136).for_each(|next| incremental::shake256_squeeze_next_block(&mut state, next));
        assert_eq!(out[..], shake::<Shake256>(&input, out.len()), "SHAKE256 of {length}, a block at a time");
        cases += 5;
    }
    println!("keccak one: {cases} cases");
}

/// Every way to cut an input in three, and the output likewise.
#[test]
fn in_pieces() {
    use incremental::{Shake256Xof, Xof};
    let mut cases = 0;
    for length in LENGTHS {
        let input = message(length, 3);
        let expected = shake::<Shake256>(&input, 500);
        for first in LENGTHS.into_iter().filter(|first| *first <= length) {
            for second in LENGTHS.into_iter().filter(|second| first + second <= length) {
                let mut xof = Shake256Xof::new();
                xof.absorb(&input[..first]);
                xof.absorb(&input[first..first + second]);
                xof.absorb_final(&input[first + second..]);
                let mut out = [0; 500];
                let (start, rest) = out.split_at_mut(first.min(250));
                let (middle, end) = rest.split_at_mut(second.min(250));
                xof.squeeze(start);
                xof.squeeze(middle);
                xof.squeeze(end);
                assert_eq!(out[..], expected, "{length} bytes, cut after {first} and {second} more");
                cases += 1;
            }
        }
    }
    println!("keccak pieces: {cases} cases");
}

/// The same for a module that computes several at a time, each of another input.
#[allow(unused_macros)] // where no module is for the processor that is compiled for
macro_rules! several {
    ($name:ident, $($module:ident)::+, $($input:ident $output:ident)+) => {
        #[test]
        fn $name() {
            use $($module)::+::{self as several, incremental as steps};
            let mut cases = 0;
            for length in LENGTHS {
                let inputs = [$(message(length, stringify!($input).as_bytes()[0])),+];
                let [$($input),+] = &inputs;
                let check = |outputs: &[Vec<u8>], name: &str| {
                    for (input, output) in inputs.iter().zip(outputs) {
                        let expected = match name {
                            "SHAKE128" => shake::<Shake128>(input, output.len()),
                            _ => shake::<Shake256>(input, output.len()),
                        };
                        assert_eq!(*output, expected, "{} bytes of {name} of {length}", output.len());
                    }
                };
                for wanted in LENGTHS {
                    let mut outputs = inputs.each_ref().map(|_| vec![0; wanted]);
                    let [$($output),+] = &mut outputs;
                    several::shake256($($input),+, $($output),+);
                    check(&outputs, "SHAKE256");
                    cases += 1;
                }
                for blocks in [3, 5] {
                    let mut outputs = inputs.each_ref().map(|_| vec![0; (blocks + 2) * 168]);
                    let [$($output),+] = outputs.each_mut().map(|output| output.chunks_mut(168 * blocks).next().unwrap());
                    let mut state = steps::init();
                    steps::shake128_absorb_final(&mut state, $($input),+);
                    match blocks {
                        3 => steps::shake128_squeeze_first_three_blocks(&mut state, $($output),+),
                        _ => steps::shake128_squeeze_first_five_blocks(&mut state, $($output),+),
                    }
                    for i in blocks..blocks + 2 {
                        let [$($output),+] = outputs.each_mut().map(|output| &mut output[i * 168..(i + 1) * 168]);
                        steps::shake128_squeeze_next_block(&mut state, $($output),+);
                    }
                    check(&outputs, "SHAKE128");
                    cases += 1;
                }
                let mut outputs = inputs.each_ref().map(|_| vec![0; 3 * 136]);
                let mut state = steps::init();
                steps::shake256_absorb_final(&mut state, $($input),+);
                for i in 0..3 {
                    let [$($output),+] = outputs.each_mut().map(|output| &mut output[i * 136..(i + 1) * 136]);
                    match i {
                        0 => steps::shake256_squeeze_first_block(&mut state, $($output),+),
                        _ => steps::shake256_squeeze_next_block(&mut state, $($output),+),
                    }
                }
                check(&outputs, "SHAKE256");
                cases += 1;
            }
            println!(concat!("keccak ", stringify!($name), ": {} cases"), cases);
        }
    };
}

#[cfg(target_feature = "avx2")]
several!(four, libcrux_sha3::avx2::x4, a out_a b out_b c out_c d out_d);
#[cfg(target_arch = "aarch64")]
several!(two, libcrux_sha3::neon::x2, a out_a b out_b);
