//! Short names of companies, which carry no legal form: 金河实业, 云岭股份, 威富通.
//!
//! Such a name is read where it ends like one (集团, 股份, 药业), or, in a sentence that is about
//! companies, where what touches it says so: a stock code, a share in per cent, a verb of buying.

mod latin;
mod touch;

use super::chunk::{Chunk, Chunks};
use super::line::{Hit, Line, is_han};
use super::scan::GRAMMAR;
use super::segment::{Edge, Kind, Token};
use crate::lexicon::Tag;
use crate::rule::name::{BrandRule, Knowledge};
use crate::schema::Type;
pub(super) use touch::is_touched;
use touch::{ends_name, follows_verb_or_day, is_party};

/// Of a name with a tail that everyday words have as well.
const WEAK: i32 = 1500;
/// Of one with a tail that hardly anything but a company has.
const STRONG: i32 = 1100;
/// Less where the sentence is about companies.
const ABOUT: i32 = 350;
/// Dictionary words dearer than this are rare enough to be names.
const RARE: i32 = 1300;
/// Nouns dearer than this are names before a tail that hardly anything but a company has.
const UNCOMMON: i32 = 1150;
/// Nouns dearer than this are names before a trade and 公司.
const EVERYDAY: i32 = 900;
/// Most characters of a name that its neighbours alone prove.
const LONGEST: usize = 8;

/// Whether the sentence is about companies.
pub(super) fn is_about_companies(line: &Line, knowledge: &Knowledge, rule: &BrandRule) -> bool {
    let places = if line.lists.any(rule.cues) { 0..line.len() } else { 0..0 };
    places.into_iter().filter(|&at| line.starts[at].any(rule.cues)).any(|at| {
        line.hits_at(at).iter().any(|hit| {
            hit.classes.any(rule.cues) && !knowledge.lexicon.feature(hit.entry, rule.cues, "about").is_empty()
        })
    })
}

/// Adds the candidates of a line that end like a company.
pub(super) fn candidates(line: &Line, knowledge: &Knowledge, edges: &mut Vec<Edge>) {
    for rule in knowledge.brands.iter().filter(|rule| line.lists.any(rule.tails)) {
        let about = is_about_companies(line, knowledge, rule);
        for at in 2..line.len() {
            if !line.starts[at].any(rule.tails) {
                continue;
            }
            let mut tails = line.hits_at(at).iter().filter(|hit| hit.classes.any(rule.tails));
            let Some(tail) = tails.next_back() else { continue };
            let strength = knowledge.lexicon.feature(tail.entry, rule.tails, "strength");
            // 吉林｜信托, but 上海｜证券市场
            let longer = line.hits_at(at).last().is_some_and(|hit| hit.end > tail.end && is_word(hit.tag));
            // 慈济｜基金会
            let body = |hit: &Hit| hit.end > tail.end && hit.classes.any(knowledge.head_words);
            if !is_form(line.chars[at]) && line.hits_at(at).iter().any(body) {
                continue;
            }
            let seated = strength == "seated" && !longer;
            let strong = seated || strength != "weak";
            // 远望谷科技｜集团, 银河蔬菜｜公司, but 宏远股份｜控股股东
            let after = line.hits_at(tail.end);
            let forms = after.iter().filter(|hit| hit.classes.any(rule.tails) && is_form(line.chars[tail.end]));
            let end = forms.map(|hit| hit.end).max();
            let end = end.filter(|&end| after.last().is_some_and(|hit| hit.end <= end)).unwrap_or(tail.end);
            // 银河蔬菜｜公司; in a sentence about companies 阳光｜集团
            let whole = (end > at + 2 && line.chars[..end].ends_with(&['公', '司']))
                || (about && line.chars[at..end] == ['集', '团']);
            let strong = strong || whole;
            if !(strong || about) {
                continue;
            }
            // 曹晖控股的…集团: a verb
            if line.chars[at..end] == ['控', '股'] && line.after(end) == Some('的') {
                continue;
            }
            for stem in 2..=4 {
                let Some(start) = at.checked_sub(stem) else { break };
                // 金陵重工｜公告: in a sentence about companies the place may be all of the name of any
                let seated = seated || (about && strong && ends_name(line, rule, end));
                // 向高通｜支付专利费, 控股股东｜违规担保: verbs
                let verb = tail.tag == Tag::Verb;
                let party = about && !verb && is_party(line, knowledge, rule, start, end);
                let closed = !verb && ends_name(line, rule, end);
                if !is_stem(line, knowledge, rule, (start, at), Tail { about, seated, strong, whole, party, closed }) {
                    continue;
                }
                let cost = if strong { STRONG } else { WEAK } - if about { ABOUT } else { 0 } + 120 * (stem as i32 - 2);
                // 北京｜泰诚实业: the place is a part of the name
                if let Some(place) = place_before(line, start, knowledge) {
                    edges.push(Edge { start: place, end, cost, kind: Kind::Named(rule.id, Type::Organization) });
                }
                edges.push(Edge { start, end, cost, kind: Kind::Named(rule.id, Type::Organization) });
            }
        }
    }
}

/// Whether a legal form begins so: 集团, 公司, 股份, 控股.
fn is_form(c: char) -> bool {
    matches!(c, '集' | '公' | '股' | '控')
}

/// What follows a stem.
#[derive(Clone, Copy)]
struct Tail {
    /// The sentence is about companies.
    about: bool,
    /// The stem may be the place where the company sits.
    seated: bool,
    /// Hardly anything but a company ends so.
    strong: bool,
    /// A trade and 公司.
    whole: bool,
    /// What touches the name says that it is one.
    party: bool,
    /// The name may end behind it.
    closed: bool,
}

/// Whether characters may be a company's own name: no everyday word, set apart to the left.
fn is_stem(line: &Line, knowledge: &Knowledge, rule: &BrandRule, stem: (usize, usize), tail: Tail) -> bool {
    let (start, end) = stem;
    let chars = &line.chars[start..end];
    if !chars.iter().all(|&c| is_han(c)) || line.is_one_of(start, end, &rule.never) {
        return false;
    }
    let apart = line.before(start).is_none_or(|c| !is_han(c))
        || line.ends[start].any(knowledge.outside.or(knowledge.place).or(rule.cues))
        || (tail.about && tail.closed && follows_verb_or_day(line, start));
    // 宝钢｜集团: a listed company
    let listed = |hit: &Hit| hit.classes.any(knowledge.organization.or(knowledge.weak_body));
    let seat = |hit: &Hit| {
        let place = hit.classes.any(knowledge.place) && !hit.classes.any(knowledge.country);
        tail.seated && place && (hit.tag == Tag::PlaceName || hit.cost > RARE)
    };
    // 银河｜蔬菜公司; in a sentence about companies 红豆｜置业
    let rare = match tail {
        Tail { party: true, .. } => 0,
        Tail { whole: true, .. } => EVERYDAY,
        Tail { strong: true, .. } => UNCOMMON,
        _ => RARE,
    };
    let dear = |hit: &Hit| {
        let noun = matches!(hit.tag, Tag::Noun | Tag::ProperName) || tail.party;
        (tail.about && hit.cost > RARE) || ((tail.about || tail.whole) && noun && end - start == 2 && hit.cost > rare)
    };
    let whole = line.hit(start, end).filter(|hit| !seat(hit)).is_some_and(|hit| {
        hit.classes.any(knowledge.generic.or(knowledge.outside).or(rule.tails))
            || (!listed(&hit) && (hit.classes.any(knowledge.named) || (is_word(hit.tag) && !dear(&hit))))
    });
    // 东方雨虹｜建材, but 淮北矿业｜集团 grows from its head
    let listed = tail.about
        && tail.closed
        && end - start > 2
        && !is_form(line.chars[end])
        && line.hit(start, end).is_some_and(|hit| listed(&hit));
    apart
        && !whole
        && (listed || !meets_word(line, knowledge, rule, start, end))
        && !holds_grammar(line, knowledge, start, end)
}

/// Whether a common word or a listed name shares characters with the stem: 大力发展｜科技, 中｜铁四局集团.
fn meets_word(line: &Line, knowledge: &Knowledge, rule: &BrandRule, start: usize, end: usize) -> bool {
    // 股东｜兴龙实业: a word about companies ends there
    let first = if line.ends[start].any(rule.cues) { start } else { start.saturating_sub(5) };
    (first..end).any(|at| {
        line.hits_at(at).iter().filter(|hit| hit.end > start && hit.end > at + 1).any(|hit| {
            let named = hit.classes.any(knowledge.named);
            (named || is_plain(line, at, hit.end)) && (at, hit.end) != (start, end)
        })
    })
}

/// Where the listed place that ends there begins.
fn place_before(line: &Line, end: usize, knowledge: &Knowledge) -> Option<usize> {
    (end.saturating_sub(6)..end.saturating_sub(1))
        .find(|&start| line.hit(start, end).is_some_and(|hit| hit.classes.any(knowledge.place)))
}

fn is_word(tag: Tag) -> bool {
    !matches!(tag, Tag::PersonName | Tag::PlaceName | Tag::ProperName | Tag::OrganizationName | Tag::Unknown)
}

/// Whether the dictionary holds `start..end` as a common word of two characters or more.
fn is_plain(line: &Line, start: usize, end: usize) -> bool {
    end > start + 1 && line.hit(start, end).is_some_and(|hit| is_word(hit.tag) && hit.cost <= RARE)
}

/// Whether a word of grammar stands inside.
fn holds_grammar(line: &Line, knowledge: &Knowledge, start: usize, end: usize) -> bool {
    // 胡扬忠是｜公司第二大股东
    line.chars[end - 1] == '是'
        || (start..end).any(|at| {
            line.hits_at(at).iter().filter(|hit| hit.end <= end).any(|hit| {
                let single = hit.end - hit.start == 1;
                // 雅本｜投资: a character of grammar now and then
                let grammar = single && (at == start || !matches!(line.chars[at], '本' | '地'));
                (grammar && matches!(hit.tag, Tag::Particle | Tag::Preposition | Tag::Pronoun | Tag::Conjunction))
                    || (!single && hit.classes.any(knowledge.outside))
            })
        })
}

/// Adds the names that their neighbours prove, in a sentence about companies.
pub(super) fn find(line: &Line, tokens: &[Token], knowledge: &Knowledge, chunks: &mut Chunks) {
    for rule in &knowledge.brands {
        if !is_about_companies(line, knowledge, rule) {
            continue;
        }
        let mut at = 0;
        while at < tokens.len() {
            let first = at;
            while at < tokens.len() && is_open(line, &tokens[at], knowledge, rule, chunks) {
                at += 1;
            }
            if at > first
                && let Some((start, end)) = proved(line, tokens, first, at, knowledge, rule, chunks)
            {
                chunks.add(line, start, end, Type::Organization, rule.id);
            }
            at = at.max(first + 1);
        }
        for seat in 0..tokens.len() {
            if is_seat(line, &tokens[seat], knowledge)
                && let Some(end) = seated(line, tokens, seat, knowledge, rule)
            {
                chunks.add(line, tokens[seat].start, end, Type::Organization, rule.id);
            }
        }
        latin::find(line, knowledge, rule, chunks);
        for share in (1..tokens.len()).filter(|&at| is_share(line, &tokens[at])) {
            if let Some((start, end)) = acquired(line, tokens, share, knowledge, rule, chunks) {
                chunks.add(line, start, end, Type::Organization, rule.id);
            }
        }
    }
}

/// The end of a name that begins with the place where its bearer sits and goes on with single characters, set
/// apart on both sides: 收购｜辽源鸿图｜和….
fn seated(line: &Line, tokens: &[Token], seat: usize, knowledge: &Knowledge, rule: &BrandRule) -> Option<usize> {
    let start = tokens[seat].end;
    let cue = |token: &Token, side: &str| {
        matches!(token.kind, Kind::Word(entry) if token.classes.any(rule.cues)
            && !knowledge.lexicon.feature(entry, rule.cues, side).is_empty())
    };
    let mut last = seat + 1;
    let mut grammar = 0;
    let (mut traded, mut words) = (false, false);
    while last < tokens.len() && tokens[last].end - start <= 4 {
        let token = &tokens[last];
        let han = line.chars[token.start..token.end].iter().copied().all(is_han);
        // 辽源｜鸿图
        let rare = matches!(token.kind, Kind::Word(entry) if knowledge.lexicon.entry(entry).cost > RARE
            && !token.classes.any(knowledge.outside.or(knowledge.generic).or(knowledge.position).or(knowledge.named).or(rule.tails)));
        let single = token.width() == 1 || matches!(token.kind, Kind::Person(_)) || (rare && token.width() == 2);
        // 成都｜会展｜51%股权
        let trade = last == seat + 1
            && token.classes.any(rule.tails)
            && !is_form(line.chars[token.start])
            && tokens.get(last + 1).is_some_and(|t| is_share(line, t) || (t.tag == Tag::Verb && cue(t, "behind")));
        if trade {
            traded = true;
            last += 1;
            break;
        }
        if !han || !single || cue(token, "behind") || (last > seat + 1 && ends_run(line, token)) {
            break;
        }
        words |= token.width() > 1;
        grammar += usize::from(GRAMMAR.contains(&line.chars[token.start]) && token.width() == 1);
        last += 1;
    }
    let end = tokens[last - 1].end;
    let before = seat.checked_sub(1).map(|at| &tokens[at]);
    let left = before.is_none_or(|t| {
        let joins = t.width() == 1
            && matches!(
                line.chars[t.start],
                '、' | '和' | '与' | '及' | '向' | '对' | '了' | '将' | '，' | '。' | '：' | '；'
            );
        cue(t, "before") || joins
    });
    // 对｜阳新鹏富｜的重大影响
    let owner = |t: &Token| !words && line.chars[t.start..t.end] == ['的'];
    let right = tokens
        .get(last)
        .is_none_or(|t| traded || cue(t, "behind") || ends_run(line, t) || is_share(line, t) || owner(t));
    let person = last == seat + 2 && matches!(tokens[seat + 1].kind, Kind::Person(_)) && tokens[seat + 1].width() > 2;
    let fits = (2..=4).contains(&(end - start)) && grammar == 0 && !person;
    (fits && left && right && !line.is_one_of(start, end, &rule.never)).then_some(end)
}

/// Most characters of a name between a verb of buying and a share.
const BOUGHT: usize = 12;

/// Whether a token is the share of a company: 60%｜的股权.
fn is_share(line: &Line, token: &Token) -> bool {
    let rest = &line.chars[token.end..];
    let rest = rest.strip_prefix(&['的']).unwrap_or(rest);
    matches!(token.kind, Kind::Value(_)) && holds_percent(line, token) && matches!(rest, ['股', '权' | '份' | '本', ..])
}

/// What is bought, of which words it may be made: 收购了｜文旅科技｜100%股权.
fn acquired(
    line: &Line,
    tokens: &[Token],
    share: usize,
    knowledge: &Knowledge,
    rule: &BrandRule,
    chunks: &Chunks,
) -> Option<(usize, usize)> {
    let end = tokens[share].start;
    let mut first = share;
    while first > 0 && end - tokens[first - 1].start <= BOUGHT {
        let token = &tokens[first - 1];
        let cue = matches!(token.kind, Kind::Word(entry) if token.classes.any(rule.cues)
            && !knowledge.lexicon.feature(entry, rule.cues, "before").is_empty());
        let linked = token.width() == 1 && matches!(line.chars[token.start], '了' | '的');
        if cue || linked {
            let run = &tokens[first..share];
            let start = run.first()?.start;
            let behind_cue = cue || (first >= 2 && tokens[first - 2].classes.any(rule.cues));
            let words = knowledge.generic.or(knowledge.outside).or(rule.cues).or(knowledge.position);
            let says_which = run.iter().any(|t| !t.classes.any(words));
            let person = chunks.all().iter().any(|c| c.kind == Type::Person && (c.start, c.end) == (start, end));
            let name = behind_cue && says_which && !person && end - start > 1;
            return (name && !line.is_one_of(start, end, &rule.never)).then_some((start, end));
        }
        let grammar =
            matches!(token.tag, Tag::Pronoun | Tag::Numeral | Tag::Measure | Tag::Conjunction | Tag::Preposition);
        let mark = token.tag == Tag::Punctuation && !matches!(line.chars[token.start], '(' | ')' | '（' | '）' | '·');
        if grammar || mark || matches!(token.kind, Kind::Value(_)) {
            return None;
        }
        first -= 1;
    }
    None
}

/// Whether a token may be a part of such a name.
fn is_open(line: &Line, token: &Token, knowledge: &Knowledge, rule: &BrandRule, chunks: &Chunks) -> bool {
    let word = match token.kind {
        Kind::Word(entry) => {
            let tagged =
                matches!(token.tag, Tag::Verb | Tag::VerbNoun | Tag::Adjective | Tag::AdjectiveNoun | Tag::Idiom);
            let common = tagged || knowledge.lexicon.entry(entry).cost < RARE;
            let everyday = is_word(token.tag) && token.width() > 1 && common;
            !everyday
                && !token
                    .classes
                    .any(knowledge.outside.or(knowledge.generic).or(knowledge.position).or(knowledge.named))
                && !token.classes.any(rule.cues)
        }
        // CEO｜表示
        Kind::Unknown => {
            let word = line.hit(token.start, token.end);
            token.tag != Tag::Punctuation && word.is_none_or(|hit| !hit.classes.any(rule.cues.or(knowledge.position)))
        }
        Kind::Person(_) => true,
        Kind::Value(_) | Kind::Named(..) => false,
    };
    let plain = !matches!(
        token.tag,
        Tag::Punctuation
            | Tag::Particle
            | Tag::Preposition
            | Tag::Conjunction
            | Tag::Pronoun
            | Tag::Adverb
            | Tag::Time
            | Tag::Numeral
            | Tag::Measure
            | Tag::Direction
    );
    let taken = chunks.all().iter().any(|c| c.kind != Type::Person && c.start < token.end && token.start < c.end);
    word && plain && !taken && !line.chars[token.start].is_whitespace()
}

/// The name that tokens `first..last` are, if what touches them says so.
fn proved(
    line: &Line,
    tokens: &[Token],
    first: usize,
    last: usize,
    knowledge: &Knowledge,
    rule: &BrandRule,
    chunks: &Chunks,
) -> Option<(usize, usize)> {
    let (start, end) = (tokens[first].start, tokens[last - 1].end);
    let run = &tokens[first..last];
    if !(2..=LONGEST).contains(&(end - start)) || line.is_one_of(start, end, &rule.never) {
        return None;
    }
    // words alone name nothing: a name has a character that no word holds, Latin letters, or is listed as one
    let coined = run.iter().any(|t| {
        matches!(t.kind, Kind::Unknown | Kind::Person(_))
            || (t.width() == 1 && t.tag != Tag::Verb)
            || matches!(t.tag, Tag::ProperName | Tag::PersonName | Tag::Latin)
    });
    let share = tokens.get(last).is_some_and(|t| matches!(t.kind, Kind::Value(_)) && holds_percent(line, t));
    let coded = stock_code(line, end);
    if !(coined || share || coded)
        || run.iter().all(|t| t.width() == 1 && t.tag == Tag::Latin && !line.chars[t.start].is_alphabetic())
    {
        return None;
    }
    let cue = |token: &Token, side: &str| {
        matches!(token.kind, Kind::Word(entry) if token.classes.any(rule.cues)
            && !knowledge.lexicon.feature(entry, rule.cues, side).is_empty())
    };
    let person = run.len() == 1 && matches!(run[0].kind, Kind::Person(_));
    let behind = tokens.get(last).is_some_and(|t| cue(t, "behind"));
    // 北京｜泽盈: the place is a part of the name
    let fits = end - start <= 4 && line.chars[start] != '人' && !run.iter().any(|t| matches!(t.kind, Kind::Person(_)));
    let place = first.checked_sub(1).filter(|&at| fits && is_seat(line, &tokens[at], knowledge));
    let outer = place.unwrap_or(first);
    let before = outer > 0 && cue(&tokens[outer - 1], "before");
    let apart = place.is_some() && !person && tokens.get(last).is_none_or(|t| ends_run(line, t));
    let joined = end - start > 2 && is_joined(line, outer_start(tokens, place, start), end, chunks);
    let enough =
        if person { coded || (share && before) } else { behind || before || share || coded || apart || joined };
    enough.then_some((tokens[outer].start, end))
}

/// Where the name begins with the place before it.
fn outer_start(tokens: &[Token], place: Option<usize>, start: usize) -> usize {
    place.map_or(start, |at| tokens[at].start)
}

/// Whether a list mark or 与 stands between the name and that of another body.
fn is_joined(line: &Line, start: usize, end: usize, chunks: &Chunks) -> bool {
    let joins = |c: Option<char>| matches!(c, Some('、' | '与' | '和' | '及'));
    let body = |chunk: Option<Chunk>| chunk.is_some_and(|c| c.kind == Type::Organization);
    (joins(line.before(start)) && body(chunks.ending_at(start - 1)))
        || (joins(line.after(end)) && body(chunks.starting_at(end + 1)))
}

/// Whether a token is a division of China or a country, right before a name.
fn is_seat(line: &Line, token: &Token, knowledge: &Knowledge) -> bool {
    matches!(token.kind, Kind::Word(_))
        && token.classes.any(knowledge.division)
        && !line.chars[token.end - 1].is_whitespace()
}

/// Whether a name may end before the token: a mark, a preposition, a verb.
fn ends_run(line: &Line, token: &Token) -> bool {
    let mark = token.tag == Tag::Punctuation && !matches!(line.chars[token.start], '·' | '（' | '(' | '-' | '“');
    mark || matches!(token.kind, Kind::Value(_))
        || matches!(token.tag, Tag::Preposition | Tag::Conjunction | Tag::Adverb | Tag::Time | Tag::Pronoun)
}

fn holds_percent(line: &Line, token: &Token) -> bool {
    line.chars[token.start..token.end].contains(&'%')
}

/// Whether a stock code in brackets stands there: (600519), （00700.HK）.
fn stock_code(line: &Line, at: usize) -> bool {
    if !matches!(line.after(at), Some('（' | '(')) {
        return false;
    }
    let code: Vec<char> =
        line.chars[at + 1..].iter().copied().take_while(|c| !matches!(c, '）' | ')')).take(14).collect();
    let digits = code.iter().filter(|c| c.is_ascii_digit()).count();
    digits >= 5 && code.iter().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '：'))
}
