//! The way from a head word leftwards over the words that may stand inside its name, and what it met.

use super::chunk::{Chunk, Chunks};
use super::coined;
use super::head::Head;
use super::line::{Line, is_han};
use super::pass::{Pass, Verb};
use super::route::is_abbreviation;
use super::segment::{Kind, Token};
use crate::lexicon::Tag;
use crate::rule::name::{HeadRule, Knowledge};
use crate::schema::Type;

/// Characters that are words of grammar wherever they stand alone.
pub(super) const GRAMMAR: [char; 36] = [
    '的', '了', '在', '和', '与', '及', '是', '对', '为', '由', '把', '被', '将', '向', '从', '到', '给', '并', '也',
    '都', '而', '或', '等', '其', '该', '各', '这', '那', '不', '有', '无', '以', '任', '于', '所', '一',
];

impl HeadRule {
    /// Goes left from the head as far as a name may reach.
    pub(super) fn scan(
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
        // a token that ends with the head and begins before it holds a stem itself: no everyday one (大片｜区)
        if tokens[index].start < head.start {
            run.telling =
                tokens[index].end == end || tokens[index].width() > 2 || is_proper(line, &tokens[index], knowledge);
            // 鹿寨县|委: the place lends its last character to the head
            if head.relative && self.is_anchor(&tokens[index], knowledge) {
                run.anchor(tokens[index].start, head.start);
            }
            run.proper |= is_proper(line, &tokens[index], knowledge) || head.start - tokens[index].start > 2;
            // 上海图书馆 as one word of the dictionary
            if let Some(end) = self.opens_with_anchor(line, &tokens[index], head, knowledge) {
                run.anchor(tokens[index].start, end);
            }
        }
        while index > 0 {
            let token = &tokens[index - 1];
            if end - token.start > self.max {
                break;
            }
            let mut start = token.start;
            let chunk = chunks.ending_at(token.end).filter(|c| self.anchor_types.contains(&c.kind));
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
                    '）' | ')' if self.quotes || !self.values => {
                        let Some(open) = bracket(line, token.start) else { break };
                        // 有限公司 behind (集团), （一九三三）, （经开区）
                        let gloss = knowledge.place.or(knowledge.place_head).or(self.heads);
                        let number =
                            line.chars[open + 1..token.start].iter().all(|c| "一二三四五六七八九〇零十".contains(*c));
                        if !number && line.hit(open + 1, token.start).is_none_or(|hit| !hit.classes.any(gloss)) {
                            break;
                        }
                        start = open;
                    }
                    '—' if line.before(token.start) == Some('—') => break,
                    '·' | '-' | '—' | '#' => {}
                    '、' | '，'
                        if (chunks.ending_at(token.start).is_some_and(|c| c.kind == self.kind)
                            || self.ends_counted(line, tokens, index - 1, chunks))
                            && !self.trusted.is_empty() =>
                    {
                        run.trusted = true;
                        run.introduced = true;
                        break;
                    }
                    '、' if self.kind == Type::Event && is_list_of_bodies(token, chunks) => break,
                    // 南开大学校长、｜论坛主席: posts in a list
                    '、' if self.kind == Type::Event
                        && run.left == head.start
                        && index > 1
                        && tokens[index - 2].classes.any(knowledge.position) =>
                    {
                        break;
                    }
                    '、' if !self.trusted.is_empty() && !head.happened => soft = true,
                    _ => break,
                }
            } else if line.chars[token.start..token.end] == ['了']
                && index > 1
                && self.introduces(line, &tokens[index - 2])
            {
                // 举办了｜文物修复、鉴定技能大赛
                run.trusted = true;
                run.introduced = true;
                break;
            } else {
                let first = run.left == head.start;
                let coined = head.strong
                    && self.kind == Type::Organization
                    && coined::is_part(line, tokens, index - 1, head, knowledge);
                let verb = if coined {
                    Verb::None
                } else {
                    self.verb(line, tokens, index - 1, (first, head.strong), knowledge, chunks)
                };
                // 凌海集团有限公司｜质押｜股份
                if head.trade
                    && first
                    && token.classes.any(knowledge.boundary_verb)
                    && line.chars[..token.start].ends_with(&['公', '司'])
                {
                    break;
                }
                // 省水文站｜发布｜洪水预警, 项脚乡｜发生｜森林火灾
                let happens = token.tag == Tag::Verb && token.width() > 1;
                if head.happened
                    && (happens || token.classes.any(knowledge.boundary_verb))
                    && !matches!(verb, Verb::Introduces)
                {
                    let own = line.is_one_of(token.start, token.end, &self.own);
                    if !own {
                        break;
                    }
                }
                match verb {
                    Verb::Introduces => {
                        run.trusted = true;
                        run.introduced = self.kind == Type::Event || self.introduces(line, token);
                        break;
                    }
                    Verb::Outside => break,
                    // 省水利厅｜检查｜河源县水务局
                    Verb::Inside if self.parts(line, tokens, index - 1, &run, knowledge, chunks) => break,
                    Verb::Inside => {
                        // 纪念｜毛泽东同志诞辰130周年座谈会
                        let occasion = self.kind == Type::Event && line.is_one_of(token.start, token.end, &self.own);
                        if occasion && run.occasion && matches!(line.chars[token.start], '庆' | '纪' | '悼') {
                            run.anchor(start, token.end);
                        }
                        run.occasion |= occasion;
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
                let counted = is_ordinal(line, token) && tokens.get(index).is_some_and(|t| t.tag == Tag::Measure);
                if !self.values && !self.is_edition(line, token) && (counted || counts(line, tokens, index - 1)) {
                    // 第一家汽车厂: a description, not a name
                    run.telling = false;
                    break;
                }
                let honoured = run.occasion
                    && token.tag != Tag::Particle
                    && (token.tag == Tag::PersonName || token.classes.any(knowledge.cue.or(knowledge.position)));
                let pass = match self.passes(line, token, head, knowledge) {
                    // 应急管理部｜调派｜中国安能集团: one body does something to another
                    Pass::Soft | Pass::Yes if self.parts(line, tokens, index - 1, &run, knowledge, chunks) => Pass::No,
                    // 省农业厅｜统计｜处
                    Pass::Soft if self.is_work(token, chunks) || self.is_trade(tokens, index - 1, head) => Pass::Yes,
                    // 纪念｜毛泽东｜同志｜诞辰
                    Pass::No if honoured => Pass::Yes,
                    // a number behind 和 begins something else
                    Pass::Soft if is_conjunction(line, token) && matches!(tokens[index].kind, Kind::Value(_)) => {
                        Pass::No
                    }
                    // one occasion for two reasons
                    Pass::Soft if line.chars[token.start] == '暨' && self.kind == Type::Event => Pass::Yes,
                    Pass::No | Pass::Soft if coined => Pass::Yes,
                    // 在｜松｜骨｜峰
                    Pass::No | Pass::Soft if self.is_orphan(line, tokens, index - 1, head, knowledge) => Pass::Yes,
                    // 君正｜化工有限公司: single characters of a coined stem
                    Pass::No if head.strong && self.is_fragment(line, tokens, index - 1, head, knowledge) => Pass::Soft,
                    // 青海省总工会｜与｜海北州总工会, 中电彩虹｜与｜烟台港集团: two names
                    Pass::Soft
                        if is_conjunction(line, token)
                            && (self.ends_name(tokens, index - 1, knowledge, chunks)
                                || (self.kind == Type::Organization
                                    && run.outermost == Some(run.left)
                                    && index > 1
                                    && self.is_anchor(&tokens[index - 2], knowledge))) =>
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
                if self.is_edition(line, token) {
                    // 第十八｜届: two tokens
                    start = edition(line, token.end).unwrap_or(token.start);
                    run.anchor(start, token.end);
                } else if self.is_anchor(token, knowledge) {
                    run.anchor(token.start, token.end);
                } else if self.proper && is_route(line, token, knowledge) && ends_route(line, token.end, knowledge) {
                    // 成渝, 京沪: the ends of a line stand for its name
                    run.route = joins_ends(line, end);
                    run.proper = true;
                }
                if head.listed && !self.is_anchor(token, knowledge) && !self.is_edition(line, token) {
                    break;
                }
                run.occasion |= self.kind == Type::Event && line.chars[..token.end].ends_with(&['周', '年']);
                run.verbal |= token.tag == Tag::Verb && !token.classes.any(self.works);
                run.only_proper &= is_proper(line, token, knowledge) || token.width() == 1;
                run.words += 1;
                // 格桑营｜车站: a place named by its kind
                run.proper |= self.kind == Type::Place
                    && token.classes.any(self.heads)
                    && token.width() == 1
                    && token.end == head.start;
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

    /// Whether a token numbers an occasion or an honour: 第三届.
    pub(super) fn is_edition(&self, line: &Line, token: &Token) -> bool {
        (self.values || self.kind == Type::Award) && is_edition(line, token)
    }

    pub(super) fn is_anchor(&self, token: &Token, knowledge: &Knowledge) -> bool {
        token.classes.any(self.anchors)
            || matches!(token.kind, Kind::Named(_, kind) if self.anchor_types.contains(&kind))
            || knowledge.names(token.classes).is_some_and(|kind| self.anchor_types.contains(&kind))
            || (self.anchor_types.contains(&Type::Organization)
                && matches!(token.tag, Tag::ProperName | Tag::OrganizationName)
                && token.width() > 1
                && !token.classes.any(knowledge.generic))
    }

    /// Where the anchor ends that opens a word of the dictionary for a body, if one does.
    fn opens_with_anchor(&self, line: &Line, token: &Token, head: Head, knowledge: &Knowledge) -> Option<usize> {
        // 县公安局, 上海图书馆
        let word = token.tag == Tag::OrganizationName || (token.tag == Tag::Noun && head.public);
        if self.kind != Type::Organization || !word || head.listed {
            return None;
        }
        let anchors = match token.tag {
            Tag::Noun => self.anchors,
            _ => knowledge.place.or(knowledge.organization).or(self.anchors),
        };
        let opens = line.hits_at(token.start).iter().filter(|hit| hit.end <= head.start && hit.classes.any(anchors));
        opens.map(|hit| hit.end).max()
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
    fn ends_counted(&self, line: &Line, tokens: &[Token], at: usize, chunks: &Chunks) -> bool {
        let mut index = at;
        while index > 0 && at - index < 3 {
            index -= 1;
            if chunks.ending_at(tokens[index].start).is_some_and(|c| c.kind == self.kind) {
                // 特等功｜一次
                let words = &line.chars[tokens[index].start..tokens[at].start];
                let once = matches!(words, ['一', '次' | '枚' | '项' | '个']);
                return once || matches!(tokens[index].kind, Kind::Value(_));
            }
        }
        false
    }

    /// Whether a single character stands beside another one of a coined stem rather than for a word of grammar.
    fn is_fragment(&self, line: &Line, tokens: &[Token], at: usize, head: Head, knowledge: &Knowledge) -> bool {
        let lone = |token: &Token| {
            let c = line.chars[token.start];
            token.width() == 1 && is_han(c) && token.end <= head.start && !GRAMMAR.contains(&c)
        };
        let left = at > 0 && lone(&tokens[at - 1]) && is_proper(line, &tokens[at - 1], knowledge);
        let right = tokens.get(at + 1).is_some_and(lone);
        self.kind == Type::Organization && lone(&tokens[at]) && (left || right)
    }
}

/// What a scan passed and where it stopped.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The leftmost character passed.
    pub left: usize,
    /// The leftmost before anything doubtful was passed.
    pub hard: usize,
    /// Start of the anchor furthest from the head.
    pub outermost: Option<usize>,
    /// Start of the anchor nearest to the head.
    pub nearest: Option<usize>,
    /// Where the stem after the nearest anchor begins.
    pub after_anchor: usize,
    /// Whether that stem holds a name of its own.
    pub proper_after_anchor: bool,
    /// An opening quotation mark.
    pub quote: Option<usize>,
    /// Whether it stopped at a verb that introduces such names.
    pub trusted: bool,
    /// Whether that verb can hardly be a part of a name (实施, 开展).
    pub introduced: bool,
    /// Whether something in the stem says which.
    pub telling: bool,
    /// Whether something in the stem is no ordinary word.
    pub proper: bool,
    /// Whether everything in the stem is.
    pub only_proper: bool,
    /// Whether the stem holds the ends of a line (成渝).
    pub route: bool,
    /// Whether a verb was passed.
    pub verbal: bool,
    /// Whether what is commemorated was passed: 诞辰, 成立, 100周年.
    pub occasion: bool,
    /// Words passed.
    pub words: usize,
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

/// Whether what ends there may be called after two places: 京沪｜高铁, but 湘龙｜西路, 晋吉｜岛.
fn joins_ends(line: &Line, end: usize) -> bool {
    !matches!(
        line.chars[..end],
        [.., '东' | '西' | '南' | '北' | '中' | '环', '路'] | [.., '大', '道'] | [.., '岛' | '街' | '巷']
    )
}

/// Whether every character of a token stands for a province or city.
fn is_route(line: &Line, token: &Token, knowledge: &Knowledge) -> bool {
    (token.start..token.end).all(|at| is_abbreviation(line, at, knowledge))
}

/// Whether two characters that stand for provinces or cities end there.
pub(super) fn ends_route(line: &Line, end: usize, knowledge: &Knowledge) -> bool {
    end >= 2 && is_abbreviation(line, end - 1, knowledge) && is_abbreviation(line, end - 2, knowledge)
}

pub(super) fn is_conjunction(line: &Line, token: &Token) -> bool {
    token.width() == 1 && matches!(line.chars[token.start], '和' | '与' | '及' | '暨')
}

/// Whether the mark stands between two bodies.
fn is_list_of_bodies(mark: &Token, chunks: &Chunks) -> bool {
    let body = |chunk: Option<Chunk>| chunk.is_some_and(|c| c.kind == Type::Organization);
    body(chunks.ending_at(mark.start)) && body(chunks.starting_at(mark.end))
}

/// Whether a token is an ordinal without a measure word: 第一, 第二十三.
pub(super) fn is_ordinal(line: &Line, token: &Token) -> bool {
    token.width() > 1
        && line.chars[token.start] == '第'
        && line.chars[token.start + 1..token.end].iter().all(|&c| {
            c.is_ascii_digit()
                || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
        })
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
    let first = last - digits;
    let ordinal = first.checked_sub(1).filter(|&at| digits > 0 && line.chars[at] == '第');
    // 十七届人大: of two figures on, no count
    let national = line.chars[end..].starts_with(&['全', '国']);
    let congress = (digits > 1 || national) && line.chars[last] == '届' && line.after(end + 1) != Some('中');
    ordinal.or((congress && digits > 0).then_some(first))
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
