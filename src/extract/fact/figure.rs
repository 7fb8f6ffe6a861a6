//! Figures: what is counted, of whom, and when.

mod words;

use super::count::Uncounted;
use super::draft::Draft;
use super::role::{self, Words};
use super::scene::Scene;
use super::status::status;
use super::trace::{How, Trace};
use super::whose::{self, Carry};
use crate::fact::{Fact, Term};
use crate::rule::skeleton::is_mark;
use crate::rule::{List, Rule};
use crate::schema::{Predicate, Qualifier, Type};

/// What the figures of a paragraph carry on.
#[derive(Default)]
struct Run {
    paragraph: usize,
    carry: Carry,
    /// The role of the last figure that was no change.
    role: String,
    /// The role of the last figure, its change included, and whether it was one.
    full: (String, bool),
    /// The line of that role.
    role_line: usize,
    role_clause: usize,
    /// The roles of one line that were no changes, in order, and which line.
    roles: Vec<String>,
    roles_line: usize,
}

struct Reader<'r, 'a> {
    scene: &'r Scene<'a>,
    rule: &'r Rule,
    words: Words<'r>,
    durations: &'r List,
    stops: &'r List,
    ideas: &'r List,
    casualties: &'r List,
    none: Uncounted<'r>,
    verbs: &'r List,
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
    let (durations, stops) = (rules.detail_list(rule, "durations"), rules.detail_list(rule, "stops"));
    let (ideas, verbs) = (rules.detail_list(rule, "ideas"), rules.detail_list(rule, "verbs"));
    let (casualties, none, run) = (rules.detail_list(rule, "casualties"), Uncounted::of(scene, rule), Run::default());
    let mut reader = Reader { scene, rule, words, durations, stops, ideas, casualties, none, verbs, run };
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
            || words.ends_with('级')
            || words.trim_end_matches(['”', '"']).ends_with('后')
            || words.contains(['∶', ':', '：'])
            || matches!(unit, "岁" | "周年" | "大" | "周岁")
            || norm.contains([':', '∶'])
            || matches!(unit, "地" | "级")
        {
            return;
        }
        if self.none.holds(scene, line, mark, unit, words) {
            return;
        }
        let paragraph = scene.lines[line].paragraph;
        if paragraph != self.run.paragraph {
            self.run = Run { paragraph, carry: Carry { line, subject: None }, ..Run::default() };
        }
        let (at, line_text) = (scene.lines[line].skeleton.marks[mark].0, &scene.lines[line].skeleton.text);
        let (start, _) = scene.lines[line].clauses[scene.lines[line].clause(at)];
        // 书记王芳以及师生代表300余人: others beside her.
        let beside = mark > 0 && scene.kind(line, mark - 1) == Type::Person && {
            let gap = scene.lines[line].between(mark - 1, mark);
            ["以及", "和", "及", "与"].iter().any(|word| gap.starts_with(word)) && !gap.contains('，')
        };
        if beside && matches!(unit, "人" | "名" | "位") {
            return;
        }
        if matches!(unit, "个" | "条" | "种" | "点" | "项" | "座") && self.ideas.within(&line_text[start..at]) {
            return;
        }
        let before = scene.lines[line].before(mark);
        let unit_of = |mark: usize| scene.mentions[scene.mention(line, mark)].norm.as_deref().map(self::unit);
        let alike = mark > 0 && scene.kind(line, mark - 1) == Type::Figure && unit_of(mark - 1) == Some(unit);
        let ordered = before.contains("分别") || self.run.full.1 && alike;
        let again = ordered && before.ends_with(['、', '和', '及', '与']) && self.run.role_line == line;
        let again = again && mark > 0 && scene.kind(line, mark - 1) == Type::Figure;
        let listed = again && scene.lines[line].between(mark - 1, mark).chars().count() == 1;
        let known = Some(self.run.full.clone()).filter(|(role, _)| listed && !role.is_empty());
        let Some((role, change)) = known.or_else(|| self.role(line, mark, unit)) else { return };
        self.run.full = (role.clone(), change);
        let Some((found, how)) = whose::subject(scene, line, mark, self.run.carry, self.words.after) else { return };
        // 李强总理作报告，提出国内生产总值增长5%左右: no figure of him who proposes it
        let proposed = scene.mentions[found].kind == Type::Person && self.ideas.begins(&line_text[start..at]);
        if proposed && self.words.change.ends(&role) {
            return;
        }
        // 在海拔4200米的山上: how high the place is
        let place = scene.mentions[found].kind == Type::Place;
        let high = before.ends_with("海拔") && !place;
        // 甲市51%股权: a place holds no shares, so another name was not read.
        let after = scene.lines[line].after(mark).trim_start_matches('的');
        let shares = unit == "股" || after.starts_with("股权") || after.starts_with("股份");
        if high || shares && place {
            return;
        }
        // 马明告诉记者：“他们来自6个省份。”: no figure of him who speaks, unless he says 我.
        if let Some(open) = self.quoted(line, mark)
            && scene.mentions[found].kind == Type::Person
            && scene.places[found]
                .is_some_and(|(other, last)| other != line || scene.lines[line].skeleton.marks[last].0 < open)
            && !scene.lines[line].skeleton.text[open..].contains('我')
        {
            return;
        }
        // 来自32个国家的嘉宾 are those of an event.
        if before.ends_with("来自") && scene.mentions[found].kind != Type::Event {
            return;
        }
        // A road or a scheme is carried no further than one sentence from where it is named.
        let thing = scene.mentions[found].kind == Type::Program
            || scene.mentions[found].kind == Type::Place && !whose::is_area(scene, found);
        let from = if how == How::Carried && thing { self.run.carry.line } else { line };
        self.run.carry = Carry { line: from, subject: Some(found) };
        if self.run.roles_line != line {
            self.run.roles.clear();
            self.run.roles_line = line;
        }
        let (subject, role) = self.in_order(line, mark, found, role, change);
        if !change {
            self.run.roles.push(role.clone());
        }
        let ordered = subject != found || scene.lines[line].before(mark).contains("分别");
        let subjects = if ordered { vec![subject] } else { self.all_of(line, subject, how) };
        let role = if how == How::Noun { without_noun(scene, &role).to_owned() } else { role };
        let at = scene.lines[line].skeleton.marks[mark].0;
        let mut qualifiers = Vec::new();
        if !role.is_empty() {
            qualifiers.push((Qualifier::Role, Term::Text(role)));
        }
        if let Some(time) = self.time(line, mark, change) {
            qualifiers.push((Qualifier::Time, time));
        }
        for subject in subjects {
            let fact = Fact {
                subject: Term::Mention(subject),
                predicate: Predicate::HasFigure,
                object: Term::Mention(mention),
                qualifiers: qualifiers.clone(),
                status: status(scene, line, at, at + 3),
                rule: self.rule.id,
                evidence: scene.lines[line].span,
            };
            draft.add(fact, Trace::of(line, at, at + 3).subject(how));
        }
    }

    /// Where the quotation begins in which a figure stands.
    fn quoted(&self, line: usize, mark: usize) -> Option<usize> {
        let sentence = &self.scene.lines[line];
        let before = &sentence.skeleton.text[..sentence.skeleton.marks[mark].0];
        let open = before.rfind('“')?;
        (!before[open..].contains('”')).then_some(open)
    }

    /// 甲部、乙部预拨资金3亿元: bodies that act together, each.
    fn all_of(&self, line: usize, subject: usize, how: How) -> Vec<usize> {
        let scene = self.scene;
        let together = matches!(how, How::Clause | How::Sentence)
            && scene.mentions[subject].kind == Type::Organization
            && scene.places[subject].is_some_and(|(other, _)| other == line);
        match scene.places[subject].filter(|_| together) {
            Some((_, mark)) => scene.group(line, mark, &[Type::Organization]),
            None => vec![subject],
        }
    }

    /// 甲、乙产值分别增长3%、5%: the figures behind 分别 belong to the members of the list before it, one each,
    /// be they those whose figures they are or what is counted (第一、第二产业).
    fn in_order(&self, line: usize, mark: usize, subject: usize, role: String, change: bool) -> (usize, String) {
        let scene = self.scene;
        let sentence = &scene.lines[line];
        let figure = |mark: usize| scene.kind_at(line, mark) == Some(Type::Figure);
        let listed = |a: usize| {
            let gap = sentence.between(a, a + 1);
            a + 1 < sentence.skeleton.marks.len()
                && figure(a)
                && figure(a + 1)
                && matches!(gap, "、" | "和" | "，" | "及" | "")
        };
        let mut first = mark;
        while first > 0 && listed(first - 1) {
            first -= 1;
        }
        let mut last = mark;
        while listed(last) {
            last += 1;
        }
        let (count, number) = (last - first + 1, mark - first);
        let before = sentence.before(first);
        // 收入分别达到5万元、2万元，增长4%、6%: the word need not be said again.
        if count < 2 || !before.contains("分别") && !change {
            return (subject, role);
        }
        let kind = scene.mentions[subject].kind;
        let members = match scene.places[subject] {
            Some((other, at)) if other == line => scene.group(line, at, &[kind]),
            _ => Vec::new(),
        };
        if members.len() == count {
            return (members[number], role);
        }
        let items: Vec<&str> = role.split(['、', '和', '与', '及']).filter(|item| !item.is_empty()).collect();
        if items.len() != count {
            // 收入3亿元，利润2亿元，分别增长5%、6%: each the change of one of the figures before.
            let roles = &self.run.roles;
            let changed = roles.last().and_then(|last| role.strip_prefix(last.as_str()));
            let own = roles.len().checked_sub(count).and_then(|from| roles.get(from + number));
            return match (changed, own) {
                (Some(changed), Some(own)) if self.run.role_line == line => (subject, format!("{own}{changed}")),
                _ => (subject, role),
            };
        }
        // 第一、第二产业增加值: what the last item says beyond its first part is said of all.
        let heads = scene.vocabulary.shared_heads.iter();
        let tails = heads.filter_map(|head| items[count - 1].split_once(head.as_str()).map(|(_, tail)| (head, tail)));
        let tail = tails.max_by_key(|(head, _)| head.len());
        let item = match tail {
            Some((head, tail)) if number + 1 < count && !items[number].ends_with(tail) => {
                format!("{}{head}{tail}", items[number].trim_end_matches(head))
            }
            _ => items[number].to_owned(),
        };
        (subject, item)
    }

    /// The role and whether it is a change; `None` for figures that count nothing of anybody.
    fn role(&mut self, line: usize, mark: usize, unit: &str) -> Option<(String, bool)> {
        let scene = self.scene;
        let sentence = &scene.lines[line];
        let at = sentence.skeleton.marks[mark].0;
        let clause = sentence.clause(at);
        let (start, end) = sentence.clauses[clause];
        let after = &sentence.skeleton.text[at + 3..end.max(at + 3)];
        // 3小时52分 is a span of time, 31分 a score.
        let spans = role::is_time_span(unit) || unit == "分" && scene.words(scene.mention(line, mark)).contains("小时");
        if !spans
            && mark > 0
            && sentence.skeleton.marks[mark - 1].0 + 3 == at
            && scene.kind(line, mark - 1) == Type::Figure
        {
            return (self.run.role_line == line && !self.run.role.is_empty()).then(|| (self.run.role.clone(), false));
        }
        // 现有国家重点实验室3个: a body or place that is counted.
        if let Some(counted) = whose::counted(scene, line, mark) {
            let role = scene.words(scene.mention(line, counted)).to_owned();
            self.run.role = role.clone();
            self.run.role_line = line;
            self.run.role_clause = clause;
            return Some((role, false));
        }
        // 已造成3人遇难、5人受伤: what befell them stands behind the number.
        if let Some(fate) = self.casualties.starting(after).max_by_key(|fate| fate.len()) {
            self.run.role_line = line;
            self.run.role_clause = clause;
            fate.clone_into(&mut self.run.role);
            return Some((fate.to_owned(), false));
        }
        let (mut left, dated) = self.left(line, mark, start);
        // 所占的比重，由1954年的33%上升到34%
        if left.is_empty()
            && clause > 0
            && sentence.skeleton.text[start..].trim_start_matches('将').starts_with(['由', '从'])
        {
            left = self.left(line, mark, sentence.clauses[clause - 1].0).0;
        }
        let following = self.noun(line, at + 3, after);
        let counter = self.none.counters.holds(unit);
        let plain = role::clean(&left, &self.words);
        if spans {
            let noun = self.durations.ending(&plain).max_by_key(|noun| noun.len());
            return noun.map(|noun| (noun.to_owned(), false));
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
            // 工业总产值比去年同期增长13%
            let own = if own.is_empty() { self.compared(&dated) } else { own };
            let base = if own.is_empty() && self.run.role_line == line { self.run.role.clone() } else { own };
            let base = base.trim_end_matches("分别").to_owned();
            return Some((format!("{base}{word}"), true));
        }
        // 由甲增加到乙: the second figure has the role of the first.
        // 由甲变为乙 is one clause; 为 at the head of another says for whom.
        let other = mark.checked_sub(1).is_none_or(|last| sentence.skeleton.marks[last].0 < start);
        let moved = left.trim_end().ends_with(['到', '至', '为'])
            && mark > 0
            && !(other && left.trim_end().ends_with('为'))
            && plain_moved(&left, &self.words);
        if moved && self.run.role_line == line && !self.run.role.is_empty() {
            return Some((self.run.role.clone(), false));
        }
        // 上升到34%: of what nobody says.
        if moved && self.words.change.holds(&plain) {
            return None;
        }
        if let Some(share) = plain
            .find('占')
            .filter(|_| self.run.role_line == line && plain.starts_with('占') && !plain.starts_with("占地"))
        {
            return Some((format!("{}{}", self.run.role, &plain[share..]), false));
        }
        let mut role = plain.clone();
        // 家里种了12亩杨梅
        let grown = plain.ends_with(['种', '养', '栽', '买', '捐', '喂']);
        if (counter || grown) && !following.is_empty() && !following.starts_with(['以', '左', '参', '受', '获']) {
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
        // 洪峰出现在甲镇，达200毫米: a word that only leads to the figure names nothing that is counted.
        if self.words.before.holds(&role) && self.run.role_line == line && !self.run.role.is_empty() {
            role = self.run.role.clone();
        }
        if role.is_empty() {
            return None;
        }
        let role = self.shorten(&role);
        // 大力推进千亩茶园行动: what is done is not what is counted.
        if scene.rules.list("run_verb").holds(&role) {
            return None;
        }
        self.run.role = role.clone();
        self.run.role_line = line;
        self.run.role_clause = clause;
        Some((role, false))
    }

    /// When: beside it, in the sentence or carried on; the ends of a period for 从…到….
    fn time(&self, line: usize, mark: usize, change: bool) -> Option<Term> {
        let scene = self.scene;
        let at = scene.lines[line].skeleton.marks[mark].0;
        let date = scene.paragraph_time(line, at)?;
        // 成立于1958年，职工300人: no figure of that year.
        let founded = |before: &str| scene.rules.list("found_verb").ends(before);
        let begun =
            |(line, mark): (usize, usize)| scene.lines[line].before(mark).strip_suffix('于').is_some_and(founded);
        if scene.places[date].is_some_and(begun) {
            return None;
        }
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

/// 公司注册资本: the noun that stands for the company is no part of the role.
fn without_noun<'r>(scene: &Scene<'_>, role: &'r str) -> &'r str {
    let pointed = whose::pointed(scene.rules, role);
    let named = pointed.unwrap_or(role);
    let nouns = scene.rules.list("anaphor_noun").starting(named);
    let short = scene.rules.list("anaphor_short").starting(named).filter(|_| pointed.is_some());
    let rest = nouns.chain(short).map(|noun| &named[noun.len()..]).min_by_key(|rest| rest.len());
    rest.map(|rest| rest.trim_start_matches(['的', '有'])).filter(|rest| rest.chars().count() >= 2).unwrap_or(role)
}

/// Whether nothing but a movement stands between two figures: 增加到, 上升至.
fn plain_moved(left: &str, words: &Words<'_>) -> bool {
    let rest = role::clean(left, words);
    rest.is_empty() || words.change.holds(&rest)
}
