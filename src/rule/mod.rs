//! Rules: what is written in `rules/`, what runs, examples, diagnostics.
//!
//! [`RuleSet::load`] reads every file and checks it against every other; nothing runs while anything
//! is wrong. Files of the stages stand in `rules/value`, `rules/name` and `rules/fact`. All have the
//! same head (id, doc, status, examples); what else a rule of the value and name stages says is kept
//! in [`Rule::detail`] for the mechanism that reads it. A rule of the fact stage has a pattern (see
//! [`pattern`]) and the facts it makes, or names a mechanism.

mod ahead;
mod assemble;
mod chain;
pub mod compile;
mod diagnostic;
mod footprint;
mod guard;
pub(crate) mod known;
pub mod linking;
mod list;
mod load;
pub mod marked;
pub mod name;
mod need;
pub mod pattern;
mod program;
pub mod run;
pub mod skeleton;
mod slot;
mod spot;
mod trigger;
mod uses;
mod written;

use std::ops::Range;

use rustc_hash::FxHashMap;

pub use diagnostic::{Diagnostic, nearest};
pub use footprint::{Footprint, READ_BY_CODE};
pub use guard::{Guard, guards};
pub use list::List;
pub use load::MECHANISMS;
pub use program::Work;
pub use slot::{FactForm, Slot, Take};
pub use spot::Chars;
pub use trigger::{Candidates, Triggers};

use crate::error::{Error, Result};
use crate::lexicon::Sources;
use crate::schema::RuleId;
use crate::value::Values;

/// When a rule runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Dates and figures.
    Value,
    /// Everything else that is named.
    Name,
    /// What is said of what is named.
    Fact,
}

impl Stage {
    /// In the order in which they run.
    pub const ALL: &'static [Stage] = &[Stage::Value, Stage::Name, Stage::Fact];

    /// The name of the folder.
    pub const fn name(self) -> &'static str {
        match self {
            Stage::Value => "value",
            Stage::Name => "name",
            Stage::Fact => "fact",
        }
    }
}

/// A rule, checked and ready.
#[derive(Debug)]
pub struct Rule {
    /// Its path and a name: `fact.award.conferred`.
    pub id: RuleId,
    /// What it reads, in words.
    pub doc: String,
    /// When it runs.
    pub stage: Stage,
    /// The file below `rules/`.
    pub file: String,
    /// Where its id stands in the file, in bytes.
    pub place: Range<usize>,
    /// Kept out of normal runs.
    pub draft: bool,
    /// What it does.
    pub action: Action,
    /// The keys that only its mechanism reads.
    pub detail: toml::Table,
    /// What it must and must not read.
    pub examples: Vec<Example>,
}

/// What a rule does.
#[derive(Debug)]
pub enum Action {
    /// Reads a pattern over skeletons and makes facts of the captures.
    Pattern {
        /// What it reads.
        pattern: Box<run::Pattern>,
        /// Patterns that cancel a match they overlap.
        unless: Vec<run::Pattern>,
        /// What it makes.
        facts: Vec<FactForm>,
    },
    /// Runs the mechanism of that name.
    Mechanism(String),
}

/// One example of a rule.
#[derive(Debug, Clone)]
pub struct Example {
    /// Must match, or must not.
    pub matches: bool,
    /// The text; mentions may be marked as in the gold texts (see [`marked`]).
    pub text: String,
    /// The day from which relative dates count.
    pub published: Option<String>,
    /// Everything that the rule makes of the text.
    pub expect: Vec<toml::Value>,
    /// Why it must not match.
    pub why: Option<String>,
    /// A known gap: the reason. The run fails once the example passes.
    pub todo: Option<String>,
    /// Further keys that the stage reads.
    pub detail: toml::Table,
    /// Where the text stands in the file, in bytes.
    pub place: Range<usize>,
}

/// Everything that extraction knows: readers, lexicons and rules, ready to run.
#[derive(Debug)]
pub struct RuleSet {
    /// Readers of dates and figures.
    pub values: Values,
    /// Lexicons of the name stage.
    pub names: name::Knowledge,
    /// Tables of linking.
    pub linker: linking::Linker,
    rules: Vec<Rule>,
    lexicons: FxHashMap<String, List>,
    /// What a list is that nobody has.
    empty: List,
    triggers: Triggers,
}

impl RuleSet {
    /// Loads and checks all files; the error names every problem with file, line and column.
    pub fn load(sources: &Sources) -> Result<RuleSet> {
        let loaded = load::load(sources);
        if !loaded.problems.is_empty() {
            let shown: Vec<String> = loaded.problems.iter().map(|problem| problem.render(sources, false)).collect();
            let count = shown.len();
            let message = format!(
                "the rules have {count} problem{}\n\n{}",
                if count == 1 { "" } else { "s" },
                shown.join("\n\n")
            );
            return Err(Error::new(message));
        }
        let triggers = Triggers::new(&loaded.rules);
        let values = Values::load(sources)?;
        let names = name::Knowledge::load(sources, &loaded.rules)?;
        let linker = linking::Linker::load(sources)?;
        let lists = loaded.lexicons.iter().map(|(name, words)| (name.clone(), List::from(words.clone())));
        let lexicons = lists.collect();
        Ok(RuleSet { values, names, linker, rules: loaded.rules, lexicons, empty: List::default(), triggers })
    }

    /// Every problem of the files, sorted by file and place; empty where all is well.
    pub fn check(sources: &Sources) -> Vec<Diagnostic> {
        load::load(sources).problems
    }

    /// All rules, by stage, file and place.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules of one stage that run.
    pub fn of_stage(&self, stage: Stage) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.stage == stage && !rule.draft)
    }

    /// The rule of that id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id.as_str() == id)
    }

    /// The terms of the list of that name; empty where there is none.
    pub fn list(&self, name: &str) -> &List {
        self.lexicons.get(name).unwrap_or(&self.empty)
    }

    /// The terms of the list that a mechanism rule names under `key`, as `key = "<list>"`.
    pub fn detail_list(&self, rule: &Rule, key: &str) -> &List {
        let name = rule.detail.get(key).and_then(|value| value.as_str()).unwrap_or("");
        self.list(name.trim_start_matches('<').trim_end_matches('>'))
    }

    /// Finds which pattern rules can match.
    pub fn triggers(&self) -> &Triggers {
        &self.triggers
    }
}

/// A skeleton of a new rule, to be filled in: `rules new fact.award.revoked`.
pub fn template(id: &str) -> Result<(String, String)> {
    let parts: Vec<&str> = id.split('.').collect();
    let (Some(stage), 3) = (parts.first(), parts.len()) else {
        return Err(
            Error::new(format!("`{id}` is not a rule id")).with_help("an id reads stage.file.name: fact.award.revoked")
        );
    };
    if !Stage::ALL.iter().any(|known| known.name() == *stage) {
        return Err(Error::new(format!("unknown stage `{stage}`")).with_help("stages are value, name and fact"));
    }
    let file = format!("{stage}/{}.toml", parts[1]);
    let text = format!(
        "[[rule]]\nid      = \"{id}\"\ndoc     = \"What this reads, with a phrase for an example.\"\n\
         pattern = 'who:@person \"荣获\" what:@award'\n\
         fact    = [{{ subject = \"who\", predicate = \"receivedAward\", object = \"what\", time = \"sentence\" }}]\n\n\
         [[rule.match]]\ntext   = \"⟦李明¦person⟧荣获⟦全国劳动模范¦award⟧。\"\nexpect = [\"李明 | receivedAward | 全国劳动模范\"]\n\n\
         [[rule.match]]\ntext   = \"\"\nexpect = [\"\"]\n\n[[rule.reject]]\ntext = \"\"\nwhy  = \"\"\n"
    );
    Ok((file, text))
}
