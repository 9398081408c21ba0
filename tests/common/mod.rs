//! What the suites of tests share: where the published vectors are, how they are written, and the counting of cases.
#![allow(dead_code)] // Every suite uses a part of it.

use pqhybrid::primitives::hash::shake256;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// The cases of one suite: how many ran, and how many did not apply and why.
pub struct Cases {
    suite: &'static str,
    ran: usize,
    notes: BTreeMap<String, usize>,
}

impl Cases {
    pub fn new(suite: &'static str) -> Self {
        Cases { suite, ran: 0, notes: BTreeMap::new() }
    }

    /// A case ran, and what it expects holds.
    pub fn ran(&mut self) {
        self.ran += 1;
    }

    /// Counts something worth telling in the last line.
    pub fn note(&mut self, what: &str) {
        *self.notes.entry(what.to_owned()).or_default() += 1;
    }

    pub fn noted(&self, what: &str) -> usize {
        self.notes.get(what).copied().unwrap_or(0)
    }

    /// Says how many cases ran. Fewer than `minimum` is a failure: vectors got lost.
    pub fn finish(self, minimum: usize) {
        let notes: Vec<String> = self.notes.iter().map(|(what, count)| format!("{count} {what}")).collect();
        let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
        say(&format!("{}: {} cases{notes}", self.suite, self.ran));
        assert!(self.ran >= minimum, "{}: {} cases ran, at least {minimum} should", self.suite, self.ran);
    }
}

/// Prints a line that the test harness does not hold back.
pub fn say(line: &str) {
    // It catches what println! writes.
    let mut out = std::io::stdout();
    writeln!(out, "{line}").unwrap();
}

/// The folder of published vectors that `suite` needs, or nothing if it is not there, which continuous integration
/// does not let pass.
pub fn vectors(suite: &str, folder: &str) -> Option<PathBuf> {
    let root = std::env::var("PQHYBRID_VECTORS").unwrap_or_else(|_| "../shared/vectors".to_owned());
    let path = Path::new(&root).join(folder);
    if path.is_dir() {
        return Some(path);
    }
    let message = format!("skipped {suite}: no vectors at {} (set PQHYBRID_VECTORS)", path.display());
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{message}");
    say(&message);
    None
}

/// The bytes of a file; those of its content if its name ends in `.gz`.
pub fn read(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if path.extension().is_none_or(|extension| extension != "gz") {
        return bytes;
    }
    let mut content = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut content).unwrap();
    content
}

pub fn read_text(path: &Path) -> String {
    String::from_utf8(read(path)).unwrap()
}

pub fn read_json(path: &Path) -> Value {
    serde_json::from_slice(&read(path)).unwrap()
}

/// The member `name` of a JSON object, which is there.
pub fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object[name].as_str().unwrap_or_else(|| panic!("no {name} in {object:.200}"))
}

/// The member `name` of a JSON object, in hexadecimal.
pub fn hex_member(object: &Value, name: &str) -> Vec<u8> {
    hex(text(object, name))
}

/// The member `name` of a JSON object, in base64.
pub fn base64_member(object: &Value, name: &str) -> Vec<u8> {
    base64(text(object, name))
}

pub fn hex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2), "half a byte in {text}");
    let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap() as u8;
    text.as_bytes().chunks(2).map(|pair| (digit(&pair[0]) << 4) | digit(&pair[1])).collect()
}

pub fn base64(text: &str) -> Vec<u8> {
    let (mut out, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => panic!("not base64: {byte:#04x}"),
        };
        bits = (bits << 6) | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

/// As an array, for the functions that take one; the length must be right.
pub fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().unwrap_or_else(|_| panic!("{} bytes where {N} were expected", bytes.len()))
}

/// Bytes that look random and are the same every time: SHAKE256(seed || counter).
pub struct Stream {
    seed: String,
    counter: u64,
}

impl Stream {
    pub fn new(seed: &str) -> Self {
        Stream { seed: seed.to_owned(), counter: 0 }
    }

    pub fn bytes(&mut self, len: usize) -> Vec<u8> {
        self.counter += 1;
        let mut input = self.seed.clone().into_bytes();
        input.extend(self.counter.to_le_bytes());
        let mut out = vec![0; len];
        shake256(&mut out, &input);
        out
    }

    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        array(&self.bytes(N))
    }
}
