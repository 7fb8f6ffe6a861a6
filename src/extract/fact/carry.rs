//! What the text carries on: subjects that a clause leaves out, and times said further up.

use super::scene::Scene;
use crate::rule::skeleton::is_mark;
use crate::schema::Type;

/// How many sentences of the paragraph a subject is carried over.
const REACH: usize = 5;

impl Scene<'_> {
    /// The mentions of the given types that are the subject at a place of a line: of the clause, else
    /// of the clauses before it, else of the sentences before it in the paragraph; after 他, 她 also of
    /// the paragraph before. All members of a list are given.
    pub fn carried(&self, line: usize, at: usize, types: &[Type]) -> Vec<usize> {
        let sentence = &self.lines[line];
        let clause = sentence.clause(at.saturating_sub(1).min(at));
        let (start, _) = sentence.clauses[clause];
        if let Some(mark) = self.first_head(line, start.min(at), at, types, false) {
            return self.group(line, mark, types);
        }
        for earlier in (0..clause).rev() {
            let (start, end) = sentence.clauses[earlier];
            if let Some(mark) = self.first_head(line, start, end, types, false) {
                return self.group(line, mark, types);
            }
        }
        let mut pronoun = self.has_pronoun(line, 0, at);
        for earlier in (line.saturating_sub(REACH)..line).rev() {
            let other = &self.lines[earlier];
            if other.paragraph != sentence.paragraph {
                break;
            }
            if let Some(found) = self.topic(earlier, types) {
                return found;
            }
            pronoun |= self.has_pronoun(earlier, 0, other.skeleton.text.len());
        }
        if pronoun && types.contains(&Type::Person) {
            let before = sentence.paragraph.saturating_sub(1);
            let lines = (0..line).rev().take(REACH + 5);
            for earlier in lines.filter(|&earlier| self.lines[earlier].paragraph == before) {
                if let Some(found) = self.topic(earlier, types) {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// What a sentence is about: the first fitting head of its clauses, with its list.
    pub fn topic(&self, line: usize, types: &[Type]) -> Option<Vec<usize>> {
        let end = self.lines[line].skeleton.text.len();
        self.first_head(line, 0, end, types, false).map(|mark| self.group(line, mark, types))
    }

    /// The first mention of the types between two places that heads its phrase.
    pub fn first_head(&self, line: usize, start: usize, end: usize, types: &[Type], attributes: bool) -> Option<usize> {
        self.lines[line]
            .marks_in(start, end)
            .find(|&mark| types.contains(&self.kind(line, mark)) && self.is_head(line, mark, attributes))
    }

    fn has_pronoun(&self, line: usize, start: usize, end: usize) -> bool {
        let text = &self.lines[line].skeleton.text[start..end];
        text.contains(['他', '她']) && !text.contains("其他") || text.contains("其本人") || text.contains("两人")
    }

    /// The list that a mention belongs to: neighbours of its types with only separators, posts and
    /// bodies between.
    pub fn group(&self, line: usize, mark: usize, types: &[Type]) -> Vec<usize> {
        let sentence = &self.lines[line];
        let kind = self.kind(line, mark);
        let fits = |other: usize| self.kind(line, other) == kind && types.contains(&kind);
        let (mut first, mut last) = (mark, mark);
        for other in (0..mark).rev().filter(|&other| fits(other)) {
            if !self.joined(line, other, first) {
                break;
            }
            first = other;
        }
        for other in (mark + 1..sentence.skeleton.marks.len()).filter(|&other| fits(other)) {
            if !self.joined(line, last, other) {
                break;
            }
            last = other;
        }
        (first..=last).filter(|&other| fits(other)).map(|other| self.mention(line, other)).collect()
    }

    /// Whether only list words stand between two mentions.
    fn joined(&self, line: usize, a: usize, b: usize) -> bool {
        let person = self.kind(line, a) == Type::Person;
        for mark in a + 1..b {
            let kind = self.kind(line, mark);
            let attribute = matches!(kind, Type::Position | Type::Organization | Type::Place);
            if !attribute || !person {
                return false;
            }
        }
        let mut rest = String::new();
        let mut depth = 0;
        for c in self.lines[line].between(a, b).chars() {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth -= 1,
                _ if depth > 0 || is_mark(c) || c.is_whitespace() => {}
                _ => rest.push(c),
            }
        }
        let mut rest = rest.as_str();
        let mut separated = false;
        while !rest.is_empty() {
            let Some(word) = LIST_WORDS.iter().find(|word| rest.starts_with(**word)) else { return false };
            separated |= !matches!(*word, "等" | "同志" | "原");
            if !person && matches!(*word, "，" | "率") {
                return false;
            }
            rest = &rest[word.len()..];
        }
        separated
    }

    /// The date that a clause names on the left of a place (or the only one that it names).
    pub fn clause_time(&self, line: usize, at: usize) -> Option<usize> {
        let sentence = &self.lines[line];
        let clause = sentence.clause(at.saturating_sub(1));
        let (mut start, end) = sentence.clauses[clause];
        // 2025年1月，… : a date alone with its comma belongs to what follows.
        if let Some(&(first, last)) = clause.checked_sub(1).and_then(|before| sentence.clauses.get(before)) {
            let text = &sentence.skeleton.text[first..last];
            if text.chars().filter(|c| !is_mark(*c) && !c.is_whitespace()).count() <= 4 {
                start = first;
            }
        }
        let dates = |from: usize, to: usize| {
            sentence.marks_in(from, to).filter(|&mark| self.is_time(line, mark)).collect::<Vec<_>>()
        };
        let left = dates(start, at);
        left.last().or(dates(at, end).first()).map(|&mark| self.mention(line, mark))
    }

    /// The date of the clause, else the nearest before it in the sentence.
    pub fn sentence_time(&self, line: usize, at: usize) -> Option<usize> {
        let left = self.lines[line].marks_in(0, at);
        self.clause_time(line, at)
            .or_else(|| left.rev().find(|&mark| self.is_time(line, mark)).map(|mark| self.mention(line, mark)))
    }

    /// The date of the sentence, else the nearest sentence before it in the paragraph that begins
    /// with one.
    pub fn paragraph_time(&self, line: usize, at: usize) -> Option<usize> {
        let paragraph = self.lines[line].paragraph;
        self.sentence_time(line, at).or_else(|| {
            (0..line)
                .rev()
                .take_while(|&earlier| self.lines[earlier].paragraph == paragraph)
                .find_map(|earlier| self.leading_time(earlier))
        })
    }

    /// The date of the paragraph, else the nearest sentence of the article that begins with one.
    pub fn article_time(&self, line: usize, at: usize) -> Option<usize> {
        let article = self.lines[line].article;
        self.paragraph_time(line, at).or_else(|| {
            (0..line)
                .rev()
                .take_while(|&earlier| self.lines[earlier].article == article)
                .take(30)
                .find_map(|earlier| self.leading_time(earlier))
        })
    }

    /// The date with which a sentence begins.
    fn leading_time(&self, line: usize) -> Option<usize> {
        let sentence = &self.lines[line];
        let mark = (0..sentence.skeleton.marks.len().min(6)).find(|&mark| self.is_time(line, mark))?;
        let before = &sentence.skeleton.text[..sentence.skeleton.marks[mark].0];
        (before.chars().filter(|c| !is_mark(*c)).count() <= 30).then(|| self.mention(line, mark))
    }

    fn is_time(&self, line: usize, mark: usize) -> bool {
        self.kind(line, mark) == Type::Date && self.mentions[self.mention(line, mark)].norm.is_some()
    }
}

const LIST_WORDS: &[&str] =
    &["、", "，", "以及", "和", "及", "与", "同志", "等", "率领", "率", "带领", "原", "女士", "先生", "分别", "；"];
