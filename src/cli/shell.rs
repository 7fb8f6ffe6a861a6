//! `zhitu completions` and `zhitu man`: what a shell and `man` need.

use std::path::PathBuf;

use clap::CommandFactory;

use super::output::Output;
use super::{Cli, Outcome};
use crate::batch;
use crate::error::{Error, Result};

/// Print the completion script of a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu completions bash > ~/.local/share/bash-completion/completions/zhitu
  zhitu completions zsh > ~/.zfunc/_zhitu")]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: clap_complete::Shell,
}

/// Print the manual page, or write those of all commands into a folder
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu man | man -l -
  zhitu man --into ~/.local/share/man/man1")]
pub struct Man {
    /// Write one page a command into this folder
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
}

pub fn completions(args: &Completions) -> Result<Outcome> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "zhitu", &mut bytes);
    print(&bytes)
}

pub fn man(args: &Man) -> Result<Outcome> {
    let failed = |error: std::io::Error| Error::new(format!("cannot make the manual page: {error}"));
    let mut command = Cli::command();
    let Some(folder) = &args.into else {
        let mut bytes = Vec::new();
        clap_mangen::Man::new(command).render(&mut bytes).map_err(failed)?;
        return print(&bytes);
    };
    command.build();
    std::fs::create_dir_all(folder).map_err(failed)?;
    let all = std::iter::once(command.clone()).chain(command.get_subcommands().cloned());
    for command in all.filter(|command| !command.is_hide_set() && command.get_name() != "help") {
        let name =
            if command.get_name() == "zhitu" { "zhitu".to_owned() } else { format!("zhitu-{}", command.get_name()) };
        let mut bytes = Vec::new();
        clap_mangen::Man::new(command).title(name.clone()).render(&mut bytes).map_err(failed)?;
        batch::write(&folder.join(format!("{name}.1")), &bytes)?;
    }
    Ok(Outcome::Done)
}

fn print(bytes: &[u8]) -> Result<Outcome> {
    let mut out = Output::new();
    out.write(&String::from_utf8_lossy(bytes))?;
    out.finish()?;
    Ok(Outcome::Done)
}
