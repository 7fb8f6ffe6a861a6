//! Pictures through the `dot` program of GraphViz.

use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};
use std::thread;

use crate::error::{Error, Result};

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Image {
    /// Scalable, with text that can be searched.
    Svg,
    /// Pixels.
    Png,
    /// For print.
    Pdf,
}

impl Image {
    /// The name used on the command line, and the extension of files.
    pub const fn name(self) -> &'static str {
        match self {
            Image::Svg => "svg",
            Image::Png => "png",
            Image::Pdf => "pdf",
        }
    }
}

/// Draws a text in the DOT language with the `dot` program, which must be installed.
pub fn render(dot: &str, image: Image) -> Result<Vec<u8>> {
    let failed = |error: std::io::Error| Error::new(format!("the `dot` program failed: {error}"));
    let mut command = Command::new("dot");
    command.arg(format!("-T{}", image.name()));
    if image == Image::Png {
        command.arg("-Gdpi=110");
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|error| {
        if error.kind() == ErrorKind::NotFound {
            Error::new(format!("{} needs the `dot` program of GraphViz, which is not installed", image.name())).with_help(
                "install it (Debian, Ubuntu: apt install graphviz; Fedora: dnf install graphviz; macOS: brew install graphviz; Windows: winget install graphviz), or export dot, html or graphml",
            )
        } else {
            failed(error)
        }
    })?;
    // Written from a thread of its own: dot may begin to answer before it has read everything.
    let input = child.stdin.take().map(|mut pipe| {
        let text = dot.to_owned();
        thread::spawn(move || pipe.write_all(text.as_bytes()))
    });
    let output = child.wait_with_output().map_err(failed)?;
    let written = input.is_none_or(|thread| matches!(thread.join(), Ok(Ok(()))));
    if !output.status.success() || output.stdout.is_empty() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said =
            said.lines().next().unwrap_or(if written { "it gave no reason" } else { "it did not read the drawing" });
        return Err(Error::new(format!("the `dot` program failed: {said}"))
            .with_help("draw less: an ego network (--ego, --depth) or fewer nodes (--nodes)"));
    }
    Ok(output.stdout)
}
