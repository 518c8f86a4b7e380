//! Writes every component, in samples, as static pages with their assets:
//! `cargo run -p bankside-web --example gallery -- DIR`, then serve DIR and look, or let
//! `tests/browser/run.mjs` look.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use bankside_web::{assets, security};

mod samples;

fn main() -> io::Result<()> {
    let Some(dir) = env::args_os().nth(1).map(PathBuf::from) else {
        return Err(io::Error::other("name the directory to write to: gallery -- DIR"));
    };
    for (url, bytes) in assets::all() {
        write(&dir, url, bytes)?;
    }
    write(&dir, "policy.txt", security::POLICY.as_bytes())?;
    for lang in samples::LANGS {
        for (name, page) in samples::pages(lang) {
            write(&dir, &format!("/{}/{name}.html", lang.tag()), page.into_string().as_bytes())?;
        }
    }
    Ok(())
}

fn write(dir: &Path, url: &str, bytes: &[u8]) -> io::Result<()> {
    let path = dir.join(url.trim_start_matches('/'));
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, bytes)
}
