//! Builds OpenSSL from the sources that a package carries, static, without its program and its tests; links this
//! library and its halves; notes the versions of all packages.
use std::{env, fs, path::PathBuf, process::Command};

/// The folder that the environment names; run.sh does.
fn folder(variable: &str, otherwise: &str) -> PathBuf {
    println!("cargo:rerun-if-env-changed={variable}");
    let folder = PathBuf::from(env::var(variable).unwrap_or_else(|_| otherwise.into()));
    fs::canonicalize(&folder).unwrap_or_else(|_| panic!("{} is missing: run 'make bench'", folder.display()))
}

fn main() {
    println!("cargo:rustc-link-search=native={}", openssl());
    println!("cargo:rustc-link-lib=static=crypto");

    let library = folder("PQHYBRID_BENCH_LIBRARY", "../build/lib");
    println!("cargo:rerun-if-changed={}", library.join("libpqhybrid.a").display());
    println!("cargo:rustc-link-search=native={}", library.display());
    println!("cargo:rustc-link-lib=static=pqhybrid");

    let halves = folder("PQHYBRID_BENCH_HALVES", "../build/bench/halves/release");
    println!("cargo:rustc-link-search=native={}", halves.display());
    println!("cargo:rustc-link-lib=dylib=halves");
    println!("cargo:rustc-link-arg=-Wl,-rpath,{}", halves.display());

    println!("cargo:rerun-if-changed=Cargo.lock");
    let lock = fs::read_to_string("Cargo.lock").expect("the lock file is beside this one");
    let field = |entry: &str, key: &str| {
        let start = entry.find(&format!("{key} = \""))? + key.len() + 4;
        entry[start..].split('"').next().map(str::to_owned)
    };
    let versions: Vec<_> = lock
        .split("[[package]]")
        .filter_map(|entry| Some(format!("{} {}", field(entry, "name")?, field(entry, "version")?)))
        .collect();
    println!("cargo:rustc-env=PACKAGES={}", versions.join(";"));

    println!("cargo:rerun-if-env-changed=PQHYBRID_BENCH_FLAGS");
    let flags = env::var("PQHYBRID_BENCH_FLAGS").unwrap_or_default();
    println!("cargo:rustc-env=HALVES_FLAGS={}", if flags.is_empty() { "no flags for the CPU" } else { &flags });
    println!("cargo:rustc-env=COMPILERS={}", [version("RUSTC", "rustc"), version("CC", "cc")].join("; "));
}

/// The folder of OpenSSL's library, which is built once: this program runs whenever this library changes.
fn openssl() -> String {
    let note = PathBuf::from(env::var("OUT_DIR").expect("cargo says where")).join(openssl_src::version());
    fs::read_to_string(&note).unwrap_or_else(|_| {
        let folder = openssl_src::Build::new().build().lib_dir().display().to_string();
        fs::write(&note, &folder).expect("the folder of this build is writable");
        folder
    })
}

/// The first line of what a compiler says of itself.
fn version(variable: &str, otherwise: &str) -> String {
    let compiler = env::var(variable).unwrap_or_else(|_| otherwise.into());
    let said = Command::new(&compiler).arg("--version").output().map(|said| said.stdout).unwrap_or_default();
    String::from_utf8_lossy(&said).lines().next().unwrap_or(&compiler).to_owned()
}
