//! The written form of names that a regular expression describes whole.

use regex::Regex;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::rule::Rule;
use crate::schema::{RuleId, Type};
use crate::text::{Sieve, Words};

/// A rule that names what has a form: 第十五号主席令.
#[derive(Debug)]
pub struct FormRule {
    /// Its id.
    pub id: RuleId,
    /// What it names.
    pub kind: Type,
    /// Words of which the sentence holds one; nothing is searched otherwise.
    needs: Vec<String>,
    /// The form: all that matches, or the groups in it.
    pub form: Regex,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "type")]
    kind: Type,
    needs: Vec<String>,
    form: String,
}

impl FormRule {
    /// The rule from its checked form.
    pub(super) fn new(rule: &Rule) -> Result<FormRule> {
        let written: Written = super::detail(rule)?;
        let form = Regex::new(&written.form).map_err(|error| Error::new(error.to_string()))?;
        Ok(FormRule { id: rule.id, kind: written.kind, needs: written.needs, form })
    }
}

/// The words that forms need: one pass over a sentence tells which forms it may hold.
#[derive(Debug)]
pub struct FormNeeds {
    words: Words,
    /// For each word, the rules that need it.
    rules: Vec<Needed>,
}

/// A set of rules, by number; of more than 64 it may hold some that were not put in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Needed(u64);

impl Needed {
    /// Whether the rule of that number may be in it.
    pub fn may_be(self, number: usize) -> bool {
        self.0 & 1 << (number % 64) != 0
    }
}

impl FormNeeds {
    /// The words that these rules need.
    pub(super) fn of(forms: &[FormRule]) -> FormNeeds {
        let needs = || forms.iter().enumerate().flat_map(|(number, rule)| rule.needs.iter().map(move |w| (number, w)));
        let needs = || needs().filter(|(_, word)| !word.is_empty());
        let rules = needs().map(|(number, _)| Needed(1 << (number % 64))).collect();
        FormNeeds { words: needs().map(|(_, word)| word).collect(), rules }
    }

    /// The rules of which a sentence of these characters holds a word.
    pub fn within(&self, sentence: &[char], chars: &Sieve) -> Needed {
        let mut needed = Needed::default();
        if self.words.may_stand(chars) {
            for at in (0..sentence.len()).filter(|&at| self.words.firsts().may_hold(sentence[at])) {
                self.words.all_at(&sentence[at..]).for_each(|word| needed.0 |= self.rules[word].0);
            }
        }
        needed
    }
}
