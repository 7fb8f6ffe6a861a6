//! The error type of the library: a message, what it is about, and what to do.

use std::fmt;
use std::io;

/// What went wrong, with the place and a remedy where one is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    message: String,
    help: Option<String>,
}

/// Results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error with a message that names what was being read or done.
    pub fn new(message: impl Into<String>) -> Self {
        Error { message: message.into(), help: None }
    }

    /// An error of writing: what could not be done, and what can be done about it.
    pub fn io(tried: impl fmt::Display, error: &io::Error) -> Self {
        let told = Error::new(format!("cannot {tried}: {error}"));
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                told.with_help("the disk is full: free some space and run again; the last build is whole and was kept")
            }
            io::ErrorKind::FileTooLarge => told
                .with_help("files may not grow so large here (see `ulimit -f`); the last build is whole and was kept"),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                told.with_help("this place may not be written: choose another with -o")
            }
            _ => told,
        }
    }

    /// Adds one sentence that says what the user can do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Puts what was being done in front of the message: `context: message`.
    #[must_use]
    pub fn context(mut self, context: impl fmt::Display) -> Self {
        self.message = format!("{context}: {}", self.message);
        self
    }

    /// The remedy, if one is known.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
