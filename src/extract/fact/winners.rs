//! Lists of winners: the honour stands in a line above, each line below names who was given it.

use super::draft::Draft;
use super::scene::{Line, Scene};
use super::trace::{How, Part, Trace};
use crate::fact::{Fact, Term};
use crate::rule::skeleton::is_mark;
use crate::rule::{List, Rule};
use crate::schema::{Predicate, Qualifier, Status, Type};

/// The most words that a heading or a line of a list has beside its mentions.
const HEADING: usize = 16;
const ITEM: usize = 12;

/// The list that is being read: the honour, its date, and whether bodies win it.
struct Roll {
    award: usize,
    time: Option<usize>,
    bodies: bool,
}

/// Reads all lists of the document.
pub fn read(scene: &Scene<'_>, rule: &Rule, draft: &mut Draft<'_>) {
    let headings = scene.rules.detail_list(rule, "headings");
    let collective = scene.rules.detail_list(rule, "collective");
    let mut list: Option<Roll> = None;
    for line in 0..scene.lines.len() {
        if let Some(found) = heading(scene, line, headings, collective) {
            list = Some(found);
            continue;
        }
        let Some(open) = &list else { continue };
        let winners = item(scene, line, open.bodies);
        if winners.is_empty() && !passes(&scene.lines[line], headings) {
            list = None;
            continue;
        }
        for (number, &mark) in winners.iter().enumerate() {
            let at = scene.lines[line].skeleton.marks[mark].0;
            let time = open.time.map(|time| (Qualifier::Time, Term::Mention(time)));
            let fact = Fact {
                subject: Term::Mention(scene.mention(line, mark)),
                predicate: Predicate::ReceivedAward,
                object: Term::Mention(open.award),
                qualifiers: time.into_iter().collect(),
                status: Status::Stated,
                rule: rule.id,
                evidence: scene.lines[line].span,
            };
            let mut trace = Trace::of(line, at, at + 3).subject(How::Read).with(Part::Object, How::Listed);
            trace.arguments[0].item = (winners.len() > 1).then_some((number + 1, winners.len()));
            draft.add(fact, trace);
        }
    }
}

/// A line that is an honour and no sentence: 一、全国五一劳动奖章（12人）, 获省技术能手称号人员名单.
fn heading(scene: &Scene<'_>, line: usize, headings: &List, collective: &List) -> Option<Roll> {
    let marks = 0..scene.lines[line].skeleton.marks.len();
    let of = |kind: Type| marks.clone().filter(move |&mark| scene.kind(line, mark) == kind);
    let award = of(Type::Award).next()?;
    let words = plain(&scene.lines[line].skeleton.text)?;
    let named = headings.within(&words);
    let numbered = words.trim_start_matches(|c: char| "第一二三四五六七八九十".contains(c) || c.is_ascii_digit());
    if of(Type::Award).count() > 1
        || of(Type::Person).next().is_some()
        || words.chars().count() > HEADING
        || !named && !numbered.is_empty()
    {
        return None;
    }
    let award = scene.mention(line, award);
    let name = scene.name(award);
    let bodies = collective.within(name) || collective.within(&words);
    Some(Roll { award, time: of(Type::Date).next().map(|mark| scene.mention(line, mark)), bodies })
}

/// Who wins by a line of a list: the people in it, else the body with which it begins.
fn item(scene: &Scene<'_>, line: usize, bodies: bool) -> Vec<usize> {
    let sentence = &scene.lines[line];
    let Some(words) = plain(&sentence.skeleton.text).filter(|words| words.chars().count() <= ITEM) else {
        return Vec::new();
    };
    let marks = 0..sentence.skeleton.marks.len();
    let kinds: Vec<Type> = marks.clone().map(|mark| scene.kind(line, mark)).collect();
    if kinds.iter().any(|kind| matches!(kind, Type::Award | Type::Document | Type::Event)) {
        return Vec::new();
    }
    let people: Vec<usize> = marks.clone().filter(|&mark| kinds[mark] == Type::Person).collect();
    if !people.is_empty() || !bodies {
        return people;
    }
    let whole = words.chars().count() <= 4 && !signed(scene, line);
    marks.take(1).filter(|&mark| kinds[mark] == Type::Organization && whole).collect()
}

/// Whether the next line is a day: this one is the body that signs the paper.
fn signed(scene: &Scene<'_>, line: usize) -> bool {
    let Some(next) = scene.lines.get(line + 1) else { return false };
    scene.kind_at(line + 1, 0) == Some(Type::Date) && plain(&next.skeleton.text).is_some_and(|words| words.is_empty())
}

/// Whether a line stands between the lines of a list and ends none: an area, a blank head of a column.
fn passes(line: &Line, headings: &List) -> bool {
    plain(&line.skeleton.text).is_some_and(|words| words.chars().count() <= ITEM && !headings.within(&words))
}

/// The letters of a line that stand outside its mentions and brackets; `None` for a sentence.
fn plain(text: &str) -> Option<String> {
    if text.contains(['。', '，', '；', '！', '？', '“']) && !only_in_brackets(text) {
        return None;
    }
    let mut depth = 0usize;
    let mut words = String::new();
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && c.is_alphanumeric() && !is_mark(c) => words.push(c),
            _ => {}
        }
    }
    Some(words)
}

/// Whether all marks of a sentence stand in brackets: 王芳（女，回族）.
fn only_in_brackets(text: &str) -> bool {
    let mut depth = 0usize;
    text.chars().all(|c| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > 0 || !matches!(c, '。' | '，' | '；' | '！' | '？' | '“')
    })
}
