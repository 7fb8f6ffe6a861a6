//! Lists with a name at the head of each line, before where its bearer works: 恩 芳　普洱市林业局科员. Where lines
//! of a list begin with names that were read, what stands there in the others is a name as well.

use super::line::is_han;
use super::recall::Taken;
use crate::document::Document;
use crate::lexicon::Tag;
use crate::mention::Mention;
use crate::rule::name::Knowledge;
use crate::schema::{Form, RuleId, Type};
use crate::text::Span;

/// A name read because the lines around it begin with names.
const COLUMN: RuleId = RuleId::new("name.person.column");
/// Fewest lines that must begin with a name that was read, and fewest of so many.
const FEWEST: usize = 2;
const SHARE: usize = 3;
/// Most characters of a name with the blanks inside and behind it.
const WIDEST: usize = 16;

/// What stands at the head of a line that has more fields than one.
struct Head {
    span: Span,
    /// It was read as a person.
    read: bool,
    /// Nothing was read there, it is no word, and what follows goes with a name.
    open: bool,
}

/// The names at the heads of lines that nothing else read.
pub(super) fn find(doc: &Document, found: &[Mention], knowledge: &Knowledge) -> Vec<Mention> {
    let text = doc.view.folded();
    let of = |kinds: &[Type]| {
        let mut spans: Vec<Span> = found.iter().filter(|m| kinds.contains(&m.kind)).map(|m| m.span).collect();
        spans.sort_unstable();
        spans
    };
    let persons = of(&[Type::Person]);
    if persons.iter().filter(|span| begins_line(text, span.start)).take(FEWEST).count() < FEWEST {
        return Vec::new();
    }
    let fields = of(&[Type::Organization, Type::Place, Type::Position]);
    let taken = Taken::new(found);
    let mut more = Vec::new();
    let mut list: Vec<Head> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        match head(text, Span::new(at, at + line.trim_end().len()), (&persons, &fields), &taken, knowledge) {
            Some(head) => list.push(head),
            None => close(&mut list, &mut more),
        }
        at += line.len();
    }
    close(&mut list, &mut more);
    more
}

/// Takes the open heads of a list of which enough are names.
fn close(list: &mut Vec<Head>, more: &mut Vec<Mention>) {
    let read = list.iter().filter(|head| head.read).count();
    if read >= FEWEST && SHARE * read >= list.len() {
        more.extend(list.iter().filter(|head| head.open).map(|head| Mention {
            span: head.span,
            kind: Type::Person,
            form: Form::Name,
            norm: None,
            days: None,
            inner: false,
            rule: COLUMN,
        }));
    }
    list.clear();
}

fn head(
    text: &str,
    line: Span,
    (persons, fields): (&[Span], &[Span]),
    taken: &Taken,
    knowledge: &Knowledge,
) -> Option<Head> {
    let rest = past_number(line.of(text));
    let start = line.end - rest.len();
    let next = persons.partition_point(|span| span.start < start);
    if let Some(&span) = persons.get(next).filter(|span| span.start == start && span.end < line.end) {
        return Some(Head { span, read: true, open: false });
    }
    let chars: Vec<(usize, char)> = rest.char_indices().take(WIDEST).collect();
    let blanks = |from: usize| chars.iter().skip(from).take_while(|(_, c)| c.is_whitespace()).count();
    let han = chars.iter().take_while(|(_, c)| is_han(*c)).count();
    let width = match han {
        // 恩 芳: two characters set apart to the width of three
        1 => {
            let second = 1 + blanks(1);
            (second > 1 && chars.get(second).is_some_and(|(_, c)| is_han(*c))).then_some(second + 1)?
        }
        2..=5 => han,
        _ => return None,
    };
    let behind = width + blanks(width);
    let (&(end, _), &(next, _)) = (chars.get(width)?, chars.get(behind)?);
    if behind == width {
        return None;
    }
    let span = Span::new(start, start + end);
    let name: String = span.of(text).chars().filter(|c| !c.is_whitespace()).collect();
    let goes_on =
        rest[next..].starts_with(['男', '女']) || fields.binary_search_by_key(&(start + next), |f| f.start).is_ok();
    let free = Type::ALL.iter().all(|&kind| !taken.overlaps(span, kind));
    Some(Head { span, read: false, open: goes_on && free && !is_word(&name, knowledge) })
}

/// A line behind its number: 12. 恩芳.
fn past_number(line: &str) -> &str {
    let line = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    line.trim_start_matches(|c: char| matches!(c, '.' | '、' | '．') || c.is_whitespace())
}

/// Whether only a number stands before that place in its line.
fn begins_line(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    past_number(&text[line..at]).is_empty()
}

/// Whether the dictionary holds it as an everyday word: 集体, 合计.
fn is_word(name: &str, knowledge: &Knowledge) -> bool {
    let entry = knowledge.lexicon.find(name).map(|entry| knowledge.lexicon.entry(entry));
    entry.is_some_and(|entry| {
        entry.classes.any(knowledge.position.or(knowledge.outside).or(knowledge.generic))
            || !matches!(entry.tag, Tag::PersonName | Tag::Unknown)
    })
}
