//! Ours beside the fastest of the others: the best whole hybrid of any, and the best mix, which is the sum of each
//! component by whoever is fastest at it. Ratios are taken round by round.

use crate::halves;
use crate::measure::{Samples, quantile};
use crate::operation::What;
use crate::ours;

/// What the others are compared by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// They start from what we start from: the encoded keys, and where our secret key is a seed, they expand it first.
    Same,
    /// They may have expanded secret keys, or objects, already.
    Any,
}

/// An operation of ours, and what it is compared with.
pub struct Row {
    pub what: What,
    /// Hybrids of others that do the same work; their bytes may differ.
    pub hybrids: &'static [&'static str],
    /// The components.
    pub parts: &'static [(&'static str, &'static str)],
    /// What more it takes from the seed.
    pub expansion: &'static [(&'static str, &'static str)],
    /// The targets: against the best whole hybrid, against the best mix.
    pub targets: (Option<f64>, Option<f64>),
}

/// One comparison: who, how long in microseconds, ours divided by theirs, the tenth and ninetieth percentile of that.
pub struct Comparison {
    pub whose: String,
    pub median: f64,
    pub ratio: f64,
    pub low: f64,
    pub high: f64,
}

impl Comparison {
    fn new(whose: String, ours: &Samples, theirs: &[f64]) -> Self {
        let (ours, theirs) = (ours.settled(&ours.rounds), ours.settled(theirs));
        let ratios: Vec<_> = ours.iter().zip(&theirs).map(|(ours, theirs)| ours / theirs).collect();
        Comparison {
            whose,
            median: quantile(&theirs, 0.5),
            ratio: quantile(&ratios, 0.5),
            low: quantile(&ratios, 0.1),
            high: quantile(&ratios, 0.9),
        }
    }
}

macro_rules! rows {
    ($($algorithm:literal $operation:literal $prepared:literal: $hybrids:expr, $parts:expr, $expansion:expr,
        $whole:expr, $mix:expr;)*) => {
        vec![$(Row {
            what: What { algorithm: $algorithm, operation: $operation, prepared: $prepared },
            hybrids: $hybrids,
            parts: $parts,
            expansion: $expansion,
            targets: ($whole, $mix),
        }),*]
    };
}

/// All operations of the suites, with the targets.
#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    const STANDARD: &[&str] = &["X-Wing", "X25519MLKEM768"];
    const HIGH: &[&str] = &["X448MLKEM1024"];
    const K7: (&str, &str) = ("ML-KEM-768", "keygen");
    const K10: (&str, &str) = ("ML-KEM-1024", "keygen");
    const X2: (&str, &str) = ("X25519", "keygen");
    const X4: (&str, &str) = ("X448", "keygen");
    const D6: (&str, &str) = ("ML-DSA-65", "keygen");
    const D8: (&str, &str) = ("ML-DSA-87", "keygen");
    const E2: (&str, &str) = ("Ed25519", "keygen");
    const E4: (&str, &str) = ("Ed448", "keygen");
    const S7: &[(&str, &str)] = &[("ML-KEM-768", "encaps"), X2, ("X25519", "agree")];
    const R7: &[(&str, &str)] = &[("ML-KEM-768", "decaps"), ("X25519", "agree")];
    const S10: &[(&str, &str)] = &[("ML-KEM-1024", "encaps"), X4, ("X448", "agree")];
    const R10: &[(&str, &str)] = &[("ML-KEM-1024", "decaps"), ("X448", "agree")];
    const S6: &[(&str, &str)] = &[("ML-DSA-65", "sign"), ("Ed25519", "sign")];
    const V6: &[(&str, &str)] = &[("ML-DSA-65", "verify"), ("Ed25519", "verify")];
    const S8: &[(&str, &str)] = &[("ML-DSA-87", "sign"), ("Ed448", "sign")];
    const V8: &[(&str, &str)] = &[("ML-DSA-87", "verify"), ("Ed448", "verify")];
    rows! {
        "mlkem768_x25519" "keygen" false: STANDARD, &[K7, X2], &[], Some(0.55), Some(1.0);
        "mlkem768_x25519" "encaps" false: STANDARD, S7, &[], Some(0.55), Some(1.0);
        "mlkem768_x25519" "decaps" false: STANDARD, R7, &[K7, X2], Some(0.55), Some(1.0);
        "mlkem768_x25519" "encaps" true: STANDARD, S7, &[], Some(0.45), Some(0.8);
        "mlkem768_x25519" "decaps" true: STANDARD, R7, &[], Some(0.45), Some(0.8);
        "mldsa65_ed25519" "keygen" false: &[], &[D6, E2], &[], Some(0.8), Some(1.0);
        "mldsa65_ed25519" "sign" false: &[], S6, &[D6, E2], Some(0.8), Some(1.0);
        "mldsa65_ed25519" "verify" false: &[], V6, &[], Some(0.8), Some(1.0);
        "mldsa65_ed25519" "sign" true: &[], S6, &[], None, None;
        "mldsa65_ed25519" "verify" true: &[], V6, &[], None, None;
        "mlkem1024_x448" "keygen" false: HIGH, &[K10, X4], &[], Some(0.9), Some(1.0);
        "mlkem1024_x448" "encaps" false: HIGH, S10, &[], Some(0.9), Some(1.0);
        "mlkem1024_x448" "decaps" false: HIGH, R10, &[K10, X4], Some(0.9), Some(1.0);
        "mlkem1024_x448" "encaps" true: HIGH, S10, &[], None, None;
        "mlkem1024_x448" "decaps" true: HIGH, R10, &[], None, None;
        "mldsa87_ed448" "keygen" false: &[], &[D8, E4], &[], Some(0.4), Some(1.0);
        "mldsa87_ed448" "sign" false: &[], S8, &[D8, E4], Some(0.4), Some(1.0);
        "mldsa87_ed448" "verify" false: &[], V8, &[], Some(0.4), Some(1.0);
        "mldsa87_ed448" "sign" true: &[], S8, &[], None, None;
        "mldsa87_ed448" "verify" true: &[], V8, &[], None, None;
    }
}

pub struct Results<'a>(pub &'a [Samples]);

impl<'a> Results<'a> {
    /// What `by` measured at, if it has the operation.
    pub fn find(&self, by: &str, what: What) -> Option<&'a Samples> {
        self.0.iter().find(|samples| samples.by == by && samples.what == what)
    }

    /// The fastest of the others at an operation.
    pub fn best(&self, (algorithm, operation): (&str, &str), prepared: bool) -> Option<&'a Samples> {
        let others = self.0.iter().filter(|samples| samples.by != ours::NAME && samples.by != halves::NAME);
        others
            .filter(|samples| samples.what.algorithm == algorithm && samples.what.operation == operation)
            .filter(|samples| prepared || !samples.what.prepared)
            .min_by(|a, b| a.median().total_cmp(&b.median()))
    }

    /// The best whole hybrid; none where nobody has one.
    pub fn whole(&self, row: &Row, keys: Keys) -> Option<Comparison> {
        let ours = self.find(ours::NAME, row.what)?;
        let prepared = keys == Keys::Any || row.what.prepared;
        let all = row.hybrids.iter().filter_map(|hybrid| self.best((hybrid, row.what.operation), prepared));
        let best = all.min_by(|a, b| a.median().total_cmp(&b.median()))?;
        let whose =
            format!("{} {}{}", best.by, best.what.algorithm, if best.what.prepared { ", prepared" } else { "" });
        Some(Comparison::new(whose, ours, &best.rounds))
    }

    /// The best mix.
    pub fn mix(&self, row: &Row, keys: Keys) -> Option<Comparison> {
        let ours = self.find(ours::NAME, row.what)?;
        let same = keys == Keys::Same && !row.what.prepared;
        let expansion = if same { row.expansion } else { &[] };
        let parts: Option<Vec<_>> = row.parts.iter().chain(expansion).map(|part| self.best(*part, !same)).collect();
        let parts = parts?;
        let sums: Vec<f64> = (0..ours.rounds.len()).map(|at| parts.iter().map(|part| part.rounds[at]).sum()).collect();
        let name = |part: &&Samples| format!("{} {} ({})", part.what.algorithm, part.what.operation, part.by);
        let whose = parts.iter().map(name).collect::<Vec<_>>().join(" + ");
        Some(Comparison::new(whose, ours, &sums))
    }

    /// A half of ours beside the fastest of the others at it. Ours decapsulates from the seed, or with a prepared key.
    pub fn half(&self, half: &Samples) -> Option<Comparison> {
        let What { algorithm, operation, prepared } = half.what;
        let mut parts = vec![self.best((algorithm, operation), prepared)?];
        if operation == "decaps" && !prepared {
            parts.push(self.best((algorithm, "keygen"), false)?);
        }
        let sums: Vec<f64> = (0..half.rounds.len()).map(|at| parts.iter().map(|part| part.rounds[at]).sum()).collect();
        let whose: Vec<_> = parts.iter().map(|part| format!("{} ({})", part.what.operation, part.by)).collect();
        Some(Comparison::new(whose.join(" + "), half, &sums))
    }
}
