//! Whether enough messages were signed. C2SP's CCTV publishes messages whose signatures by one key, deterministic, take
//! as many attempts as signatures do on average: the time for these, over what was measured, should be 1 or, since the
//! messages of the one are the least of some turns, a little less.

use crate::compare::Results;
use crate::halves;
use crate::machine::thread_seconds;
use crate::operation::What;
use crate::report;
use std::fs;

unsafe extern "C" {
    fn half_mldsa65_keygen(pk: *mut u8, sk: *mut u8, seed: *const u8);
    fn half_mldsa87_keygen(pk: *mut u8, sk: *mut u8, seed: *const u8);
    fn half_mldsa65_sign(sig: *mut u8, msg: *const u8, len: usize, rnd: *const u8, sk: *const u8) -> bool;
    fn half_mldsa87_sign(sig: *mut u8, msg: *const u8, len: usize, rnd: *const u8, sk: *const u8) -> bool;
}

const TURNS: usize = 20;

type Keygen = unsafe extern "C" fn(*mut u8, *mut u8, *const u8);
type Sign = unsafe extern "C" fn(*mut u8, *const u8, usize, *const u8, *const u8) -> bool;

/// The table, or nothing where the messages are not there.
pub fn table(results: &Results) -> Option<String> {
    let folder = std::env::var("PQHYBRID_VECTORS").ok()?;
    let sets: [(_, Keygen, Sign); 2] =
        [("ML-DSA-65", half_mldsa65_keygen, half_mldsa65_sign), ("ML-DSA-87", half_mldsa87_keygen, half_mldsa87_sign)];
    let mut rows = vec![];
    for (algorithm, keygen, sign) in sets {
        let what = What { algorithm, operation: "sign", prepared: false };
        let samples = results.find(halves::NAME, what)?;
        let text = fs::read_to_string(format!("{folder}/cctv/ml-dsa-benchmark/{algorithm}.json")).ok()?;
        let messages: Vec<&str> = text.split('"').skip(1).step_by(2).collect();
        let micros = average(&messages, keygen, sign);
        let random = samples.median();
        let signatures = samples.rounds.len() * samples.batch as usize;
        rows.push(vec![
            algorithm.to_owned(),
            format!("{} of CCTV: {}", messages.len(), report::micros(micros)),
            format!("{signatures} random: {}", report::micros(random)),
            format!("{:.3}", micros / random),
        ]);
    }
    Some(report::table(&["our half of a signature", "µs", "µs", "ratio"], &rows))
}

/// Microseconds a message, signed with the key of the seed that is all zero: the least of some turns for each message,
/// since what disturbs only adds, and the same message always takes the same attempts.
fn average(messages: &[&str], keygen: Keygen, sign: Sign) -> f64 {
    let (mut pk, mut sk, mut sig, zero) = ([0; 2592], [0; 4896], [0; 4627], [0; 32]);
    // SAFETY: buffers as large as those of the larger parameter set.
    unsafe { keygen(pk.as_mut_ptr(), sk.as_mut_ptr(), zero.as_ptr()) };
    let mut least = vec![f64::INFINITY; messages.len()];
    for _ in 0..TURNS {
        for (message, least) in messages.iter().zip(&mut least) {
            let (msg, len) = (message.as_ptr(), message.len());
            let begin = thread_seconds();
            assert!(unsafe { sign(sig.as_mut_ptr(), msg, len, zero.as_ptr(), sk.as_ptr()) });
            *least = least.min((thread_seconds() - begin) * 1e6);
        }
    }
    least.iter().sum::<f64>() / messages.len() as f64
}
