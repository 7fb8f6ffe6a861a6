//! What the user's decisions file says, before anything else is looked at.

use std::collections::BTreeMap;

use super::super::name::entity_id;
use super::work::{Finding, Work};
use super::{DecisionKind, Decisions};
use crate::error::{Error, Result};
use crate::rule::nearest;

/// Applies the user's file: first what is kept apart, then what is joined. Yields the entries that name nothing.
pub(super) fn obey(work: &mut Work<'_>, decisions: &Decisions) -> Result<Vec<String>> {
    work.sets.file.clone_from(&decisions.file);
    if decisions.rules.is_empty() {
        return Ok(Vec::new());
    }
    let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, member) in work.members.iter().enumerate() {
        let canonical = entity_id(member.kind, &member.name);
        if canonical != member.id {
            by_id.entry(canonical).or_default().push(at);
        }
        by_id.entry(member.id.clone()).or_default().push(at);
    }
    let mut unused = Vec::new();
    let mut sets: Vec<Vec<Vec<usize>>> = Vec::new();
    for rule in &decisions.rules {
        let mut set = Vec::new();
        for named in &rule.entities {
            let all = by_id.get(&named.id).map(Vec::as_slice).unwrap_or_default();
            let doc = |m: &&usize| named.doc.as_ref().is_none_or(|doc| work.doc(**m).name == *doc);
            let found: Vec<usize> = all.iter().filter(doc).copied().collect();
            if found.is_empty() {
                unused.push(missing(work, named, all, &decisions.file));
            }
            set.push(found);
        }
        sets.push(set);
    }
    for (rule, set) in decisions.rules.iter().zip(&sets).filter(|(rule, _)| !rule.same) {
        for (nth, one) in set.iter().enumerate() {
            for two in set[nth + 1..].iter().flatten() {
                for a in one.iter().filter(|a| *a != two) {
                    work.sets.groups.keep_apart(*a, *two, rule.line);
                }
            }
        }
    }
    for (rule, set) in decisions.rules.iter().zip(&sets) {
        let why = if rule.reason.is_empty() { String::new() } else { format!(": {}", rule.reason) };
        let reason = format!("{}:{}{why}", decisions.file, rule.line);
        if rule.same {
            let all: Vec<usize> = set.iter().flatten().copied().collect();
            for pair in all.windows(2) {
                if let Err(line) = work.sets.groups.join(pair[0], pair[1]) {
                    let message =
                        format!("{}:{}: this entry joins what line {line} keeps apart", decisions.file, rule.line);
                    return Err(Error::new(message).with_help("take one of the two entries out"));
                }
            }
            if all.len() > 1 {
                work.sets.findings.push(Finding { kind: DecisionKind::Forced, members: all, reason });
            }
        } else {
            let firsts: Vec<usize> = set.iter().filter_map(|s| s.first().copied()).collect();
            if firsts.len() > 1 {
                work.sets.findings.push(Finding { kind: DecisionKind::Forbidden, members: firsts, reason });
            }
        }
    }
    Ok(unused)
}

/// What to tell of an entry that names nothing.
fn missing(work: &Work<'_>, named: &super::decisions::Named, all: &[usize], file: &str) -> String {
    let at = named.doc.as_ref().map_or(String::new(), |doc| format!(" @ {doc}"));
    let hint = match all {
        [] => match similar(work, &named.id) {
            Some(id) => format!("; did you mean `{id}`?"),
            None => String::new(),
        },
        [..] => {
            let docs: Vec<&str> = all.iter().take(3).map(|&m| work.doc(m).name.as_str()).collect();
            format!("; it stands in {}", docs.join(", "))
        }
    };
    format!("{file}:{}: no document has `{}{at}`{hint}", named.line, named.id)
}

/// The id of the corpus that differs least from one that it does not have.
fn similar(work: &Work<'_>, id: &str) -> Option<String> {
    let kind = id.split_once('/')?.0;
    let known = work.members.iter().map(|member| member.id.as_str()).filter(|known| known.starts_with(kind));
    nearest(id, known).map(str::to_owned)
}
