//! A document as the fact stage sees it: lines with skeletons, clauses, and what each line is about.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::vocabulary::Vocabulary;
use crate::document::Document;
use crate::mention::Mention;
use crate::rule::RuleSet;
use crate::rule::skeleton::{Piece, Skeleton, holds_private, is_mark};
use crate::schema::Type;
use crate::text::{Span, marks};

/// A document, its mentions and the rules, prepared for reading facts.
pub struct Scene<'a> {
    /// The document.
    pub doc: &'a Document,
    /// All mentions; facts name them by index.
    pub mentions: &'a [Mention],
    /// The rules.
    pub rules: &'a RuleSet,
    /// The folded reading view.
    pub text: &'a str,
    /// Sentences, in order.
    pub lines: Vec<Line>,
    /// For each mention that stands in a skeleton: line and number of its mark there.
    pub places: Vec<Option<(usize, usize)>>,
    /// The canonical name of each mention.
    names: Vec<Cow<'a, str>>,
    /// For each article, what it is about, found when first asked for.
    about: Vec<About>,
    /// Words that decide what heads a clause and how a text puts things.
    pub vocabulary: Vocabulary<'a>,
    /// For each line: the person whom the article is about, found when first asked for.
    pub heroes: OnceCell<Vec<Option<usize>>>,
}

/// What an article is about.
#[derive(Default)]
struct About {
    /// The body that it speaks for, as one of its mentions.
    body: OnceCell<Option<usize>>,
    /// The area whose report it is, as its title says.
    scope: OnceCell<Option<usize>>,
    /// Whether it speaks for the central government, which it need not name.
    of_state: OnceCell<bool>,
}

/// One sentence.
#[derive(Debug)]
pub struct Line {
    /// In the reading view.
    pub span: Span,
    /// Index of the paragraph.
    pub paragraph: usize,
    /// Index of the article.
    pub article: usize,
    /// The sentence with mentions as single characters.
    pub skeleton: Skeleton,
    /// Clauses as byte ranges of the skeleton, closing mark included.
    pub clauses: Vec<(usize, usize)>,
    /// Where the text begins behind a dateline (新华社北京5月1日电（记者…）).
    pub lead: usize,
}

impl Line {
    /// The clause that holds a byte of the skeleton.
    pub fn clause(&self, at: usize) -> usize {
        self.clauses.partition_point(|clause| clause.1 <= at).min(self.clauses.len().saturating_sub(1))
    }

    /// The end of the clause that holds a byte of the skeleton.
    pub fn clause_end(&self, at: usize) -> usize {
        self.clauses[self.clause(at)].1
    }

    /// The marks (numbers) in a range of the skeleton.
    pub fn marks_in(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let marks = &self.skeleton.marks;
        let from = marks.partition_point(|mark| mark.0 < start);
        from..marks.partition_point(|mark| mark.0 < end).max(from)
    }

    /// The skeleton up to a mark, from the start of its clause.
    pub fn before(&self, mark: usize) -> &str {
        let at = self.skeleton.marks[mark].0;
        let start = self.clauses[self.clause(at)].0;
        &self.skeleton.text[start.min(at)..at]
    }

    /// The skeleton behind a mark.
    pub fn after(&self, mark: usize) -> &str {
        &self.skeleton.text[self.skeleton.marks[mark].0 + 3..]
    }

    /// The skeleton between two marks.
    pub fn between(&self, a: usize, b: usize) -> &str {
        let marks = &self.skeleton.marks;
        let (Some(a), Some(b)) = (marks.get(a), marks.get(b)) else { return "" };
        if a.0 + 3 <= b.0 { &self.skeleton.text[a.0 + 3..b.0] } else { "" }
    }
}

impl<'a> Scene<'a> {
    /// Prepares a document.
    pub fn new(doc: &'a Document, mentions: &'a [Mention], rules: &'a RuleSet) -> Scene<'a> {
        let text = doc.view.folded();
        let mut order: Vec<usize> = (0..mentions.len())
            .filter(|&index| {
                let span = mentions[index].span;
                !mentions[index].inner && text.is_char_boundary(span.start) && text.is_char_boundary(span.end)
            })
            .collect();
        order.sort_by_key(|&index| (mentions[index].span.start, std::cmp::Reverse(mentions[index].span.end), index));
        let pieces: Vec<Piece> = order
            .iter()
            .map(|&index| Piece { span: mentions[index].span, kind: mentions[index].kind, index })
            .collect();
        let mut scene = Scene {
            doc,
            mentions,
            rules,
            text,
            lines: Vec::with_capacity(doc.sentences.len()),
            places: vec![None; mentions.len()],
            names: mentions.iter().map(|mention| name(doc, mention)).collect(),
            about: doc.articles.iter().map(|_| About::default()).collect(),
            heroes: OnceCell::new(),
            vocabulary: Vocabulary::of(rules),
        };
        let (mut next, mut spans, forged) = (0, Vec::new(), holds_private(text));
        for sentence in &doc.sentences {
            split(text, sentence.span, &pieces, &mut spans);
            for span in spans.drain(..) {
                let before = |from: usize, at: usize| {
                    from + pieces[from..].iter().take_while(|piece| piece.span.start < at).count()
                };
                next = before(next, span.start);
                let end = before(next, span.end);
                scene.push(span, sentence.paragraph, &pieces[next..end], forged);
            }
        }
        scene
    }

    fn push(&mut self, span: Span, paragraph: usize, pieces: &[Piece], forged: bool) {
        let skeleton = Skeleton::new(self.text, span, pieces, forged);
        for (number, mark) in skeleton.marks.iter().enumerate() {
            self.places[mark.2] = Some((self.lines.len(), number));
        }
        let article = self.doc.paragraphs.get(paragraph).map_or(0, |paragraph| paragraph.article);
        let clauses = clauses(&skeleton.text);
        // A date or a paper stands in it.
        let lead = if skeleton.marks.is_empty() { 0 } else { dateline(&skeleton.text) };
        self.lines.push(Line { span, paragraph, article, skeleton, clauses, lead });
    }

    /// The type of a mark of a line.
    pub fn kind(&self, line: usize, mark: usize) -> Type {
        self.mentions[self.lines[line].skeleton.marks[mark].2].kind
    }

    /// The type of a mark of a line, where there is one of that number.
    pub fn kind_at(&self, line: usize, mark: usize) -> Option<Type> {
        (mark < self.lines[line].skeleton.marks.len()).then(|| self.kind(line, mark))
    }

    /// The mention behind a mark.
    pub fn mention(&self, line: usize, mark: usize) -> usize {
        self.lines[line].skeleton.marks[mark].2
    }

    /// The words of a mention in the reading view.
    pub fn words(&self, mention: usize) -> &'a str {
        self.mentions.get(mention).map_or("", |mention| &self.doc.view.text()[mention.span.range()])
    }

    /// The canonical name of a mention: its norm, else its words without blanks.
    pub fn name(&self, mention: usize) -> &str {
        self.names.get(mention).map_or("", |name| name)
    }

    /// The body that an article speaks for, as one of its mentions.
    pub fn body(&self, article: usize) -> Option<usize> {
        *self.about.get(article)?.body.get_or_init(|| self.body_of(article))
    }

    /// The area whose report an article is, as its title says.
    pub fn scope(&self, article: usize) -> Option<usize> {
        *self.about.get(article)?.scope.get_or_init(|| self.scope_of(article))
    }

    /// Whether an article speaks for the central government, which it need not name.
    pub fn is_of_state(&self, article: usize) -> bool {
        let read = || {
            let article = self.doc.articles.get(article);
            article.is_some_and(|article| speaks_for_the_state(self, article.span.of(self.text)))
        };
        self.about.get(article).is_some_and(|about| *about.of_state.get_or_init(read))
    }

    /// The text of the reading view for a range of a line's skeleton.
    pub fn source(&self, line: usize, start: usize, end: usize) -> &'a str {
        let skeleton = &self.lines[line].skeleton;
        let (from, to) = (skeleton.to_text(start), skeleton.to_text(end));
        self.doc.view.text().get(from..to.max(from)).unwrap_or("")
    }

    /// The body for which the article is given as a report: 我代表省人民政府，向大会报告工作.
    fn represented(&self, article: usize) -> Option<usize> {
        /// Lines in which a report says so: those of the title, the greeting and the first paragraphs.
        const OPENING: usize = 30;
        let first = self.lines.partition_point(|line| line.article < article);
        let lines = self.lines.iter().enumerate().skip(first).take(OPENING);
        lines.take_while(|(_, line)| line.article == article).find_map(|(number, line)| {
            let mark = (0..line.skeleton.marks.len()).find(|&mark| {
                self.kind(number, mark) == Type::Organization && self.vocabulary.represents.ends(line.before(mark))
            })?;
            line.after(mark).contains("报告").then(|| self.mention(number, mark))
        })
    }

    /// The body that the article is given for, else the organization that stands most often as the head of a clause
    /// of it; the Party and its organs lead everywhere and speak for no single article.
    fn body_of(&self, article: usize) -> Option<usize> {
        if let Some(body) = self.represented(article) {
            return Some(body);
        }
        let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (number, line) in self.lines.iter().enumerate().filter(|(_, line)| line.article == article) {
            for mark in 0..line.skeleton.marks.len() {
                if self.kind(number, mark) != Type::Organization {
                    continue;
                }
                let mention = self.mention(number, mark);
                let name = self.name(mention);
                if name.contains("共产党")
                    || name.starts_with("中共中央")
                    || name.ends_with("社") && line.before(mark).is_empty() && number == 0
                {
                    continue;
                }
                let head = line.before(mark).chars().all(|c| is_mark(c) || c.is_whitespace())
                    && self.is_head(number, mark, false)
                    && !line.after(mark).starts_with(['、', '，']);
                let weight = 1 + 3 * usize::from(head) + usize::from(number < 3);
                let entry = tally.entry(name).or_insert((0, mention));
                entry.0 += weight;
            }
        }
        let best = tally.values().map(|(weight, _)| *weight).max()?;
        (best >= 5).then(|| tally.values().filter(|(weight, _)| *weight == best).map(|(_, mention)| *mention).min())?
    }

    /// The last place that the title of a report on an area names (海州市2024年国民经济和社会发展统计公报).
    fn scope_of(&self, article: usize) -> Option<usize> {
        let first = self.lines.partition_point(|line| line.article < article);
        let title = (first..self.lines.len().min(first + 3)).find(|&line| {
            let text = &self.lines[line].skeleton.text;
            self.lines[line].article == article
                && text.chars().count() <= 40
                && !text.contains(['。', '，'])
                && self.vocabulary.reports.within(text)
        })?;
        let last = |line: usize| {
            let mut marks = (0..self.lines[line].skeleton.marks.len()).rev();
            marks.find(|&mark| self.kind(line, mark) == Type::Place).map(|mark| self.mention(line, mark))
        };
        // 政府工作报告 ／ 海州市市长 王芳: the line below says whose.
        let below = || {
            let lines =
                (title + 1..self.lines.len().min(title + 4)).filter(|&line| self.lines[line].article == article);
            lines.filter(|&line| self.titles(line)).find_map(last)
        };
        last(title).or_else(below)
    }

    /// Whether a line is a place, a post and a name: the head of a government who signs its report.
    fn titles(&self, line: usize) -> bool {
        let kinds = (0..self.lines[line].skeleton.marks.len()).map(|mark| self.kind(line, mark));
        let words = self.lines[line].skeleton.text.chars().filter(|c| !is_mark(*c) && c.is_alphabetic()).count();
        words <= 4 && kinds.clone().any(|kind| kind == Type::Position) && kinds.clone().any(|kind| kind == Type::Person)
    }

    /// The government that a report on its work speaks for, by the area that the title names.
    pub fn government(&self, article: usize) -> Option<String> {
        let scope = self.scope(article)?;
        let first = self.lines.partition_point(|line| line.article < article);
        let titled =
            |line: &Line| line.article == article && self.doc.view.text()[line.span.range()].contains("政府工作报告");
        let area = self.name(scope);
        let whole = area.ends_with(['省', '市', '县', '区', '旗', '州']);
        (whole && self.lines[first..].iter().take(3).any(titled)).then(|| format!("{area}人民政府"))
    }

    /// Whether a mention heads its phrase: it is no attribute of what follows and not governed by a
    /// preposition. With `attributes`, an attribute (followed by 的) counts, too.
    pub fn is_head(&self, line: usize, mark: usize, attributes: bool) -> bool {
        let sentence = &self.lines[line];
        let after = sentence.after(mark);
        if after.starts_with('的') && !attributes {
            return false;
        }
        // 甲部原工程师李明: the body is an attribute, too.
        let after = after.strip_prefix('原').unwrap_or(after);
        if after.starts_with(is_mark) && mark + 1 < sentence.skeleton.marks.len() {
            let next = self.kind(line, mark + 1);
            let attribute = match self.kind(line, mark) {
                Type::Person => false,
                Type::Organization | Type::Place => !matches!(next, Type::Figure | Type::Date),
                Type::Position => next == Type::Person,
                _ => matches!(next, Type::Person | Type::Position | Type::Organization | Type::Award),
            };
            if attribute {
                return false;
            }
        }
        !self.is_oblique(line, mark)
    }

    /// Whether a mention opens its clause: nothing stands before it but other mentions, a figure's 的,
    /// and words such as 近日; or it closes a long noun phrase that is the clause (补贴企业的甲计划，由…).
    pub fn opens_clause(&self, line: usize, mark: usize) -> bool {
        let sentence = &self.lines[line];
        let at = sentence.skeleton.marks[mark].0;
        let (start, end) = sentence.clauses[sentence.clause(at)];
        let before = &sentence.skeleton.text[start.max(sentence.lead).min(at)..at];
        let after = &sentence.skeleton.text[at + 3..end.max(at + 3)];
        let things = matches!(self.kind(line, mark), Type::Program | Type::Place | Type::Event);
        if things && before.ends_with('的') && after == "，" && before.chars().count() >= 4 {
            return true;
        }
        let mut rest: String = before.chars().filter(|c| !is_mark(*c) && !c.is_whitespace()).collect();
        if before.ends_with('的') && before.trim_end_matches('的').ends_with(is_mark) {
            rest.clear();
        }
        let mut rest = rest.as_str();
        // 37岁的老将王芳, 海州姑娘李明.
        if self.kind(line, mark) == Type::Person
            && let Some(noun) = self.person_noun(before)
        {
            rest = rest.strip_suffix(noun).unwrap_or(rest);
        }
        while let Some(word) = self.vocabulary.openers.starting(rest).next() {
            rest = &rest[word.len()..];
        }
        rest.is_empty()
    }

    /// The noun for a person with which a stretch of text ends.
    pub fn person_noun(&self, text: &str) -> Option<&'a str> {
        self.vocabulary.person_nouns.ending(text).max_by_key(|noun| noun.len())
    }

    /// Whether a preposition governs the mention (through a list, too).
    pub fn is_oblique(&self, line: usize, mark: usize) -> bool {
        let sentence = &self.lines[line];
        let mut mark = mark;
        loop {
            let before = sentence.before(mark).trim_end_matches(['“', '‘', '"']);
            if self.vocabulary.prepositions.ends(before) && !before.ends_with("作为") {
                return true;
            }
            let listed = before.ends_with(['、', '和', '及', '与']);
            let modified = before.ends_with(is_mark);
            if (listed || modified) && mark > 0 && sentence.between(mark - 1, mark).chars().count() <= 3 {
                mark -= 1;
            } else {
                return false;
            }
        }
    }
}

/// The norm of a mention, else its words without blanks.
fn name<'a>(doc: &'a Document, mention: &'a Mention) -> Cow<'a, str> {
    if let Some(norm) = &mention.norm {
        return Cow::Borrowed(norm);
    }
    let words = doc.view.text().get(mention.span.range()).unwrap_or("");
    if marks(words).any(|(_, c)| c.is_whitespace()) {
        return words.chars().filter(|c| !c.is_whitespace()).collect();
    }
    Cow::Borrowed(words)
}

/// Whether a text speaks in the first person of the whole country's economy and budget, as the report on
/// the work of the State Council does, and of no single area.
fn speaks_for_the_state(scene: &Scene<'_>, text: &str) -> bool {
    // The document has an index of its characters, and most words stand nowhere in it.
    let stands = |word: &str| scene.doc.view.holds(word) && text.contains(word);
    let country = || scene.vocabulary.country.iter().filter(|word| stands(word)).take(2).count();
    stands("我们") && country() >= 2 && !scene.vocabulary.areas.iter().any(|word| stands(word))
}

/// Where the text begins behind a dateline: a date and 电 or 讯 near the start, and the names in brackets.
fn dateline(text: &str) -> usize {
    let (mut named, mut found) = (false, None);
    for (at, c) in text.char_indices().take(40) {
        match c {
            '电' | '讯' => {
                found = Some(at);
                break;
            }
            '，' | '。' | '：' => return 0,
            _ => named |= is_mark(c),
        }
    }
    let Some(at) = found.filter(|_| named) else { return 0 };
    let before = text[..at].trim_end();
    // 5月1日电, 新华社电, but not 通电话.
    if !before.ends_with(|c| is_mark(c) || "日社报网专".contains(c)) && !before.ends_with("综合") {
        return 0;
    }
    let mut lead = at + "电".len();
    let rest = &text[lead..];
    let rest = rest.trim_start();
    if rest.starts_with(['（', '('])
        && let Some(close) = rest.find(['）', ')'])
    {
        lead = text.len() - rest.len() + close + rest[close..].chars().next().map_or(1, char::len_utf8);
    }
    lead
}

/// Sentences inside a sentence of the document, as that may hold a whole paragraph: cut after 。！？；
/// where no quotation is open.
fn split(text: &str, span: Span, pieces: &[Piece], spans: &mut Vec<Span>) {
    let (mut start, mut depth) = (span.start, 0usize);
    for (at, c) in marks(span.of(text)) {
        let end = span.start + at + c.len_utf8();
        let next = || text[end..span.end].chars().next();
        match c {
            '“' | '「' | '《' | '（' => depth += 1,
            '”' | '」' | '》' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let closing = || next().is_some_and(|next| matches!(next, '”' | '」' | '’' | '）' | '。' | '！' | '？'));
        let stop = matches!(c, '。' | '！' | '？') && depth == 0 && !closing();
        let after_quote = matches!(c, '”' | '」')
            && depth == 0
            && text[span.start..span.start + at].ends_with(['。', '！', '？', '…'])
            && next() == Some('\n');
        let inside = || {
            let first = pieces.partition_point(|piece| piece.span.end <= end);
            pieces.get(first).is_some_and(|piece| piece.span.start < end)
        };
        if (stop || after_quote || c == '\n') && !inside() {
            push_trimmed(text, start, end, spans);
            (start, depth) = (end, 0);
        }
    }
    push_trimmed(text, start, span.end, spans);
}

fn push_trimmed(text: &str, start: usize, end: usize, spans: &mut Vec<Span>) {
    let part = &text[start..end];
    let from = start + part.len() - part.trim_start().len();
    let to = start + part.trim_end().len();
    if from < to {
        spans.push(Span::new(from, to));
    }
}

/// Cuts a skeleton into clauses.
fn clauses(text: &str) -> Vec<(usize, usize)> {
    let (mut clauses, mut start) = (Vec::new(), 0);
    for (at, c) in marks(text) {
        if matches!(c, '，' | '；' | '：' | '。' | '！' | '？' | ',' | ';' | ':' | '\n' | '…' | '—') {
            clauses.push((start, at + c.len_utf8()));
            start = at + c.len_utf8();
        }
    }
    if start < text.len() || clauses.is_empty() {
        clauses.push((start, text.len()));
    }
    clauses
}
