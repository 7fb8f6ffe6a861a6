//! Pattern rules over a line: from captures to facts.

use super::chain;
use super::draft::{Draft, domain, range};
use super::scene::Scene;
use super::status::status;
use super::trace::{Argument, How, Part, Trace};
use crate::fact::{Fact, Term};
use crate::rule::run::{Found, Pattern, Starts};
use crate::rule::{Action, Candidates, FactForm, Rule, Slot, Take, Work};
use crate::schema::{Predicate, Qualifier, Status, Type};

/// One match of a rule in a line, with what the match before it took.
struct Match<'m> {
    scene: &'m Scene<'m>,
    line: usize,
    pattern: &'m Pattern,
    found: &'m Found,
    /// For each fact form and qualifier: what the neighbouring match before took.
    chained: Option<&'m [Vec<(Qualifier, Term)>]>,
    chained_objects: Option<&'m [Vec<usize>]>,
}

/// Runs one of the pattern rules that can match a line; its matches begin at `starts` alone.
pub fn pattern(
    scene: &Scene<'_>,
    line: usize,
    candidates: &Candidates,
    (number, starts): (usize, Starts<'_>),
    work: &mut Work,
    draft: &mut Draft<'_>,
) {
    let rule = &scene.rules.rules()[number];
    let Action::Pattern { pattern, unless, facts } = &rule.action else { return };
    let (text, chars) = (scene.lines[line].skeleton.text.as_str(), candidates.chars());
    let found = pattern.find(text, chars, starts, work);
    if found.is_empty() {
        return;
    }
    let against = unless.iter().flat_map(|pattern| pattern.search(text, chars, work));
    let against: Vec<(usize, usize)> = against.map(|found| (found.start, found.end)).collect();
    let mut last: Option<Taken> = None;
    for found in &found {
        if against.iter().any(|&(start, end)| start < found.end && found.start < end) {
            continue;
        }
        let chain = last.as_ref().filter(|last| chain::goes_on(scene, line, last.end, &last.objects, found));
        let one = Match {
            scene,
            line,
            pattern,
            found,
            chained: chain.map(|last| last.qualifiers.as_slice()),
            chained_objects: chain.map(|last| last.objects.as_slice()),
        };
        let mut taken = Taken { end: found.end, qualifiers: Vec::new(), objects: Vec::new() };
        for (number, form) in facts.iter().enumerate() {
            let (qualifiers, objects) = one.make(number, form, rule, draft);
            taken.qualifiers.push(qualifiers);
            taken.objects.push(objects);
        }
        last = Some(taken);
    }
}

struct Taken {
    end: usize,
    qualifiers: Vec<Vec<(Qualifier, Term)>>,
    objects: Vec<Vec<usize>>,
}

/// What stands inside the quotation marks that enclose the whole: “电焊状元”.
fn unquoted(words: &str) -> &str {
    let inner = words.strip_prefix('“').and_then(|rest| rest.strip_suffix('”'));
    inner.filter(|inner| !inner.contains(['“', '”'])).unwrap_or(words)
}

impl Match<'_> {
    fn make(
        &self,
        number: usize,
        form: &FactForm,
        rule: &Rule,
        draft: &mut Draft<'_>,
    ) -> (Vec<(Qualifier, Term)>, Vec<usize>) {
        let (mut subjects, mut subject_how) = self.terms(number, &form.subject, domain(form.predicate), None);
        // 到石桥县开展“春雨”行动: the county is where it is carried out.
        let oblique = |term: &Term| matches!(term, Term::Mention(index) if self.scene.places[*index].is_some_and(|(line, mark)| self.scene.is_oblique(line, mark)));
        if form.predicate == Predicate::Runs && subject_how == How::Read && subjects.iter().all(oblique) {
            let rest = Slot(form.subject.0.iter().skip(1).cloned().collect());
            (subjects, subject_how) = self.terms(number, &rest, domain(form.predicate), None);
        }
        let (objects, object_how) = self.terms(number, &form.object, range(form.predicate), None);
        let mut kept = Vec::new();
        let levels = form.object.0.contains(&Take::Previous);
        let pairs: Vec<(&Term, &Term)> = if levels {
            subjects.windows(2).map(|pair| (&pair[1], &pair[0])).collect()
        } else if form.paired {
            // 分别: as many as there are, or nothing is sure.
            let pairs = subjects.iter().zip(&objects);
            if subjects.len() == objects.len() { pairs.collect() } else { Vec::new() }
        } else {
            subjects.iter().flat_map(|subject| objects.iter().map(move |object| (subject, object))).collect()
        };
        for (subject, object) in pairs {
            // 日前 says of no day when it was.
            if range(form.predicate) == [Type::Date] && self.is_vague(object) {
                continue;
            }
            let never = form.never.as_deref().map(|name| self.scene.rules.list(name));
            if never.is_some_and(|never| never.holds(draft.name(object))) || self.is_of_another(object, &subjects) {
                continue;
            }
            let item = |list: &[Term], one: &Term| {
                let number = list.iter().position(|term| term == one).filter(|_| list.len() > 1)?;
                Some((number + 1, list.len()))
            };
            let mut trace = Trace::of(self.line, self.found.start, self.found.end);
            let level = if levels { How::Level } else { object_how };
            trace.arguments.push(Argument { part: Part::Subject, how: subject_how, item: item(&subjects, subject) });
            trace.arguments.push(Argument { part: Part::Object, how: level, item: item(&objects, object) });
            let mut qualifiers = Vec::new();
            let mut open = false;
            for (qualifier, slot) in &form.qualifiers {
                let types: &[Type] = match qualifier {
                    Qualifier::Time => &[Type::Date],
                    Qualifier::Place => &[Type::Place],
                    Qualifier::Org => &[Type::Organization],
                    Qualifier::Role => &[],
                    Qualifier::Count => &[Type::Figure],
                };
                if *qualifier == Qualifier::Org && self.is_of_no_body(object) {
                    continue;
                }
                if let Some((term, how)) = self.qualifier(number, *qualifier, slot, types, object) {
                    trace = trace.with(Part::Qualifier(*qualifier), how);
                    qualifiers.push((*qualifier, term));
                } else {
                    open |= slot.0.contains(&Take::Until);
                }
            }
            // Left on a day that nobody knows: nothing can be said of when the post was held.
            if open {
                continue;
            }
            kept.clone_from(&qualifiers);
            // 不再担任: that the post was held until then is stated.
            let until = form.qualifiers.iter().any(|(_, slot)| slot.0.contains(&Take::Until));
            let status = status(self.scene, self.line, self.found.start, self.found.end);
            let fact = Fact {
                subject: subject.clone(),
                predicate: form.predicate,
                object: object.clone(),
                qualifiers,
                status: if until && status == Status::Negated { Status::Stated } else { status },
                rule: rule.id,
                evidence: self.scene.lines[self.line].span,
            };
            draft.add(fact, trace);
        }
        let objects =
            objects.iter().filter_map(|term| if let Term::Mention(index) = term { Some(*index) } else { None });
        (kept, objects.collect())
    }

    /// Whether a term is a date that nobody can place.
    fn is_vague(&self, date: &Term) -> bool {
        matches!(date, Term::Mention(index) if self.scene.mentions[*index].norm.is_none())
    }

    fn groups<'s>(&'s self, name: &'s str) -> impl Iterator<Item = (usize, usize)> + 's {
        let names = self.pattern.captures.iter().zip(&self.found.groups);
        names.filter(move |(known, _)| *known == name).filter_map(|(_, group)| *group)
    }

    /// The terms of a slot; the first place that gives any counts.
    fn terms(&self, number: usize, slot: &Slot, types: &[Type], object: Option<&Term>) -> (Vec<Term>, How) {
        slot.0
            .iter()
            .map(|take| (self.take(number, take, types, object), How::of(take)))
            .find(|(terms, _)| !terms.is_empty())
            .unwrap_or((Vec::new(), How::Read))
    }

    fn take(&self, number: usize, take: &Take, types: &[Type], object: Option<&Term>) -> Vec<Term> {
        let (scene, line) = (self.scene, self.line);
        let (start, end) = (self.found.start, self.found.end);
        let fits = |index: &usize| types.contains(&scene.mentions[*index].kind);
        let skeleton = &scene.lines[line].skeleton;
        let leveled = types == [Type::Place] || types == range(Predicate::Visited);
        let mentions = |found: Vec<usize>| found.into_iter().map(Term::Mention).collect::<Vec<_>>();
        match take {
            Take::Capture(name) => {
                let inside = self.groups(name).flat_map(|(from, to)| skeleton.mentions_in(from, to)).filter(fits);
                mentions(inside.filter(|&index| !leveled || self.is_last_level(index)).collect())
            }
            Take::Words(name) => self
                .groups(name)
                .map(|(from, to)| Term::Text(unquoted(scene.source(line, from, to).trim()).to_owned()))
                .filter(|term| *term != Term::Text(String::new()))
                .collect(),
            Take::Carried(_) if self.is_counted() => Vec::new(),
            Take::Carried(wanted) if self.touching(wanted, &fits).is_some() => {
                let mark = self.touching(wanted, &fits).unwrap_or_default();
                mentions(scene.group(line, mark, wanted).into_iter().filter(fits).collect())
            }
            Take::Carried(wanted) => mentions(scene.carried(line, start, wanted).into_iter().filter(fits).collect()),
            Take::Near(_) | Take::Body if self.is_counted() => Vec::new(),
            Take::Near(wanted) => mentions(scene.near(line, start, wanted).into_iter().filter(fits).collect()),
            Take::Times => mentions(self.times().into_iter().collect()),
            Take::Body => self.body(types),
            Take::Hero => mentions(scene.hero(line).into_iter().collect()),
            // 2005年入职，现任副院长: since when is not said.
            Take::Clause if self.is_undated() => Vec::new(),
            Take::Clause => {
                // 1958年至1964年任甲厂厂长，乙局局长: the day stands where the list begins.
                let head = scene.lines[line].clause_end(start).min(end);
                mentions(scene.clause_time(line, end).or_else(|| scene.clause_time(line, head)).into_iter().collect())
            }
            Take::Sentence => mentions(scene.sentence_time(line, end).into_iter().collect()),
            Take::Paragraph => mentions(scene.paragraph_time(line, end).into_iter().collect()),
            Take::Document => mentions(scene.article_time(line, end).into_iter().collect()),
            Take::Previous => Vec::new(),
            Take::Until => {
                let date = scene.article_time(line, end).or_else(|| scene.signed(line));
                let date = date.and_then(|date| scene.mentions[date].norm.clone());
                let date = date.or_else(|| scene.doc.date.clone());
                // Of a period the last day: 9月20日至22日举行会议，免去….
                let last = |date: String| date.rsplit('/').find(|day| *day != "..").map(|day| format!("../{day}"));
                date.and_then(last).map(Term::Text).into_iter().collect()
            }
            Take::Beside => mentions(object.and_then(|object| self.beside(object)).into_iter().collect()),
            Take::Constant(words) => vec![Term::Text(words.clone())],
            Take::Anniversary(name) => self.anniversary(name).into_iter().collect(),
            Take::Birth(name) => self.life(name).map(|(birth, _)| Term::Text(birth)).into_iter().collect(),
            Take::Death(name) => self.life(name).map(|(_, death)| Term::Text(death)).into_iter().collect(),
            Take::Left => mentions(object.and_then(|object| self.left_of(object, types)).into_iter().collect()),
            Take::Chain if self.opens_with_own_post() => Vec::new(),
            Take::Chain => {
                mentions(self.chained_objects.and_then(|objects| objects.get(number)).cloned().unwrap_or_default())
            }
        }
    }

    /// A person directly before the match, as far as one is wanted and no preposition governs the name: what
    /// opens the clause may be the body that is read no further (甲医院第一中心主任王芳获…).
    fn touching(&self, wanted: &[Type], fits: &impl Fn(&usize) -> bool) -> Option<usize> {
        let line = &self.scene.lines[self.line];
        let mark = line.marks_in(line.lead, self.found.start).next_back()?;
        let adverb = &line.skeleton.text[line.skeleton.marks[mark].0 + 3..self.found.start];
        let person = self.scene.kind(self.line, mark) == Type::Person && fits(&self.scene.mention(self.line, mark));
        let near = adverb.is_empty() || self.scene.vocabulary.adverbs.holds(adverb);
        (wanted.contains(&Type::Person)
            && wanted.len() > 1
            && person
            && near
            && !self.scene.is_oblique(self.line, mark))
        .then_some(mark)
    }

    /// Whether the match follows a count of people, bodies or areas, who are meant and have no names: 其中3人获得…,
    /// 2147个县（市、区）实施….
    fn is_counted(&self) -> bool {
        const UNITS: [&str; 7] = [" 人", " 名", " 位", " 家", " 支", " 户", " 个"];
        let line = &self.scene.lines[self.line];
        let Some(mark) = line.marks_in(0, self.found.start).next_back() else { return false };
        let gap = &line.skeleton.text[line.skeleton.marks[mark].0 + 3..self.found.start];
        let gap = gap.split_once('（').and_then(|(before, rest)| Some((before, rest.split_once('）')?.1)));
        let gap = gap.map_or_else(
            || line.skeleton.text[line.skeleton.marks[mark].0 + 3..self.found.start].to_owned(),
            |(before, after)| format!("{before}{after}"),
        );
        let norm = self.scene.mentions[self.scene.mention(self.line, mark)].norm.as_deref().unwrap_or("");
        // 甲队等6个代表团 are those named and others, 王芳一行6人 she and others.
        self.scene.kind(self.line, mark) == Type::Figure
            && gap.chars().count() <= 4
            && !line.before(mark).ends_with(['等', '行'])
            && !gap.contains(['，', '、', '。', '；', '：'])
            && UNITS.iter().any(|unit| norm.ends_with(unit))
    }

    /// Whether a place or body is not merely the level above the next (北京|前门).
    fn is_last_level(&self, index: usize) -> bool {
        let Some((line, mark)) = self.scene.places[index] else { return true };
        let level = |kind: Type| matches!(kind, Type::Place | Type::Organization);
        let marks = &self.scene.lines[line].skeleton.marks;
        let next = mark + 1 < marks.len() && marks[mark + 1].0 == marks[mark].0 + 3;
        !(next && level(self.scene.kind(line, mark)) && level(self.scene.kind(line, mark + 1)))
    }

    fn qualifier(
        &self,
        number: usize,
        qualifier: Qualifier,
        slot: &Slot,
        types: &[Type],
        object: &Term,
    ) -> Option<(Term, How)> {
        for take in &slot.0 {
            if *take == Take::Chain {
                let kept = self.chained.and_then(|forms| forms.get(number));
                let term = kept.and_then(|kept| kept.iter().find(|(known, _)| *known == qualifier));
                if let Some((_, term)) = term {
                    return Some((term.clone(), How::Chain));
                }
                continue;
            }
            if let Some(term) = self.take(number, take, types, Some(object)).into_iter().next() {
                return Some((term, How::of(take)));
            }
        }
        None
    }

    /// The nearest mention of the types on the left of the object, inside the match.
    fn left_of(&self, object: &Term, types: &[Type]) -> Option<usize> {
        let Term::Mention(object) = object else { return None };
        let (_, mark) = self.scene.places[*object]?;
        let line = &self.scene.lines[self.line];
        line.marks_in(self.found.start, line.skeleton.marks[mark].0)
            .rev()
            .find(|&mark| types.contains(&self.scene.kind(self.line, mark)))
            .map(|mark| self.level(*object, mark))
    }

    /// 某学院教务处处长、院长: the head of the academy, not of its office; the level of a body that a post names, else
    /// the nearest such body on the left.
    fn level(&self, post: usize, mark: usize) -> usize {
        let body = self.scene.mention(self.line, mark);
        let words = self.scene.words(post);
        let stem =
            words.strip_suffix('长').map(|stem| stem.trim_start_matches("常务").trim_start_matches(['副', '总']));
        let ends: &[&str] = match stem {
            Some("校") => &["大学", "学校", "中学", "小学"],
            Some("院") => &["院"],
            Some("局") => &["局"],
            Some("厂") => &["厂"],
            Some("所") => &["所"],
            Some("董事") => &["公司", "集团"],
            _ => return body,
        };
        let ends_well = |mention: usize| ends.iter().any(|end| self.scene.words(mention).ends_with(end));
        if ends_well(body) {
            return body;
        }
        let span = self.scene.mentions[body].span;
        let inner = (0..self.scene.mentions.len()).filter(|&other| {
            let mention = &self.scene.mentions[other];
            mention.inner && mention.span.start == span.start && mention.span.end < span.end && ends_well(other)
        });
        let line = &self.scene.lines[self.line];
        let left = || {
            let mut marks = line.marks_in(0, line.skeleton.marks[mark].0).rev();
            marks.find_map(|other| {
                let mention = self.scene.mention(self.line, other);
                (self.scene.kind(self.line, other) == Type::Organization && ends_well(mention)).then_some(mention)
            })
        };
        inner.max_by_key(|&other| self.scene.mentions[other].span.end).or_else(left).unwrap_or(body)
    }

    /// Whether a post or body stands directly before the name of somebody who is no subject of the
    /// match: 担任评委，副院长李明 gives the post of 李明 to nobody else.
    fn is_of_another(&self, object: &Term, subjects: &[Term]) -> bool {
        let Term::Mention(object) = object else { return false };
        let Some((line, mut mark)) = self.scene.places[*object] else { return false };
        let attribute = |kind: Type| matches!(kind, Type::Position | Type::Organization);
        let place = self.scene.lines[line].skeleton.marks[mark].0;
        let inside = line == self.line && (self.found.start..self.found.end).contains(&place);
        if !inside || !attribute(self.scene.kind(line, mark)) {
            return false;
        }
        while attribute(self.scene.kind(line, mark)) {
            let next = mark + 1;
            if next >= self.scene.lines[line].skeleton.marks.len()
                || !matches!(self.scene.lines[line].between(mark, next), "" | "、")
            {
                return false;
            }
            mark = next;
        }
        self.scene.kind(line, mark) == Type::Person
            && mark.checked_sub(1).is_some_and(|last| self.scene.lines[line].between(last, mark).is_empty())
            && !subjects.contains(&Term::Mention(self.scene.mention(line, mark)))
    }

    /// Whether the match says what somebody is, and the day before it since when something else was so.
    fn is_undated(&self) -> bool {
        let (text, start) = (&self.scene.lines[self.line].skeleton.text, self.found.start);
        let undated = self.scene.vocabulary.undated;
        undated.begins(&text[start..]) || undated.ends(&text[..start])
    }

    /// Whether a post says by itself whose it is (市长) and no body stands directly before it.
    fn is_of_no_body(&self, object: &Term) -> bool {
        let Term::Mention(object) = object else { return false };
        let own = self.scene.vocabulary.own_posts.iter().any(|post| *post == self.scene.words(*object));
        let Some((line, mark)) = self.scene.places[*object].filter(|_| own) else { return false };
        let beside = mark.checked_sub(1).filter(|&last| {
            self.scene.kind(line, last) == Type::Organization
                && matches!(self.scene.lines[line].between(last, mark), "" | "的" | "原")
        });
        beside.is_none()
    }

    /// Whether the first post of the match is such a one: 市委书记王芳、市长李明 puts 李明 into no committee.
    fn opens_with_own_post(&self) -> bool {
        let line = &self.scene.lines[self.line];
        let mut marks = line.marks_in(self.found.start, self.found.end);
        let post = marks.find(|&mark| self.scene.kind(self.line, mark) == Type::Position);
        post.is_some_and(|mark| self.is_of_no_body(&Term::Mention(self.scene.mention(self.line, mark))))
    }

    /// The body that the article speaks for; the State Council where it is not named.
    fn body(&self, types: &[Type]) -> Vec<Term> {
        let article = self.scene.lines[self.line].article;
        if types.contains(&Type::Organization)
            && let Some(government) = self.scene.government(article)
        {
            return vec![Term::Text(government)];
        }
        match self.scene.body(article) {
            Some(body) if types.contains(&self.scene.mentions[body].kind) => vec![Term::Mention(body)],
            None if self.scene.is_of_state(article) && types.contains(&Type::Organization) => {
                vec![Term::Text("国务院".to_owned())]
            }
            _ => Vec::new(),
        }
    }

    /// The figure with 次 in the clause before the end of the match.
    fn times(&self) -> Option<usize> {
        let line = &self.scene.lines[self.line];
        let (start, _) = line.clauses[line.clause(self.found.start)];
        let mut marks = line.marks_in(start, self.found.end);
        let times = |mark: &usize| {
            let norm = self.scene.mentions[self.scene.mention(self.line, *mark)].norm.as_deref();
            self.scene.kind(self.line, *mark) == Type::Figure && norm.is_some_and(|norm| norm.ends_with('次'))
        };
        marks.rfind(times).map(|mark| self.scene.mention(self.line, mark))
    }

    /// The figure next to the object: 全国劳动模范1670名, 1670名全国劳动模范.
    fn beside(&self, object: &Term) -> Option<usize> {
        let Term::Mention(object) = object else { return None };
        let (_, mark) = self.scene.places[*object]?;
        let line = &self.scene.lines[self.line];
        let near = |a: usize, b: usize| {
            let gap = line.between(a, b);
            gap.chars().count() <= 4 && !gap.contains(['、', '，', '和', '。'])
        };
        let figure = |mark: &usize| {
            let norm = self.scene.mentions[self.scene.mention(self.line, *mark)].norm.as_deref().unwrap_or("");
            let unit = norm.split_once(' ').map_or("", |(_, unit)| unit);
            self.scene.kind(self.line, *mark) == Type::Figure && !self.scene.vocabulary.no_count.holds(unit)
        };
        let right = Some(mark + 1).filter(|&next| next < line.skeleton.marks.len() && near(mark, next));
        let left = mark.checked_sub(1).filter(|&last| near(last, mark));
        right.filter(figure).or(left.filter(figure)).map(|mark| self.scene.mention(self.line, mark))
    }

    /// （1932年3月—2019年5月）: both ends of a period that is as long as a life and not as a term of office.
    fn life(&self, name: &str) -> Option<(String, String)> {
        let skeleton = &self.scene.lines[self.line].skeleton;
        let date = self.groups(name).flat_map(|(from, to)| skeleton.mentions_in(from, to)).next()?;
        let (birth, death) = self.scene.mentions[date].norm.as_deref()?.split_once('/')?;
        let year = |day: &str| day.get(..4).and_then(|year| year.parse::<i32>().ok());
        let years = year(death)? - year(birth)?;
        (16..=120).contains(&years).then(|| (birth.to_owned(), death.to_owned()))
    }

    /// 成立100周年 said in 2025: 1925.
    fn anniversary(&self, name: &str) -> Option<Term> {
        let scene = self.scene;
        let skeleton = &scene.lines[self.line].skeleton;
        let figure = self.groups(name).flat_map(|(from, to)| skeleton.mentions_in(from, to)).next()?;
        let norm = scene.mentions[figure].norm.as_deref()?;
        let years: i32 = norm.split(' ').next()?.parse().ok().filter(|_| norm.ends_with('年'))?;
        let said = scene
            .sentence_time(self.line, self.found.end)
            .and_then(|date| scene.mentions[date].norm.clone())
            .or_else(|| scene.doc.date.clone())?;
        let year: i32 = said.get(..4)?.parse().ok()?;
        Some(Term::Text(year.checked_sub(years).filter(|_| years > 0)?.to_string()))
    }
}
