//! Figures: what is counted, of whom, and when.

use super::draft::Draft;
use super::role::{self, Words};
use super::scene::Scene;
use super::status::status;
use crate::fact::{Fact, Term};
use crate::rule::Rule;
use crate::rule::skeleton::is_mark;
use crate::schema::{Predicate, Qualifier, Type};

const SUBJECTS: &[Type] = &[Type::Person, Type::Organization, Type::Place, Type::Program, Type::Event];

/// What the figures of a paragraph carry on.
#[derive(Default)]
struct Run {
    paragraph: usize,
    line: usize,
    subject: Option<usize>,
    /// The role of the last figure that was no change.
    role: String,
    /// The line of that role.
    role_line: usize,
    role_clause: usize,
}

struct Reader<'r, 'a> {
    scene: &'r Scene<'a>,
    rule: &'r Rule,
    words: Words<'r>,
    durations: &'r [String],
    stops: &'r [String],
    ideas: &'r [String],
    counters: &'r [String],
    run: Run,
}

/// Reads all figures that no other fact has taken.
pub fn read(scene: &Scene<'_>, rule: &Rule, draft: &mut Draft<'_>) {
    let rules = scene.rules;
    let words = Words {
        change: rules.detail_list(rule, "change"),
        before: rules.detail_list(rule, "before"),
        after: rules.detail_list(rule, "after"),
    };
    let (durations, counters) = (rules.detail_list(rule, "durations"), rules.detail_list(rule, "counters"));
    let (stops, ideas) = (rules.detail_list(rule, "stops"), rules.detail_list(rule, "ideas"));
    let mut reader = Reader { scene, rule, words, durations, stops, ideas, counters, run: Run::default() };
    for line in 0..scene.lines.len() {
        let count = scene.lines[line].skeleton.marks.len();
        for mark in (0..count).filter(|&mark| scene.kind(line, mark) == Type::Figure) {
            if !draft.used(scene.mention(line, mark)) {
                reader.figure(line, mark, draft);
            }
        }
    }
}

/// The unit of a figure's norm.
fn unit(norm: &str) -> &str {
    norm.split_once(' ').map_or("", |(_, unit)| unit)
}

impl Reader<'_, '_> {
    fn figure(&mut self, line: usize, mark: usize, draft: &mut Draft<'_>) {
        let scene = self.scene;
        let mention = scene.mention(line, mark);
        let norm = scene.mentions[mention].norm.clone().unwrap_or_default();
        let unit = unit(&norm);
        let words = scene.words(mention);
        if words.starts_with('第')
            || matches!(unit, "岁" | "周年" | "大" | "周岁")
            || norm.contains(':')
            || unit == "地"
        {
            return;
        }
        if self.is_no_count(line, mark, unit, words) {
            return;
        }
        let paragraph = scene.lines[line].paragraph;
        if paragraph != self.run.paragraph {
            self.run = Run { paragraph, line, ..Run::default() };
        }
        let (at, line_text) = (scene.lines[line].skeleton.marks[mark].0, &scene.lines[line].skeleton.text);
        let (start, _) = scene.lines[line].clauses[scene.lines[line].clause(at)];
        if matches!(unit, "个" | "条" | "种" | "点" | "项" | "座")
            && self.ideas.iter().any(|word| line_text[start..at].contains(word.as_str()))
        {
            return;
        }
        let Some((role, change)) = self.role(line, mark, unit) else { return };
        let Some(subject) = self.subject(line, mark) else { return };
        self.run.subject = Some(subject);
        self.run.line = line;
        let at = scene.lines[line].skeleton.marks[mark].0;
        let mut qualifiers = Vec::new();
        if !role.is_empty() {
            qualifiers.push((Qualifier::Role, Term::Text(role)));
        }
        if let Some(time) = self.time(line, mark, change) {
            qualifiers.push((Qualifier::Time, time));
        }
        draft.add(Fact {
            subject: Term::Mention(subject),
            predicate: Predicate::HasFigure,
            object: Term::Mention(mention),
            qualifiers,
            status: status(scene, line, at, at + 3),
            rule: self.rule.id,
            evidence: scene.lines[line].span,
        });
    }

    /// Figures that say nothing of anybody: 每千美元, 前五名, 两座城市, 10千伏线路47条, 4.9级地震, 同65名代表.
    fn is_no_count(&self, line: usize, mark: usize, unit: &str, words: &str) -> bool {
        let sentence = &self.scene.lines[line];
        let (before, after) = (sentence.before(mark), sentence.after(mark));
        let counter = self.counters.iter().any(|known| known == unit);
        let noun = after.chars().take_while(|c| c.is_alphanumeric() && !is_mark(*c)).count();
        let attribute = !counter && (1..=4).contains(&noun) && unit != "%" && {
            let next = after.char_indices().nth(noun).map_or("", |(at, _)| &after[at..]);
            next.starts_with(is_mark)
                && mark + 1 < sentence.skeleton.marks.len()
                && self.scene.kind(line, mark + 1) == Type::Figure
                && !matches!(unit, "元" | "人" | "户" | "吨")
        };
        before.ends_with('每')
            || before.ends_with('前') && matches!(unit, "名" | "位" | "强")
            || words.starts_with('两') && matches!(unit, "座" | "国" | "岸" | "会" | "省" | "市" | "县")
            || words.starts_with('一') && !matches!(unit, "元" | "%" | "吨" | "人" | "公里")
            || unit == "级" && noun > 0
            || attribute
            || ["同", "与", "向", "对", "给"].iter().any(|word| before.starts_with(word)) && counter
    }

    /// The role and whether it is a change; `None` for figures that count nothing of anybody.
    fn role(&mut self, line: usize, mark: usize, unit: &str) -> Option<(String, bool)> {
        let scene = self.scene;
        let sentence = &scene.lines[line];
        let at = sentence.skeleton.marks[mark].0;
        let clause = sentence.clause(at);
        let (start, end) = sentence.clauses[clause];
        let after = &sentence.skeleton.text[at + 3..end.max(at + 3)];
        if mark > 0 && sentence.skeleton.marks[mark - 1].0 + 3 == at && scene.kind(line, mark - 1) == Type::Figure {
            return (self.run.role_line == line && !self.run.role.is_empty()).then(|| (self.run.role.clone(), false));
        }
        let left = self.left(line, mark, start);
        let following = self.noun(line, at + 3, after);
        let counter = self.counters.iter().any(|known| known == unit);
        let plain = role::clean(&left, &self.words);
        if is_time_span(unit) {
            let named = self.durations.iter().any(|noun| plain.ends_with(noun.as_str()));
            return named.then(|| {
                let noun =
                    self.durations.iter().filter(|noun| plain.ends_with(noun.as_str())).max_by_key(|noun| noun.len());
                (noun.map_or(plain.clone(), |noun| noun.clone()), false)
            });
        }
        if matches!(unit, "次" | "度" | "遍" | "届" | "轮" | "倍" | "步")
            && !after.trim_end_matches(is_mark).chars().next().is_none_or(|c| "，。；、！？以".contains(c))
        {
            return None;
        }
        if let Some(word) = role::change(&left, &self.words) {
            let own = role::clean(
                left.trim_end().trim_end_matches(['了', '约', '近', '逾']).strip_suffix(word).unwrap_or(""),
                &self.words,
            );
            let base = if own.is_empty() && self.run.role_line == line { self.run.role.clone() } else { own };
            let base = base.trim_end_matches("分别").to_owned();
            return Some((format!("{base}{word}"), true));
        }
        // 由甲增加到乙: the second figure has the role of the first.
        let moved = left.trim_end().ends_with(['到', '至', '为']) && mark > 0 && plain_moved(&left, &self.words);
        if moved && self.run.role_line == line && !self.run.role.is_empty() {
            return Some((self.run.role.clone(), false));
        }
        if let Some(share) = plain.find('占').filter(|_| self.run.role_line == line && plain.starts_with('占')) {
            return Some((format!("{}{}", self.run.role, &plain[share..]), false));
        }
        let mut role = plain.clone();
        if counter && !following.is_empty() && !following.starts_with(['以', '左', '参', '受', '获']) {
            role = following.clone();
        } else if role.is_empty() || counter && following.starts_with('受') {
            role = following.clone();
            if after.starts_with(is_mark) && mark + 1 < sentence.skeleton.marks.len() && role.is_empty() {
                let next = sentence.skeleton.marks[mark + 1].0 + 3;
                role = match scene.kind(line, mark + 1) {
                    Type::Award | Type::Program | Type::Position => {
                        scene.words(scene.mention(line, mark + 1)).to_owned()
                    }
                    _ => self.noun(line, next, &sentence.skeleton.text[next..end.max(next)]),
                };
            }
        }
        if role.is_empty() {
            role = left.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        }
        if role.is_empty() {
            return None;
        }
        let role = shorten(&role);
        self.run.role = role.clone();
        self.run.role_line = line;
        self.run.role_clause = clause;
        Some((role, false))
    }

    /// The noun at the start of a stretch, in the words of the source.
    fn noun(&self, line: usize, start: usize, text: &str) -> String {
        let range = role::noun(text, self.stops);
        self.scene.source(line, start + range.start, start + range.end).to_owned()
    }

    /// The words of the clause before a figure: from the last figure, date or subject on.
    fn left(&self, line: usize, mark: usize, start: usize) -> String {
        let scene = self.scene;
        let sentence = &scene.lines[line];
        let at = sentence.skeleton.marks[mark].0;
        let mut from = start;
        let mut words = String::new();
        for other in sentence.marks_in(start, at) {
            let (place, span, _) = sentence.skeleton.marks[other];
            let kind = scene.kind(line, other);
            let head = matches!(kind, Type::Figure | Type::Date | Type::Person)
                || SUBJECTS.contains(&kind)
                    && words.is_empty()
                    && sentence.skeleton.text[from..place].chars().count() <= 4
                    && !inside_role(sentence.after(other));
            if head {
                words.clear();
            } else {
                let text = plain(scene, line, from, place);
                if from > start && text.starts_with(['、', '和', '；']) {
                    words.clear();
                }
                words.push_str(&text);
                words.push_str(span.of(scene.doc.view.text()));
            }
            from = place + 3;
        }
        let text = plain(scene, line, from.min(at), at);
        if from > start && text.starts_with('、') {
            words.clear();
        }
        words.push_str(&text);
        words.trim_start_matches('的').to_owned()
    }

    /// Of whom: what the figure describes or touches; else the clause, the clauses before it, the
    /// person whom a pronoun means, what the figures before it belong to, the sentence before.
    fn subject(&self, line: usize, mark: usize) -> Option<usize> {
        let scene = self.scene;
        let sentence = &scene.lines[line];
        let at = sentence.skeleton.marks[mark].0;
        let clause = sentence.clause(at);
        let (start, end) = sentence.clauses[clause];
        if let Some(described) = self.described(line, mark, end) {
            return Some(scene.mention(line, described));
        }
        let before = &sentence.skeleton.text[start..at];
        if PENALTIES.iter().any(|word| before.contains(word)) {
            let judged = sentence.marks_in(0, at).rev().find(|&mark| {
                scene.kind(line, mark) == Type::Person
                    && scene.is_oblique(line, mark)
                    && sentence.skeleton.text[..at].contains('对')
            });
            let judged = judged.map(|mark| scene.mention(line, mark));
            let found = judged.or_else(|| scene.carried(line, at, &[Type::Person]).first().copied());
            return found.or(self.run.subject);
        }
        if let Some(touching) = mark.checked_sub(1).filter(|&last| sentence.skeleton.marks[last].0 + 3 == at)
            && matches!(scene.kind(line, touching), Type::Organization | Type::Place | Type::Event)
            && scene.is_head(line, touching, false)
        {
            return Some(scene.mention(line, touching));
        }
        let opens = before.chars().all(|c| is_mark(c) || c.is_whitespace())
            || self.words.after.iter().any(|word| before == word);
        let mut crossed = false;
        for earlier in (0..=clause).rev() {
            let (start, end) = sentence.clauses[earlier];
            crossed |= earlier < clause && sentence.skeleton.text[start..end].ends_with('；');
            if crossed && earlier > 0 {
                continue;
            }
            let end = end.min(at);
            if let Some(named) = self.anaphor(line, start, end) {
                return Some(named);
            }
            let Some(found) = self.candidate(line, start, end, earlier == clause) else { continue };
            if scene.kind(line, found) == Type::Person && opens && earlier < clause {
                // 主持召开座谈会，30名代表到会: those of the event, not of the person.
                let event = sentence.marks_in(0, at).rev().find(|&mark| scene.kind(line, mark) == Type::Event);
                return event.map(|mark| scene.mention(line, mark));
            }
            return Some(scene.mention(line, found));
        }
        if scene.has_pronoun(line, 0, at) {
            return scene.carried(line, at, &[Type::Person]).first().copied();
        }
        if let Some(subject) = self.run.subject.filter(|_| self.run.line + 1 >= line) {
            return Some(subject);
        }
        let before = line.checked_sub(1).filter(|&before| scene.lines[before].paragraph == sentence.paragraph)?;
        let end = scene.lines[before].skeleton.text.len();
        self.candidate(before, 0, end, false).map(|mark| scene.mention(before, mark))
    }

    /// 历时12天的运动会, 牺牲7位战士的雀儿山: the figure is part of an attribute.
    fn described(&self, line: usize, mark: usize, end: usize) -> Option<usize> {
        let sentence = &self.scene.lines[line];
        let next = mark + 1;
        let place = sentence.skeleton.marks.get(next).filter(|next| next.0 < end)?.0;
        let between = sentence.between(mark, next);
        let attribute = between.ends_with('的') && between.chars().count() <= 7 && !between.contains('、');
        let things =
            matches!(self.scene.kind(line, next), Type::Place | Type::Event | Type::Program | Type::Organization);
        (attribute && things && place > 0).then_some(next)
    }

    fn candidate(&self, line: usize, start: usize, end: usize, own: bool) -> Option<usize> {
        let scene = self.scene;
        let sentence = &scene.lines[line];
        let fits = |mark: &usize| {
            let after = sentence.after(*mark);
            let kind = scene.kind(line, *mark);
            SUBJECTS.contains(&kind)
                && scene.is_head(line, *mark, true)
                && !inside_role(after)
                && !(kind == Type::Program && after.starts_with(is_mark))
                && !self.tells(line, *mark)
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
        let any = marks.iter().copied().find(|&mark| own && scene.kind(line, mark) != Type::Person);
        // 1983年至1997年，是甲公司发展的时期.
        let told = marks.iter().copied().find(|&mark| !own && matches!(sentence.before(mark), "是" | "也是"));
        closing.or(opening).or(owner).or(any).or(told)
    }

    /// Whether a mention is the speaker of what follows: 市统计局介绍，….
    fn tells(&self, line: usize, mark: usize) -> bool {
        let after = self.scene.lines[line].after(mark);
        let clause = after.split(['，', '：', '。']).next().unwrap_or("");
        clause.len() < after.len()
            && self.scene.rules.list("speech_verb").iter().any(|verb| clause.ends_with(verb.as_str()))
    }

    /// 地震, 大赛, 该线路: a noun that stands for something named before.
    fn anaphor(&self, line: usize, start: usize, end: usize) -> Option<usize> {
        let scene = self.scene;
        let start = start.max(scene.lines[line].lead).min(end);
        let whole = &scene.lines[line].skeleton.text[start..end];
        let text = whole.trim_start_matches(['此', '本', '该', '这', '次', '据', '“', '在']);
        let body =
            ["公司", "集团", "企业"].iter().any(|word| whole.contains(word)).then_some(&[Type::Organization][..]);
        let named = ANAPHORS.iter().find(|(_, words)| words.iter().any(|word| text.starts_with(word)));
        let kinds = named.map(|(kinds, _)| *kinds).or(body)?;
        for other in (line.saturating_sub(12)..=line).rev() {
            let limit = if other == line { start } else { scene.lines[other].skeleton.text.len() };
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

    /// When: beside it, in the sentence or carried on; the ends of a period for 从…到….
    fn time(&self, line: usize, mark: usize, change: bool) -> Option<Term> {
        let scene = self.scene;
        let at = scene.lines[line].skeleton.marks[mark].0;
        let date = scene.paragraph_time(line, at)?;
        let norm = scene.mentions[date].norm.clone()?;
        let Some((first, last)) = norm.split_once('/').filter(|_| !change) else { return Some(Term::Mention(date)) };
        let before = scene.lines[line].before(mark).trim_end();
        if before.ends_with(['从', '由']) && first != ".." {
            return Some(Term::Text(first.to_owned()));
        }
        let to = ["到", "至", "为"].iter().any(|word| before.ends_with(word)) && before.contains(['从', '由']);
        if to && last != ".." {
            return Some(Term::Text(last.to_owned()));
        }
        Some(Term::Mention(date))
    }
}

const ANAPHORS: &[(&[Type], &[&str])] = &[
    (&[Type::Event], &["地震", "竞赛", "大赛", "比赛", "会议", "论坛", "台风", "洪水", "事故", "大会", "活动"]),
    (&[Type::Place], &["线路", "大桥", "专线", "铁路", "公路", "隧道", "水电站", "机场", "高铁"]),
    (&[Type::Organization], &["支", "医院", "学校", "合作社"]),
];

/// Words of a sentence: what they impose is of the person judged.
const PENALTIES: &[&str] = &["判处", "罚金", "获刑", "有期徒刑", "罚款", "非法收受", "受贿"];

/// The words of the reading view between two places of a line, mentions left out.
fn plain(scene: &Scene<'_>, line: usize, start: usize, end: usize) -> String {
    scene.source(line, start, end).to_owned()
}

/// Whether a place is part of what is counted: 重庆境内112公里.
fn inside_role(after: &str) -> bool {
    ["境内", "段", "至", "到", "—", "籍", "式", "以内"].iter().any(|word| after.starts_with(word))
}

/// Whether nothing but a movement stands between two figures: 增加到, 上升至.
fn plain_moved(left: &str, words: &Words<'_>) -> bool {
    let rest = role::clean(left, words);
    rest.is_empty() || words.change.contains(&rest)
}

/// Units of time: spans of time are figures of somebody only where they are named.
fn is_time_span(unit: &str) -> bool {
    matches!(
        unit,
        "年" | "天"
            | "小时"
            | "分钟"
            | "个月"
            | "月"
            | "周"
            | "秒"
            | "日"
            | "夜"
            | "个星期"
            | "星期"
            | "季"
            | "代"
    )
}

/// A long role keeps what stands behind its last comma or 的.
fn shorten(role: &str) -> String {
    let role = role.trim_matches(['，', '“', '”', '、', ' ']);
    let role = role.rsplit(['，', '“', '”']).next().unwrap_or(role);
    let role = role.rsplit("造成").next().filter(|rest| !rest.is_empty()).unwrap_or(role);
    role.to_owned()
}
