//! The progress bar: on a terminal only, on standard error.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::shared::Shared;
use crate::batch::{Input, Problem};

/// How far a run is.
pub struct Progress {
    bar: ProgressBar,
    errors: usize,
}

impl Progress {
    /// A bar over all bytes of the inputs; none in a pipe, with `--quiet`, or for a single small file.
    pub fn new(inputs: &[Input], shared: &Shared) -> Progress {
        const SMALL: u64 = 100_000;
        let bytes: u64 = inputs.iter().map(|input| input.size).sum();
        let shown = !shared.quiet && std::io::stderr().is_terminal() && bytes > SMALL;
        let bar = ProgressBar::with_draw_target(
            Some(bytes),
            if shown { ProgressDrawTarget::stderr_with_hz(8) } else { ProgressDrawTarget::hidden() },
        );
        let style = "{bar:30} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left{msg}";
        bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
        Progress { bar, errors: 0 }
    }

    /// So many bytes more are done.
    pub fn advance(&mut self, bytes: usize) {
        self.bar.inc(bytes as u64);
    }

    /// Tells a problem above the bar.
    pub fn report(&mut self, problem: &Problem, shared: &Shared) {
        if !problem.warning {
            self.errors += 1;
            self.bar.set_message(format!(", {} not read", self.errors));
        }
        self.bar.suspend(|| shared.report(problem));
    }

    /// The texts are read; what follows takes a moment.
    pub fn stage(&mut self, stage: &str) {
        self.bar.set_message(format!(", {stage}"));
        self.bar.tick();
    }

    /// Takes the bar away.
    pub fn finish(self) {
        self.bar.finish_and_clear();
    }
}
