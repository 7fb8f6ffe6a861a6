//! Patterns to regular expressions over skeletons.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use regex::Regex;

use super::assemble::{Lexicons, words};
use super::chain::chain;
use super::need::{need, rarity};
use super::pattern::{self, Kind, Mistake, Node, NodeForm};
use super::run::{Edge, Pattern};
use super::skeleton;
use crate::text::Words;

/// The longest list that is inlined into a pattern.
const LONGEST_LIST: usize = 600;

/// What a pattern may refer to.
pub struct Names<'a> {
    /// Terms of each lexicon.
    pub lexicons: &'a Arc<Lexicons>,
    /// The names of all lists, also of those that are not read, for suggestions.
    pub lists: &'a [&'a str],
    /// Trees of the fragments.
    pub fragments: &'a BTreeMap<String, Node>,
    /// The patterns are those that the program was tested with: they compile when they are first needed.
    pub tested: bool,
}

/// A pattern ready to run; the regular expression is built when it is first needed.
pub fn compile(text: &str, names: &Names<'_>) -> Result<Pattern, Mistake> {
    let mut node = expand(pattern::parse(text)?, names, 0)?;
    let (before, after) = edges(&mut node, names)?;
    let source = OnceLock::new();
    if !names.tested {
        _ = source.set(written(&node, names.lexicons)?);
    }
    let (need, chain) = (need(&node, names), chain(&node, names));
    if shortest(&node) == 0 {
        return Err(mistake(&node, "R025", "this pattern can match nothing"));
    }
    // The most telling list comes first; of equal ones the first, as the sort is stable.
    let mut also = need.words;
    also.sort_by_key(|words| std::cmp::Reverse(rarity(words)));
    let triggers = if also.is_empty() { Vec::new() } else { also.remove(0) };
    if triggers.is_empty() && need.types.is_empty() {
        return Err(mistake(&node, "R027", "this pattern requires neither a word nor a mention"));
    }
    if let Some(source) = source.get()
        && let Err(error) = regex_syntax_check(source)
    {
        return Err(mistake(&node, "R012", format!("this pattern does not compile: {error}")));
    }
    let mut captures = Vec::new();
    named(&node, &mut captures);
    let (lexicons, types) = (names.lexicons.clone(), need.types);
    let (regex, program, list) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
    Ok(Pattern { node, lexicons, source, regex, program, before, after, captures, triggers, also, types, chain, list })
}

/// The regular expression of a pattern.
pub(super) fn written(node: &Node, lexicons: &Lexicons) -> Result<String, Mistake> {
    let mut writer = Writer { lexicons, out: String::new() };
    writer.write(node)?;
    Ok(writer.out)
}

/// The names of the captures, in the order in which they begin.
fn named(node: &Node, names: &mut Vec<String>) {
    match &node.form {
        NodeForm::Sequence(parts) | NodeForm::Choice(parts) => parts.iter().for_each(|part| named(part, names)),
        NodeForm::Repeat { what, .. } => named(what, names),
        NodeForm::Capture(name, what) => {
            names.push(name.clone());
            named(what, names);
        }
        _ => {}
    }
}

fn regex_syntax_check(source: &str) -> Result<(), String> {
    Regex::new(source)
        .map(|_| ())
        .map_err(|error| error.to_string().lines().last().unwrap_or("").trim_start_matches("error: ").to_owned())
}

fn mistake(node: &Node, code: &'static str, message: impl Into<String>) -> Mistake {
    Mistake { code, start: node.start, end: node.end, message: message.into(), unknown: None }
}

/// Puts the fragments in. The pieces of a fragment take the place of its name.
fn expand(mut node: Node, names: &Names<'_>, depth: usize) -> Result<Node, Mistake> {
    let (start, end) = (node.start, node.end);
    let inner = |what: Node| expand(what, names, depth);
    node.form = match node.form {
        NodeForm::Fragment(name) => {
            let Some(body) = names.fragments.get(&name) else {
                let message = format!("unknown fragment `{name}`");
                return Err(Mistake { code: "R015", start, end, message, unknown: Some((Kind::Fragment, name)) });
            };
            if depth > 20 {
                return Err(Mistake {
                    code: "R016",
                    start,
                    end,
                    message: format!("fragment `{name}` reaches itself"),
                    unknown: None,
                });
            }
            let mut body = expand(body.clone(), names, depth + 1)?;
            place(&mut body, start, end);
            return Ok(body);
        }
        NodeForm::Sequence(parts) => NodeForm::Sequence(parts.into_iter().map(inner).collect::<Result<_, _>>()?),
        NodeForm::Choice(parts) => NodeForm::Choice(parts.into_iter().map(inner).collect::<Result<_, _>>()?),
        NodeForm::Repeat { what, min, max, lazy } => NodeForm::Repeat { what: Box::new(inner(*what)?), min, max, lazy },
        NodeForm::Guard(what) => NodeForm::Guard(Box::new(inner(*what)?)),
        NodeForm::Capture(name, what) => NodeForm::Capture(name, Box::new(inner(*what)?)),
        form => form,
    };
    Ok(node)
}

fn place(node: &mut Node, start: usize, end: usize) {
    (node.start, node.end) = (start, end);
    match &mut node.form {
        NodeForm::Sequence(parts) | NodeForm::Choice(parts) => {
            parts.iter_mut().for_each(|part| place(part, start, end))
        }
        NodeForm::Repeat { what, .. } | NodeForm::Guard(what) | NodeForm::Capture(_, what) => place(what, start, end),
        _ => {}
    }
}

/// Takes the guards off both ends: they are checked where the match begins and ends.
fn edges(node: &mut Node, names: &Names<'_>) -> Result<(Vec<Edge>, Vec<Edge>), Mistake> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    if let NodeForm::Sequence(parts) = &mut node.form {
        // A guard in front of one character is cheaper inside the expression.
        while parts.len() > 2
            && matches!(&parts[0].form, NodeForm::Guard(what) if single(what, names.lexicons).is_none() || single(&parts[1], names.lexicons).is_none())
        {
            before.push(edge(&parts.remove(0), names)?);
        }
        while parts.len() > 1 && matches!(parts[parts.len() - 1].form, NodeForm::Guard(_)) {
            let last = parts.len() - 1;
            after.push(edge(&parts.remove(last), names)?);
        }
    }
    Ok((before, after))
}

fn edge(node: &Node, names: &Names<'_>) -> Result<Edge, Mistake> {
    let NodeForm::Guard(what) = &node.form else { return Err(mistake(node, "R011", "not a guard")) };
    let source = written(what, names.lexicons)?;
    let words = words(what, names.lexicons).map(Words::from_iter);
    Ok(Edge { source, words, ..Edge::default() })
}

/// The inside of a character class, where the node reads exactly one character.
pub(super) fn single(node: &Node, lexicons: &Lexicons) -> Option<String> {
    match &node.form {
        NodeForm::Literal(text) if text.chars().count() == 1 => Some(regex::escape(text)),
        NodeForm::Lexicon(name) => {
            let terms = lexicons.get(name)?;
            let one = terms.iter().all(|term| term.chars().count() == 1);
            one.then(|| terms.iter().map(|term| regex::escape(term)).collect())
        }
        NodeForm::Mention(types) => Some(skeleton::class(types)),
        NodeForm::Han => Some("\\p{Han}".into()),
        NodeForm::Any => Some("\\s\\S".into()),
        NodeForm::Regex(text) if text.starts_with('[') && text.ends_with(']') && text.matches('[').count() == 1 => {
            Some(text.clone())
        }
        NodeForm::Choice(parts) => parts.iter().map(|part| single(part, lexicons)).collect(),
        _ => None,
    }
}

struct Writer<'a> {
    lexicons: &'a Lexicons,
    out: String,
}

impl Writer<'_> {
    fn write(&mut self, node: &Node) -> Result<(), Mistake> {
        match &node.form {
            NodeForm::Literal(text) => self.out.push_str(&regex::escape(text)),
            NodeForm::Regex(text) => {
                if text.contains("(?P<") || text.contains("(?<") {
                    return Err(mistake(node, "R012", "captures are written name:x, not inside /…/"));
                }
                self.out.push_str("(?:");
                self.out.push_str(&uncaptured(text));
                self.out.push(')');
            }
            NodeForm::Lexicon(name) => self.list(node, name)?,
            NodeForm::Mention(types) => {
                self.out.push('[');
                self.out.push_str(&skeleton::class(types));
                self.out.push(']');
            }
            NodeForm::Han => self.out.push_str("\\p{Han}"),
            NodeForm::Any => self.out.push_str("[\\s\\S]"),
            NodeForm::Sequence(parts) => self.sequence(parts)?,
            NodeForm::Choice(parts) => {
                self.out.push_str("(?:");
                for (i, part) in parts.iter().enumerate() {
                    if i > 0 {
                        self.out.push('|');
                    }
                    self.write(part)?;
                }
                self.out.push(')');
            }
            NodeForm::Repeat { what, min, max, lazy } => {
                if max.is_none() && matches!(what.form, NodeForm::Any | NodeForm::Han) {
                    return Err(mistake(node, "R026", "this gap has no end; write {0,20}"));
                }
                self.out.push_str("(?:");
                self.write(what)?;
                self.out.push(')');
                match max {
                    Some(max) => self.out.push_str(&format!("{{{min},{max}}}")),
                    None => self.out.push_str(if *min == 0 { "*" } else { "+" }),
                }
                if *lazy {
                    self.out.push('?');
                }
            }
            NodeForm::Guard(_) => {
                return Err(mistake(node, "R011", "a guard stands before one character, or at an end of the pattern"));
            }
            NodeForm::Capture(_, what) => {
                self.out.push('(');
                self.write(what)?;
                self.out.push(')');
            }
            NodeForm::Fragment(name) => {
                return Err(mistake(node, "R015", format!("unknown fragment `{name}`")));
            }
        }
        Ok(())
    }

    /// Parts in order; guards before a single character become a class without the guarded ones.
    fn sequence(&mut self, parts: &[Node]) -> Result<(), Mistake> {
        let mut guards: Vec<String> = Vec::new();
        for part in parts {
            if let NodeForm::Guard(what) = &part.form {
                let Some(class) = single(what, self.lexicons) else {
                    return Err(mistake(part, "R011", "inside a pattern a guard excludes one character"));
                };
                guards.push(class);
                continue;
            }
            if guards.is_empty() {
                self.write(part)?;
                continue;
            }
            let Some(class) = single(part, self.lexicons) else {
                return Err(mistake(part, "R011", "inside a pattern a guard stands before one character"));
            };
            self.out.push_str(&format!("[[{class}]--[{}]]", guards.concat()));
            guards.clear();
        }
        if guards.is_empty() {
            Ok(())
        } else {
            Err(mistake(&parts[parts.len() - 1], "R011", "nothing follows this guard"))
        }
    }

    fn list(&mut self, node: &Node, name: &str) -> Result<(), Mistake> {
        let Some(terms) = self.lexicons.get(name) else {
            return Err(Mistake {
                code: "R014",
                start: node.start,
                end: node.end,
                message: format!("unknown lexicon `{name}`"),
                unknown: Some((Kind::Lexicon, name.to_owned())),
            });
        };
        if terms.is_empty() || terms.len() > LONGEST_LIST {
            return Err(mistake(
                node,
                "R018",
                format!("lexicon `{name}` has {} terms; a pattern takes 1 to {LONGEST_LIST}", terms.len()),
            ));
        }
        self.out.push_str("(?:");
        self.out.push_str(&longest_first(terms).iter().map(|term| regex::escape(term)).collect::<Vec<_>>().join("|"));
        self.out.push(')');
        Ok(())
    }
}

/// Terms in the order in which a pattern prefers them.
pub(super) fn longest_first(terms: &[String]) -> Vec<&String> {
    let mut terms: Vec<&String> = terms.iter().collect();
    terms.sort_by_key(|term| (std::cmp::Reverse(term.chars().count()), term.as_str()));
    terms
}

/// Groups of a raw expression must not shift the numbers of our captures.
pub(super) fn uncaptured(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    let mut class = false;
    while let Some(c) = chars.next() {
        out.push(c);
        match c {
            '\\' => out.extend(chars.next()),
            '[' => class = true,
            ']' => class = false,
            '(' if !class && chars.peek() != Some(&'?') => out.push_str("?:"),
            _ => {}
        }
    }
    out
}

fn shortest(node: &Node) -> u32 {
    match &node.form {
        NodeForm::Sequence(parts) => parts.iter().map(shortest).fold(0, u32::saturating_add),
        NodeForm::Choice(parts) => parts.iter().map(shortest).min().unwrap_or(0),
        NodeForm::Repeat { what, min, .. } => shortest(what).saturating_mul(*min),
        NodeForm::Capture(_, what) => shortest(what),
        NodeForm::Guard(_) => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::program::Work;
    use super::super::run::Found;
    use super::*;

    fn search(pattern: &Pattern, text: &str) -> Vec<Found> {
        let chars: Vec<(u32, char)> = text.char_indices().map(|(at, c)| (at as u32, c)).collect();
        pattern.search(text, &chars, &mut Work::default())
    }

    fn compiled(text: &str) -> Result<Pattern, Mistake> {
        let lexicons = Arc::new(BTreeMap::from([
            ("verb".to_owned(), vec!["荣获".to_owned(), "获".to_owned()]),
            ("stop".to_owned(), vec!["的".to_owned(), "了".to_owned()]),
        ]));
        let fragments = BTreeMap::from([("gap".to_owned(), pattern::parse("( !@ !<stop> any ){0,6}?").unwrap())]);
        compile(text, &Names { lexicons: &lexicons, lists: &[], fragments: &fragments, tested: false })
    }

    #[test]
    fn guards_and_gaps_are_kept() {
        let pattern = compiled("who:han{2} %gap <verb> !\"奖\"").unwrap();
        assert_eq!(pattern.triggers, ["荣获", "获"]);
        let found = search(&pattern, "李明昨天荣获一等");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].groups[0], Some((0, 6)));
        assert!(search(&pattern, "李明的获一等").iter().all(|found| found.start > 0));
        assert!(search(&pattern, "李明获奖").is_empty());
    }

    #[test]
    fn bad_patterns_are_refused_with_their_code() {
        for (text, code) in [
            ("<verp> \"a\"", "R014"),
            ("%gop \"a\"", "R015"),
            ("any*", "R026"),
            ("\"a\"?", "R025"),
            ("han{2}", "R027"),
            ("/[/ \"a\"", "R012"),
            ("\"a\" !\"不能\" any \"b\"", "R011"),
        ] {
            assert_eq!(compiled(text).unwrap_err().code, code, "{text}");
        }
    }
}
