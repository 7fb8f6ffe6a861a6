//! Which texts an edit of the rules touches.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

use super::Raw;
use super::manifest::Manifest;
use crate::rule::Footprint;

/// The trigger words of all rules that were edited since a build.
#[derive(Debug)]
pub struct Touch {
    words: Option<AhoCorasick>,
    rules: Vec<BTreeSet<String>>,
}

impl Touch {
    /// What changed since `old`, for a program, the hash of its rules and what they read, which is asked for where the
    /// rules are others; `None` where every text may be touched: another program, another lexicon.
    pub fn between(old: &Manifest, program: &str, rules: &str, footprint: impl FnOnce() -> Footprint) -> Option<Touch> {
        if old.program != program {
            return None;
        }
        let words = if old.rules == rules { BTreeMap::new() } else { footprint().touched(&old.footprint)? };
        let (words, rules): (Vec<String>, Vec<BTreeSet<String>>) = words.into_iter().unzip();
        let words = if words.is_empty() { None } else { Some(AhoCorasick::new(words).ok()?) };
        Some(Touch { words, rules })
    }

    /// Whether no rule was edited that a text could tell of.
    pub fn is_none(&self) -> bool {
        self.words.is_none()
    }

    /// The edited rules of which a trigger word stands in a text; empty where its record still holds. A text
    /// that cannot be read is left to extraction.
    pub fn rules(&self, raw: &Raw) -> BTreeSet<&str> {
        let Some(words) = &self.words else { return BTreeSet::new() };
        let Ok((document, _)) = raw.clone().document() else { return BTreeSet::new() };
        let mut found = BTreeSet::new();
        for text in [document.view.folded(), document.view.text()] {
            for hit in words.find_overlapping_iter(text) {
                found.extend(self.rules[hit.pattern().as_usize()].iter().map(String::as_str));
            }
        }
        found
    }
}
