//! A pattern as a program over characters, tried at the places where a match may begin.
//!
//! What a rule needs is found before its pattern runs, so most patterns are tried at a few places of a few
//! sentences: less work than an automaton takes to be built. The program is that of a backtracking matcher and
//! finds what an automaton of the same expression finds, the leftmost match and of those the one that the
//! expression prefers. It notes where it chose a way at which place and goes none twice, so that its time is that
//! of the text.

use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

use super::ahead::Ahead;
use super::list::List;

/// Steps of the longest program; longer ones are left to automata.
const LONGEST: usize = 20_000;
/// Most notes of one search; texts that want more are left to automata.
const NOTES: usize = 1 << 21;

/// An expression, ready to be tried.
#[derive(Debug)]
pub(super) struct Program {
    steps: Vec<Step>,
    parts: Parts,
    /// How many steps choose.
    choices: usize,
    ahead: Ahead,
}

/// What steps refer to by number.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Ranges of characters, sorted.
    pub(super) sets: Vec<Box<[(char, char)]>>,
    /// Words, the preferred first.
    pub(super) lists: Vec<List>,
    /// The number of the last slot.
    slots: usize,
}

/// One step. Ways lead to other steps, counted from this one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// Reads this character.
    Char(char),
    /// Reads a character of a set.
    Set(u32),
    /// Reads a word of a list. The second says which of the steps that choose it is.
    Words(u32, u32),
    /// Goes the first way, and the second where that leads nowhere. The third says which of the steps that choose it is.
    Either(i32, i32, u32),
    Jump(i32),
    /// Stands at the beginning of the text.
    Start,
    /// Notes the place in a slot.
    Save(u32),
}

/// What is done where a way leads nowhere.
#[derive(Debug)]
enum Back {
    /// Another way, from a step and a place on.
    Go(u32, usize),
    /// A slot gets back what it held.
    Restore(u32, Option<usize>),
}

/// What a search needs, used again by the next.
#[derive(Debug, Default)]
pub struct Work {
    /// The first place that counts.
    from: usize,
    back: Vec<Back>,
    /// First and last place of each group, the whole match not counted.
    slots: Vec<Option<usize>>,
    /// A bit for each choice at each place: whether it was made and led nowhere.
    made: Vec<u64>,
}

impl Work {
    /// The place of a group in the last match.
    pub(super) fn group(&self, group: usize) -> Option<(usize, usize)> {
        let slot = |slot: usize| self.slots.get(slot).copied().flatten();
        slot(2 * group).zip(slot(2 * group + 1))
    }
}

impl Program {
    /// The program of an expression; `None` where it asks for what this matcher does not know.
    pub(super) fn new(source: &str) -> Option<Program> {
        let mut parts = Parts::default();
        let mut steps = parts.steps(&regex_syntax::parse(source).ok()?)?;
        let mut choices = 0;
        for step in &mut steps {
            if let Step::Either(_, _, number) | Step::Words(_, number) = step {
                *number = choices;
                choices += 1;
            }
        }
        let ahead = Ahead::new(&steps, &parts, choices as usize);
        Some(Program { steps, parts, choices: choices as usize, ahead })
    }

    /// Prepares the search of a text from a place on; `false` where the text is too long for that.
    pub(super) fn prepare(&self, text: &str, from: usize, work: &mut Work) -> bool {
        let notes = self.choices * (text.len() - from + 1);
        if notes > NOTES {
            return false;
        }
        work.from = from;
        work.slots.clear();
        work.slots.resize(self.parts.slots + 1, None);
        work.made.clear();
        work.made.resize(notes.div_ceil(64), 0);
        true
    }

    /// Whether a match may begin with a character.
    #[inline]
    pub(super) fn may_start(&self, c: char) -> bool {
        self.ahead.may_start(c)
    }

    /// The end of the match that begins at a place. Where there was one, what was noted counts no more.
    pub(super) fn at(&self, text: &str, start: usize, work: &mut Work) -> Option<usize> {
        let end = self.go(text, start, work)?;
        work.made.fill(0);
        Some(end)
    }

    fn go(&self, text: &str, start: usize, work: &mut Work) -> Option<usize> {
        let Work { from, back, slots, made } = work;
        back.clear();
        slots.fill(None);
        // Notes a choice at a place; `false` where it was made before.
        let mut is_fresh = |number: u32, at: usize| {
            let note = (at - *from) * self.choices + number as usize;
            let (note, bit) = (&mut made[note / 64], 1 << (note % 64));
            let fresh = *note & bit == 0;
            *note |= bit;
            fresh
        };
        let (mut step, mut at) = (0_usize, start);
        loop {
            let way = |by: i32| step.wrapping_add_signed(by as isize);
            let next = match self.steps.get(step) {
                None => return Some(at),
                Some(Step::Char(wanted)) => {
                    text[at..].chars().next().filter(|c| c == wanted).map(|c| (step + 1, at + c.len_utf8()))
                }
                Some(&Step::Set(set)) => {
                    let set = &self.parts.sets[set as usize];
                    text[at..].chars().next().filter(|&c| holds(set, c)).map(|c| (step + 1, at + c.len_utf8()))
                }
                Some(&Step::Words(list, number)) => {
                    let list = if is_fresh(number, at) { Some(&self.parts.lists[list as usize]) } else { None };
                    let ends = list.into_iter().flat_map(|list| list.starting(&text[at..]));
                    let mut ends = ends.map(|word| at + word.len());
                    let first = ends.next();
                    let known = back.len();
                    back.extend(ends.map(|end| Back::Go(step as u32 + 1, end)));
                    back[known..].reverse();
                    first.map(|end| (step + 1, end))
                }
                Some(&Step::Either(first, second, number)) => {
                    match self.ahead.ways(number, text[at..].chars().next()) {
                        [false, false] => None,
                        _ if !is_fresh(number, at) => None,
                        [true, false] => Some((way(first), at)),
                        [false, true] => Some((way(second), at)),
                        [true, true] => {
                            back.push(Back::Go(way(second) as u32, at));
                            Some((way(first), at))
                        }
                    }
                }
                Some(&Step::Jump(by)) => Some((way(by), at)),
                Some(Step::Start) => (at == 0).then_some((step + 1, at)),
                Some(&Step::Save(slot)) => {
                    back.push(Back::Restore(slot, slots[slot as usize]));
                    slots[slot as usize] = Some(at);
                    Some((step + 1, at))
                }
            };
            (step, at) = match next {
                Some(next) => next,
                None => turn(back, slots)?,
            };
        }
    }
}

/// The last way that was not gone.
fn turn(back: &mut Vec<Back>, slots: &mut [Option<usize>]) -> Option<(usize, usize)> {
    loop {
        match back.pop()? {
            Back::Go(step, at) => return Some((step as usize, at)),
            Back::Restore(slot, place) => slots[slot as usize] = place,
        }
    }
}

fn holds(set: &[(char, char)], c: char) -> bool {
    let next = set.partition_point(|&(first, _)| first <= c);
    next.checked_sub(1).is_some_and(|last| c <= set[last].1)
}

impl Parts {
    fn steps(&mut self, hir: &Hir) -> Option<Vec<Step>> {
        let steps = match hir.kind() {
            HirKind::Empty => Vec::new(),
            HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok()?.chars().map(Step::Char).collect(),
            HirKind::Class(class) => vec![self.set(class)?],
            HirKind::Look(Look::Start) => vec![Step::Start],
            HirKind::Look(_) => return None,
            HirKind::Repetition(repetition) => self.repetition(repetition)?,
            HirKind::Capture(capture) => {
                let (open, close) = (2 * capture.index, 2 * capture.index + 1);
                self.slots = self.slots.max(close as usize);
                let inner = self.steps(&capture.sub)?;
                [vec![Step::Save(open)], inner, vec![Step::Save(close)]].concat()
            }
            HirKind::Concat(parts) => parts.iter().map(|part| self.steps(part)).collect::<Option<Vec<_>>>()?.concat(),
            HirKind::Alternation(parts) => match words(parts) {
                Some(words) => {
                    self.lists.push(List::from(words));
                    vec![Step::Words(self.lists.len() as u32 - 1, 0)]
                }
                None => either(&parts.iter().map(|part| self.steps(part)).collect::<Option<Vec<_>>>()?),
            },
        };
        (steps.len() <= LONGEST).then_some(steps)
    }

    fn set(&mut self, class: &Class) -> Option<Step> {
        let ranges: Box<[(char, char)]> = match class {
            Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
            Class::Bytes(class) => {
                let ascii = class.ranges().iter().all(|range| range.end() < 0x80);
                let ranges = class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end())));
                ascii.then(|| ranges.collect())?
            }
        };
        let known = self.sets.iter().position(|set| *set == ranges);
        let number = known.unwrap_or_else(|| {
            self.sets.push(ranges);
            self.sets.len() - 1
        });
        Some(Step::Set(number as u32))
    }

    fn repetition(&mut self, repetition: &Repetition) -> Option<Vec<Step>> {
        let inner = self.steps(&repetition.sub)?;
        let (least, length) = (repetition.min as usize, inner.len());
        let more = repetition.max.map(|most| most as usize - least);
        if (least + more.unwrap_or(1)).checked_mul(length + 2)? > LONGEST {
            return None;
        }
        let choice =
            |on: i32, out: i32| if repetition.greedy { Step::Either(on, out, 0) } else { Step::Either(out, on, 0) };
        let mut steps = inner.repeat(least);
        match more {
            Some(more) => {
                for left in (1..=more).rev() {
                    steps.push(choice(1, (left * (length + 1)) as i32));
                    steps.extend_from_slice(&inner);
                }
            }
            // What may read nothing would go round and round.
            None if repetition.sub.properties().minimum_len() == Some(0) => return None,
            None => {
                steps.push(choice(1, length as i32 + 2));
                steps.extend_from_slice(&inner);
                steps.push(Step::Jump(-(length as i32) - 1));
            }
        }
        Some(steps)
    }
}

/// The words of which alone a choice is made.
fn words(parts: &[Hir]) -> Option<Vec<String>> {
    let word = |part: &Hir| match part.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(str::to_owned),
        _ => None,
    };
    parts.iter().map(word).collect()
}

/// One of several, the first preferred.
fn either(parts: &[Vec<Step>]) -> Vec<Step> {
    let mut steps = Vec::new();
    // Each but the last goes over those behind it.
    let mut behind: usize = parts.iter().map(|part| part.len() + 2).sum::<usize>().saturating_sub(2);
    for (number, part) in parts.iter().enumerate() {
        if number + 1 == parts.len() {
            steps.extend_from_slice(part);
            break;
        }
        behind -= part.len() + 2;
        steps.push(Step::Either(1, part.len() as i32 + 2, 0));
        steps.extend_from_slice(part);
        steps.push(Step::Jump(behind as i32 + 1));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The first match and its groups, by the program.
    fn first(source: &str, text: &str) -> Option<Vec<Option<(usize, usize)>>> {
        let program = Program::new(source).expect("a program");
        let mut work = Work::default();
        assert!(program.prepare(text, 0, &mut work), "a short text");
        let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        places.into_iter().find_map(|start| {
            let end = program.at(text, start, &mut work)?;
            let groups = (1..=program.parts.slots / 2).map(|group| work.group(group));
            Some([Some((start, end))].into_iter().chain(groups).collect())
        })
    }

    /// Expressions in which nothing that may be empty is repeated without end.
    fn expression() -> impl Strategy<Value = String> {
        let one = prop_oneof!["[ab甲乙]", Just("[a甲]".to_owned()), Just("(?:甲乙|甲|a)".to_owned())];
        one.prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
                proptest::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("(?:{})", parts.join("|"))),
                inner.clone().prop_map(|part| format!("({part})")),
                (inner.clone(), 0..2_u32, 0..3_u32, any::<bool>()).prop_map(|(part, least, more, lazy)| {
                    format!("(?:{part}){{{least},{}}}{}", least + more, if lazy { "?" } else { "" })
                }),
                "[ab甲乙][*+]\\??",
                Just("(?:^|乙)".to_owned()),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_finds_what_automata_find(source in expression(), text in "[ab甲乙丙]{0,12}") {
            let automaton = regex::Regex::new(&source).unwrap();
            let expected = automaton.captures(&text).map(|found| {
                found.iter().map(|group| group.map(|group| (group.start(), group.end()))).collect::<Vec<_>>()
            });
            prop_assert_eq!(first(&source, &text), expected, "{} in {}", source, text);
        }
    }

    #[test]
    fn what_it_does_not_know_is_left_to_automata() {
        assert!(Program::new("甲$").is_none() && Program::new("(?:甲?)*").is_none() && Program::new("(").is_none());
    }

    #[test]
    fn its_time_is_that_of_the_text() {
        let program = Program::new("(?:a?){30}b").unwrap();
        let text = "a".repeat(400);
        let mut work = Work::default();
        assert!(program.prepare(&text, 0, &mut work) && program.at(&text, 0, &mut work).is_none());
        assert!(!program.prepare(&"a".repeat(NOTES), 0, &mut work));
        // Words that begin one another, one list behind the other.
        let program = Program::new("(?:a|aa|b){60}c").unwrap();
        assert!(program.prepare(&text, 0, &mut work) && program.at(&text, 0, &mut work).is_none());
    }

    #[test]
    fn places_are_refused_by_their_first_character() {
        let program = Program::new("(?:甲)?(?:乙丙|丁)[a-c]").unwrap();
        assert!("甲乙丁".chars().all(|c| program.may_start(c)) && !"丙a".chars().any(|c| program.may_start(c)));
        for source in ["[^甲]乙", "(?:甲)?"] {
            assert!(Program::new(source).unwrap().ahead.start().is_none());
        }
    }
}
