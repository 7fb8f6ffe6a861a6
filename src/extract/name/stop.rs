//! Sites that somebody calls at: behind 来到, 察看 and in the list there, an everyday word is enough to say
//! which one is meant (人民｜商场, 船闸｜码头), where elsewhere any of its kind might be.

use super::chunk::Chunks;
use super::line::{Line, is_han};
use super::scan::{GRAMMAR, is_proper};
use super::segment::{Kind, Token};
use crate::lexicon::Tag;
use crate::rule::name::{Knowledge, StopRule};
use crate::schema::Type;

/// Most sites of one list.
const MOST: usize = 8;
/// Nouns dearer than this are no everyday ones.
const RARE: i32 = 1200;

/// One item of a list of sites.
struct Item {
    /// First character, one past the last, and first of the head word, where it is a name.
    name: Option<(usize, usize, usize)>,
    /// The token behind the item.
    next: usize,
}

/// Adds the sites that follow each verb of visiting.
pub(super) fn find(rule: &StopRule, line: &Line, tokens: &[Token], knowledge: &Knowledge, chunks: &mut Chunks) {
    if !rule.verbs.may_stand(&line.sieve) {
        return;
    }
    for (at, verb) in tokens.iter().enumerate() {
        if !verb.classes.any(knowledge.boundary_verb) || !line.is_one_of(verb.start, verb.end, &rule.verbs) {
            continue;
        }
        let aspect = |token: &Token| matches!(line.chars[token.start..token.end], ['了' | '过']);
        let mut next = at + 1 + usize::from(tokens.get(at + 1).is_some_and(aspect));
        for _ in 0..MOST {
            let item = rule.item(line, tokens, next, knowledge, chunks);
            if let Some((start, end, head)) = item.name
                && chunks.ending_at(end).is_none()
            {
                chunks.add_headed(line, start, end, rule.kind, rule.id, end - head);
            }
            if item.next == next || !tokens.get(item.next).is_some_and(|token| is_separator(line, token)) {
                break;
            }
            next = item.next + 1;
        }
    }
}

fn is_separator(line: &Line, token: &Token) -> bool {
    matches!(line.chars[token.start..token.end], ['、' | '和' | '及' | '与'] | ['以', '及'])
}

impl StopRule {
    fn item(&self, line: &Line, tokens: &[Token], first: usize, knowledge: &Knowledge, chunks: &Chunks) -> Item {
        let mut next = first;
        let mut plain = true;
        // 来到人民商场｜慰问职工
        let mut verb = None;
        while let Some(token) = tokens.get(next) {
            let ends = token.tag == Tag::Punctuation
                || is_separator(line, token)
                || line.chars[token.start..token.end] == ['等']
                || line.is_one_of(token.start, token.end, &self.verbs);
            if ends || token.end - tokens[first].start > self.max {
                break;
            }
            if token.classes.any(knowledge.boundary_verb) {
                verb = verb.or(Some(next));
            }
            let number = matches!(token.kind, Kind::Value(_)) && line.chars[token.start] != '第';
            let grammar = token.width() == 1 && GRAMMAR.contains(&line.chars[token.start]);
            // 李江｜蔬菜公司
            let person = matches!(token.kind, Kind::Person(_)) && next > first;
            plain &= verb.is_some() || !number && !grammar && !person;
            next += 1;
        }
        let mut last = verb.unwrap_or(next);
        while last > first && line.is_one_of(tokens[last - 1].start, tokens[last - 1].end, &self.behind) {
            last -= 1;
        }
        let name = (plain && last > first).then(|| self.name(line, &tokens[first..last], knowledge, chunks)).flatten();
        Item { name, next }
    }

    /// The name that the words of an item make.
    fn name(
        &self,
        line: &Line,
        words: &[Token],
        knowledge: &Knowledge,
        chunks: &Chunks,
    ) -> Option<(usize, usize, usize)> {
        let (first, last) = (words.first()?, words.last()?);
        let (start, end) = (first.start, last.end);
        if !line.ends[end].any(self.heads) {
            return None;
        }
        let head = (start + 2..end).find(|&from| line.hit(from, end).is_some_and(|hit| hit.classes.any(self.heads)))?;
        // 中国一汽｜有关
        if self.kind == Type::Place && end - head == 1 || !line.chars[start..end].iter().copied().all(is_han) {
            return None;
        }
        // 丽江｜现代花卉产业园
        let inside = chunks.starting_at(start).filter(|chunk| chunk.kind == Type::Place && chunk.end + 2 <= head);
        let named = inside.is_some() || self.is_telling(line, first, words.get(1), (head, end), knowledge);
        named.then_some((start, end, head))
    }

    /// Whether the first word of a name says which site is meant.
    fn is_telling(
        &self,
        line: &Line,
        first: &Token,
        second: Option<&Token>,
        (head, end): (usize, usize),
        knowledge: &Knowledge,
    ) -> bool {
        if first.end > head {
            return false;
        }
        if line.is_one_of(first.start, first.end, &self.stems) || line.chars[first.start] == '第' && first.width() > 1
        {
            return true;
        }
        // 捞鱼河｜公园
        if self.nature.hold(&line.chars[head - 1..head]) && head - first.start >= 2 && end - head > 1 {
            return true;
        }
        let name = |token: &Token| {
            is_proper(line, token, knowledge)
                || matches!(token.tag, Tag::PlaceName | Tag::ProperName | Tag::PersonName)
                || token.classes.any(knowledge.weak_place.or(knowledge.place))
        };
        if first.width() > 1 {
            let rare = || {
                let cost = line.hit(first.start, first.end).map_or(0, |hit| hit.cost);
                self.kind == Type::Place
                    && first.tag == Tag::Noun
                    && first.end + 1 >= head
                    && cost >= RARE
                    && !line.is_one_of(head, end, &self.never)
            };
            return !first.classes.any(knowledge.generic) && (name(first) || rare());
        }
        // 黄｜草坝｜水库
        let family = knowledge.person.surname(line.chars[first.start]).is_some()
            && !first.classes.any(knowledge.generic.or(knowledge.anchor).or(knowledge.place_head))
            && !self.everyday.hold(&line.chars[first.start..first.start + 1]);
        if family && second.is_some_and(|second| second.width() > 1 && second.end <= head) {
            return true;
        }
        // 大｜东, 鑫｜隆: a coined stem
        second.is_some_and(|second| {
            second.width() == 1
                && second.end <= head
                && !GRAMMAR.contains(&line.chars[second.start])
                && !second.classes.any(knowledge.generic)
                && name(second)
        })
    }
}
