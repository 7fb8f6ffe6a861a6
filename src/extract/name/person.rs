//! Candidates for personal names: edges of the lattice, weighed by their characters and neighbours.
//!
//! A Han name costs what its surname and given-name characters cost (how rare they are in names);
//! neighbours that speak for a person (titles, verbs of saying, list marks, ages in brackets) make
//! it cheaper. The cheapest path through the sentence then decides between name and words. The idea
//! is that of role-based Chinese name recognition (Zhang and Liu, 2002) without a trained tagger.

use super::bounds::{ends_outside, is_no_name};
use super::cue::{APPOINTED, left_cue, right_cue};
use super::division::SURNAME;
use super::line::{Line, is_han};
use super::segment::{Edge, Kind, Token};
use crate::lexicon::Tag;
use crate::rule::name::Knowledge;
use crate::schema::RuleId;

/// The rules that compose names.
pub const HAN: RuleId = RuleId::new("name.person.han");
/// Transliterated names, with or without a point.
pub const FOREIGN: RuleId = RuleId::new("name.person.foreign");
/// Names made of the elements of a people's names (扎西卓玛).
pub const MINORITY: RuleId = RuleId::new("name.person.minority");

/// Marks between the parts of a transliterated name.
const POINTS: [char; 6] = ['·', '•', '・', '‧', '∙', '●'];

/// Whether a character is such a mark.
pub fn is_point(c: char) -> bool {
    POINTS.contains(&c)
}

/// Whether a character is white space; no Chinese character is.
#[inline]
pub(super) fn is_blank(c: char) -> bool {
    !is_han(c) && c.is_whitespace()
}

/// Adds the candidates of a line. In a list of names (`listed`) what stands between
/// two list marks is a name more readily than elsewhere.
pub(super) fn candidates(line: &Line, knowledge: &Knowledge, listed: bool, edges: &mut Vec<Edge>) {
    let points = POINTS.iter().any(|&point| line.sieve.may_hold(point)) && line.chars.iter().copied().any(is_point);
    let (minorities, japan) = (line.lists.any(knowledge.minority), line.lists.any(knowledge.japanese));
    for start in 0..line.len() {
        let c = line.chars[start];
        if !is_han(c) {
            continue;
        }
        if knowledge.person.begins(c) {
            han(line, start, knowledge, listed, edges);
            padded(line, start, knowledge, edges);
        }
        if points || knowledge.person.foreign(c).is_some() {
            foreign(line, start, (points, listed), knowledge, edges);
        }
        if minorities {
            minority(line, start, knowledge, edges);
        }
        if japan {
            japanese(line, start, knowledge, edges);
        }
    }
    bylines(line, knowledge, edges);
    if listed {
        // 洪亮, 田野: in a list of names words are names as well
        let item = |edge: &&mut Edge| is_item(line, edge.start, edge.end) && line.before(edge.end) != Some('族');
        for edge in edges.iter_mut().filter(item) {
            edge.cost = (edge.cost - knowledge.person.item).min(knowledge.person.listed);
        }
        items(line, knowledge, edges);
    }
}

fn han(line: &Line, start: usize, knowledge: &Knowledge, listed: bool, edges: &mut Vec<Edge>) {
    let weights = &knowledge.person;
    let mut left = None;
    for surname in 1..=2 {
        if start + surname >= line.len() {
            break;
        }
        let Some(cost) = (match surname {
            1 => weights.surname(line.chars[start]),
            _ => weights.compound(line.chars[start], line.chars[start + 1]).or_else(|| married(line, start, knowledge)),
        }) else {
            continue;
        };
        let sum = weights.base + cost;
        for given in 1..=2 {
            let end = start + surname + given;
            let cost = match line.chars.get(start + surname..end) {
                Some(&[c]) => weights.single(c),
                // 吴某某
                Some(&['某', '某']) => Some(0),
                Some(&[first, last]) => weights.double(first, last),
                _ => None,
            };
            let Some(given_cost) = cost else { continue };
            let sum = sum + given_cost;
            let mut short = if surname + given == 2 { weights.two } else { 0 };
            // The neighbours cannot make it cheaper than the words that stand there.
            if !listed && sum + short - weights.cue_limit > line.way(start, end) {
                continue;
            }
            let route = line.starts[start].any(knowledge.place_abbr)
                && (start..end).all(|at| line.hit(at, at + 1).is_some_and(|hit| hit.classes.any(knowledge.place_abbr)));
            if route {
                // 兰渝, 京沪: the ends of a railway
                short += weights.title;
            }
            let left = *left.get_or_insert_with(|| left_cue(line, start, knowledge));
            // 朱德｜任｜总指挥, 任命韩露｜为｜校长: a verb, but 张有为｜校长
            let verb = surname + given == 3
                && match line.chars[end - 2..end] {
                    [_, '任' | '兼'] => true,
                    [before, '为'] => !matches!(before, '有' | '大' | '无' | '作' | '少'),
                    _ => false,
                };
            // 陈晨｜获｜第十七届…奖: hardly any name ends so
            let gains = surname + given == 3 && line.chars[end - 1] == '获';
            let right = if gains || verb && line.starts[end].any(knowledge.position) {
                -weights.title
            } else {
                right_cue(line, end, knowledge)
            };
            // 任命｜于海洋｜为…, 免去｜钱伟｜的…
            let named = left >= APPOINTED && matches!(line.after(end), Some('为' | '的'));
            let right = if named { right + weights.list } else { right };
            let mut cost = sum + short - (left + right).min(weights.cue_limit);
            if (left < weights.title || end - start == 2 || line.chars[end - 1] == '作' || line.chars[start] == '从')
                && is_no_name(line, start, end, knowledge)
            {
                cost += weights.title;
            }
            if end - start > 2 && ends_outside(line, start, end, knowledge) {
                cost += weights.title;
            }
            edges.push(Edge { start, end, cost, kind: Kind::Person(HAN) });
        }
    }
}

/// What the surnames of a husband and a wife cost together, behind a title: 議員｜葉劉｜淑儀.
fn married(line: &Line, start: usize, knowledge: &Knowledge) -> Option<i32> {
    let common = |at: usize| knowledge.person.surname(line.chars[at]).filter(|&cost| cost < SURNAME);
    if !line.ends[start].any(knowledge.position) {
        return None;
    }
    Some(common(start)? + common(start + 1)?)
}

/// A surname and one character set apart from it: 王　莉, 欧阳　靖.
fn padded(line: &Line, start: usize, knowledge: &Knowledge, edges: &mut Vec<Edge>) {
    let weights = &knowledge.person;
    let blank = |at: usize| line.after(at).is_some_and(|c| is_blank(c) && c != '\n');
    let (surname, mut at) = if blank(start + 1) {
        (weights.surname(line.chars[start]), start + 1)
    } else if blank(start + 2) {
        (weights.compound(line.chars[start], line.chars[start + 1]), start + 2)
    } else {
        return;
    };
    let Some(surname) = surname else { return };
    let first = at;
    while blank(at) && at < first + 3 {
        at += 1;
    }
    let Some(given) = line.after(at).and_then(|c| weights.single(c)) else { return };
    let end = at + 1;
    // 成　员：
    let label = matches!(line.after(end), Some('：' | ':')) && {
        let word: String = line.chars[start..end].iter().filter(|c| !c.is_whitespace()).collect();
        knowledge.lexicon.find(&word).is_some_and(|entry| knowledge.lexicon.entry(entry).tag == Tag::Noun)
    };
    if !label && is_edge(line.before(start)) && is_edge(line.after(end)) {
        let cost = weights.base + surname + given - weights.cue_limit;
        edges.push(Edge { start, end, cost, kind: Kind::Person(HAN) });
    }
}

/// Whether a line is a list of names, as far as its tokens tell.
pub(super) fn is_list(line: &Line, tokens: &[Token]) -> bool {
    if tokens.iter().filter(|t| matches!(t.kind, Kind::Person(_))).count() < 3 {
        return false;
    }
    let items = || tokens.iter().filter(|t| t.width() > 1 && is_item(line, t.start, t.end));
    let names = items().filter(|t| matches!(t.kind, Kind::Person(_))).count();
    let short = items().filter(|t| t.width() <= 4 && line.chars[t.start..t.end].iter().copied().all(is_han)).count();
    names >= 3 && 2 * names >= short
}

/// The items of a list of names whose characters hardly stand in names: 左岸, 傅长林.
fn items(line: &Line, knowledge: &Knowledge, edges: &mut Vec<Edge>) {
    let known: std::collections::BTreeSet<(usize, usize)> = edges.iter().map(|edge| (edge.start, edge.end)).collect();
    for start in (0..line.len()).filter(|&start| is_edge(line.before(start))) {
        for end in [start + 2, start + 3] {
            let han = line.chars.get(start..end).is_some_and(|chars| chars.iter().copied().all(is_han));
            let surname = knowledge.person.surname(line.chars[start]).is_some();
            let people = || line.chars[end - 1] == '族';
            if han && surname && !people() && is_edge(line.after(end)) && !known.contains(&(start, end)) {
                edges.push(Edge { start, end, cost: 3 * knowledge.person.listed, kind: Kind::Person(HAN) });
            }
        }
    }
}

/// Names behind 记者 and 通讯员 that are set apart by blanks: （记者 田野 通讯员 贺晓东）.
fn bylines(line: &Line, knowledge: &Knowledge, edges: &mut Vec<Edge>) {
    let blank = |c: Option<char>| c.is_some_and(is_blank);
    if !line.sieve.may_hold('者') && !line.sieve.may_hold('员') {
        return;
    }
    for start in (3..line.len()).filter(|&start| blank(line.before(start))) {
        let told = line.chars[..start - 1].ends_with(&['记', '者']) || line.chars[..start - 1].ends_with(&['讯', '员']);
        for end in [start + 2, start + 3].into_iter().filter(|_| told) {
            let han = line.chars.get(start..end).is_some_and(|chars| chars.iter().copied().all(is_han));
            if han && knowledge.person.surname(line.chars[start]).is_some() && is_edge(line.after(end)) {
                edges.push(Edge { start, end, cost: 2 * knowledge.person.listed, kind: Kind::Person(HAN) });
            }
        }
    }
}

/// Whether marks of a list or the edges of the line set it apart.
pub(super) fn is_item(line: &Line, start: usize, end: usize) -> bool {
    is_edge(line.before(start)) && is_edge(line.after(end))
}

/// Whether a neighbour sets items of a list apart.
fn is_edge(c: Option<char>) -> bool {
    c.is_none_or(|c| is_blank(c) || matches!(c, '、' | '，' | '；' | '。' | '：' | ':' | '（' | '(' | '）' | ')' | ','))
}

fn foreign(line: &Line, start: usize, (points, listed): (bool, bool), knowledge: &Knowledge, edges: &mut Vec<Edge>) {
    let weights = &knowledge.person;
    // beside a point any character may stand in a name
    let pointed = points && {
        let run = (start..line.len().min(start + 7)).take_while(|&i| is_han(line.chars[i]) || is_point(line.chars[i]));
        run.into_iter().any(|i| is_point(line.chars[i]))
    };
    let (mut sum, mut points, mut part, mut strange, mut odds) = (0, 0, 0, 0, 0);
    let mut end = start;
    while end < line.len().min(start + 22) {
        let c = line.chars[end];
        end += 1;
        if is_point(c) || (c == '-' && points > 0) {
            if part == 0 {
                return;
            }
            points += 1;
            part = 0;
            strange = 0;
            continue;
        }
        let element = if pointed { element(line, end - 1, knowledge) } else { None };
        let initial = c.is_ascii_uppercase() && points > 0;
        if let Some(to) = element {
            sum += weights.element;
            part += to - (end - 1);
            end = to;
        } else if initial {
            sum += 300;
            part += 1;
        } else {
            match weights.foreign(c) {
                Some((cost, weight)) => {
                    sum += cost;
                    odds += weight.clamp(-150, 150);
                }
                // 赛都拉: a word of grammar as well
                None if pointed && is_han(c) && strange < 2 => {
                    let grammar = is_grammar(line, end - 1, knowledge);
                    let next = line.after(end).and_then(|next| weights.foreign(next));
                    if grammar && (part == 0 || c == '的' || next.is_none_or(|(_, odds)| odds < 150)) {
                        return;
                    }
                    strange += 1;
                    sum += weights.strange;
                }
                None => return,
            }
            part += 1;
        }
        if part > 8 {
            return;
        }
        let joined = line.after(end).is_some_and(|c| is_point(c) || (c == '-' && points > 0));
        if points == 0 && (joined || end - start < 2) {
            continue;
        }
        if points == 0 && end - start > 6 {
            return;
        }
        // 多哥, 马拉维 are places
        if joined || points == 0 && line.hit(start, end).is_some_and(|hit| hit.classes.any(knowledge.place)) {
            continue;
        }
        let (base, mut limit) = match points {
            // characters that hardly stand elsewhere need less support
            0 => (weights.foreign_base - odds.max(0), weights.cue_limit),
            _ => (weights.foreign_point, weights.cue_limit),
        };
        // 霍普利（Hopley）
        let glossed = matches!(line.after(end), Some('（' | '('))
            && line.after(end + 1).is_some_and(|c| c.is_uppercase())
            && line.after(end + 2).is_some_and(|c| c.is_lowercase() || c == ' ' || c == '.');
        limit += if glossed { weights.title } else { 0 };
        let reign = regnal(line, end);
        // The neighbours cannot make it cheaper than the words that stand there.
        if points == 0 && !listed && reign.is_none() && base + sum - limit > line.way(start, end) {
            continue;
        }
        let cue = left_cue(line, start, knowledge) + right_cue(line, end, knowledge);
        let cue = if glossed { cue + 2 * weights.title } else { cue };
        // 尼古拉｜斯·斯托勒: a known name is not cut
        let inside = points > 0 && line.ends[start].any(knowledge.foreign_name);
        // 卡塔尔｜埃米尔
        let country = points == 0
            && line.starts[start].any(knowledge.country)
            && line.hits_at(start).iter().any(|hit| {
                hit.end < end && hit.classes.any(knowledge.country) && line.starts[hit.end].any(knowledge.position)
            });
        let odd = if inside { weights.strange } else { 0 } + if country { weights.title } else { 0 };
        let cost = base + sum - cue.min(limit) + odd;
        edges.push(Edge { start, end, cost, kind: Kind::Person(FOREIGN) });
        // 亨利一世
        if let Some(end) = reign {
            edges.push(Edge { start, end, cost: cost - weights.title, kind: Kind::Person(FOREIGN) });
        }
    }
}

/// The end of the number of a ruler's name: 亨利｜八世, 约翰｜二十三世.
fn regnal(line: &Line, at: usize) -> Option<usize> {
    let number = |c: &char| matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
    let digits = line.chars[at..].iter().take(3).take_while(|c| number(c)).count();
    let end = at + digits + 1;
    let next = line.after(end);
    (digits > 0 && line.after(end - 1) == Some('世') && !matches!(next, Some('纪' | '界' | '代' | '人'))).then_some(end)
}

/// Whether a character is a word of grammar by itself.
fn is_grammar(line: &Line, at: usize, knowledge: &Knowledge) -> bool {
    line.hit(at, at + 1).is_some_and(|hit| hit.classes.any(knowledge.outside))
}

/// The end of the longest known name, or element of a minority's names, that begins there.
fn element(line: &Line, at: usize, knowledge: &Knowledge) -> Option<usize> {
    let known = knowledge.minority.or(knowledge.foreign_name);
    let plain = |end: usize| !line.chars[at..end].iter().any(|&c| is_point(c));
    let elements = line.hits_at(at).iter().filter(|hit| hit.classes.any(known) && plain(hit.end));
    elements.map(|hit| hit.end).filter(|&end| end > at + 1).max()
}

/// A Japanese name: a listed surname and one or two characters.
fn japanese(line: &Line, start: usize, knowledge: &Knowledge, edges: &mut Vec<Edge>) {
    if !line.starts[start].any(knowledge.japanese) {
        return;
    }
    let weights = &knowledge.person;
    for hit in line.hits_at(start).iter().filter(|hit| hit.classes.any(knowledge.japanese)) {
        let word = !knowledge.lexicon.feature(hit.entry, knowledge.japanese, "flag").is_empty();
        for given in 0..=3 {
            let end = hit.end + given;
            let Some(name) = line.chars.get(hit.end..end) else { break };
            if !name.iter().copied().all(is_han) {
                break;
            }
            // 小泉｜进次郎
            if given == 3 && name.last() != Some(&'郎') {
                break;
            }
            let cue = left_cue(line, start, knowledge) + right_cue(line, end, knowledge);
            if cue < if word || given == 0 { weights.title } else { weights.edge } {
                continue;
            }
            let sum: i32 = name.iter().map(|&c| weights.single(c).unwrap_or(weights.strange)).sum();
            let cost = weights.base + weights.element + sum - cue.min(weights.cue_limit);
            edges.push(Edge { start, end, cost, kind: Kind::Person(FOREIGN) });
        }
    }
}

/// Surnames that the Hui, Dongxiang, Bao'an and Salar bear before names of the Koran.
const HUI: [char; 12] = ['马', '丁', '哈', '穆', '拜', '妥', '冶', '喇', '韩', '陕', '白', '沙'];

fn minority(line: &Line, start: usize, knowledge: &Knowledge, edges: &mut Vec<Edge>) {
    // 马｜一卜拉: a surname of the Hui and an element
    let hui = line.starts[start + 1].any(knowledge.minority) && HUI.contains(&line.chars[start]);
    if !hui && !line.starts[start].any(knowledge.minority) {
        return;
    }
    let weights = &knowledge.person;
    let mut ends = vec![(start, 0, 0)];
    if hui {
        ends.push((start + 1, 1, weights.surname(line.chars[start]).unwrap_or(weights.strange)));
    }
    while let Some((at, parts, sum)) = ends.pop() {
        if at >= line.len() || parts == 3 {
            continue;
        }
        for hit in line.hits_at(at).iter().filter(|hit| hit.end - hit.start >= 2) {
            if !hit.classes.any(knowledge.minority) {
                continue;
            }
            let sum = sum + weights.element;
            let cue = left_cue(line, start, knowledge) + right_cue(line, hit.end, knowledge);
            // 、娜仁花（
            let item = hit.end - start > 2 && cue >= weights.list + weights.edge;
            if parts > 0 || item || cue >= weights.title {
                // two elements together are hardly anything else
                let together = if parts > 0 { weights.title / 2 } else { 0 };
                let cost = weights.base + sum - cue.min(weights.cue_limit) - together;
                edges.push(Edge { start, end: hit.end, cost, kind: Kind::Person(MINORITY) });
            }
            ends.push((hit.end, parts + 1, sum));
        }
    }
}
