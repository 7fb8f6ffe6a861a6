//! Posts and jobs: listed titles that touch a name, a body, or a verb of appointment.

use super::chunk::{Chunk, Chunks};
use super::line::{Line, is_han};
use super::segment::{Kind, Token};
use crate::lexicon::Tag;
use crate::rule::name::Knowledge;
use crate::schema::{RuleId, Type};

/// A post beside a name or a body.
const BESIDE: RuleId = RuleId::new("name.position.beside");
/// Most characters that a title takes from the words before its listed part (信息化｜专工).
const LONGEST_MODIFIER: usize = 8;

struct Post {
    start: usize,
    end: usize,
    /// A standing (职工, 代表) that names no post.
    status: bool,
    /// An office that a place itself has (山西省｜副省长).
    of_region: bool,
}

/// Adds the posts that name their holder.
pub(super) fn find(line: &Line, tokens: &[Token], knowledge: &Knowledge, chunks: &mut Chunks) {
    // 长 is a post behind a body that lends its name to it
    if !line.lists.any(knowledge.position) && !line.sieve.may_hold('长') {
        return;
    }
    for at in (1..tokens.len()).filter(|&at| tokens[at].classes.any(knowledge.position)) {
        if let Some((start, middle, rule)) = branch(line, tokens, at, knowledge, chunks) {
            chunks.add(line, start, middle, Type::Organization, rule);
        }
    }
    let posts: Vec<Post> = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.classes.any(knowledge.position) && matches!(token.kind, Kind::Word(_)))
        .map(|(at, token)| post(line, tokens, at, token, knowledge, chunks))
        .collect();
    let person_at = |at: usize| chunks.starting_at(at).is_some_and(|c| c.kind == Type::Person);
    let person_before = |at: usize| chunks.ending_at(at).is_some_and(|c| c.kind == Type::Person);
    let body_before = |at: usize| chunks.ending_at(at).is_some_and(|c| c.kind == Type::Organization);
    let place_before = |at: usize| chunks.ending_at(at).is_some_and(|c| c.kind == Type::Place);
    let mut kept = vec![false; posts.len()];
    for at in (0..posts.len()).rev() {
        let post = &posts[at];
        let next = posts.get(at + 1).is_some_and(|next| {
            kept[at + 1] && (next.start == post.end || (next.start == post.end + 1 && is_list_mark(line, post.end)))
        });
        kept[at] = person_at(skip_blanks(line, post.end))
            || next
            // 韩冬｜代表｜区政府签约: a verb
            || (person_before(post.start) && !(post.status && acts_for(line, tokens, post, knowledge, chunks)))
            || (body_before(post.start) && !post.status)
            // 生产技术部的｜信息化专工
            || (line.before(post.start) == Some('的') && body_before(post.start - 1) && !post.status)
            // 中央军委原｜委员
            || (line.before(post.start) == Some('原') && body_before(post.start - 1))
            || (behind_appointment(tokens, post.start, knowledge) && !post.status)
            // 就任｜加纳共和国｜总统
            || (place_before(post.start) && appointed_to(tokens, post.start, knowledge, chunks) && !post.status)
            // 任命李明｜为｜校长助理, but no 李明为｜校长送行
            || (line.before(post.start) == Some('为')
                && !post.status
                && line.after(post.end).is_none_or(|c| !is_han(c))
                && person_before(post.start - 1))
            || (post.of_region && place_before(post.start))
            // 1970年生，｜高级工程师，
            || (!post.status && is_of_a_life(line, post))
            // 当了一名｜线路工
            || (!post.status && is_one_of_a_trade(line, post.start))
            // 任｜本公司｜董事
            || (!post.status && of_own_body(line, tokens, post.start, knowledge))
            // 国务委员｜兼国家计委主任
            || (!post.status
                && line.after(post.end) == Some('兼')
                && !matches!(line.after(post.end + 1), Some('职' | '顾' | '有' | '备')))
            // 免去其｜总经理｜职务
            || (!post.status && is_office_word(line, post.end));
    }
    // 商务部｜长｜王某某: the body lends its name to the post
    let fused = |pair: &[Token]| {
        let body = chunks.ending_at(pair[1].start).filter(|c| c.kind == Type::Organization)?;
        let head = line.chars[pair[1].start..pair[1].end] == ['长'] && person_at(pair[1].end);
        (head && body.end - body.start <= LONGEST_MODIFIER).then_some((body.start, pair[1].end))
    };
    let fused: Vec<(usize, usize)> = tokens.windows(2).filter_map(fused).collect();
    for at in 1..posts.len() {
        let before = &posts[at - 1];
        if kept[at - 1] && !posts[at].status && before.end + 1 == posts[at].start && is_list_mark(line, before.end) {
            kept[at] = true;
        }
    }
    for (start, end) in fused {
        chunks.add(line, start, end, Type::Position, BESIDE);
    }
    for (post, _) in posts.iter().zip(&kept).filter(|(_, kept)| **kept) {
        chunks.add(line, post.start, post.end, Type::Position, BESIDE);
    }
}

fn post(line: &Line, tokens: &[Token], at: usize, token: &Token, knowledge: &Knowledge, chunks: &Chunks) -> Post {
    let class = match token.kind {
        Kind::Word(entry) => knowledge.lexicon.feature(entry, knowledge.position, "class"),
        _ => "",
    };
    let mut first = at;
    while first > 0 && (grades(&tokens[first - 1], knowledge) || is_job(&tokens[first - 1], knowledge)) {
        first -= 1;
    }
    let split = branch(line, tokens, at, knowledge, chunks).map(|(_, middle, _)| middle);
    let start = split.or_else(|| modifier(line, tokens, first, knowledge, chunks)).unwrap_or(tokens[first].start);
    let is = |wanted: &str| class.split(';').any(|class| class == wanted);
    Post { start, end: token.end, status: is("status"), of_region: is("region") }
}

/// Where a body begins and ends whose branch a listed post names, and by which rule: 江州市｜妇联｜主席, 公司｜工会｜主席,
/// 县｜文联｜主席, 洛阳｜分行｜行长.
fn branch(
    line: &Line,
    tokens: &[Token],
    at: usize,
    knowledge: &Knowledge,
    chunks: &Chunks,
) -> Option<(usize, usize, RuleId)> {
    let token = &tokens[at];
    if let Some(faculty) = faculty(line, tokens, at, knowledge, chunks) {
        return Some(faculty);
    }
    // a branch of the Party and a board stay in the title: 党支部书记, 董事会主席; so does 控股股东
    let stays = |c: char| matches!(c, '党' | '支' | '村' | '董' | '监' | '理' | '控');
    if token.width() < 4 || !token.classes.any(knowledge.position) || stays(line.chars[token.start]) {
        return None;
    }
    let middle = token.start + 2;
    let rule = knowledge.heads.iter().find(|rule| rule.kind == Type::Organization)?;
    let post = line.hit(middle, token.end).is_some_and(|hit| hit.classes.any(knowledge.position));
    // the whole of 妇联, not the last character of 执行｜董事
    let head = line.hit(token.start, middle).is_some_and(|hit| hit.classes.any(rule.heads));
    if !post || !head {
        return None;
    }
    let head = if line.before(token.start) == Some('总') { token.start - 1 } else { token.start };
    if let Some(body) = chunks.ending_at(head) {
        return matches!(body.kind, Type::Organization | Type::Place).then_some((body.start, middle, rule.id));
    }
    let before = tokens[..at].iter().rev().find(|token| token.end <= head)?;
    let whose = before.classes.any(knowledge.anchor)
        || matches!(line.chars[before.start..before.end], ['公', '司'] | ['集', '团'] | ['厂' | '校' | '院' | '局']);
    (before.end == head && whose).then_some((before.start, middle, rule.id))
}

/// Where the department of a university begins and ends that its head's title takes a part of: 海州大学会计｜系｜主任.
fn faculty(
    line: &Line,
    tokens: &[Token],
    at: usize,
    knowledge: &Knowledge,
    chunks: &Chunks,
) -> Option<(usize, usize, RuleId)> {
    let token = &tokens[at];
    if token.width() < 3 || line.chars[token.start] != '系' || !token.classes.any(knowledge.position) {
        return None;
    }
    let rule = knowledge.heads.iter().find(|rule| rule.kind == Type::Organization)?;
    let before = tokens[..at].iter().rev().take_while(|before| token.start - before.start <= LONGEST_MODIFIER);
    let named = before.filter_map(|before| chunks.ending_at(before.start)).find(|c| c.kind == Type::Organization)?;
    let school = line.chars[..named.end].ends_with(&['大', '学']) || line.chars[..named.end].ends_with(&['学', '院']);
    school.then_some((named.start, token.start + 1, rule.id))
}

/// Whether a post stands between commas in a sentence that tells of a life.
fn is_of_a_life(line: &Line, post: &Post) -> bool {
    const LIFE: [&str; 7] = ["出生", "学历", "学位", "国籍", "党员", "年生", "月生"];
    let mark = |c: Option<char>| c.is_some_and(|c| matches!(c, '，' | '、' | '。' | '；'));
    let apart = mark(line.before(post.start)) && mark(line.after(post.end));
    if !apart {
        return false;
    }
    let text = line.text(0, line.chars.len());
    LIFE.iter().any(|word| text.contains(word))
}

/// Whether 代表 says for whom somebody acts, a body or a word for one: 代表｜双方签约.
fn acts_for(line: &Line, tokens: &[Token], post: &Post, knowledge: &Knowledge, chunks: &Chunks) -> bool {
    let body = |c: Chunk| matches!(c.kind, Type::Organization | Type::Place);
    let word = |token: &Token| token.start == post.end && token.classes.any(knowledge.generic);
    line.chars[post.start..post.end] == ['代', '表']
        && (chunks.starting_at(post.end).is_some_and(body) || tokens.iter().any(word))
}

/// Whether somebody became or is one of a trade: 当了一名, 成为一名, 是一名.
fn is_one_of_a_trade(line: &Line, start: usize) -> bool {
    const BECOMES: [&[char]; 8] = [
        &['当'],
        &['当', '了'],
        &['当', '上', '了'],
        &['成', '为'],
        &['成', '了'],
        &['做', '了'],
        &['是'],
        &['作', '为'],
    ];
    let before = &line.chars[..start];
    let one = before.strip_suffix(&['一', '名']).or_else(|| before.strip_suffix(&['一', '位']));
    one.is_some_and(|verb| BECOMES.iter().any(|word| verb.ends_with(word)))
}

/// Whether a verb of appointment and a body that the text calls its own stand before: 任｜本公司｜董事.
fn of_own_body(line: &Line, tokens: &[Token], start: usize, knowledge: &Knowledge) -> bool {
    let ending = |at: usize| tokens.iter().rev().find(|token| token.end <= at).filter(|token| token.end == at);
    let Some(body) = ending(start).filter(|body| body.classes.any(knowledge.generic)) else { return false };
    let own = ending(body.start).filter(|own| matches!(line.chars[own.start..own.end], ['本' | '我' | '该']));
    behind_appointment(tokens, own.map_or(body.start, |own| own.start), knowledge)
}

/// Whether a word belongs to the title behind it: 副, 首席, but not 原.
fn grades(token: &Token, knowledge: &Knowledge) -> bool {
    let Kind::Word(entry) = token.kind else { return false };
    token.classes.any(knowledge.position_prefix)
        && knowledge.lexicon.feature(entry, knowledge.position_prefix, "class") != "former"
}

/// Whether a word is a job or standing, which a title may follow at once: 职工｜通讯员.
fn is_job(token: &Token, knowledge: &Knowledge) -> bool {
    let Kind::Word(entry) = token.kind else { return false };
    token.classes.any(knowledge.position)
        && matches!(knowledge.lexicon.feature(entry, knowledge.position, "class"), "job" | "status")
}

/// Whether a word is a post in a body.
fn is_office(token: &Token, knowledge: &Knowledge) -> bool {
    let Kind::Word(entry) = token.kind else { return false };
    token.classes.any(knowledge.position)
        && knowledge.lexicon.feature(entry, knowledge.position, "class").starts_with("office")
}

/// Where the words between a body and a title begin, if there is a body.
fn modifier(line: &Line, tokens: &[Token], first: usize, knowledge: &Knowledge, chunks: &Chunks) -> Option<usize> {
    let end = tokens[first].start;
    let mut at = first;
    while at > 0 {
        let token = &tokens[at - 1];
        if chunks.ending_at(token.end).is_some_and(|c| c.kind == Type::Organization) {
            return (tokens[at].start < end).then_some(tokens[at].start);
        }
        let noun = matches!(token.tag, Tag::Noun | Tag::VerbNoun | Tag::Attributive | Tag::Abbreviation);
        // 司令员刘镇山｜少将: what stands between two posts is no part of the second
        if at < first && is_office(token, knowledge) {
            return None;
        }
        // 吉林大学｜唐敖庆｜教授
        let person = knowledge.names(token.classes) == Some(Type::Person);
        if !noun || person || token.classes.any(knowledge.outside) || end - token.start > LONGEST_MODIFIER {
            // 是生产技术部的｜信息化专工
            let of = line.chars[token.start..token.end] == ['的'] && tokens[at].start < end;
            let body = of && chunks.ending_at(token.start).is_some_and(|c| c.kind == Type::Organization);
            return body.then_some(tokens[at].start);
        }
        at -= 1;
    }
    None
}

/// Whether a verb of appointment (任, 当选) stands right before.
fn behind_appointment(tokens: &[Token], start: usize, knowledge: &Knowledge) -> bool {
    let Some(token) = tokens.iter().rev().find(|token| token.end <= start) else { return false };
    let Kind::Word(entry) = token.kind else { return false };
    token.end == start
        && token.classes.any(knowledge.boundary_verb)
        && knowledge.lexicon.feature(entry, knowledge.boundary_verb, "class").split(';').any(|class| class == "post")
}

/// Whether a verb of appointment stands before the place that the post is of.
fn appointed_to(tokens: &[Token], start: usize, knowledge: &Knowledge, chunks: &Chunks) -> bool {
    chunks.ending_at(start).is_some_and(|place| behind_appointment(tokens, place.start, knowledge))
}

/// Whether 职务 or 一职 follows: what stands before is a post.
fn is_office_word(line: &Line, at: usize) -> bool {
    let next = [line.after(at), line.after(at + 1)];
    matches!(next, [Some('职'), Some('务')] | [Some('一' | '之'), Some('职')])
}

fn is_list_mark(line: &Line, at: usize) -> bool {
    matches!(line.after(at), Some('、' | '，' | '兼' | ' ' | '　'))
}

fn skip_blanks(line: &Line, mut at: usize) -> usize {
    while line.after(at).is_some_and(char::is_whitespace) {
        at += 1;
    }
    at
}
