//! Builds OpenSSL from the sources that a package carries, static, without its program and its tests.
fn main() {
    let openssl = openssl_src::Build::new().build();
    println!("cargo:rustc-link-search=native={}", openssl.lib_dir().display());
    println!("cargo:rustc-link-lib=static=crypto");
    // Where the program that links all this finds the headers.
    let out = std::env::var("OUT_DIR").unwrap();
    let target = std::path::Path::new(&out).ancestors().nth(3).unwrap();
    std::fs::write(target.join("openssl-include"), openssl.include_dir().display().to_string()).unwrap();
}
