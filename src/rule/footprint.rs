//! What an edit of the rules can touch.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Action, Rule, RuleSet, Stage};
use crate::document::hash;
use crate::lexicon::Sources;

/// Lists of the fact stage that mechanisms read without a rule that names them.
pub const READ_BY_CODE: [&str; 44] = [
    "adverb",
    "anaphor_body",
    "anaphor_event",
    "anaphor_noun",
    "anaphor_place",
    "anaphor_pointer",
    "anaphor_short",
    "area_acts",
    "area_word",
    "contest_noun",
    "country_word",
    "deed_verb",
    "disaster_noun",
    "disposal",
    "event_noun",
    "found_verb",
    "issue_verb",
    "kin",
    "list_word",
    "measure_verb",
    "negated",
    "not_count",
    "not_planned",
    "opener",
    "own_day",
    "own_post",
    "partake_verb",
    "penalty_word",
    "period_opener",
    "person_noun",
    "planned",
    "preposition",
    "report_title",
    "reported",
    "represent",
    "role_noun",
    "run_verb",
    "shared_head",
    "short_unit",
    "source_verb",
    "speech_verb",
    "topic_noun",
    "undated",
    "unnamed_subject",
];

/// What a rule set reads, so that two of them can be compared: each pattern rule of the fact stage by itself,
/// everything else in one hash.
///
/// A pattern rule makes facts only where one of its trigger words stands in the text, and facts change no
/// names. So an edit of such rules, of their lists and fragments touches the texts that hold a trigger word
/// of the rules before or after it; any other edit may touch every text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footprint {
    rest: String,
    /// Id, signature and trigger words, in the order in which they run.
    rules: Vec<(String, String, Vec<String>)>,
}

impl Footprint {
    /// The footprint of a rule set and the files it was made of.
    pub fn of(sources: &Sources, set: &RuleSet) -> Footprint {
        let mut rest = String::new();
        for (file, text) in sources.below("") {
            // Questions and the vocabulary come after the records.
            let apart = ["fact/", "query/", "rdf/"].iter().any(|folder| file.starts_with(folder));
            if !apart && file != "fragment.toml" {
                rest += &format!("{file}\n{text}\n");
            }
        }
        let mut named: BTreeSet<&str> = READ_BY_CODE.into();
        let mut rules = Vec::new();
        for rule in set.rules().iter().filter(|rule| !rule.draft) {
            match &rule.action {
                Action::Pattern { pattern, .. } if rule.stage == Stage::Fact => {
                    rules.push((rule.id.to_string(), signature(rule), pattern.triggers.clone()));
                }
                _ => {
                    rest += &signature(rule);
                    let values = rule.detail.values().filter_map(toml::Value::as_str);
                    named.extend(values.filter_map(|value| value.strip_prefix('<')?.strip_suffix('>')));
                }
            }
        }
        for name in named {
            rest += &format!("{name}: {:?}\n", set.list(name));
        }
        Footprint { rest: hash(rest.as_bytes()), rules }
    }

    /// Hashes of what the pattern rules say, by id.
    pub fn versions(&self) -> BTreeMap<String, String> {
        self.rules.iter().map(|(id, version, _)| (id.clone(), version.clone())).collect()
    }

    /// The words of which a text must hold one to be touched by what changed since `old`, with the rules that
    /// they come from; `None` where every text may be touched.
    pub fn touched(&self, old: &Footprint) -> Option<BTreeMap<String, BTreeSet<String>>> {
        if self.rest != old.rest {
            return None;
        }
        let ids = |of: &Footprint| of.rules.iter().map(|rule| rule.0.clone()).collect::<BTreeSet<String>>();
        let both: BTreeSet<String> = ids(self).intersection(&ids(old)).cloned().collect();
        let order = |of: &Footprint| -> Vec<String> {
            of.rules.iter().map(|rule| rule.0.clone()).filter(|id| both.contains(id)).collect()
        };
        // Of two rules that read the same words the first has precedence.
        if order(self) != order(old) {
            return None;
        }
        let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let known: BTreeSet<_> = old.rules.iter().collect();
        let now: BTreeSet<_> = self.rules.iter().collect();
        for (id, _, triggers) in known.symmetric_difference(&now) {
            if triggers.is_empty() {
                return None;
            }
            for word in triggers {
                words.entry(word.clone()).or_default().insert(id.clone());
            }
        }
        Some(words)
    }
}

/// Everything of a rule that decides what it reads and makes; its words about itself and its examples do not.
fn signature(rule: &Rule) -> String {
    let action = match &rule.action {
        Action::Pattern { pattern, unless, facts } => {
            let unless: Vec<String> = unless.iter().map(super::run::Pattern::signature).collect();
            format!("{} {unless:?} {facts:?}", pattern.signature())
        }
        Action::Mechanism(name) => name.clone(),
    };
    hash(format!("{} {:?} {action} {:?}", rule.id, rule.stage, rule.detail).as_bytes())[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn footprint(edits: &[(&str, &str, &str)]) -> Footprint {
        let mut sources = Sources::built_in();
        for (file, from, to) in edits {
            let text = sources.get(file).expect("a file").to_owned();
            assert!(text.contains(from), "{from} is not in {file}");
            sources.insert(*file, text.replacen(from, to, 1));
        }
        Footprint::of(&sources, &RuleSet::load(&sources).expect("rules"))
    }

    #[test]
    fn an_edit_touches_the_words_of_its_rules() {
        let old = footprint(&[]);
        assert!(old.touched(&footprint(&[])).expect("little").is_empty());
        let list = Sources::built_in().get("fact/award_verb.tsv").expect("a list").to_owned();
        let last = list.lines().last().expect("a line").to_owned();
        let with = format!("{last}\n龘得\n");
        let new = footprint(&[("fact/award_verb.tsv", &format!("{last}\n"), &with)]);
        let words = new.touched(&old).expect("little");
        assert!(words.contains_key("龘得") && words["龘得"].iter().all(|id| id.starts_with("fact.")));
        assert_eq!(old.touched(&new), Some(words));
        let names = Sources::built_in();
        let (file, text) = names.below("name/").find(|(file, _)| file.ends_with(".toml")).expect("a file");
        let first = text.lines().next().expect("a line").to_owned();
        assert_eq!(footprint(&[(file, &first, &format!("# 改\n{first}"))]).touched(&old), None);
    }
}
