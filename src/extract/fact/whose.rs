//! Whose a figure is.

use super::scene::Scene;
use super::trace::How;
use crate::rule::skeleton::is_mark;
use crate::rule::{List, RuleSet};
use crate::schema::Type;

/// What figures are said of.
pub const SUBJECTS: &[Type] = &[Type::Person, Type::Organization, Type::Place, Type::Program, Type::Event];

/// How many sentences up a noun is looked for that stands for something named (水库, 该院).
const REACH: usize = 12;

/// Whose the figure before this one was, and in which line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Carry {
    /// The line of that figure.
    pub line: usize,
    /// Whose it was.
    pub subject: Option<usize>,
}

/// Of whom: what the figure describes or touches; else the clause, the clauses before it, the person whom a
/// pronoun means, what the figures before it belong to, the sentence before, the area that the heading names.
pub fn subject(scene: &Scene<'_>, line: usize, mark: usize, carry: Carry, openers: &List) -> Option<(usize, How)> {
    let sentence = &scene.lines[line];
    let at = sentence.skeleton.marks[mark].0;
    let clause = sentence.clause(at);
    let (start, end) = sentence.clauses[clause];
    let given = |mark: usize, how: How| Some((scene.mention(line, mark), how));
    if let Some(described) = described(scene, line, mark, end) {
        return given(described, How::Described);
    }
    let before = &sentence.skeleton.text[start..at];
    if let Some(found) = penalty(scene, line, at, before) {
        return found.or(carry.subject).map(|found| (found, How::Carried));
    }
    if let Some(event) = attended(scene, line, mark, end) {
        return event.map(|event| (event, How::Attended));
    }
    if let Some(touching) = mark.checked_sub(1).filter(|&last| sentence.skeleton.marks[last].0 + 3 == at)
        && matches!(scene.kind(line, touching), Type::Organization | Type::Place | Type::Event)
        && scene.is_head(line, touching, false)
        && counted(scene, line, mark).is_none()
    {
        // 甲公司、乙公司两家企业: the sum of the list before it.
        if is_sum(scene, line, touching, mark) {
            return None;
        }
        return given(touching, How::Adjacent);
    }
    if scene.rules.list("unnamed_subject").begins(before) {
        return None;
    }
    let opens = before.chars().all(|c| is_mark(c) || c.is_whitespace()) || openers.holds(before);
    let mut crossed = false;
    for earlier in (0..=clause).rev() {
        let (start, end) = sentence.clauses[earlier];
        crossed |= earlier < clause && sentence.skeleton.text[start..end].ends_with('；');
        if crossed && earlier > 0 {
            continue;
        }
        let end = end.min(at);
        if earlier < clause && says(scene, &sentence.skeleton.text[start..end]) {
            return None;
        }
        // 最大雨量出现在甲镇，达200毫米.
        if let Some(where_it_is) = found_there(scene, line, start, end).filter(|_| earlier + 1 == clause && opens) {
            return given(where_it_is, How::Sentence);
        }
        if let Some(named) = anaphor(scene, line, start, end, earlier == clause) {
            return Some((named, How::Noun));
        }
        // 该机最大起重力矩9万吨米: of a thing that has no name.
        if earlier == clause && sentence.skeleton.text[start..end].starts_with('该') {
            return None;
        }
        let left = |mark: &usize| earlier < clause && is_left(scene, line, at, scene.mention(line, *mark));
        let Some(found) = candidate(scene, line, start, end, earlier == clause).filter(|found| !left(found)) else {
            continue;
        };
        if scene.kind(line, found) == Type::Person && opens && earlier < clause {
            // 主持召开座谈会，30名代表到会: those of the event, not of the person.
            let event = sentence.marks_in(0, at).rev().find(|&mark| scene.kind(line, mark) == Type::Event);
            return event.and_then(|mark| given(mark, How::Clause));
        }
        if issued_between(scene, line, found, at) {
            return None;
        }
        return given(found, if earlier == clause { How::Clause } else { How::Sentence });
    }
    if scene.has_pronoun(line, 0, at) {
        return scene.carried(line, at, &[Type::Person]).first().map(|&found| (found, How::Pronoun));
    }
    let scope = scene.scope(sentence.article);
    if let Some(scope) = scope.filter(|_| carry.line != line) {
        return Some((scope, How::Heading));
    }
    // A report on the whole country goes from one thing to the next with every sentence.
    let body = scene.body(sentence.article).map(|body| scene.name(body));
    let country = body.is_none_or(|body| matches!(body, "国务院" | "中央人民政府" | "中华人民共和国"))
        && scene.is_of_state(sentence.article);
    // An area is carried on through the paragraph, anything else from one sentence to the next.
    let area = |subject: usize| is_area(scene, subject);
    let people = opens && counts_people(scene, scene.mention(line, mark));
    let kept = |&subject: &usize| {
        if is_left(scene, line, at, subject) {
            return false;
        }
        let near = carry.line == line || carry.line + 1 == line || area(subject);
        let others = people && carry.line < line && scene.mentions[subject].kind == Type::Person;
        near && !others && (carry.line == line || !country || scene.name(subject) == "中国")
    };
    if let Some(subject) = carry.subject.filter(kept) {
        return Some((subject, How::Carried));
    }
    if country {
        return scope.map(|scope| (scope, How::Heading));
    }
    let before = (line.saturating_sub(3)..line).rev();
    let found = before.take_while(|&other| scene.lines[other].paragraph == sentence.paragraph).find_map(|other| {
        let end = scene.lines[other].skeleton.text.len();
        let found = candidate(scene, other, 0, end, false).map(|mark| scene.mention(other, mark));
        found.filter(|&found| (other + 1 == line || area(found)) && !is_left(scene, line, at, found))
    });
    found.map(|found| (found, How::Carried)).or(scope.map(|scope| (scope, How::Heading)))
}

/// Whether the text has left a road, a site or a scheme behind: a semicolon stands since it was named, or the sentence
/// turns to the whole year (全年新增…, 五年来…).
fn is_left(scene: &Scene<'_>, line: usize, at: usize, subject: usize) -> bool {
    let kind = scene.mentions[subject].kind;
    if kind != Type::Program && (kind != Type::Place || is_area(scene, subject)) {
        return false;
    }
    let sentence = &scene.lines[line];
    let text = &sentence.skeleton.text;
    match scene.places[subject] {
        // What stands behind the figure has not been left.
        Some((other, mark)) if other == line => {
            text.get(sentence.skeleton.marks[mark].0..at).is_some_and(|between| between.contains('；'))
        }
        _ => scene.rules.list("period_opener").begins(text[sentence.lead.min(at)..].trim_start()),
    }
}

/// Whether a figure only counts the list that it closes: 甲公司、乙公司两家企业.
fn is_sum(scene: &Scene<'_>, line: usize, last: usize, mark: usize) -> bool {
    let sentence = &scene.lines[line];
    if !sentence.before(last).ends_with(['、', '和', '与', '及']) {
        return false;
    }
    let norm = scene.mentions[scene.mention(line, mark)].norm.as_deref();
    let value = norm.and_then(|norm| norm.split(' ').next()?.parse::<usize>().ok());
    let kinds = [scene.kind(line, last)];
    value.is_some_and(|value| value >= 2 && value == scene.group(line, last, &kinds).len())
}

/// Whether a mention is an administrative area.
pub fn is_area(scene: &Scene<'_>, mention: usize) -> bool {
    scene.mentions[mention].kind == Type::Place
        && scene
            .name(mention)
            .ends_with(['省', '市', '县', '縣', '区', '區', '州', '旗', '镇', '鎮', '乡', '鄉', '村', '国', '國'])
}

/// A sentence of a court is of the person judged: the one it speaks of with 对, else the one that is the subject.
/// `None` where no sentence is passed.
fn penalty(scene: &Scene<'_>, line: usize, at: usize, before: &str) -> Option<Option<usize>> {
    if !scene.rules.list("penalty_word").within(before) {
        return None;
    }
    let sentence = &scene.lines[line];
    let judged = sentence.marks_in(0, at).rev().find(|&mark| {
        scene.kind(line, mark) == Type::Person
            && scene.is_oblique(line, mark)
            && sentence.before(mark).ends_with(['对', '处', '决'])
    });
    let judged = judged.map(|mark| scene.mention(line, mark));
    let subject = || scene.topic(line, &[Type::Person]).and_then(|people| people.first().copied());
    Some(judged.or_else(subject).or_else(|| scene.carried(line, at, &[Type::Person]).first().copied()))
}

/// 历时12天的运动会, 牺牲7位战士的雀儿山: the figure is part of an attribute.
fn described(scene: &Scene<'_>, line: usize, mark: usize, end: usize) -> Option<usize> {
    let sentence = &scene.lines[line];
    let next = mark + 1;
    let place = sentence.skeleton.marks.get(next).filter(|next| next.0 < end)?.0;
    let between = sentence.between(mark, next);
    let attribute = between.ends_with('的') && between.chars().count() <= 7 && !between.contains('、');
    let things = matches!(scene.kind(line, next), Type::Place | Type::Event | Type::Program | Type::Organization);
    (attribute && things && place > 0).then_some(next)
}

/// 300名选手参加大赛, 60多人到会: those who take part are counted of the event. `Some(None)` where the event has
/// no name; `None` where nobody takes part.
fn attended(scene: &Scene<'_>, line: usize, mark: usize, end: usize) -> Option<Option<usize>> {
    let sentence = &scene.lines[line];
    let at = sentence.skeleton.marks[mark].0;
    // 20家企业代表到会
    let sent = sentence.after(mark).split('，').next().is_some_and(|clause| clause.contains("代表"));
    let people = counts_people(scene, scene.mention(line, mark)) || sent;
    let start = sentence.clauses[sentence.clause(at)].0;
    let person = sentence.marks_in(start, at).any(|mark| scene.kind(line, mark) == Type::Person);
    if !people || person {
        return None;
    }
    let after = &sentence.skeleton.text[at + 3..end.max(at + 3)];
    let (place, verb) = scene.rules.list("partake_verb").inside(after).min()?;
    let noun = &after[place + verb.len()..];
    let named = sentence
        .marks_in(at + 3 + place, end)
        .find(|&mark| scene.kind(line, mark) == Type::Event)
        .map(|mark| scene.mention(line, mark));
    let alone = verb.ends_with('会') || verb.ends_with('赛');
    if noun.chars().all(|c| "，。；、！".contains(c)) && !alone {
        // 举办歌咏比赛，180名教师参加: in what the sentence names, if in anything.
        let event = sentence.marks_in(0, at).rev().find(|&mark| scene.kind(line, mark) == Type::Event)?;
        return Some(Some(scene.mention(line, event)));
    }
    let meant = alone || scene.rules.list("event_noun").within(noun);
    if named.is_none() && !meant && verb != "旁听" {
        return None;
    }
    Some(named.or_else(|| scene.meant_event(line, at)))
}

/// Whether a figure counts people.
fn counts_people(scene: &Scene<'_>, mention: usize) -> bool {
    scene.mentions[mention].norm.as_deref().is_some_and(|norm| {
        let unit = norm.split_once(' ').map_or("", |(_, unit)| unit);
        matches!(unit, "人" | "名" | "位" | "支" | "人次")
    })
}

/// A body or place directly before a count that is what is counted: 现有国家重点实验室3个.
pub fn counted(scene: &Scene<'_>, line: usize, mark: usize) -> Option<usize> {
    let sentence = &scene.lines[line];
    let at = sentence.skeleton.marks.get(mark)?.0;
    let touching = mark.checked_sub(1).filter(|&last| sentence.skeleton.marks[last].0 + 3 == at)?;
    let unit = scene.mentions[scene.mention(line, mark)].norm.as_deref().and_then(|norm| norm.split_once(' '));
    let counter = unit.is_some_and(|(_, unit)| matches!(unit, "个" | "家" | "所" | "座" | "处"));
    let before = sentence.before(touching);
    let had = before.ends_with(['有', '建', '成', '增', '设', '立']) && !before.ends_with("没有");
    let body = matches!(scene.kind(line, touching), Type::Organization | Type::Place);
    (counter && had && body).then_some(touching)
}

/// 会议提出，…: what a meeting or a paper says is not of it.
fn says(scene: &Scene<'_>, clause: &str) -> bool {
    let clause = clause.trim_end_matches(['，', '：', '；']);
    let mut nouns = scene.vocabulary.topic_nouns.starting(clause).map(|noun| &clause[noun.len()..]);
    nouns.any(|verb| scene.rules.list("speech_verb").holds(verb))
}

/// The place in which a clause says that something is: 最大雨量出现在甲镇.
fn found_there(scene: &Scene<'_>, line: usize, start: usize, end: usize) -> Option<usize> {
    let sentence = &scene.lines[line];
    let mark = sentence.marks_in(start, end).next_back()?;
    let closes = sentence.skeleton.text[sentence.skeleton.marks[mark].0 + 3..end].trim_end_matches('，').is_empty();
    let there = ["出现在", "发生在", "位于"].iter().any(|word| sentence.before(mark).ends_with(word));
    (closes && there && scene.kind(line, mark) == Type::Place).then_some(mark)
}

/// Whether a document is issued between a body and a figure: what stands in the document is not of the body.
fn issued_between(scene: &Scene<'_>, line: usize, found: usize, at: usize) -> bool {
    let sentence = &scene.lines[line];
    let verbs = scene.rules.list("issue_verb");
    sentence
        .marks_in(sentence.skeleton.marks[found].0 + 3, at)
        .any(|mark| scene.kind(line, mark) == Type::Document && verbs.within(sentence.before(mark)))
}

fn candidate(scene: &Scene<'_>, line: usize, start: usize, end: usize, own: bool) -> Option<usize> {
    let sentence = &scene.lines[line];
    let fits = |mark: &usize| {
        let kind = scene.kind(line, *mark);
        if !SUBJECTS.contains(&kind) {
            return false;
        }
        let (before, after) = (sentence.before(*mark), sentence.after(*mark));
        scene.is_head(line, *mark, true)
            && !inside_role(after)
            && !before.ends_with('由')
            && !is_agent(scene, line, *mark)
            && !is_origin(scene, line, *mark)
            && counted(scene, line, mark + 1) != Some(*mark)
            && (kind != Type::Program || !after.starts_with(is_mark) && !is_topic(after))
            && !tells(scene, line, *mark)
    };
    let marks: Vec<usize> = sentence.marks_in(start.max(sentence.lead), end).filter(fits).collect();
    // 补贴企业的甲计划，由…: the phrase that the clause is.
    let closing = marks.iter().rev().copied().find(|&mark| {
        sentence.before(mark).ends_with('的')
            && scene.opens_clause(line, mark)
            && sentence.after(mark).starts_with('，')
    });
    let opening = marks.iter().copied().find(|&mark| scene.opens_clause(line, mark));
    let owner = marks.iter().copied().find(|&mark| own && sentence.after(mark).starts_with('的'));
    // 1983年至1997年，是甲公司发展的时期.
    let told = marks.iter().copied().find(|&mark| {
        let title = scene.kind_at(line, mark + 1) == Some(Type::Position);
        // 是甲集团的全资子公司: no more of the group.
        let owner = sentence.after(mark).starts_with('的');
        !own && matches!(sentence.before(mark), "是" | "也是") && !title && !owner
    });
    closing.or(opening).or(owner).or(told)
}

/// Whether what follows makes the name of an undertaking a part of a longer word: 脱贫攻坚成果.
fn is_topic(after: &str) -> bool {
    ["成果", "成效", "任务", "工作", "战略", "资金", "政策", "标准", "体系", "目标", "示范", "领域", "事业"]
        .iter()
        .any(|word| after.starts_with(word))
}

/// Whether a place or body only says where a person comes from: 海州姑娘李明.
fn is_origin(scene: &Scene<'_>, line: usize, mark: usize) -> bool {
    // 甲大学校友、乙集团董事长王芳: what she is besides.
    let after = scene.lines[line].after(mark);
    let listed = scene.vocabulary.person_nouns.starting(after).any(|noun| after[noun.len()..].starts_with('、'));
    if listed && scene.kind(line, mark) == Type::Organization {
        return true;
    }
    // 海州市企业家协会会长、乙集团董事长王芳: the area opens a post whose body was not read.
    let post = after.split_once('、').is_some_and(|(post, rest)| {
        rest.starts_with(is_mark)
            && (3..=16).contains(&post.chars().count())
            && post.ends_with(['长', '员', '席', '记', '任'])
            && post.chars().all(|c| c.is_alphabetic() && !is_mark(c))
    });
    if post {
        return true;
    }
    let between = scene.lines[line].between(mark, mark + 1);
    matches!(scene.kind(line, mark), Type::Place | Type::Organization)
        && scene.kind_at(line, mark + 1) == Some(Type::Person)
        && scene.person_noun(between) == Some(between)
}

/// Whether a mention is one of a list behind 由: 由甲公司、乙公司等承建.
fn is_agent(scene: &Scene<'_>, line: usize, mark: usize) -> bool {
    let first = scene.group(line, mark, &[scene.kind(line, mark)]).first().and_then(|&first| scene.places[first]);
    first.is_some_and(|(line, first)| first < mark && scene.lines[line].before(first).ends_with('由'))
}

/// Whether a mention is the speaker of what follows: 市统计局介绍，….
fn tells(scene: &Scene<'_>, line: usize, mark: usize) -> bool {
    let after = scene.lines[line].after(mark);
    let clause = after.split(['，', '：', '。']).next().unwrap_or("");
    // 甲局今天发布，…: no document is issued
    let rules = scene.rules;
    let told = [rules.list("speech_verb"), rules.list("issue_verb"), rules.list("measure_verb")];
    clause.len() < after.len() && told.iter().any(|verbs| verbs.ends(clause))
}

/// Bytes of the dates (with their commas) at the start of a stretch of a line.
fn sentence_dates(scene: &Scene<'_>, line: usize, start: usize, whole: &str) -> usize {
    let mut end = 0;
    for mark in scene.lines[line].marks_in(start, start + whole.len()) {
        let place = scene.lines[line].skeleton.marks[mark].0;
        if scene.kind(line, mark) != Type::Date || start + end != place {
            break;
        }
        end = place + 3 - start;
    }
    end
}

/// 地震, 水库建成后, 该院, 本届大赛: a noun at the start of a clause that stands for something named before. Behind
/// 该, 本, 这座 one character is enough; a bare noun (`own`: in the clause of the figure) must have words of its own
/// before the figure, as 小学3所 counts schools.
fn anaphor(scene: &Scene<'_>, line: usize, start: usize, end: usize, own: bool) -> Option<usize> {
    let start = start.max(scene.lines[line].lead).min(end);
    let whole = &scene.lines[line].skeleton.text[start..end];
    // 2024年，集团实现…: the date in front is no part of the noun.
    let dates = sentence_dates(scene, line, start, whole);
    let text = whole[dates..].trim_start_matches(['此', '据', '“', '在', '，']);
    let pointed = pointed(scene.rules, text);
    let rest = pointed.unwrap_or(text);
    if let Some(named) = named_so(scene, line, start, rest, pointed.is_some(), own) {
        return Some(named);
    }
    let words = &scene.vocabulary;
    let stands = |words: &List| words.begins(rest) || pointed.is_some() && words.begins(text);
    // 公司, 集团: the body that the article speaks for, where its name has the word.
    let bodies = words.anaphor_bodies;
    if let Some(body) = stands(bodies).then(|| scene.body(scene.lines[line].article)).flatten() {
        let name = scene.name(body);
        if bodies.starting(rest).chain(bodies.starting(text)).any(|word| name.contains(word)) {
            return Some(body);
        }
    }
    let loose = [
        (Type::Event, words.anaphor_events),
        (Type::Place, words.anaphor_places),
        (Type::Organization, words.anaphor_bodies),
    ];
    if let Some((kind, _)) = loose.into_iter().find(|(_, words)| stands(words)) {
        let found = nearest_topic(scene, line, start, &[kind]);
        return found.filter(|&found| kind != Type::Event || scene.may_mean(whole, found));
    }
    // 某县发生6.8级地震，震源深度10公里: the event that the clause tells of.
    let struck = !own && whole.contains("发生") && {
        let whole = whole.trim_end_matches(['，', '；']);
        scene.rules.list("event_noun").ends(whole)
    };
    if struck { scene.meant_event(line, end) } else { None }
}

/// The thing named before that bears the noun with which a text begins; `pointed` behind 该, 本.
fn named_so(scene: &Scene<'_>, line: usize, start: usize, rest: &str, pointed: bool, own: bool) -> Option<usize> {
    let nouns = scene.vocabulary.anaphor_nouns;
    if !pointed && !nouns.begins(rest) {
        return None;
    }
    let run: Vec<usize> = rest
        .char_indices()
        .take(6)
        .take_while(|(_, c)| c.is_alphabetic() && !is_mark(*c))
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    let least = if pointed { 1 } else { 2 };
    for (count, &length) in run.iter().enumerate().rev().filter(|(count, _)| count + 1 >= least) {
        let noun = &rest[..length];
        let bare = !pointed && (own && rest.len() == length || !nouns.holds(noun));
        if bare || count + 1 < 2 && !scene.rules.list("anaphor_short").holds(noun) {
            continue;
        }
        let found = nearest(scene, line, start, |mention| {
            let kind = scene.mentions[mention].kind;
            let name = scene.name(mention);
            // 资阳线首班列车驶出。线路全长…
            let line = noun == "线路" && kind == Type::Place && name.ends_with('线');
            NAMED.contains(&kind) && name.len() > noun.len() && (name.ends_with(noun) || line)
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The nearest mention of the article before a place that is meant.
fn nearest(scene: &Scene<'_>, line: usize, at: usize, meant: impl Fn(usize) -> bool) -> Option<usize> {
    let article = scene.lines[line].article;
    (line.saturating_sub(REACH)..=line).rev().filter(|&other| scene.lines[other].article == article).find_map(|other| {
        let limit = if other == line { at } else { scene.lines[other].skeleton.text.len() };
        let mut marks = scene.lines[other].marks_in(0, limit).rev().map(|mark| scene.mention(other, mark));
        marks.find(|&mention| meant(mention))
    })
}

/// The nearest mention of these kinds, in each line first the one that the line is about.
fn nearest_topic(scene: &Scene<'_>, line: usize, at: usize, kinds: &[Type]) -> Option<usize> {
    for other in (line.saturating_sub(REACH)..=line).rev() {
        let limit = if other == line { at } else { scene.lines[other].skeleton.text.len() };
        let topic = scene.first_subject(other, 0, limit, kinds, true);
        let found = topic.or_else(|| {
            scene.lines[other].marks_in(0, limit).rev().find(|&mark| kinds.contains(&scene.kind(other, mark)))
        });
        if let Some(mark) = found {
            return Some(scene.mention(other, mark));
        }
    }
    None
}

/// What a noun alone may stand for.
const NAMED: &[Type] = &[Type::Organization, Type::Place, Type::Program, Type::Event];

/// What follows a word that points (该, 本届) at the start of a text.
pub fn pointed<'a>(rules: &RuleSet, text: &'a str) -> Option<&'a str> {
    rules.list("anaphor_pointer").starting(text).map(|word| &text[word.len()..]).min_by_key(|rest| rest.len())
}

/// Whether a place is part of what is counted (重庆境内112公里), or only says where something lies (宣城市西部).
pub fn inside_role(after: &str) -> bool {
    // 甲县境内发生地震: all of it is meant.
    if after.strip_prefix("境内").is_some_and(|rest| rest.starts_with("发生") || rest.starts_with('遭')) {
        return false;
    }
    const INSIDE: [&str; 8] = ["境内", "段", "至", "到", "—", "籍", "式", "以内"];
    const SIDES: [char; 6] = ['部', '麓', '侧', '端', '岸', '郊'];
    let side = after.trim_start_matches(['东', '南', '西', '北', '中']);
    INSIDE.iter().any(|word| after.starts_with(word))
        || side.len() < after.len() && side.starts_with(SIDES)
        || after.starts_with("交界")
        || after.starts_with("腹地")
}
