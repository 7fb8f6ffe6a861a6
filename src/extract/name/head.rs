//! Names that grow leftwards from a head word: 西藏自治区 ← 总工会, 建会入会 ← 行动.
//!
//! The scan goes from the head to the left over words that may stand inside a name and stops at
//! words that may not (prepositions, boundary verbs, punctuation). Where it stopped, and what it
//! passed, decides where the name begins: at an anchor (a place, a listed body, 全国), at an opening
//! quotation mark, right behind a verb that introduces such names (实施 … 行动), or at the stop.

use super::chunk::Chunks;
use super::line::{Line, is_han};
use super::segment::{Kind, Token};
use crate::lexicon::Tag;
use crate::rule::name::{Anchoring, HeadRule, Knowledge};
use crate::schema::Type;

impl HeadRule {
    /// Adds what the rule finds in a line.
    pub(super) fn find(&self, line: &Line, tokens: &[Token], knowledge: &Knowledge, chunks: &mut Chunks) {
        for at in 0..tokens.len() {
            let Some(head) = self.head(line, tokens, at, knowledge) else { continue };
            let found = self.start(line, tokens, at, head, knowledge, chunks);
            // a listed occasion grows over the year before it
            let listed = found.is_none() && head.listed && self.kind == Type::Event;
            if let Some(start) = found.or(listed.then_some(head.start)) {
                let start = self.year(line, tokens, at, start, knowledge);
                if listed && start == head.start {
                    continue;
                }
                chunks.add_headed(line, start, tokens[at].end, self.kind, self.id, tokens[at].end - head.start);
            }
        }
    }

    /// A year right before an occasion of these kinds belongs to its name: 2024年｜高原草业论坛.
    fn year(&self, line: &Line, tokens: &[Token], at: usize, start: usize, knowledge: &Knowledge) -> usize {
        let Some(year) = tokens[..=at].iter().rev().find(|token| token.end <= start) else { return start };
        let end = tokens[at].end;
        let kind = (start..end)
            .filter_map(|from| line.hit(from, end))
            .find(|hit| knowledge.lexicon.entry(hit.entry).classes.any(self.heads))
            .map_or("", |hit| knowledge.lexicon.feature(hit.entry, self.heads, "kind"));
        let ends = |word: &String| line.text(start, end).ends_with(word.as_str());
        let is_year = year.end == start
            && matches!(year.kind, Kind::Value(_))
            && matches!(line.chars[year.start..year.end], [a, _, _, _, '年'] if a.is_ascii_digit());
        if is_year && self.dated.iter().any(|k| k == kind || ends(k)) { year.start } else { start }
    }

    /// The head that ends with the token, if any.
    fn head(&self, line: &Line, tokens: &[Token], at: usize, knowledge: &Knowledge) -> Option<Head> {
        let token = &tokens[at];
        if !line.ends[token.end].any(self.heads)
            || matches!(token.kind, Kind::Value(_) | Kind::Person(_) | Kind::Place(_))
        {
            return None;
        }
        // the longest head that ends here, over as many tokens as it takes
        let first = tokens[..=at].iter().rev().take(4).next_back().map_or(0, |t| t.start);
        let hit = (first..token.end)
            .filter_map(|start| line.hit(start, token.end))
            .find(|hit| hit.classes.any(self.heads))?;
        let strong = knowledge.lexicon.feature(hit.entry, self.heads, "strength") != "weak";
        let inside = hit.start > token.start;
        let named = token.classes.any(knowledge.named);
        // a listed name is found as such; 城市, 电路, 举办 are ordinary words that end like a name
        let listed = knowledge.names(token.classes) == Some(self.kind);
        if listed && !self.extends {
            return None;
        }
        if inside {
            let route = self.proper && ends_route(line, token.start, knowledge);
            let ordinary = !named && !route && is_ordinary(token, token.end - hit.start, self.proper);
            if ordinary || token.classes.any(knowledge.position) {
                return None;
            }
        }
        if self.not_heads.iter().any(|word| word.chars().eq(line.chars[hit.start..hit.end].iter().copied())) {
            return None;
        }
        let kind = knowledge.lexicon.feature(hit.entry, self.heads, "kind");
        let inside = self.inside.iter().any(|k| k == kind);
        let relative = (hit.start + 1..hit.end - 1)
            .filter_map(|end| line.hit(hit.start, end))
            .any(|prefix| prefix.classes.any(knowledge.anchor));
        let relative = relative
            || (hit.end - hit.start == 2
                && line.hit(hit.start, hit.start + 1).is_some_and(|h| h.classes.any(knowledge.anchor)));
        Some(Head { start: if listed { token.start } else { hit.start }, strong, inside, relative, listed })
    }

    /// Where the name of that head begins.
    fn start(
        &self,
        line: &Line,
        tokens: &[Token],
        at: usize,
        head: Head,
        knowledge: &Knowledge,
        chunks: &Chunks,
    ) -> Option<usize> {
        let run = self.scan(line, tokens, at, head, knowledge, chunks);
        let end = tokens[at].end;
        let stem = head.start - run.left;
        if let Some(open) = run.quote
            && self.quotes
            && open >= run.hard
        {
            return Some(open);
        }
        if run.trusted && run.telling && stem >= self.stem && (head.strong || (run.introduced && run.words > 1)) {
            return Some(run.left);
        }
        let anchor = match self.anchoring {
            Anchoring::Outermost => run.outermost,
            // a stem with a name of its own needs no place before it
            Anchoring::Nearest if run.proper_after_anchor => None,
            Anchoring::Nearest if head.inside && run.nearest.is_some() && run.after_anchor < head.start => {
                return Some(run.after_anchor);
            }
            Anchoring::Nearest => run.nearest,
        };
        if run.route && run.left <= run.hard {
            return Some(run.hard);
        }
        if let Some(start) = anchor
            && (start >= run.hard || (self.verbs && head.strong))
            && (head.strong || (self.anchored_weak && head.start.saturating_sub(run.after_anchor) <= 8))
        {
            return Some(start);
        }
        let hard = match self.anchoring {
            Anchoring::Nearest if run.proper_after_anchor => run.hard.max(run.after_anchor),
            _ => run.hard,
        };
        let enough = hard <= head.start && head.start - hard >= self.stem;
        // 、研究室｜副主任…: a post behind it shows that a body is meant
        let near = hard.min(head.start);
        if self.held && end - head.start > 1 && head.start - near <= 10 && is_held(tokens, at, knowledge) {
            return Some(near);
        }
        // 省委, 县政府: the head itself says whose
        if head.relative && anchor.is_none() && !self.proper {
            return Some(head.start);
        }
        let evident =
            if self.proper { run.proper && (head.strong || (head.inside && run.only_proper)) } else { head.strong };
        if run.trusted && head.start == run.left && is_one_of_text(line, head.start, end, &self.alone) {
            return Some(head.start);
        }
        if self.bare && evident && !head.listed && enough && run.telling {
            return Some(hard);
        }
        None
    }

    /// Goes left from the head as far as a name may reach.
    fn scan(
        &self,
        line: &Line,
        tokens: &[Token],
        at: usize,
        head: Head,
        knowledge: &Knowledge,
        chunks: &Chunks,
    ) -> Run {
        let end = tokens[at].end;
        let mut index = at;
        while index > 0 && tokens[index].start > head.start {
            index -= 1;
        }
        let mut run = Run { left: tokens[index].start, hard: tokens[index].start, only_proper: true, ..Run::default() };
        run.after_anchor = run.left;
        let mut soft = false;
        // a token that ends with the head and begins before it holds a stem itself
        if tokens[index].start < head.start {
            run.telling = true;
            run.proper |= is_proper(line, &tokens[index], knowledge) || head.start - tokens[index].start > 2;
        }
        while index > 0 {
            let token = &tokens[index - 1];
            if end - token.start > self.max {
                break;
            }
            let mut start = token.start;
            let chunk = chunks.ending_at(token.end).filter(|c| self.anchor_types.contains(&c.kind));
            let foreign = self.kind == Type::Program
                && chunk.is_none()
                && chunks.ending_at(token.end).is_some_and(|c| matches!(c.kind, Type::Organization | Type::Person));
            if foreign {
                break;
            }
            if let Some(chunk) = chunk.filter(|c| end - c.start <= self.max) {
                start = chunk.start;
                run.anchor(start, token.end);
                run.telling = true;
            } else if token.tag == Tag::Punctuation {
                match line.chars[token.start] {
                    '”' | '’' | '」' if self.quotes || token.end == run.left => {
                        let Some(open) = opening(line, token.start).filter(|open| end - open <= self.max) else {
                            break;
                        };
                        start = open;
                        run.quote = Some(open);
                        run.telling = true;
                        run.proper = true;
                    }
                    '）' if self.quotes || !self.values => {
                        let Some(open) = bracket(line, token.start) else { break };
                        if !line.starts[open + 1].any(knowledge.place) {
                            break;
                        }
                        start = open;
                    }
                    '·' | '-' | '—' | '#' => {}
                    '、' | '，'
                        if (chunks.ending_at(token.start).is_some_and(|c| c.kind == self.kind)
                            || self.ends_counted(tokens, index - 1, chunks))
                            && !self.trusted.is_empty() =>
                    {
                        run.trusted = true;
                        run.introduced = true;
                        break;
                    }
                    '、' if !self.trusted.is_empty() => soft = true,
                    _ => break,
                }
            } else {
                match self.verb(line, tokens, index - 1, run.left == head.start, knowledge, chunks) {
                    Verb::Introduces => {
                        run.trusted = true;
                        run.introduced = self.kind == Type::Event || self.introduces(line, token);
                        break;
                    }
                    Verb::Outside => break,
                    Verb::Inside => {
                        run.words += 1;
                        run.telling = true;
                        run.left = start;
                        if !soft {
                            run.hard = start;
                        }
                        if run.nearest.is_none() {
                            run.after_anchor = start;
                        }
                        index -= 1;
                        continue;
                    }
                    Verb::None => {}
                }
                if !self.values && counts(line, tokens, index - 1) {
                    // 第一家汽车厂: a description, not a name
                    run.telling = false;
                    break;
                }
                let pass = match self.passes(line, token, head, knowledge) {
                    // one occasion for two reasons
                    Pass::Soft if line.chars[token.start] == '暨' && self.kind == Type::Event => Pass::Yes,
                    // 青海省总工会｜与｜海北州总工会: two names
                    Pass::Soft
                        if is_conjunction(line, token) && self.ends_name(tokens, index - 1, knowledge, chunks) =>
                    {
                        Pass::No
                    }
                    pass => pass,
                };
                if run.route && !is_route(line, token, knowledge) {
                    break;
                }
                match pass {
                    Pass::Yes => {}
                    Pass::Soft => soft = true,
                    Pass::No => break,
                }
                if self.is_anchor(token, knowledge) || (self.values && is_edition(line, token)) {
                    run.anchor(token.start, token.end);
                } else if self.proper && is_route(line, token, knowledge) && ends_route(line, token.end, knowledge) {
                    // 成渝, 京沪: the ends of a line stand for its name
                    run.route = true;
                    run.proper = true;
                }
                if head.listed && !self.is_anchor(token, knowledge) && !is_edition(line, token) {
                    break;
                }
                run.only_proper &= is_proper(line, token, knowledge) || token.width() == 1;
                run.words += 1;
                run.proper |= self.kind == Type::Place && token.classes.any(self.heads) && token.end == head.start;
                run.proper |= token.width() == 1
                    && token.end == run.left
                    && line.chars[token.start..token.end].iter().copied().all(is_han)
                    && tokens.get(index).is_some_and(|next| next.width() == 1 && next.start < head.start);
                let number = matches!(token.kind, Kind::Value(_)) || is_conjunction(line, token);
                run.telling |= !number && !token.classes.any(knowledge.generic);
                run.proper |= is_proper(line, token, knowledge);
            }
            while index > 0 && tokens[index - 1].start >= start {
                index -= 1;
            }
            run.left = start;
            if !soft {
                run.hard = start;
            }
            if run.nearest.is_none() {
                run.after_anchor = start;
            }
        }
        run
    }

    fn is_anchor(&self, token: &Token, knowledge: &Knowledge) -> bool {
        token.classes.any(self.anchors)
            || knowledge.names(token.classes).is_some_and(|kind| self.anchor_types.contains(&kind))
            || (self.anchor_types.contains(&Type::Organization)
                && matches!(token.tag, Tag::ProperName | Tag::OrganizationName)
                && token.width() > 1
                && !token.classes.any(knowledge.generic))
    }

    /// What a boundary verb is here: a name's own (乡村振兴｜战略, 氧吧建设三年行动), or outside it; `first`
    /// where nothing stands between it and the head.
    fn verb(
        &self,
        line: &Line,
        tokens: &[Token],
        at: usize,
        first: bool,
        knowledge: &Knowledge,
        chunks: &Chunks,
    ) -> Verb {
        let token = &tokens[at];
        if self.introduces(line, token) {
            return Verb::Introduces;
        }
        if !token.classes.any(knowledge.boundary_verb) {
            return Verb::None;
        }
        let Kind::Word(entry) = token.kind else { return Verb::None };
        if is_one_of(line, token, &self.own) {
            return Verb::Inside;
        }
        if self.is_anchor(token, knowledge) {
            return Verb::None;
        }
        let nominal = at > 0
            && matches!(
                tokens[at - 1].tag,
                Tag::Noun
                    | Tag::VerbNoun
                    | Tag::Unknown
                    | Tag::Abbreviation
                    | Tag::Idiom
                    | Tag::PersonName
                    | Tag::PlaceName
                    | Tag::ProperName
            )
            && !tokens[at - 1].classes.any(knowledge.outside);
        let predicate = at == 0
            || tokens[at - 1].classes.any(knowledge.outside)
            || matches!(
                tokens[at - 1].tag,
                Tag::Punctuation | Tag::Adverb | Tag::Particle | Tag::Pronoun | Tag::Preposition
            );
        let short = at > 0 && tokens[at - 1].tag == Tag::Adjective && tokens[at - 1].width() == 1;
        let class = knowledge.lexicon.feature(entry, knowledge.boundary_verb, "class");
        let trusts = class.split(';').any(|class| self.trusted.iter().any(|t| t == class));
        // 北京被授予｜全国劳动模范: a verb of giving is never the honour's own
        let gives = trusts && matches!(self.kind, Type::Award | Type::Event);
        if (nominal && first && !gives) || short || (token.tag == Tag::VerbNoun && !predicate) {
            return Verb::Inside;
        }
        if !trusts {
            return Verb::Outside;
        }
        // 实施｜提升…行动, and items of a list: the verb belongs to the name
        let listed = at > 0
            && matches!(line.chars[tokens[at - 1].start], '、' | '，' | '和' | '及' | '与')
            && chunks.ending_at(tokens[at - 1].start).is_some_and(|c| c.kind == self.kind);
        if at > 0 && (listed || self.introduces(line, &tokens[at - 1])) {
            return Verb::Inside;
        }
        Verb::Introduces
    }

    /// Whether a name ends before the token: a listed one, or one composed already.
    fn ends_name(&self, tokens: &[Token], at: usize, knowledge: &Knowledge, chunks: &Chunks) -> bool {
        let start = tokens[at].start;
        let composed = chunks
            .ending_at(start)
            .is_some_and(|c| matches!(c.kind, Type::Organization | Type::Place) || c.kind == self.kind);
        let mixed =
            chunks.ending_at(start).is_some_and(|c| self.anchor_types.contains(&c.kind) && c.kind == Type::Award);
        (composed || (at > 0 && tokens[at - 1].classes.any(knowledge.place.or(knowledge.organization)))) && !mixed
    }

    /// Whether a name of this kind with its number ends before the token: 一等奖｜2项｜、二等奖.
    fn ends_counted(&self, tokens: &[Token], at: usize, chunks: &Chunks) -> bool {
        let mut index = at;
        while index > 0 && at - index < 3 {
            index -= 1;
            if chunks.ending_at(tokens[index].start).is_some_and(|c| c.kind == self.kind) {
                return matches!(tokens[index].kind, Kind::Value(_));
            }
        }
        false
    }

    fn introduces(&self, line: &Line, token: &Token) -> bool {
        // 全面实施 ends with 实施
        self.behind.iter().any(|word| {
            let length = word.chars().count();
            length <= token.width() && word.chars().eq(line.chars[token.end - length..token.end].iter().copied())
        })
    }

    fn passes(&self, line: &Line, token: &Token, head: Head, knowledge: &Knowledge) -> Pass {
        if self.is_anchor(token, knowledge) || (self.values && is_edition(line, token)) {
            return Pass::Yes;
        }
        if let Kind::Value(_) = token.kind {
            return if self.values { Pass::Yes } else { Pass::No };
        }
        if is_conjunction(line, token) {
            return Pass::Soft;
        }
        let lenient = self.kind == Type::Program
            && matches!(token.tag, Tag::Verb | Tag::Adverb | Tag::Adjective)
            && !is_one_of(line, token, &self.never);
        if lenient && !token.classes.any(knowledge.boundary_verb) {
            return Pass::Soft;
        }
        if (token.classes.any(knowledge.outside) && !(token.width() == 1 && token.tag == Tag::Noun))
            || (token.classes.any(knowledge.position)
                && self.trusted.is_empty()
                && token.width() > 1
                && !(head.strong && token.end == head.start))
        {
            return Pass::No;
        }
        match token.tag {
            Tag::Direction if token.width() == 1 => Pass::Yes,
            Tag::Time if self.values => Pass::Yes,
            Tag::Time => Pass::No,
            Tag::Preposition
            | Tag::Direction
            | Tag::Locative
            | Tag::Conjunction
            | Tag::Particle
            | Tag::Pronoun
            | Tag::Adverb => Pass::No,
            Tag::Idiom => Pass::Yes,
            Tag::PersonName if !self.proper && matches!(token.kind, Kind::Person(_)) => Pass::No,
            Tag::Verb => Pass::Soft,
            Tag::Adjective if token.width() > 1 => Pass::Soft,
            _ => Pass::Yes,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Head {
    start: usize,
    strong: bool,
    /// Its names lie inside the place before them and do not take it in: 北京｜石头胡同.
    inside: bool,
    /// It begins with a level of government.
    relative: bool,
    /// It is a listed name itself and grows only over anchors: 第45届｜世界技能大赛.
    listed: bool,
}

/// What a scan passed and where it stopped.
#[derive(Debug, Default)]
struct Run {
    /// The leftmost character passed.
    left: usize,
    /// The leftmost before anything doubtful was passed.
    hard: usize,
    /// Start of the anchor furthest from the head.
    outermost: Option<usize>,
    /// Start of the anchor nearest to the head.
    nearest: Option<usize>,
    /// Where the stem after the nearest anchor begins.
    after_anchor: usize,
    /// Whether that stem holds a name of its own.
    proper_after_anchor: bool,
    /// An opening quotation mark.
    quote: Option<usize>,
    /// Whether it stopped at a verb that introduces such names.
    trusted: bool,
    /// Whether that verb can hardly be a part of a name (实施, 开展).
    introduced: bool,
    /// Whether something in the stem says which.
    telling: bool,
    /// Whether something in the stem is no ordinary word.
    proper: bool,
    /// Whether everything in the stem is.
    only_proper: bool,
    /// Whether the stem holds the ends of a line (成渝).
    route: bool,
    /// Words passed.
    words: usize,
}

impl Run {
    fn anchor(&mut self, start: usize, end: usize) {
        if self.nearest.is_none() {
            self.nearest = Some(start);
            self.after_anchor = end;
            self.proper_after_anchor = self.proper;
        }
        self.outermost = Some(start);
        self.telling = true;
    }
}

/// Whether a token is no ordinary word: unknown characters, names, Latin letters.
pub(super) fn is_proper(line: &Line, token: &Token, knowledge: &Knowledge) -> bool {
    if token.classes.any(knowledge.generic) {
        return false;
    }
    let by_tag = match token.tag {
        Tag::Unknown | Tag::PersonName => true,
        Tag::PlaceName | Tag::OrganizationName | Tag::ProperName => token.width() > 2,
        Tag::Latin => line.chars[token.start].is_alphabetic(),
        _ => false,
    };
    by_tag || token.classes.any(knowledge.named.or(knowledge.place_abbr))
}

/// Whether a dictionary word that ends with a head of `head` characters is no name for that.
fn is_ordinary(token: &Token, head: usize, proper: bool) -> bool {
    let length = token.width();
    match token.tag {
        Tag::Unknown | Tag::Latin => false,
        Tag::PlaceName | Tag::ProperName | Tag::OrganizationName => length < 3,
        Tag::Noun => (proper && length < 5) || (head == 1 && length < 3),
        Tag::Abbreviation => false,
        _ => head == 1 || proper,
    }
}

/// Whether a post that is no mere standing follows.
fn is_held(tokens: &[Token], at: usize, knowledge: &Knowledge) -> bool {
    let Some(next) = tokens.get(at + 1) else { return false };
    let Kind::Word(entry) = next.kind else { return false };
    next.classes.any(knowledge.position) && knowledge.lexicon.feature(entry, knowledge.position, "class") != "status"
}

/// Whether every character of a token stands for a province or city.
fn is_route(line: &Line, token: &Token, knowledge: &Knowledge) -> bool {
    (token.start..token.end).all(|at| is_abbreviation(line, at, knowledge))
}

/// Whether two characters that stand for provinces or cities end there.
fn ends_route(line: &Line, end: usize, knowledge: &Knowledge) -> bool {
    end >= 2 && is_abbreviation(line, end - 1, knowledge) && is_abbreviation(line, end - 2, knowledge)
}

fn is_abbreviation(line: &Line, at: usize, knowledge: &Knowledge) -> bool {
    line.hit(at, at + 1).is_some_and(|hit| hit.classes.any(knowledge.place_abbr))
}

fn is_one_of(line: &Line, token: &Token, words: &[String]) -> bool {
    is_one_of_text(line, token.start, token.end, words)
}

fn is_one_of_text(line: &Line, start: usize, end: usize, words: &[String]) -> bool {
    words.iter().any(|word| word.chars().eq(line.chars[start..end].iter().copied()))
}

fn is_conjunction(line: &Line, token: &Token) -> bool {
    token.width() == 1 && matches!(line.chars[token.start], '和' | '与' | '及' | '暨')
}

/// Whether a token numbers an occasion: 第三届, 第十四次, or the 届 behind 第十七.
pub(super) fn is_edition(line: &Line, token: &Token) -> bool {
    edition(line, token.end).is_some_and(|start| start <= token.start)
        || line.chars[token.start..token.end] == ['首', '届']
}

/// Where the number of an occasion begins that ends there.
pub(super) fn edition(line: &Line, end: usize) -> Option<usize> {
    let last = end.checked_sub(1)?;
    if !matches!(line.chars[last], '届' | '次' | '回') {
        return None;
    }
    let number = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十百零〇".contains(*c);
    let digits = line.chars[..last].iter().rev().take(6).take_while(|c| number(c)).count();
    let start = last.checked_sub(digits + 1)?;
    (digits > 0 && line.chars[start] == '第').then_some(start)
}

/// Whether a token is an ordinal with its measure word (第一家, 第三 座).
fn counts(line: &Line, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    match token.tag {
        Tag::Numeral => token.width() > 2 && line.chars[token.start] == '第' && matches!(token.kind, Kind::Word(_)),
        Tag::Measure => at > 0 && tokens[at - 1].tag == Tag::Numeral,
        _ => false,
    }
}

/// The opening bracket of the one that closes at `at`, within 8 characters.
fn bracket(line: &Line, at: usize) -> Option<usize> {
    (at.saturating_sub(8)..at).rev().find(|&i| matches!(line.chars[i], '（' | '('))
}

enum Verb {
    /// The name begins behind it.
    Introduces,
    /// No name reaches over it.
    Outside,
    /// A part of the name.
    Inside,
    /// No boundary verb.
    None,
}

enum Pass {
    Yes,
    /// Inside only where something further left proves it.
    Soft,
    No,
}

/// The opening mark of the quotation that closes at `at`, within 24 characters.
pub(super) fn opening(line: &Line, at: usize) -> Option<usize> {
    let (open, close) = match line.chars[at] {
        '”' => ('“', '”'),
        '’' => ('‘', '’'),
        _ => ('「', '」'),
    };
    (at.saturating_sub(24)..at)
        .rev()
        .take_while(|&i| line.chars[i] != close && !matches!(line.chars[i], '。' | '，' | '！' | '？' | '；'))
        .find(|&i| line.chars[i] == open)
}
