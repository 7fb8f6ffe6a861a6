//! Which readings of persons may stand, and how surely each was read.

use std::collections::BTreeMap;

use super::cue::{APPOINTED, cues_after, left_cue, right_cue};
use super::line::Line;
use super::person::{FOREIGN, is_item, is_point};
use super::segment::{Kind, Token};
use crate::lexicon::Tag;
use crate::rule::name::Knowledge;
use crate::schema::Type;

/// Words cheaper than this are everyday ones: 关心, 希望.
const COMMON: i32 = 1000;
/// What a verb of speaking behind it says for a name.
const SPEAKS: i32 = 180;
/// What neighbours must say for a name that is then found everywhere.
const SURE: i32 = 200;

/// Most that a word says which stands beside anything as well: 由, 对, 被.
const MILD: i32 = 100;

/// The persons of a document so far.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// How surely each name was read, the best of its readings.
    names: BTreeMap<String, i32>,
}

impl Memory {
    /// Notes a listed name.
    pub(super) fn sure(&mut self, line: &Line, start: usize, end: usize) {
        self.names.insert(line.text(start, end), i32::MAX);
    }

    /// Whether a composed name may stand; short ones want support from their neighbours.
    pub(super) fn accepts(&mut self, line: &Line, token: &Token, knowledge: &Knowledge) -> bool {
        if is_christened(line, token) || is_people(line, token) {
            return false;
        }
        let (left, right) = (left_cue(line, token.start, knowledge), right_cue(line, token.end, knowledge));
        let cue = left.max(right);
        let name = line.text(token.start, token.end);
        let pointed = line.chars[token.start..token.end].iter().any(|&c| is_point(c));
        let word = knowledge.lexicon.find(&name).map(|entry| knowledge.lexicon.entry(entry).classes);
        let enough = match (pointed || token.width() >= 3, word.is_some_and(|c| c.any(knowledge.not_person))) {
            (true, _) => 0,
            // a widely known name wants less
            (false, false) if knowledge.names(token.classes) == Some(Type::Person) => knowledge.person.edge,
            (false, false) => knowledge.person.list,
            // a word of every day wants a title, or the marks of a list on both sides
            (false, true) => {
                if is_item(line, token.start, token.end) {
                    knowledge.person.list
                } else {
                    knowledge.person.title
                }
            }
        };
        // ，陈虎｜当选为…: an edge of the clause and a verb of doing together
        let together = enough == knowledge.person.list && left.min(right) <= MILD;
        if cue >= enough || (together && left + right >= enough) {
            let best = self.names.entry(name).or_insert(cue);
            *best = (*best).max(cue);
            return true;
        }
        false
    }

    /// Whether an everyday word that looks like a name stands between a title and a verb of speaking or doing.
    pub(super) fn accepts_word(&mut self, line: &Line, token: &Token, knowledge: &Knowledge) -> bool {
        let fits = token.width() == 2
            && line.ends[token.start].any(knowledge.position)
            && (token.classes.any(knowledge.not_person) || token.classes.is_empty())
            && matches!(token.tag, Tag::Adjective | Tag::Noun | Tag::PlaceName | Tag::PersonName)
            && line.hit(token.start, token.end).is_some_and(|hit| hit.cost > COMMON)
            && !token.classes.any(knowledge.named.or(knowledge.position).or(knowledge.boundary_verb))
            && knowledge.person.surname(line.chars[token.start]).is_some()
            && knowledge.person.single(line.chars[token.start + 1]).is_some()
            && right_cue(line, token.end, knowledge) >= SPEAKS
            && !line.starts[token.end].any(knowledge.position);
        if fits {
            self.names.entry(line.text(token.start, token.end)).or_insert(0);
        }
        fits
    }

    /// Whether a listed place is somebody of that name: between a title and a verb of speaking or doing.
    pub(super) fn accepts_place(&mut self, line: &Line, token: &Token, knowledge: &Knowledge) -> bool {
        let fits = token.width() == 2
            && line.ends[token.start].any(knowledge.position)
            && knowledge.person.surname(line.chars[token.start]).is_some()
            && knowledge.person.single(line.chars[token.start + 1]).is_some()
            && !line.starts[token.end].any(knowledge.position)
            && cues_after(line, token.end, knowledge) >= SPEAKS;
        // 任命｜乌兰｜为…
        let named = token.width() <= 3
            && line.after(token.end) == Some('为')
            && left_cue(line, token.start, knowledge) >= APPOINTED;
        if fits || named {
            self.names.entry(line.text(token.start, token.end)).or_insert(0);
        }
        fits || named
    }

    /// Whether a word of two characters that the dictionary holds as a name may stand: a surname first,
    /// and something on both sides that goes with a name.
    pub(super) fn accepts_known(&mut self, line: &Line, token: &Token, knowledge: &Knowledge) -> bool {
        let left = left_cue(line, token.start, knowledge);
        let right = right_cue(line, token.end, knowledge);
        let fits = token.width() == 2
            && !is_christened(line, token)
            && token.classes.is_empty()
            && knowledge.person.surname(line.chars[token.start]).is_some()
            && left.min(right) >= 40
            && left.max(right) >= knowledge.person.edge;
        if fits {
            let best = self.names.entry(line.text(token.start, token.end)).or_insert(0);
            *best = (*best).max(left.max(right));
        }
        fits
    }

    /// The names read surely enough to be found wherever they stand.
    pub(super) fn known(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter(|(_, cue)| **cue >= SURE).map(|(name, _)| name.as_str())
    }
}

/// Whether a transliterated name is that of a people, a language or a dynasty: 雅兹迪｜女人, 罗曼诺夫｜王朝.
fn is_people(line: &Line, token: &Token) -> bool {
    let foreign =
        token.kind == Kind::Person(FOREIGN) && !line.chars[token.start..token.end].iter().any(|&c| is_point(c));
    foreign
        && match line.chars[token.end..] {
            ['人', c, ..] => !matches!(c, '在' | '称' | '也' | '不' | '已'),
            ['族' | '语' | '教', ..]
            | ['女' | '男' | '裔', '人', ..]
            | ['王', '朝' | '国', ..]
            | ['帝', '国', ..]
            | ['文', '明' | '化' | '字', ..] => true,
            _ => false,
        }
}

/// Whether a rocket or a machine bears the name, with its number: 长征｜五号, “祖冲之｜三号”.
pub(super) fn is_numbered(line: &Line, token: &Token) -> bool {
    let number = |c: &&char| c.is_ascii_digit() || "一二三四五六七八九十".contains(**c);
    let digits = line.chars[token.end..].iter().take(3).take_while(number).count();
    digits > 0 && line.after(token.end + digits) == Some('号')
}

/// Whether a ship, a storm or a law of nature bears the name: “尼米兹”号航母, 山东舰, “南昌”舰, “祖冲之三号”, “上海号”班列, 台风“杜苏芮”.
pub(super) fn is_christened(line: &Line, token: &Token) -> bool {
    match line.after(token.end) {
        Some('舰') => return true,
        Some('号') => return line.before(token.start) == Some('“') && line.after(token.end + 1) == Some('”'),
        _ => {}
    }
    // 霍尔｜效应, 黎曼｜猜想
    if matches!(
        line.chars[token.end..],
        ['效', '应', ..]
            | ['定', '律' | '理', ..]
            | ['方', '程', ..]
            | ['猜', '想', ..]
            | ['常', '数', ..]
            | ['粒', '子', ..]
    ) {
        return true;
    }
    let quoted = line.before(token.start) == Some('“') && line.after(token.end) == Some('”');
    let storm = |at: usize| at >= 2 && matches!(line.chars[at - 2..at], ['台' | '飓', '风'] | ['风', '暴']);
    let numbered = line.before(token.start) == Some('“') && is_numbered(line, token);
    numbered || quoted && (matches!(line.after(token.end + 1), Some('号' | '舰' | '艇')) || storm(token.start - 1))
}
