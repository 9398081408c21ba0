//! docs/performance.md, .csv and .svg. What people write in performance.md outside the two marks stays.

use crate::compare::{Results, Row};
use crate::throughput::Throughput;
use crate::{figure, machine, operation, ours, report};
use std::{fs, io, path::Path};

pub struct Document<'a> {
    pub rows: &'a [Row],
    pub results: &'a Results<'a>,
    pub throughput: &'a [Throughput],
    /// Whether enough messages were signed, where it could be seen.
    pub cctv: Option<String>,
    /// Libraries and their versions.
    pub versions: &'a [(&'static str, String)],
    pub load: &'a str,
    pub agreed: usize,
}

const BEGIN: &str = "<!-- `make bench` writes what follows -->";
const END: &str = "<!-- `make bench` writes what precedes -->";
/// What goes before the table of CCTV's messages.
const CCTV: &str = "
CCTV's messages are chosen so that they take the average number of attempts; they say whether the random ones did:

";
/// What a new file has besides.
const AROUND: [&str; 2] =
    ["# How fast it is\n\n![How long each operation takes](performance.svg)\n\n", "\n\n## Where a target is not met\n"];

impl Document<'_> {
    fn machine(&self) -> String {
        format!("{}; library on {}; {}", machine::processor(), ours::backend(), machine::today())
    }

    fn setting(&self) -> String {
        let others = self.versions.iter().filter(|(_, version)| !version.is_empty());
        let versions = others.map(|(name, version)| format!("{name} {version}")).collect::<Vec<_>>().join("; ");
        let rounds = self.results.0.first().map_or(0, |samples| samples.rounds.len());
        let rows = [
            ("machine", machine::processor()),
            ("system", format!("Linux {}, {} processors busy when it began", machine::kernel(), self.load)),
            ("commit", std::env::var("PQHYBRID_BENCH_COMMIT").unwrap_or_else(|_| "unknown".to_owned())),
            ("library on", ours::backend()),
            ("halves compiled with", env!("HALVES_FLAGS").to_owned()),
            ("compilers", env!("COMPILERS").to_owned()),
            ("versions", versions),
            ("day", machine::today()),
            ("measured", format!("{} operations, {rounds} rounds, after {} checks", self.results.0.len(), self.agreed)),
        ];
        let rows: Vec<_> = rows.into_iter().map(|(what, value)| vec![what.to_owned(), value]).collect();
        report::table(&["", ""], &rows)
    }

    /// What the terminal shows, and the file.
    pub fn body(&self) -> String {
        let Document { rows, results, throughput, .. } = self;
        let (suites, whose, halves) =
            (report::suites(rows, results), report::whose(rows, results), report::halves(results));
        let (everybody, threads) = (report::everybody(results), report::throughput(throughput));
        let (messages, bytes) = (operation::MESSAGES, operation::MESSAGE_BYTES);
        format!(
            "## The suites, beside others

Ours divided by theirs: median [10th–90th percentile] of the rounds, and the target where there is one. The best whole
hybrid is the fastest that anybody else has (X-Wing, X25519MLKEM768, X448MLKEM1024; no package has composite
signatures); the best mix is the sum of the fastest anybody's components. In the first two columns they start from what
this library starts from: encoded keys, and where our secret key is a seed, they expand it, too. In the last two they
may have expanded secret keys, or keys as objects that are ready to use. The targets are our own, set beforehand: ≤ is one
that is met, **bold** one that is missed, and the end of this page says why.

{suites}
## Who that is

{whose}
## The halves alone

This library's own code, called below the C ABI and compiled as for one level of CPU, beside the fastest other from
encoded keys. ML-KEM decaps begins with the seed, as in the suites, and so do the others'; ML-DSA sign takes expanded
keys, as the others' do; EdDSA sign takes the seed, where AWS-LC's and libsodium's keys hold the public key besides.

{halves}
## Everybody

{everybody}
## Throughput

Operations a second by that many threads of a caller, each with its own keys and messages; how many times what one
thread does (×); and what each of them does in a second that it runs, whatever else the machine does, beside what one
does alone (each): 1 is linear. The best of three.

{threads}
## How it was measured

One program on one processor; the time is that of its thread, so that other programs' does not count. In each round
every operation runs for about a millisecond, signatures of lattices for eight, in an order that changes from round to
round, after two calls that are not timed; ten rounds of such signatures are averaged before they are ranked. Keys are
used in turn, eight of them; {messages} random messages of {bytes} bytes are signed in turn, hedged where the scheme
takes randomness, so that thousands of signatures average the number of attempts. Before, every pair of libraries that
have an algorithm exchanged keys, ciphertexts and signatures in both directions. The others are built by their packages, optimised, and
choose code for the CPU themselves; OpenSSL's methods are fetched once. A generated key is written out, public and
secret.
{}
{}",
            self.cctv.as_ref().map_or(String::new(), |table| format!("{CCTV}{table}")),
            self.setting()
        )
    }

    pub fn write(&self, folder: &str) -> io::Result<()> {
        let folder = Path::new(folder);
        fs::create_dir_all(folder)?;
        fs::write(folder.join("performance.csv"), report::csv(self.results.0))?;
        fs::write(folder.join("performance.svg"), figure::draw(self.rows, self.results, &self.machine()))?;
        let path = folder.join("performance.md");
        let old = fs::read_to_string(&path).unwrap_or_default();
        let (before, after) = match (old.split_once(BEGIN), old.split_once(END)) {
            (Some((before, _)), Some((_, after))) => (before, after),
            _ => (AROUND[0], AROUND[1]),
        };
        fs::write(path, format!("{before}{BEGIN}\n\n{}\n{END}{after}", self.body()))
    }
}
