//! Who said what stands in quotation marks: the speaker before, behind, or in the line above.

use super::draft::Draft;
use super::scene::Scene;
use super::trace::{How, Part, Trace};
use crate::fact::{Fact, Term};
use crate::mention::Mention;
use crate::rule::skeleton::is_mark;
use crate::rule::{List, Rule};
use crate::schema::{Predicate, Status, Type};
use crate::text::{Span, marks};

const SPEAKERS: &[Type] = &[Type::Person, Type::Organization];

/// One quotation of the text.
struct Quote {
    /// With its marks.
    span: Span,
    /// Without.
    inner: Span,
    paragraph: usize,
}

struct Words<'w> {
    verbs: &'w List,
    nouns: &'w List,
    anonymous: &'w List,
}

impl Words<'_> {
    /// Where a verb of saying ends last in a stretch of text.
    fn verb(&self, text: &str) -> Option<usize> {
        self.verbs.inside(text).map(|(at, verb)| at + verb.len()).max()
    }

    fn noun(&self, text: &str) -> Option<usize> {
        self.nouns.inside(text).map(|(at, _)| at).last()
    }

    fn is_anonymous(&self, text: &str) -> bool {
        self.anonymous.within(text)
    }
}

/// Reads all quotations of the document.
pub fn read(scene: &Scene<'_>, rule: &Rule, draft: &mut Draft<'_>) {
    let words = Words {
        verbs: scene.rules.detail_list(rule, "verbs"),
        nouns: scene.rules.detail_list(rule, "nouns"),
        anonymous: scene.rules.detail_list(rule, "anonymous"),
    };
    let mut last: Option<(usize, usize)> = None;
    for quote in quotes(scene) {
        let chained = last.filter(|&(end, _)| {
            let gap = scene.text.get(end..quote.span.start).unwrap_or("字");
            gap.chars().all(|c| matches!(c, '，' | '、' | '；' | '和' | '—' | ' '))
        });
        let speaker = match chained {
            Some((_, speaker)) => Some(speaker),
            None if is_speech(scene, &quote) => before(scene, &words, &quote)
                .or_else(|| behind(scene, &words, &quote))
                .or_else(|| above(scene, &words, &quote))
                .or_else(|| follows(scene, &words, &quote)),
            None => None,
        };
        let Some(speaker) = speaker else { continue };
        last = Some((quote.span.end, speaker));
        let said: String = quote.inner.of(scene.doc.view.text()).trim().chars().take(10).collect();
        let (line, at) = locate(scene, quote.span.start).unwrap_or_default();
        let trace = Trace::of(line, at, at).subject(How::Speaker).with(Part::Object, How::Words);
        let fact = Fact {
            subject: Term::Mention(speaker),
            predicate: Predicate::Said,
            object: Term::Text(said),
            qualifiers: Vec::new(),
            status: Status::Stated,
            rule: rule.id,
            evidence: quote.span,
        };
        draft.add(fact, trace);
    }
}

/// The outermost quotations of each paragraph.
fn quotes(scene: &Scene<'_>) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for (number, paragraph) in scene.doc.paragraphs.iter().enumerate() {
        let text = paragraph.span.of(scene.text);
        if !['”', '」', '』'].iter().any(|&mark| text.contains(mark)) {
            continue;
        }
        let mut open: Vec<(usize, char)> = Vec::new();
        for (at, c) in marks(text) {
            let at = paragraph.span.start + at;
            match c {
                '“' | '「' | '『' => open.push((at, c)),
                '”' | '」' | '』' => {
                    let Some((start, mark)) = open.pop() else { continue };
                    if open.is_empty() {
                        let inner = Span::new(start + mark.len_utf8(), at);
                        let span = Span::new(start, at + c.len_utf8());
                        quotes.push(Quote { span, inner, paragraph: number });
                    }
                }
                _ => {}
            }
        }
    }
    quotes
}

/// Names longer than this (in bytes) are not looked for around a quotation.
const REACH: usize = 900;

/// The mentions that may touch or cover a quotation; all are sorted by their start.
fn near<'s>(scene: &'s Scene<'_>, quote: &Quote) -> &'s [Mention] {
    let from = scene.mentions.partition_point(|mention| mention.span.start + REACH < quote.span.start);
    let to = scene.mentions.partition_point(|mention| mention.span.start < quote.span.end);
    scene.mentions.get(from..to).unwrap_or(&[])
}

/// Whether the marks hold speech and not a name: no mention covers them, and they hold a sentence or
/// are led in as speech.
fn is_speech(scene: &Scene<'_>, quote: &Quote) -> bool {
    let inner = quote.inner.of(scene.text).trim();
    let length = inner.chars().count();
    let covered = near(scene, quote).iter().any(|mention| {
        mention.span.contains(quote.inner)
            || quote.span.contains(mention.span) && mention.span.len() * 5 >= quote.inner.len() * 4
    });
    let led = scene.text[..quote.span.start].ends_with(['：', ':', '，', ',']);
    let goes_on = scene.text[quote.span.end..].chars().next().is_some_and(char::is_alphanumeric);
    if goes_on && length < 8 && !inner.contains(['，', '。', '！', '？']) && !spoken_to(scene, quote) {
        return false;
    }
    let sentence = inner.contains(['，', '。', '！', '？', '、', ',']);
    !covered
        && (length >= 12
            || sentence && length >= 5
            || led && length >= 4
            || length >= 4 && inner.ends_with(['。', '！', '？']))
        || !covered && spoken_to(scene, quote) && length >= 4
}

/// A quotation that touches the name of the person spoken to: 叮嘱工人王芳“注意身体”.
fn spoken_to(scene: &Scene<'_>, quote: &Quote) -> bool {
    let ends = |mention: &Mention| mention.kind == Type::Person && mention.span.end == quote.span.start;
    near(scene, quote).iter().any(ends)
}

/// The line and the byte of its skeleton for a place in the text.
fn locate(scene: &Scene<'_>, at: usize) -> Option<(usize, usize)> {
    let line = scene.lines.partition_point(|line| line.span.start <= at).checked_sub(1)?;
    let end = scene.lines[line].span.end;
    (at <= end).then(|| (line, scene.lines[line].skeleton.from_text(at)))
}

/// 王芳说：“…”; 指出“…”; 语重心长：“…”.
fn before(scene: &Scene<'_>, words: &Words<'_>, quote: &Quote) -> Option<usize> {
    let (line, at) = locate(scene, quote.span.start)?;
    let text = &scene.lines[line].skeleton.text[..at];
    let start = text.rfind(['。', '！', '？', '”', '」', '；']).map_or(0, |stop| stop + 3);
    let lead = &text[start..];
    let tail = lead.trim_end_matches(['，', ',', '：', ':', ' ', '—']);
    let colon = lead.ends_with(['：', ':']);
    let near: String =
        tail.chars().rev().take(if colon { 30 } else { 10 }).collect::<Vec<_>>().into_iter().rev().collect();
    let verb = words.verb(&near);
    let touching = spoken_to(scene, quote) && words.verb(tail).is_some();
    // 王芳介绍，桥高百米，“…”: the verb closes an earlier clause.
    let told = || {
        let mut clauses = tail.split(['，', ',']).rev().skip(1);
        clauses.any(|clause| words.verbs.ends(clause))
    };
    let clause = tail.rsplit(['，', '；', ',']).next().unwrap_or(tail);
    let from = start + tail.len() - clause.len();
    if let Some(speaker) = owner(scene, words, line, from, clause) {
        return Some(speaker);
    }
    let ended = quote.inner.of(scene.text).trim_end().ends_with(['。', '！', '？', '…']);
    let long = quote.inner.len() > 30 || ended && quote.inner.len() > 15;
    let evident =
        verb.is_some() || touching || (colon && long) || (quote.inner.len() > 24 && lead.len() > tail.len() && told());
    if !evident {
        return None;
    }
    if words.is_anonymous(clause) && !clause.contains(is_mark) {
        return None;
    }
    let verb_at = words.verb(tail).filter(|_| verb.is_some() || touching).map_or(start + tail.len(), |end| start + end);
    person_first(scene, line, verb_at)
}

/// 王芳的话掷地有声, 在王芳看来: the clause says by itself whose words follow.
fn owner(scene: &Scene<'_>, words: &Words<'_>, line: usize, from: usize, clause: &str) -> Option<usize> {
    let mark = scene.lines[line]
        .marks_in(from, from + clause.len())
        .rev()
        .find(|&mark| scene.kind(line, mark) == Type::Person)?;
    let at = scene.lines[line].skeleton.marks[mark].0 - from;
    let (before, after) = (&clause[..at], &clause[at + 3..]);
    let seen = before.ends_with('在') && matches!(after, "看来" | "眼里" | "眼中" | "心里" | "心中" | "心目中");
    let owned = before.chars().all(is_mark)
        && after
            .strip_prefix('的')
            .is_some_and(|rest| rest.starts_with("话") || rest.starts_with("回答") || words.nouns.begins(rest));
    // 据气象台预报员王芳介绍，“…”; 按照王芳同志提出的“…”
    let source = ["按照", "遵照", "根据", "正如", "据"].iter().find_map(|word| before.strip_prefix(word));
    let told = after.trim_start_matches("同志").trim_start_matches(is_mark).trim_end_matches('的');
    let cited = source.is_some_and(|rest| rest.chars().all(is_mark)) && words.verbs.holds(told);
    (seen || owned || cited).then(|| scene.mention(line, mark))
}

/// The person who is the subject at a place, else the body.
fn person_first(scene: &Scene<'_>, line: usize, at: usize) -> Option<usize> {
    let person = scene.carried(line, at, &[Type::Person]).first().copied();
    person.or_else(|| {
        let sentence = &scene.lines[line];
        let (start, _) = sentence.clauses[sentence.clause(at.saturating_sub(1))];
        let mark = scene.first_subject(line, start.min(at), at, &[Type::Organization], false)?;
        Some(scene.mention(line, mark))
    })
}

/// “…”王芳说; “…”——张三的战友李四回忆; “…。”5月1日，王芳同工人谈话。
fn behind(scene: &Scene<'_>, words: &Words<'_>, quote: &Quote) -> Option<usize> {
    let rest = &scene.text[quote.span.end..scene.doc.paragraphs[quote.paragraph].span.end];
    let dash = rest.starts_with('—');
    let end = quote.span.end + rest.find(['。', '！', '？', '\n', '“']).unwrap_or(rest.len());
    let (line, from) = locate(scene, quote.span.end)
        .filter(|&(line, from)| from < scene.lines[line].skeleton.text.len())
        .or_else(|| {
            let skip = rest.len() - rest.trim_start().len();
            locate(scene, quote.span.end + skip).filter(|_| skip < rest.len())
        })
        .or_else(|| {
            let next = scene.lines.partition_point(|line| line.span.start < quote.span.end);
            (next < scene.lines.len() && scene.lines[next].paragraph == quote.paragraph).then_some((next, 0))
        })?;
    let sentence = &scene.lines[line];
    let to = sentence.skeleton.from_text(end).max(from);
    let text = &sentence.skeleton.text[from..to];
    let mark = sentence
        .marks_in(from, to)
        .find(|&mark| {
            SPEAKERS.contains(&scene.kind(line, mark))
                && (scene.kind(line, mark) == Type::Person)
                && scene.is_head(line, mark, false)
                && !spoken_at(sentence.before(mark))
        })
        .or_else(|| {
            sentence
                .marks_in(from, to)
                .find(|&mark| scene.kind(line, mark) == Type::Organization && scene.is_head(line, mark, false))
        })?;
    let after = &text[(sentence.skeleton.marks[mark].0 + 3 - from).min(text.len())..];
    let first: String = after.chars().take(24).collect();
    let ends_sentence = quote.inner.of(scene.text).trim_end().ends_with(['。', '！', '？', '…', '，', ',']);
    let speaks = words.verb(&first).is_some() || ends_sentence && words.noun(after).is_some();
    let before = &text[..sentence.skeleton.marks[mark].0 - from];
    let lead: usize = before.chars().filter(|c| !is_mark(*c)).count();
    // “…！”说起搬迁，王芳竖起拇指: the verb comes before the name.
    let told = ["说起", "谈起", "谈到", "提起", "提到", "说到", "聊起"].iter().any(|verb| before.starts_with(verb));
    let speaks = speaks || told && ends_sentence;
    (dash || speaks && lead <= 16 && (ends_sentence || lead <= 1)).then(|| scene.mention(line, mark))
}

/// “…？”对困难职工王芳，李明嘘寒问暖: who is spoken to does not speak.
fn spoken_at(before: &str) -> bool {
    ["对", "向", "面对", "望着", "看着"].iter().any(|word| before.starts_with(word)) && before.chars().count() <= 12
}

/// 王芳说，桥修通了。“路就近了。”: a quotation that is a sentence goes on with what the sentence before it reports, of
/// one speaker.
fn follows(scene: &Scene<'_>, words: &Words<'_>, quote: &Quote) -> Option<usize> {
    let (line, at) = locate(scene, quote.span.start)?;
    let last =
        line.checked_sub(1).filter(|&last| at == 0 && scene.lines[last].paragraph == scene.lines[line].paragraph)?;
    let whole = quote.inner.of(scene.text).trim_end().ends_with(['。', '！', '？']) && quote.inner.len() >= 24;
    let rest = scene.text[quote.span.end..scene.doc.paragraphs[quote.paragraph].span.end].trim_start();
    if !whole || rest.starts_with(['，', '—', '、']) {
        return None;
    }
    let sentence = &scene.lines[last];
    let text = &sentence.skeleton.text;
    if text.contains(['“', '”']) {
        return None;
    }
    let clauses = sentence.clauses.iter().take(3);
    let &(from, to) =
        clauses.into_iter().find(|&&(from, to)| words.verbs.ends(text[from..to].trim_end_matches(['，', '：'])))?;
    let people = |from: usize, to: usize| {
        sentence.marks_in(from, to).filter(|&mark| scene.kind(last, mark) == Type::Person).collect::<Vec<_>>()
    };
    match (people(0, to).as_slice(), people(to, text.len()).as_slice()) {
        ([only], []) if sentence.skeleton.marks[*only].0 >= from || from == 0 => Some(scene.mention(last, *only)),
        ([only], []) if scene.opens_clause(last, *only) => Some(scene.mention(last, *only)),
        _ => None,
    }
}

/// The quotation is a paragraph: the sentence above it ends with a colon or tells of a letter or speech.
fn above(scene: &Scene<'_>, words: &Words<'_>, quote: &Quote) -> Option<usize> {
    let paragraph = &scene.doc.paragraphs[quote.paragraph];
    if scene.text[paragraph.span.start..quote.span.start].chars().any(|c| !c.is_whitespace()) {
        return None;
    }
    let first = scene.lines.partition_point(|line| line.paragraph < quote.paragraph);
    let line = first.checked_sub(1)?;
    let sentence = &scene.lines[line];
    let text = sentence.skeleton.text.trim_end();
    let colon = text.ends_with(['：', ':']);
    let spoken = words.noun(text).or_else(|| words.verb(text).filter(|_| colon));
    if sentence.article != scene.doc.paragraphs[quote.paragraph].article || !(colon || spoken.is_some()) {
        return None;
    }
    // 收到了王芳的回信: the sender is the attribute of the letter.
    if let Some(noun) = spoken {
        let sender = sentence.marks_in(0, noun.max(1)).rev().find(|&mark| scene.kind(line, mark) == Type::Person);
        if let Some(mark) = sender {
            return Some(scene.mention(line, mark));
        }
    }
    colon.then(|| person_first(scene, line, text.len())).flatten()
}
