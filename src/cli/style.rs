//! Colour on standard error: on a terminal, unless `NO_COLOR` is set.

use std::env;
use std::io::IsTerminal;

/// Whether messages are coloured.
pub fn is_coloured() -> bool {
    let forbidden = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !forbidden && std::io::stderr().is_terminal()
}

fn paint(text: &str, code: &str) -> String {
    if is_coloured() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// The word before an error.
pub fn error(text: &str) -> String {
    paint(text, "1;31")
}

/// The word before a warning.
pub fn warning(text: &str) -> String {
    paint(text, "1;33")
}
