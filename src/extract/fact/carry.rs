//! What the text carries on: subjects that a clause leaves out, and times said further up.

use super::role::is_time_span;
use super::scene::Scene;
use crate::rule::skeleton::is_mark;
use crate::schema::Type;

/// How many sentences of the paragraph a subject is carried over.
const REACH: usize = 5;
/// A person's life is told in more sentences that name nobody: 1951年任…。1958年任…。
const LIFE: usize = 30;

impl Scene<'_> {
    /// The mentions of the given types that are the subject at a place of a line: of the clause, else
    /// of the clauses before it, else of the sentences before it in the paragraph; after 他, 她 also of
    /// the paragraph before. All members of a list are given.
    pub fn carried(&self, line: usize, at: usize, types: &[Type]) -> Vec<usize> {
        let mut found = self.carried_any(line, at, types);
        if types == [Type::Event] && self.holds_unnamed(line, at) {
            let own = |event: &usize| self.places[*event].is_some_and(|place| place.0 == line);
            found.retain(own);
        } else if types == [Type::Event] {
            let text = &self.lines[line].skeleton.text;
            found.retain(|&event| self.may_mean(text, event));
            if found.is_empty() && self.names_an_event(line) {
                found.extend(self.meant_event(line, at));
            }
        }
        found
    }

    fn carried_any(&self, line: usize, at: usize, types: &[Type]) -> Vec<usize> {
        let sentence = &self.lines[line];
        let clause = sentence.clause(at);
        let (start, _) = sentence.clauses[clause];
        let start = start.min(at);
        // 甲任局长，张某同志不再担任局长: the clause names somebody, if only in a name that was not read.
        let (before, after) = (&sentence.skeleton.text[start..at], &sentence.skeleton.text[at..]);
        if types == [Type::Person] && (unread(before) || after.starts_with('辞') && accepted(before)) {
            return Vec::new();
        }
        let own = self.first_subject(line, start, at, types, true).or_else(|| {
            let blocked = self.first_subject(line, start, at, &[Type::Document], false).is_some();
            self.first_subject(line, start, at, types, false).filter(|_| !blocked)
        });
        if let Some(mark) = own {
            return self.group(line, mark, types);
        }
        // Whatever opens a clause comes before what only stands in one; bodies and places are
        // carried on only from the opening of a clause.
        for strict in [true, false] {
            let loose: Vec<Type> = types.iter().copied().filter(|kind| strict || is_loose(*kind)).collect();
            for earlier in (0..clause).rev() {
                let (start, end) = sentence.clauses[earlier];
                if let Some(mark) = self.first_subject(line, start, end, &loose, strict) {
                    return self.group(line, mark, types);
                }
            }
        }
        // Only from the first sentence of a paragraph on: 他 further down may be somebody of that paragraph.
        // 妻子王芳…: of whom the paragraph before is
        let kin = || self.rules.list("kin").begins(sentence.skeleton.text.trim_start());
        let mut pronoun = self.has_pronoun(line, 0, at) || types.contains(&Type::Person) && kin();
        let reach = if types.contains(&Type::Person) { LIFE } else { REACH };
        for earlier in (line.saturating_sub(reach)..line).rev() {
            let other = &self.lines[earlier];
            if other.paragraph != sentence.paragraph {
                break;
            }
            if let Some(found) = self.topic(earlier, types) {
                // 王芳、李明来了。她…: which of them is not said
                let one = found.len() > 1 && types == [Type::Person] && self.is_one(line, start);
                return if one { Vec::new() } else { found };
            }
            pronoun = self.has_pronoun(earlier, 0, other.skeleton.text.len());
        }
        if types.contains(&Type::Person)
            && let Some(found) = self.introduced(line)
        {
            return vec![found];
        }
        if pronoun && types.contains(&Type::Person) {
            let before = sentence.paragraph.saturating_sub(1);
            let lines = (0..line).rev().take(REACH + 5);
            // Who only says something of her in the paragraph before is not whom 她 means.
            let told = |earlier: &usize| self.lines[*earlier].paragraph == before;
            for earlier in lines.filter(told).filter(|&earlier| !self.is_spoken(earlier)) {
                if let Some(found) = self.topic(earlier, types) {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// 李明，男，1955年生… ／ 1975年至1978年，…: whose life a paragraph goes on with that begins with a date and names
    /// nobody, by the paragraph before it.
    fn introduced(&self, line: usize) -> Option<usize> {
        let paragraph = self.lines[line].paragraph;
        let first = |paragraph: usize| self.lines.partition_point(|line| line.paragraph < paragraph);
        let dated = |line: usize| {
            let sentence = &self.lines[line];
            sentence.skeleton.text.starts_with(is_mark) && self.kind_at(line, 0) == Some(Type::Date)
        };
        if !dated(first(paragraph)) {
            return None;
        }
        let paragraphs = (paragraph.saturating_sub(LIFE)..paragraph).rev();
        let opening = paragraphs.map(first).find(|&line| line < self.lines.len() && !dated(line))?;
        if !self.lines[opening].skeleton.text.starts_with(is_mark) || self.kind(opening, 0) != Type::Person {
            return None;
        }
        let after = self.lines[opening]
            .after(0)
            .trim_start_matches("先生")
            .trim_start_matches("女士")
            .trim_start_matches("同志")
            .trim_start_matches(['：', '，', '（']);
        let same = self.lines[opening].article == self.lines[line].article;
        let life = ["男", "女", "汉族", "简历", "中国国籍"].iter().any(|word| after.starts_with(word))
            || after.starts_with(is_mark) && self.kind_at(opening, 1) == Some(Type::Date);
        (life && same).then(|| self.mention(opening, 0))
    }

    /// The person whom an article is about, for a line that names nobody and follows on what is said of that person.
    pub fn hero(&self, line: usize) -> Option<usize> {
        let heroes = self.heroes.get_or_init(|| {
            let mut heroes = vec![None; self.lines.len()];
            for article in 0..self.doc.articles.len() {
                self.find_hero(article, &mut heroes);
            }
            heroes
        });
        heroes.get(line).copied().flatten()
    }

    /// The first person whom a sentence of the article is about, where most of its sentences are and nobody else is
    /// named as often; told for each line that comes after one about that person.
    fn find_hero(&self, article: usize, heroes: &mut [Option<usize>]) {
        let first = self.lines.partition_point(|line| line.article < article);
        let last = self.lines.partition_point(|line| line.article <= article);
        let topic = |line: usize| {
            let end = self.lines[line].skeleton.text.len();
            let mark = self.first_subject(line, 0, end, &[Type::Person], true)?;
            let alone = self.group(line, mark, &[Type::Person]).len() == 1;
            Some((self.mention(line, mark), alone))
        };
        let topics: Vec<Option<(usize, bool)>> = (first..last).map(topic).collect();
        let Some((hero, true)) = topics.iter().flatten().next().copied() else { return };
        let name = self.name(hero);
        let is_hero = |mention: usize| self.name(mention) == name;
        let all = topics.iter().flatten().count();
        let own = topics.iter().flatten().filter(|(mention, alone)| *alone && is_hero(*mention)).count();
        let people = (first..last).flat_map(|line| {
            let marks = self.lines[line].marks_in(self.lines[line].lead, self.lines[line].skeleton.text.len());
            marks.filter(move |&mark| self.kind(line, mark) == Type::Person).map(move |mark| self.mention(line, mark))
        });
        let named: Vec<usize> = people.collect();
        let count = named.iter().filter(|&&mention| is_hero(mention)).count();
        // 李明简历, 李明，男，…: the lines below are of nobody else.
        let told = self.places[hero].is_some_and(|(line, mark)| {
            let after = self.lines[line].after(mark);
            ["简历", "同志简历", "，男", "，女", "（男", "（女"].iter().any(|word| after.starts_with(word))
        });
        if own * 3 < all * 2 || count < 2 && !told || count * 2 <= named.len() {
            return;
        }
        let mut of_hero = false;
        for (at, topic) in topics.iter().enumerate() {
            if let Some((mention, alone)) = topic {
                of_hero = *alone && is_hero(*mention);
            }
            heroes[first + at] = Some(hero).filter(|_| of_hero);
        }
    }

    /// The mention of the types that opens the clause of a place, or one before it in the sentence. A
    /// place must be what acts: 石桥县要, 石桥县启动, not 石桥县各级工会.
    pub fn near(&self, line: usize, at: usize, types: &[Type]) -> Vec<usize> {
        let sentence = &self.lines[line];
        let clause = sentence.clause(at);
        for earlier in (0..=clause).rev() {
            let (start, end) = sentence.clauses[earlier];
            let Some(mark) = self.first_subject(line, start, end.min(at), types, true) else { continue };
            let group = self.group(line, mark, types);
            let last = group.last().and_then(|&mention| self.places[mention]).map_or(mark, |(_, mark)| mark);
            let after = sentence.after(last);
            let acts = after.is_empty()
                || after.starts_with(is_mark)
                || self.vocabulary.acts.begins(after)
                || self.rules.list("run_verb").begins(after);
            if self.kind(line, mark) != Type::Place || acts {
                return group;
            }
        }
        Vec::new()
    }

    /// 会议, 峰会: a noun that stands for an event named before.
    fn names_an_event(&self, line: usize) -> bool {
        let text = &self.lines[line].skeleton.text;
        self.rules.list("event_noun").within(text)
    }

    /// The nearest mention before a place that is meant, at most fifteen sentences up in the article.
    pub fn last_that(&self, line: usize, at: usize, meant: impl Fn(usize) -> bool) -> Option<usize> {
        let article = self.lines[line].article;
        (line.saturating_sub(15)..=line).rev().filter(|&other| self.lines[other].article == article).find_map(|other| {
            let end = if other == line { at } else { self.lines[other].skeleton.text.len() };
            let mut marks = self.lines[other].marks_in(0, end).rev().map(|mark| self.mention(other, mark));
            marks.find(|&mention| meant(mention))
        })
    }

    /// What a sentence is about: the first fitting mention that opens a clause, else the first that
    /// heads its phrase, with its list.
    pub fn topic(&self, line: usize, types: &[Type]) -> Option<Vec<usize>> {
        let end = self.lines[line].skeleton.text.len();
        let loose: Vec<Type> = types.iter().copied().filter(|kind| is_loose(*kind)).collect();
        // “王老师来了。”李明说: the sentence is about him who speaks.
        let text = &self.lines[line].skeleton.text;
        let start = text.strip_prefix('“').and_then(|rest| rest.find('”')).map_or(0, |at| at + 2 * '“'.len_utf8());
        let topic = |start: usize| {
            self.first_subject(line, start, end, types, true)
                .or_else(|| self.first_subject(line, start, end, &loose, false))
        };
        topic(start).or_else(|| topic(0).filter(|_| start > 0)).map(|mark| self.group(line, mark, types))
    }

    /// The first mention of the types between two places that heads its phrase; with `strict`, one
    /// that opens its clause. The dateline is passed over.
    pub fn first_subject(&self, line: usize, start: usize, end: usize, types: &[Type], strict: bool) -> Option<usize> {
        self.lines[line].marks_in(start.max(self.lines[line].lead), end).find(|&mark| {
            types.contains(&self.kind(line, mark))
                && self.is_head(line, mark, false)
                && !self.is_apposition(line, mark)
                && (!strict || self.opens_clause(line, mark))
        })
    }

    /// Whether a sentence is what somebody else says of a person: 同事王芳说：“他总是先到。”
    fn is_spoken(&self, line: usize) -> bool {
        let text = &self.lines[line].skeleton.text;
        let Some((lead, said)) = text.split_once('“') else { return false };
        let speaks = self.rules.list("speech_verb").ends(lead.trim_end_matches(['：', '，']));
        speaks && said.contains(['他', '她'])
    }

    /// 李明，长河机械厂一车间主任，…: a body at the head of a clause that is nothing but somebody's post.
    fn is_apposition(&self, line: usize, mark: usize) -> bool {
        let sentence = &self.lines[line];
        let (_, end) = sentence.clauses[sentence.clause(sentence.skeleton.marks[mark].0)];
        let from = sentence.skeleton.marks[mark].0 + 3;
        let Some(rest) = sentence.skeleton.text.get(from..end).and_then(|rest| rest.strip_suffix('，')) else {
            return false;
        };
        self.kind(line, mark) == Type::Organization
            && (2..=10).contains(&rest.chars().count())
            && rest.ends_with(['长', '员', '工', '师', '手', '任'])
            && !rest.contains(['了', '着', '过', '为', '有', '是'])
    }

    /// Whether a clause begins with 他 or 她 for a single person.
    fn is_one(&self, line: usize, start: usize) -> bool {
        let text = &self.lines[line].skeleton.text[start..];
        ["他", "她"].iter().filter_map(|word| text.strip_prefix(word)).any(|rest| !rest.starts_with('们'))
    }

    /// Whether the text between two places has a pronoun for a person.
    pub fn has_pronoun(&self, line: usize, start: usize, end: usize) -> bool {
        let chars = self.lines[line].skeleton.chars();
        if !['他', '她', '这', '其', '两'].iter().any(|&c| chars.may_hold(c)) {
            return false;
        }
        let text = &self.lines[line].skeleton.text[start..end];
        if text.contains("这位") || text.contains("这名") {
            return true;
        }
        // 这个“90后”姑娘.
        let pointed = text.split_once("这个").map_or("", |(_, rest)| rest.split(['，', '。']).next().unwrap_or(""));
        if self.vocabulary.person_nouns.within(pointed) {
            return true;
        }
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
            let found = self.vocabulary.list_words.starting(rest);
            let Some(word) = found.max_by_key(|word| word.len()) else { return false };
            separated |= !matches!(word, "等" | "同志" | "原");
            if !person && matches!(word, "，" | "率") {
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
        let mut left = dates(start, at);
        left.retain(|&mark| !self.is_of_figure(line, mark, at));
        left.last().or(dates(at, end).first()).map(|&mark| self.mention(line, mark))
    }

    /// The date of the clause, else the nearest before it in the sentence.
    pub fn sentence_time(&self, line: usize, at: usize) -> Option<usize> {
        let left = self.lines[line].marks_in(0, at);
        self.clause_time(line, at).or_else(|| {
            let mut times = left.rev().filter(|&mark| self.is_time(line, mark) && !self.is_of_figure(line, mark, at));
            times.next().map(|mark| self.mention(line, mark))
        })
    }

    /// Whether a date is only that of a figure which stands before `at`: 覆盖率由|2015年|的45%提高到48%.
    fn is_of_figure(&self, line: usize, mark: usize, at: usize) -> bool {
        let sentence = &self.lines[line];
        let next = sentence.skeleton.marks.get(mark + 1).is_some_and(|next| next.0 < at);
        let span = |norm: &str| norm.split_once(' ').is_some_and(|(_, unit)| is_time_span(unit));
        let figure = next
            && self.kind(line, mark + 1) == Type::Figure
            && !self.mentions[self.mention(line, mark + 1)].norm.as_deref().is_some_and(span)
            && sentence.before(mark).ends_with(['由', '从']);
        // 的, 同期的, 末的
        figure && sentence.between(mark, mark + 1).strip_suffix('的').is_some_and(|rest| rest.chars().count() <= 2)
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
        // “十四五”以来 of another sentence is no day on which anything was done.
        let spans = |date: &usize| self.mentions[*date].norm.as_deref().is_some_and(|norm| norm.ends_with("/.."));
        let near = self.sentence_time(line, at).or_else(|| self.paragraph_time(line, at).filter(|date| !spans(date)));
        near.or_else(|| {
            (0..line)
                .rev()
                .take_while(|&earlier| self.lines[earlier].article == article)
                .take(30)
                .find_map(|earlier| self.leading_time(earlier).filter(|date| !spans(date) && !self.tells_no_day(*date)))
        })
    }

    /// 今年是关键之年, 未来6个月: what a sentence elsewhere is about, and no day on which anything was done.
    fn tells_no_day(&self, date: usize) -> bool {
        let words = self.words(date);
        // 2023年，公司实现营业收入…: a year of another paragraph is that of its figures
        let year = self.mentions[date].norm.as_deref().is_some_and(|norm| norm.len() == 4);
        year || words == "今年以来" || words.starts_with("未来") || words.starts_with("今后")
    }

    /// The day with which a notice is signed: a line at the end of the article that is nothing but a date.
    pub fn signed(&self, line: usize) -> Option<usize> {
        let article = self.lines[line].article;
        let last = self.lines.partition_point(|line| line.article <= article);
        (line + 1..last).rev().take(3).find_map(|other| {
            let sentence = &self.lines[other];
            let alone = sentence.skeleton.marks.len() == 1 && sentence.skeleton.text.trim().chars().count() == 1;
            (alone && self.is_time(other, 0)).then(|| self.mention(other, 0))
        })
    }

    /// The date with which a sentence begins.
    fn leading_time(&self, line: usize) -> Option<usize> {
        let sentence = &self.lines[line];
        let mark = (0..sentence.skeleton.marks.len().min(10)).find(|&mark| self.is_time(line, mark))?;
        let before = &sentence.skeleton.text[..sentence.skeleton.marks[mark].0];
        // 成立于1998年: the day of what happened there, and of nothing that follows.
        let told = self.vocabulary.own_day.ends(before);
        (!told && before.chars().filter(|c| !is_mark(*c)).count() <= 50).then(|| self.mention(line, mark))
    }

    /// Whether a mark is a date that says when, not one that something is compared with.
    fn is_time(&self, line: usize, mark: usize) -> bool {
        if self.kind(line, mark) != Type::Date || self.mentions[self.mention(line, mark)].norm.is_none() {
            return false;
        }
        let before = self.lines[line].before(mark);
        !["比", "较", "比去年", "超过", "相比"].iter().any(|word| before.ends_with(word))
    }
}

/// Whether characters have the length of a name, and no mention covers any of them.
fn may_be_name(text: &str) -> bool {
    (2..=4).contains(&text.chars().count()) && text.chars().all(|c| c.is_alphabetic() && !is_mark(c))
}

/// Whether a clause says whose request is accepted (接受何大江｜辞去…), in a name that was not read.
fn accepted(clause: &str) -> bool {
    clause.rsplit_once("接受").is_some_and(|(_, name)| may_be_name(name))
}

/// Whether a clause begins with two to four characters and 同志, which no mention covers.
fn unread(clause: &str) -> bool {
    let Some((name, _)) = clause.split_once("同志") else { return false };
    let counted = ["位", "名", "老", "女", "男", "些", "各", "全体", "其他", "广大", "该", "有", "领导", "让"];
    may_be_name(name) && !counted.iter().any(|word| name.contains(word))
}

/// Types that may be carried on from inside a clause.
fn is_loose(kind: Type) -> bool {
    matches!(kind, Type::Person | Type::Event | Type::Document)
}
