//! Writes `include/pqhybrid.h` from `src/ffi`, or with `--check` fails if the committed one differs.
//!
//! The version comes from Cargo.toml, so that it stands in one place.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let check = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("--check") => true,
        Some(other) => {
            eprintln!("header: unknown argument {other}; usage: header [--check]");
            return ExitCode::from(2);
        }
    };
    match run(check) {
        Ok(message) => {
            println!("{message}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("header: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(check: bool) -> Result<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = root.join("include/pqhybrid.h");
    let wanted = generate(&root)?;
    if !check {
        std::fs::write(&path, wanted).map_err(|error| format!("{}: {error}", path.display()))?;
        return Ok("include/pqhybrid.h written".into());
    }
    let committed = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    if committed == wanted {
        return Ok(format!("include/pqhybrid.h is what src/ffi says ({} lines)", wanted.lines().count()));
    }
    let line = 1 + committed.lines().zip(wanted.lines()).take_while(|(a, b)| a == b).count();
    Err(format!("include/pqhybrid.h:{line} is not what src/ffi says; run `make header` and commit the result"))
}

/// The template with its marks replaced: @MAJOR@ and the like by the version, @name@ alone on a line by what cbindgen
/// makes of src/ffi/name.rs.
fn generate(root: &Path) -> Result<String, String> {
    let template = include_str!("../pqhybrid.h.in");
    let version = version(&root.join("Cargo.toml"))?;
    let mut header = String::new();
    for line in template.lines() {
        match line.strip_prefix('@').and_then(|rest| rest.strip_suffix('@')) {
            Some(name) => header.push_str(&part(root, name)?),
            None => header.push_str(
                &line.replace("@MAJOR@", &version[0]).replace("@MINOR@", &version[1]).replace("@PATCH@", &version[2]),
            ),
        }
        header.push('\n');
    }
    Ok(header)
}

fn part(root: &Path, name: &str) -> Result<String, String> {
    let bindings = cbindgen::Builder::new()
        .with_src(root.join(format!("src/ffi/{name}.rs")))
        .with_config(cbindgen::Config::from_file(root.join("cbindgen.toml"))?)
        .generate()
        .map_err(|error| format!("src/ffi/{name}.rs: {error}"))?;
    let mut text = Vec::new();
    bindings.write(&mut text);
    let text = String::from_utf8(text).map_err(|error| error.to_string())?;
    Ok(tidy(text.trim_matches('\n')))
}

/// Drops the empty comment line that a cbindgen annotation leaves, puts negative values in parentheses, and what has the
/// same condition under one `#if`.
fn tidy(text: &str) -> String {
    let lines: Vec<String> = text
        .replace(" *\n */", " */")
        .replace("#endif\n\n#if defined(PQH_HAVE_STACK_BYTES)\n", "")
        .lines()
        .map(|line| match line.split_once(" -") {
            Some((name, value)) if name.starts_with("#define ") => format!("{name} (-{value})"),
            _ => line.to_owned(),
        })
        .collect();
    lines.join("\n")
}

fn version(manifest: &Path) -> Result<Vec<String>, String> {
    let text = std::fs::read_to_string(manifest).map_err(|error| format!("{}: {error}", manifest.display()))?;
    let parts: Vec<String> = text
        .lines()
        .find_map(|line| line.strip_prefix("version = \""))
        .and_then(|rest| rest.strip_suffix('"'))
        .map(|version| version.split('.').map(str::to_owned).collect())
        .unwrap_or_default();
    if parts.len() == 3 { Ok(parts) } else { Err("Cargo.toml has no version of three parts".into()) }
}
