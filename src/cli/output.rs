//! Standard output: results only, buffered; a reader that stops early (`| head`) is no error.

use std::io::{self, BufWriter, StdoutLock, Write};

use crate::error::{Error, Result};

/// Standard output for results.
pub struct Output {
    out: BufWriter<StdoutLock<'static>>,
}

impl Output {
    /// Takes standard output.
    pub fn new() -> Output {
        Output { out: BufWriter::with_capacity(1 << 16, io::stdout().lock()) }
    }

    /// Writes text. Gives `false` once nobody reads any more.
    pub fn write(&mut self, text: &str) -> Result<bool> {
        self.bytes(text.as_bytes())
    }

    /// The same for anything else.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<bool> {
        Output::check(self.out.write_all(bytes))
    }

    /// Hands everything on.
    pub fn finish(mut self) -> Result<bool> {
        Output::check(self.out.flush())
    }

    fn check(result: io::Result<()>) -> Result<bool> {
        match result {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
            Err(error) => Err(Error::new(format!("cannot write to standard output: {error}"))),
        }
    }
}
