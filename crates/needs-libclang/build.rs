//! Looks for libclang where the bindings of RocksDB will look for it, and ends the build with one sentence where
//! there is none. Without this the same would be said after all of the C++ was compiled.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-env-changed=LIBCLANG_PATH");
    println!("cargo::rerun-if-env-changed=LLVM_CONFIG_PATH");
    println!("cargo::rerun-if-changed=build.rs");
    if let Some(path) = env::var_os("LIBCLANG_PATH").map(PathBuf::from) {
        if is_libclang(&path) || holds_libclang(&path) {
            return;
        }
        missing(&format!("LIBCLANG_PATH is {}, where there is none", path.display()));
    }
    if places().iter().any(|folder| holds_libclang(folder)) {
        return;
    }
    missing("none was found");
}

fn missing(found: &str) -> ! {
    println!(
        "cargo::error=the store on disk (feature `disk`) needs libclang to be built, and {found}: install it \
         (Debian, Ubuntu: apt-get install libclang-dev; Fedora: dnf install clang-devel; macOS: xcode-select --install), \
         or set LIBCLANG_PATH to the folder that holds it, or build without --features disk"
    );
    std::process::exit(1);
}

/// The folders in which clang-sys looks as well.
fn places() -> Vec<PathBuf> {
    let mut places = Vec::new();
    let config = env::var_os("LLVM_CONFIG_PATH").unwrap_or_else(|| "llvm-config".into());
    if let Ok(output) = Command::new(config).arg("--libdir").output() {
        places.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    for root in ["/usr", "/usr/local", "/opt/homebrew/opt/llvm", "/usr/local/opt/llvm", "/opt/local"] {
        for lib in ["lib", "lib64", "libexec"] {
            let lib = Path::new(root).join(lib);
            // /usr/lib/llvm-14/lib, /usr/lib/x86_64-linux-gnu
            for below in fs::read_dir(&lib).into_iter().flatten().flatten().map(|entry| entry.path()) {
                let name = below.file_name().unwrap_or_default().to_string_lossy().into_owned();
                if name.starts_with("llvm") {
                    places.push(below.join("lib"));
                } else if name.contains("-linux-") {
                    places.push(below);
                }
            }
            places.push(lib);
        }
    }
    places.push("/Library/Developer/CommandLineTools/usr/lib".into());
    places.push("/Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/lib".into());
    places.push("C:\\Program Files\\LLVM\\bin".into());
    places
}

fn holds_libclang(folder: &Path) -> bool {
    fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| is_libclang(&entry.path()))
}

/// `libclang.so`, `libclang.so.1`, `libclang-14.so`, `libclang.dylib`, `libclang.dll`.
fn is_libclang(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let Some(rest) = name.strip_prefix("libclang") else { return false };
    let rest = rest.trim_start_matches(|c: char| c == '-' || c == '.' || c.is_ascii_digit());
    let end = rest == "so" || rest.starts_with("so.") || rest == "dylib" || rest == "dll";
    end && path.is_file()
}
