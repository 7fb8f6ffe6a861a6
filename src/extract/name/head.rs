//! Names that grow leftwards from a head word: 西藏自治区 ← 总工会, 建会入会 ← 行动.
//!
//! The scan goes from the head to the left over words that may stand inside a name and stops at
//! words that may not (prepositions, boundary verbs, punctuation). Where it stopped, and what it
//! passed, decides where the name begins: at an anchor (a place, a listed body, 全国), at an opening
//! quotation mark, right behind a verb that introduces such names (实施 … 行动), or at the stop.

use super::chunk::Chunks;
use super::forces::{UNITS, is_bare_unit, numbered};
use super::level::{LEVELS, is_graded, is_of_each, is_of_levels, is_one_of_level};
use super::line::{Hit, Line, is_han};
use super::scan::{GRAMMAR, edition, ends_route, is_edition, is_proper};
use super::segment::{Kind, Token};
use crate::lexicon::Tag;
use crate::rule::name::{Anchoring, HeadRule, Knowledge};
use crate::schema::Type;

/// Kinds of bodies that a level of government alone names: 省｜政府, 国家｜税务局, 市｜总工会.
const PUBLIC: [&str; 9] =
    ["government", "party", "congress", "cppcc", "court", "procuratorate", "military", "democratic", "mass"];
/// Kinds of bodies that a country before them does not name: 德国｜公司.
const TRADES: [&str; 4] = ["company", "school", "hospital", "media"];
/// Kinds of bodies that a post alone behind them does not tell from others: 救援队｜队员, 旅行社｜老板.
const ALIKE: [&str; 6] = ["company", "school", "hospital", "media", "association", "cooperative"];
/// Most characters between an anchor and a head that needs it.
const FARTHEST: usize = 12;
/// Most characters of a head that takes a name from a shorter one.
const LONGEST: usize = 9;
/// Words cheaper than this are everyday ones.
pub(super) const COMMON: i32 = 1100;
/// Words dearer than this are hardly used.
const RARE: i32 = 1500;

impl HeadRule {
    /// Adds what the rule finds in a line; `ends` are the tokens that end with a head word of any rule.
    pub(super) fn find(
        &self,
        line: &Line,
        tokens: &[Token],
        ends: &[usize],
        knowledge: &Knowledge,
        chunks: &mut Chunks,
    ) {
        if !line.lists.any(self.heads) {
            return;
        }
        for &at in ends {
            let Some(head) = self.head(line, tokens, at, knowledge, chunks) else { continue };
            let found = self.start(line, tokens, at, head, knowledge, chunks);
            // a listed occasion grows over the year before it
            let listed = found.is_none() && head.listed && self.kind == Type::Event;
            if let Some(start) = found.or(listed.then_some(head.start)) {
                let start = self.year(line, tokens, at, start, knowledge);
                let start = self.middle(line, start);
                // 南极—｜艾特肯盆地
                let start = start + usize::from(matches!(line.chars[start], '—' | '-' | '·'));
                if is_of_each(line, start)
                    || is_of_levels(line, start)
                    || line.chars[start..tokens[at].end].iter().all(|&c| LEVELS.contains(c))
                {
                    continue;
                }
                let vague = !head.strong && line.is_one_of(start, head.start, &self.vague);
                let any = vague || line.is_one_of(start, tokens[at].end, &self.never);
                if listed && start == head.start || any {
                    continue;
                }
                let Some(start) = self.apart(line, tokens, start, tokens[at].end) else { continue };
                if self.kind == Type::Event && holds_somebody(tokens, start, head.start, knowledge, chunks) {
                    continue;
                }
                if self.kind == Type::Place && is_said(line, tokens, start, head, knowledge) {
                    continue;
                }
                chunks.add_headed(line, start, tokens[at].end, self.kind, self.id, tokens[at].end - head.start);
            }
        }
    }

    /// 的｜中荣金属制品有限公司: no place is before a 中 that follows 的 or a mark, so it opens the name.
    fn middle(&self, line: &Line, start: usize) -> usize {
        let opens = self.kind == Type::Organization
            && line.before(start) == Some('中')
            && line.before(start - 1).is_none_or(|c| c == '的' || !is_han(c));
        start - usize::from(opens)
    }

    /// A year right before an occasion of these kinds belongs to its name: 2024年｜高原草业论坛.
    fn year(&self, line: &Line, tokens: &[Token], at: usize, start: usize, knowledge: &Knowledge) -> usize {
        let Some(year) = tokens[..=at].iter().rev().find(|token| token.end <= start) else { return start };
        let end = tokens[at].end;
        let kind = (start..end)
            .filter_map(|from| line.hit(from, end))
            .find(|hit| hit.classes.any(self.heads))
            .map_or("", |hit| knowledge.lexicon.feature(hit.entry, self.heads, "kind"));
        let ends = |word: &String| line.text(start, end).ends_with(word.as_str());
        let is_year = year.end == start
            && matches!(year.kind, Kind::Value(_))
            && matches!(line.chars[year.start..year.end], [a, _, _, _, '年'] if a.is_ascii_digit());
        if is_year && self.dated.iter().any(|k| k == kind || ends(k)) { year.start } else { start }
    }

    /// Where the name begins; that of a meeting of a company at its number, and a meeting without one has no name:
    /// 云岭股份｜2013年第一次临时股东大会.
    fn apart(&self, line: &Line, tokens: &[Token], start: usize, end: usize) -> Option<usize> {
        if !(start..end).any(|at| self.apart.at(&line.chars[at..end]).is_some()) {
            return Some(start);
        }
        let number = |token: &&Token| {
            token.start >= start && token.end < end && (matches!(token.kind, Kind::Value(_)) || is_edition(line, token))
        };
        let first = tokens.iter().find(number)?;
        Some(if matches!(first.kind, Kind::Value(_)) {
            first.start
        } else {
            edition(line, first.end).unwrap_or(first.start)
        })
    }

    /// The head that ends with the token, if any.
    fn head(&self, line: &Line, tokens: &[Token], at: usize, knowledge: &Knowledge, chunks: &Chunks) -> Option<Head> {
        let token = &tokens[at];
        if !line.ends[token.end].any(self.heads)
            || matches!(token.kind, Kind::Value(_) | Kind::Person(_) | Kind::Named(_, Type::Place))
        {
            return None;
        }
        // the longest head that ends here, over as many tokens as it takes
        let first = tokens[..=at].iter().rev().take(4).next_back().map_or(0, |t| t.start);
        let hit = (first..token.end)
            .filter_map(|start| line.hit(start, token.end))
            .find(|hit| hit.classes.any(self.heads))?;
        let inside = hit.start > token.start;
        let named = token.classes.any(knowledge.named);
        // a listed name is found as such; 城市, 电路, 举办 are ordinary words that end like a name
        let listed = knowledge.names(token.classes) == Some(self.kind);
        if listed && !self.extends {
            return None;
        }
        if inside {
            let route =
                self.proper && ends_route(line, token.start, knowledge) && !token.classes.any(knowledge.outside);
            // 马占｜山
            let other = knowledge.names(token.classes).filter(|&kind| kind != self.kind);
            // 沈阳军｜区 names a body
            let body = self.proper || self.kind == Type::Event;
            if other.is_some_and(|kind| kind == Type::Person || (kind == Type::Organization && body)) {
                return None;
            }
            // 新华社｜莫斯科: no department
            if self.kind == Type::Organization && token.end - hit.start == 1 && token.classes.any(knowledge.place) {
                return None;
            }
            let ordinary = is_ordinary(token, token.end - hit.start, self.proper)
                || (token.end - hit.start == 1 && self.kind == Type::Organization && is_pair(line, token));
            let ordinary = !named && !route && ordinary;
            // 主持｜会议 as one word
            let held = line.hit(token.start, hit.start).is_some_and(|verb| {
                self.kind == Type::Event
                    && verb.classes.any(knowledge.boundary_verb)
                    && (knowledge.lexicon.feature(verb.entry, knowledge.boundary_verb, "class").split(';'))
                        .any(|class| class == "meet")
            });
            // 动车｜组, 黑社会性质｜组织
            if ordinary || held || token.classes.any(knowledge.generic) || token.classes.any(knowledge.position) {
                return None;
            }
        }
        if line.is_one_of(hit.start, hit.end, &self.not_heads) {
            return None;
        }
        // 消防救援｜站: the whole heads a body
        let other = |start| line.hit(start, hit.end).is_some_and(|other: Hit| other.classes.any(self.yields));
        if !self.yields.is_empty() && (hit.end.saturating_sub(LONGEST)..hit.start).any(other) {
            return None;
        }
        if self.kind == Type::Organization && serves_another(line, tokens, at, hit.start, knowledge) {
            return None;
        }
        let kind = knowledge.lexicon.feature(hit.entry, self.heads, "kind");
        let strong = knowledge.lexicon.feature(hit.entry, self.heads, "strength") != "weak";
        // 梅桂营铁路线积水强｜排: a unit of the forces has a number
        if self.kind == Type::Organization && is_bare_unit(line, hit.start, token.end) {
            return None;
        }
        // 亚洲杯A｜组
        if token.end - hit.start == 1 && line.before(hit.start).is_some_and(|c| c.is_ascii_uppercase()) {
            return None;
        }
        // 石化｜厂区
        if self.kind == Type::Organization
            && line.after(token.end) == Some('区')
            && line.hit(token.end - 1, token.end + 1).is_some_and(|area| area.classes.any(knowledge.place_head))
        {
            return None;
        }
        // 国际博览｜中心: a building
        let building = |start| line.hit(start, token.end).is_some_and(|hit: Hit| hit.classes.any(knowledge.place_head));
        if self.kind == Type::Organization && (hit.start.saturating_sub(4)..hit.start).any(building) {
            return None;
        }
        let inside = self.inside.iter().any(|k| k == kind);
        let relative = (hit.start + 1..hit.end - 1)
            .filter_map(|end| line.hit(hit.start, end))
            .any(|prefix| prefix.classes.any(knowledge.anchor));
        let relative = relative
            || (hit.end - hit.start == 2
                && line.hit(hit.start, hit.start + 1).is_some_and(|h| h.classes.any(knowledge.anchor)));
        // 首席技师 behind a body is the post of the one named there
        if self.kind == Type::Award
            && token.classes.any(knowledge.position)
            && chunks.ending_at(token.start).is_some_and(|c| c.kind == Type::Organization)
        {
            return None;
        }
        // 集成电｜路, 再生能｜源: the head is the end of a common word
        let single = self.kind == Type::Place && hit.end - hit.start == 1 && token.width() <= 3;
        let common = hit.start.checked_sub(1).and_then(|from| line.hit(from, token.end)).is_some_and(|word| {
            word.tag == Tag::Noun && word.cost < COMMON && !word.classes.any(knowledge.named.or(self.heads))
        });
        if single && common {
            return None;
        }
        // 市场｜部, 国际｜交流处: no level of government
        let relative = relative && !TRADES.contains(&kind) && !matches!(kind, "research" | "department");
        let relative = relative && self.kind != Type::Document;
        let public = PUBLIC.contains(&kind) && (strong || kind != "mass");
        let trade = TRADES.contains(&kind) && token.end - hit.start <= 2;
        let unit = kind == "military" || UNITS.contains(&line.chars[token.end - 1]);
        Some(Head {
            start: if listed { token.start } else { hit.start },
            strong,
            inside,
            relative,
            listed,
            public,
            trade,
            unit: kind == "military",
            happened: matches!(kind, "war" | "disaster"),
            alike: ALIKE.contains(&kind) && !line.chars[hit.start..hit.end].ends_with(&['公', '司']),
            division: self.kind == Type::Place && token.end - hit.start == 1,
            numbered: unit && numbered(line, hit.start).is_some(),
        })
    }

    /// Whether only a level of government stands before the head: 县级｜医院, 国家｜重点实验室.
    fn is_level_alone(&self, line: &Line, start: usize, head: usize, knowledge: &Knowledge) -> bool {
        self.kind == Type::Organization
            && line
                .hit(start, head)
                .is_some_and(|hit| hit.classes.any(knowledge.anchor) && !hit.classes.any(knowledge.place))
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
        // 德国｜公司
        let country = |start| line.hit(start, head.start).is_some_and(|hit: Hit| hit.classes.any(knowledge.country));
        if head.trade && run.nearest.is_some_and(country) {
            return None;
        }
        if self.is_described(line, tokens, at, head, &run, knowledge) {
            return None;
        }
        // 启动国家｜地震应急响应
        let level = |start| {
            let hit: Option<Hit> = line.hit(start, head.start);
            hit.is_some_and(|hit| hit.classes.any(knowledge.anchor) && !hit.classes.any(knowledge.place))
        };
        if head.happened && run.nearest.is_some_and(level) {
            return None;
        }
        if let Some(open) = run.quote
            && self.quotes
            && open >= run.hard
        {
            // 第三十八届｜“湖光杯”…公开赛
            let numbered = matches!(self.kind, Type::Event | Type::Award);
            return Some(if numbered { edition(line, open).unwrap_or(open) } else { open });
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
        // 兰新高铁｜海石湾段
        let along = self.kind == Type::Place && end - head.start == 1 && run.after_anchor == head.start;
        if along && head.start > 0 && matches!(line.chars[head.start - 1], '铁' | '路' | '线' | '速') {
            return None;
        }
        if let Some(start) = anchor
            && (start >= run.hard
                || (self.verbs && (head.strong || !run.verbal || self.held && is_held(tokens, at, knowledge))))
            && (head.public && !is_graded(line, head.start)
                || !self.is_level_alone(line, start, head.start, knowledge)
                || is_one_of_level(line, start, end, head))
            && (head.strong
                || (self.anchored_weak && (run.occasion || head.start.saturating_sub(run.after_anchor) <= FARTHEST)))
        {
            return Some(start);
        }
        let hard = match self.anchoring {
            Anchoring::Nearest if run.proper_after_anchor => run.hard.max(run.after_anchor),
            _ => run.hard,
        };
        // 孙连仲部｜第一二二师
        let number = if head.numbered { numbered(line, head.start) } else { None };
        if let Some(number) = number {
            return Some(hard.min(number));
        }
        let enough = hard <= head.start && head.start - hard >= self.stem;
        // 、研究室｜副主任…: a post behind it shows that a body is meant
        let near = hard.min(head.start);
        // 飞行｜大队｜大队长: a unit alone is not named
        // 研究室｜主任, 公司｜董事长, but no 救援队｜队员
        let named = near < head.start || !(head.unit || head.alike);
        // 该｜委员会｜主任
        let pointed = line.before(near).is_some_and(|c| matches!(c, '该' | '本' | '某' | '各'));
        let named = named && !pointed;
        if self.held && named && end - head.start > 1 && head.start - near <= 10 && is_held(tokens, at, knowledge) {
            return Some(near);
        }
        // 省委, 县政府: the head itself says whose
        if head.relative && anchor.is_none() && !self.proper {
            return Some(head.start);
        }
        let evident =
            if self.proper { run.proper && (head.strong || (head.inside && run.only_proper)) } else { head.strong };
        // 河海｜工程大学, 吴健雄｜学院: an everyday head behind a name of its own
        let first = tokens[..=at].iter().rev().find(|t| t.start <= hard);
        let coined = self.kind == Type::Organization
            && end - head.start > 1
            && first.is_some_and(|t| {
                let named = is_proper(line, t, knowledge) || t.tag == Tag::PlaceName;
                t.start == hard && t.end <= head.start && t.width() > 1 && named
            });
        // 信江书院、仙都｜风景名胜区: after a place in a list
        let listed = self.proper
            && head.strong
            && !run.verbal
            && line.before(hard) == Some('、')
            && chunks.ending_at(hard - 1).is_some_and(|c| c.kind == Type::Place)
            && first.is_some_and(|t| t.start == hard && t.width() > 1);
        // 「地區治理領導委員會」
        let marked = self.kind == Type::Organization
            && head.strong
            && matches!(line.before(hard), Some('“' | '「'))
            && matches!(line.after(end), Some('”' | '」'));
        let evident = evident || coined || listed || marked;
        if run.trusted && head.start == run.left && line.is_one_of(head.start, end, &self.alone) {
            return Some(head.start);
        }
        if self.bare && evident && !head.listed && enough && run.telling {
            return Some(hard);
        }
        None
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    pub start: usize,
    pub strong: bool,
    /// Its names lie inside the place before them and do not take it in: 北京｜石头胡同.
    pub inside: bool,
    /// It begins with a level of government.
    pub relative: bool,
    /// It is a listed name itself and grows only over anchors: 第45届｜世界技能大赛.
    pub listed: bool,
    /// A body of the state, which its level alone names.
    pub public: bool,
    /// A body of a kind that a country has many of.
    pub trade: bool,
    /// A unit of the forces.
    pub unit: bool,
    /// A body of a kind of which a text may mean any.
    pub alike: bool,
    /// A war or a disaster, whose name holds no list.
    pub happened: bool,
    /// A division of a country, by one character.
    pub division: bool,
    /// A unit of the forces with its number: 第115｜师.
    pub numbered: bool,
}

/// Whether what stands before the head is no name of a place but somebody and what he does: 黄志强深入｜工业园区,
/// and before a level of government also what is said of it: 陈虎当选为｜省, 高峰到｜县, 当时叫陈村｜区.
fn is_said(line: &Line, tokens: &[Token], start: usize, head: Head, knowledge: &Knowledge) -> bool {
    let person = |token: &Token| matches!(token.kind, Kind::Person(_)) || token.tag == Tag::PersonName;
    let within = tokens.iter().filter(|token| token.start >= start && token.end <= head.start);
    let acts = |pair: &[Token]| {
        let inside = pair[0].start >= start && pair[1].end <= head.start;
        inside && person(&pair[0]) && pair[0].width() > 1 && pair[1].width() > 1 && pair[1].tag == Tag::Verb
    };
    if tokens.windows(2).any(acts) {
        return true;
    }
    let said = |token: &Token| {
        let grammar = token.width() == 1 && token.start > start && GRAMMAR.contains(&line.chars[token.start]);
        let person = matches!(token.kind, Kind::Person(_)) && (token.end < head.start || token.width() > 2);
        person || grammar || (token.width() > 1 && (token.tag == Tag::Verb || token.classes.any(knowledge.cue)))
    };
    let level = matches!(line.chars[head.start], '省' | '市' | '县' | '区' | '州');
    head.division && level && (line.chars[start] == '叫' || within.into_iter().any(said))
}

/// Whether a body and a post in it stand inside, and somebody behind: 省总工会｜主席｜周农作｜大赛总结.
fn holds_somebody(tokens: &[Token], start: usize, head: usize, knowledge: &Knowledge, chunks: &Chunks) -> bool {
    let inside = tokens.iter().filter(|token| token.start > start && token.end + 2 <= head && token.width() > 1);
    inside.into_iter().filter(|token| token.classes.any(knowledge.position)).any(|post| {
        chunks.ending_at(post.start).is_some_and(|chunk| chunk.kind == Type::Organization && chunk.start >= start)
    })
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

/// Whether a word is two others, so that the last character of it heads nothing: 国际舞台, 经济社会.
fn is_pair(line: &Line, token: &Token) -> bool {
    let word = |start: usize, end: usize| line.hit(start, end).is_some_and(|hit| hit.cost < RARE);
    token.width() == 4 && word(token.start, token.start + 2) && word(token.start + 2, token.end)
}

/// Whether the head is what a body does or has done to something, or what it has: 国务院｜组织｜力量,
/// 国家机关｜所｜支付的保险金, 金河有限公司｜股份.
fn serves_another(line: &Line, tokens: &[Token], at: usize, head: usize, knowledge: &Knowledge) -> bool {
    let before = at.checked_sub(1).and_then(|last| tokens.get(last)).filter(|last| last.end == head);
    match line.chars[head..tokens[at].end] {
        ['所'] => {
            let next = tokens.get(at + 1);
            tokens[at].width() == 1 && next.is_some_and(|next| matches!(next.tag, Tag::Verb | Tag::Adverb))
        }
        ['股', '份'] => before.is_some_and(|last| {
            line.ends[head].any(knowledge.head_words) && last.width() > 2
                || last.classes.any(knowledge.outside)
                || matches!(last.tag, Tag::Numeral | Tag::Measure)
        }),
        ['组', '织'] => before.is_some_and(|last| {
            knowledge.names(last.classes) == Some(Type::Organization) || line.ends[head].any(knowledge.head_words)
        }),
        _ => false,
    }
}

/// Whether a post that is no mere standing follows.
fn is_held(tokens: &[Token], at: usize, knowledge: &Knowledge) -> bool {
    // 河海工程大学｜原校长
    let former = |token: &Token| {
        matches!(token.kind, Kind::Word(entry) if token.classes.any(knowledge.position_prefix)
            && knowledge.lexicon.feature(entry, knowledge.position_prefix, "class") == "former")
    };
    let next = if tokens.get(at + 1).is_some_and(former) { at + 2 } else { at + 1 };
    let Some(next) = tokens.get(next) else { return false };
    let Kind::Word(entry) = next.kind else { return false };
    // 办公厅｜干部牛召
    let person = tokens.iter().any(|t| t.start == next.end && matches!(t.kind, Kind::Person(_)));
    next.classes.any(knowledge.position)
        && (person || knowledge.lexicon.feature(entry, knowledge.position, "class") != "status")
}
