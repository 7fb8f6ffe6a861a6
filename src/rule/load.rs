//! Rule files to rules: every cross-check, all problems reported in one run.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::assemble::Lexicons;
use super::compile::{Names, compile};
use super::diagnostic::Diagnostic;
use super::footprint::READ_BY_CODE;
use super::pattern::{self, Kind, Mistake, Node};
use super::run::Pattern;
use super::slot::{FactForm, Slot};
use super::written::{self, Reader, Text};
use super::{Action, Example, Rule, Stage};
use crate::lexicon::{Sources, Table};
use crate::schema::{Predicate, Qualifier, RuleId, Type};

/// The mechanisms of the fact stage and the details that each reads.
pub const MECHANISMS: &[(&str, &[&str])] = &[
    ("quotation", &["verbs", "nouns", "anonymous"]),
    (
        "figure",
        &[
            "change",
            "before",
            "after",
            "durations",
            "counters",
            "sizes",
            "things",
            "casualties",
            "groups",
            "stops",
            "ideas",
            "verbs",
            "nouns",
        ],
    ),
    ("part", &["heads", "units", "never"]),
    ("inside", &["areas", "halls"]),
    ("winners", &["headings", "collective"]),
    ("stop", &["type", "heads", "verbs", "stems", "behind", "never", "max"]),
];

/// Everything read from the files.
pub struct Loaded {
    /// In order of file and place.
    pub rules: Vec<Rule>,
    /// Terms of the lists that patterns and mechanisms use, by name.
    pub lexicons: Arc<Lexicons>,
    /// Sorted by file and place.
    pub problems: Vec<Diagnostic>,
}

/// Reads every rule file.
pub fn load(sources: &Sources) -> Loaded {
    let mut problems = Vec::new();
    let lexicons = Arc::new(lexicons(sources));
    let lists: Vec<&str> = list_files(sources).map(|(name, _, _)| name).collect();
    let fragments = fragments(sources, &mut problems);
    let tested = sources.is_built_in("");
    let names = Names { lexicons: &lexicons, fragments: &fragments, lists: &lists, tested };
    let mut rules = Vec::new();
    for stage in Stage::ALL {
        let prefix = format!("{}/", stage.name());
        for (file, source) in sources.below(&prefix).filter(|(file, _)| file.ends_with(".toml")) {
            let table = written::parse(file, source, &mut problems);
            let mut reader = Reader::new(file, source, table.get_ref(), 0..0);
            let mut loader = Loader { file, stage: *stage, names: &names, problems: &mut problems };
            loader.file(&mut reader, &mut rules);
        }
    }
    let mut seen: BTreeSet<RuleId> = BTreeSet::new();
    for rule in &rules {
        if !seen.insert(rule.id) {
            problems.push(
                Diagnostic::new("R004", &rule.file, rule.place.clone(), format!("id `{}` is used twice", rule.id))
                    .label("also the id of an earlier rule"),
            );
        }
    }
    check_lists(sources, &rules, &mut problems);
    problems.sort();
    problems.dedup();
    Loaded { rules, lexicons, problems }
}

/// The first columns of the tables that may be named in patterns. Only the lists that are used
/// are read: dictionaries stand in the same folders.
fn lexicons(sources: &Sources) -> Lexicons {
    let mut lists = BTreeMap::new();
    let files = rule_files(sources);
    let named = named(&files);
    for (name, file, text) in list_files(sources) {
        if is_used(name, &named) {
            let terms = Table::new(file, text).rows().map(|row| row.term.to_owned()).collect();
            lists.insert(name.to_owned(), terms);
        }
    }
    lists
}

/// The text of all rule files.
fn rule_files(sources: &Sources) -> String {
    sources.below("").filter(|(file, _)| file.ends_with(".toml")).map(|(_, text)| text).collect()
}

/// Whether a rule file names the list, or a mechanism reads it by itself.
fn is_used(list: &str, named: &FxHashSet<&str>) -> bool {
    READ_BY_CODE.contains(&list) || named.contains(list)
}

/// The lists that rule files name, as `<list>`.
fn named(files: &str) -> FxHashSet<&str> {
    files.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(name, _)| name).collect()
}

/// Name, file and text of every list.
fn list_files(sources: &Sources) -> impl Iterator<Item = (&str, &str, &str)> {
    ["lexicon/", "name/", "value/", "fact/"].into_iter().flat_map(|folder| sources.below(folder)).filter_map(
        |(file, text)| {
            let name = file.rsplit('/').next().unwrap_or(file).strip_suffix(".tsv")?;
            Some((name, file, text))
        },
    )
}

/// Lists of the fact stage: sorted, nothing twice, each used.
fn check_lists(sources: &Sources, rules: &[Rule], problems: &mut Vec<Diagnostic>) {
    let files = rule_files(sources);
    let named = named(&files);
    for (file, text) in sources.below("fact/").filter(|(file, _)| file.ends_with(".tsv")) {
        let name = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".tsv");
        let line = |number: usize| {
            let start: usize = text.split_inclusive('\n').take(number - 1).map(str::len).sum();
            start..start + text[start..].find('\n').unwrap_or(text.len() - start)
        };
        let mut last: Option<String> = None;
        for row in Table::new(file, text).rows() {
            match &last {
                Some(before) if before.as_str() == row.term => problems.push(
                    Diagnostic::new("R031", file, line(row.line), format!("`{}` is listed twice", row.term))
                        .label("again"),
                ),
                Some(before) if before.as_str() > row.term => problems.push(
                    Diagnostic::new("R030", file, line(row.line), format!("`{}` is out of order", row.term))
                        .label(format!("comes before `{before}`"))
                        .help("lists are sorted by code point"),
                ),
                _ => {}
            }
            last = Some(row.term.to_owned());
        }
        if !rules.is_empty() && !is_used(name, &named) {
            problems.push(
                Diagnostic::new("R032", file, 0..text.find('\n').unwrap_or(0), format!("no rule uses `{name}`"))
                    .label("this list"),
            );
        }
    }
}

fn fragments(sources: &Sources, problems: &mut Vec<Diagnostic>) -> BTreeMap<String, Node> {
    let mut found = BTreeMap::new();
    let file = "fragment.toml";
    let Some(source) = sources.get(file) else { return found };
    let table = written::parse(file, source, problems);
    let Some((_, section)) = table.get_ref().iter().find(|(key, _)| key.get_ref() == "fragment") else { return found };
    let toml::de::DeValue::Table(section) = section.get_ref() else { return found };
    for (name, text) in Reader::new(file, source, section, 0..0).all_texts(problems) {
        match pattern::parse(&text.text) {
            Ok(node) => {
                found.insert(name.text, node);
            }
            Err(mistake) => problems.push(told(file, &text, mistake, None)),
        }
    }
    found
}

/// A mistake in a pattern with its place in the file and a suggestion.
fn told(file: &str, text: &Text, mistake: Mistake, names: Option<&Names<'_>>) -> Diagnostic {
    let place = text.at(mistake.start..mistake.end);
    let found = Diagnostic::new(mistake.code, file, place, mistake.message).label("here");
    match (mistake.unknown, names) {
        (Some((Kind::Type, name)), _) => found.suggest(&name, Type::ALL.iter().map(|kind| kind.name())),
        (Some((Kind::Lexicon, name)), Some(names)) => {
            let label = format!("no file {name}.tsv in rules/lexicon or rules/fact");
            found.label(label).suggest(&name, names.lists.iter().copied())
        }
        (Some((Kind::Fragment, name)), Some(names)) => {
            found.label("not in rules/fragment.toml").suggest(&name, names.fragments.keys().map(String::as_str))
        }
        _ => found,
    }
}

struct Loader<'a, 'p> {
    file: &'a str,
    stage: Stage,
    names: &'a Names<'a>,
    problems: &'p mut Vec<Diagnostic>,
}

impl Loader<'_, '_> {
    fn report(
        &mut self,
        code: &'static str,
        place: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
    ) {
        self.problems.push(Diagnostic::new(code, self.file, place, message).label(label));
    }

    fn file(&mut self, reader: &mut Reader<'_>, rules: &mut Vec<Rule>) {
        if let Some(stage) = reader.text("stage", self.problems)
            && stage.text != self.stage.name()
        {
            let message = format!("stage `{}` in a file of stage `{}`", stage.text, self.stage.name());
            self.report("R002", stage.place, message, "the folder says the stage");
        }
        for mut table in reader.tables("rule", self.problems) {
            rules.extend(self.rule(&mut table));
        }
        if self.stage == Stage::Fact {
            reader.finish(self.problems);
        }
    }

    fn rule(&mut self, table: &mut Reader<'_>) -> Option<Rule> {
        let place = table.place.clone();
        let id = table.text("id", self.problems);
        let doc = table.text("doc", self.problems);
        let status = table.text("status", self.problems);
        let mechanism = table.text("mechanism", self.problems);
        let examples = self.examples(table);
        let Some(id) = id else {
            self.report("R003", place, "this rule has no id", "here");
            return None;
        };
        self.check_head(&id, doc.as_ref(), status.as_ref(), &examples);
        let (action, detail) = if self.stage == Stage::Fact {
            match mechanism {
                Some(name) => (self.mechanism(table, &name)?, table.rest()),
                None => (self.pattern_rule(table, &id)?, toml::Table::new()),
            }
        } else {
            let name = mechanism.map(|name| name.text).unwrap_or_default();
            (Action::Mechanism(name), table.rest())
        };
        Some(Rule {
            id: RuleId::intern(&id.text),
            doc: doc.map(|doc| doc.text).unwrap_or_default(),
            stage: self.stage,
            file: self.file.to_owned(),
            place: id.place,
            draft: status.is_some_and(|status| status.text == "draft"),
            action,
            detail,
            examples,
        })
    }

    fn check_head(&mut self, id: &Text, doc: Option<&Text>, status: Option<&Text>, examples: &[Example]) {
        let path = format!("{}.", self.file.trim_end_matches(".toml").replace('/', "."));
        let path_without_dashes = path.replace('-', "_");
        let fits = id.text.starts_with(&path) || id.text.starts_with(&path_without_dashes);
        if !fits || id.text.len() == path.len() {
            self.report(
                "R003",
                id.place.clone(),
                format!("id `{}` does not fit its file", id.text),
                format!("starts with `{path}`"),
            );
        }
        if doc.is_none_or(|doc| doc.text.trim().is_empty()) {
            self.report("R005", id.place.clone(), format!("rule `{}` has no doc", id.text), "say what it reads");
        }
        if let Some(status) = status.filter(|status| !matches!(status.text.as_str(), "draft" | "active")) {
            self.report("R001", status.place.clone(), "status is `active` or `draft`", "neither");
        }
        let matches = examples.iter().filter(|example| example.matches).count();
        if matches < 2 || matches == examples.len() {
            let message = format!("rule `{}` wants two match examples and one reject at least", id.text);
            let label = format!("has {matches} and {}", examples.len() - matches);
            self.report("R006", id.place.clone(), message, label);
        }
    }

    fn examples(&mut self, table: &mut Reader<'_>) -> Vec<Example> {
        let mut examples = Vec::new();
        for key in ["match", "reject"] {
            for mut item in table.tables(key, self.problems) {
                let Some(text) = item.text("text", self.problems) else {
                    self.report("R007", item.place.clone(), "this example has no text", "here");
                    continue;
                };
                let published = item.text("published", self.problems).map(|text| text.text);
                let why = item.text("why", self.problems).map(|text| text.text);
                let todo = item.text("todo", self.problems).map(|text| text.text);
                let expect = item.values("expect");
                let matches = key == "match";
                if matches && expect.is_empty() && self.stage == Stage::Fact {
                    self.report("R007", text.place.clone(), "a match example says what to expect", "no `expect`");
                }
                if !matches && why.is_none() {
                    self.report("R007", text.place.clone(), "a reject example says why", "no `why`");
                }
                if self.stage == Stage::Fact {
                    item.finish(self.problems);
                }
                let detail = item.rest();
                examples.push(Example {
                    matches,
                    text: text.text,
                    published,
                    expect,
                    why,
                    todo,
                    detail,
                    place: text.place,
                });
            }
        }
        examples
    }

    fn mechanism(&mut self, table: &mut Reader<'_>, name: &Text) -> Option<Action> {
        let Some((_, keys)) = MECHANISMS.iter().find(|(known, _)| *known == name.text) else {
            self.problems.push(
                Diagnostic::new("R017", self.file, name.place.clone(), format!("unknown mechanism `{}`", name.text))
                    .label("here")
                    .suggest(&name.text, MECHANISMS.iter().map(|(known, _)| *known)),
            );
            return None;
        };
        for text in table.rest_texts() {
            if let Some(list) = text.text.strip_prefix('<').and_then(|text| text.strip_suffix('>'))
                && !self.names.lexicons.contains_key(list)
            {
                self.problems.push(
                    Diagnostic::new("R014", self.file, text.place.clone(), format!("unknown lexicon `{list}`"))
                        .label(format!("no file {list}.tsv in rules/lexicon or rules/fact"))
                        .suggest(list, self.names.lists.iter().copied()),
                );
            }
        }
        for key in table.rest().keys() {
            if !keys.contains(&key.as_str()) {
                let message = format!("mechanism `{}` has no detail `{key}`", name.text);
                self.problems.push(
                    Diagnostic::new("R001", self.file, name.place.clone(), message)
                        .label(format!("known: {}", keys.join(", ")))
                        .suggest(key, keys.iter().copied()),
                );
            }
        }
        Some(Action::Mechanism(name.text.clone()))
    }

    fn compile(&mut self, text: &Text) -> Option<Pattern> {
        match compile(&text.text, self.names) {
            Ok(pattern) => Some(pattern),
            Err(mistake) => {
                self.problems.push(told(self.file, text, mistake, Some(self.names)));
                None
            }
        }
    }

    fn pattern_rule(&mut self, table: &mut Reader<'_>, id: &Text) -> Option<Action> {
        let Some(text) = table.text("pattern", self.problems) else {
            self.report(
                "R008",
                id.place.clone(),
                format!("rule `{}` has neither pattern nor mechanism", id.text),
                "here",
            );
            return None;
        };
        let pattern = self.compile(&text);
        let unless: Vec<Option<Pattern>> =
            table.texts("unless", self.problems).iter().map(|text| self.compile(text)).collect();
        let forms: Vec<Option<FactForm>> = table
            .tables("fact", self.problems)
            .iter_mut()
            .map(|form| self.form(form, pattern.as_ref().map(|pattern| pattern.captures.as_slice())))
            .collect();
        table.finish(self.problems);
        if forms.is_empty() {
            self.report("R008", id.place.clone(), format!("rule `{}` makes no fact", id.text), "no `fact`");
            return None;
        }
        let unless = unless.into_iter().collect::<Option<Vec<_>>>()?;
        let facts = forms.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Action::Pattern { pattern: Box::new(pattern?), unless, facts })
    }

    fn form(&mut self, table: &mut Reader<'_>, captures: Option<&[String]>) -> Option<FactForm> {
        let subject = self.slot(table, "subject", captures);
        let object = self.slot(table, "object", captures);
        let predicate = table.text("predicate", self.problems);
        let paired = table.text("pair", self.problems).is_some_and(|text| text.text == "in order");
        let never = table.text("never", self.problems).map(|text| {
            let name = text.text.trim_start_matches('<').trim_end_matches('>').to_owned();
            if !self.names.lexicons.contains_key(&name) {
                self.problems.push(
                    Diagnostic::new("R014", self.file, text.place, format!("unknown lexicon `{name}`"))
                        .label(format!("no file {name}.tsv in rules/lexicon or rules/fact"))
                        .suggest(&name, self.names.lists.iter().copied()),
                );
            }
            name
        });
        let mut qualifiers = Vec::new();
        for qualifier in Qualifier::ALL {
            let key = qualifier.name();
            if let Some(slot) = self.slot(table, key, captures) {
                qualifiers.push((*qualifier, slot));
            }
        }
        table.finish(self.problems);
        let (Some(subject), Some(object), Some(predicate)) = (subject, object, predicate) else {
            self.report("R008", table.place.clone(), "a fact has subject, predicate and object", "here");
            return None;
        };
        let Some(known) = Predicate::from_name(&predicate.text) else {
            let found = Diagnostic::new(
                "R019",
                self.file,
                predicate.place.clone(),
                format!("unknown predicate `{}`", predicate.text),
            );
            self.problems.push(found.label("here").suggest(&predicate.text, Predicate::ALL.iter().map(|p| p.name())));
            return None;
        };
        Some(FactForm { subject, predicate: known, object, qualifiers, paired, never })
    }

    fn slot(&mut self, table: &mut Reader<'_>, key: &'static str, captures: Option<&[String]>) -> Option<Slot> {
        let text = table.text(key, self.problems)?;
        let slot = match Slot::parse(&text.text) {
            Ok(slot) => slot,
            Err(part) => {
                self.report("R020", text.place, format!("`{key}` cannot be taken from `{part}`"), "here");
                return None;
            }
        };
        let Some(captures) = captures else { return Some(slot) };
        if let Some(missing) = slot.captures().find(|name| !captures.iter().any(|known| known == name)) {
            self.problems.push(
                Diagnostic::new(
                    "R020",
                    self.file,
                    text.place.clone(),
                    format!("`{key}` takes its text from `{missing}`, which the pattern never captures"),
                )
                .label(format!("captures: {}", captures.join(", ")))
                .suggest(missing, captures.iter().map(String::as_str)),
            );
            return None;
        }
        Some(slot)
    }
}
