//! A pattern as a program over characters, tried at the places where a match may begin.
//!
//! What a rule needs is found before its pattern runs, so most patterns are tried at a few places of a few
//! sentences: less work than an automaton takes to be built. The program is that of a backtracking matcher and
//! finds what an automaton of the same expression finds, the leftmost match and of those the one that the
//! expression prefers. It notes where it chose a way at which place and goes none twice, so that its time is that
//! of the text.

use super::ahead::Ahead;
use super::assemble::{Assembler, Lexicons};
use super::list::List;
use super::pattern::Node;

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
    pub(super) slots: usize,
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
    /// The program of a pattern without fragments and without guards at its ends; `None` where it asks for what this
    /// matcher does not know.
    pub(super) fn new(node: &Node, lexicons: &Lexicons) -> Option<Program> {
        let mut assembler = Assembler::new(lexicons);
        let steps = assembler.node(node)?;
        Some(Program::of(steps, assembler.parts))
    }

    /// The program of a regular expression.
    #[cfg(test)]
    pub(super) fn of_expression(source: &str) -> Option<Program> {
        let lexicons = Lexicons::default();
        let mut assembler = Assembler::new(&lexicons);
        let steps = assembler.expression(&regex_syntax::parse(source).ok()?)?;
        Some(Program::of(steps, assembler.parts))
    }

    fn of(mut steps: Vec<Step>, parts: Parts) -> Program {
        let mut choices = 0;
        for step in &mut steps {
            if let Step::Either(_, _, number) | Step::Words(_, number) = step {
                *number = choices;
                choices += 1;
            }
        }
        let ahead = Ahead::new(&steps, &parts, choices as usize);
        Program { steps, parts, choices: choices as usize, ahead }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::skeleton::mark;
    use super::super::{Action, RuleSet};
    use super::*;
    use crate::lexicon::Sources;
    use crate::schema::Type;

    /// The first match and its groups, by the program.
    fn first(source: &str, text: &str) -> Option<Vec<Option<(usize, usize)>>> {
        let program = Program::of_expression(source).expect("a program");
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
        assert!(
            Program::of_expression("甲$").is_none()
                && Program::of_expression("(?:甲?)*").is_none()
                && Program::of_expression("(").is_none()
        );
    }

    #[test]
    fn its_time_is_that_of_the_text() {
        let program = Program::of_expression("(?:a?){30}b").unwrap();
        let text = "a".repeat(400);
        let mut work = Work::default();
        assert!(program.prepare(&text, 0, &mut work) && program.at(&text, 0, &mut work).is_none());
        assert!(!program.prepare(&"a".repeat(NOTES), 0, &mut work));
        // Words that begin one another, one list behind the other.
        let program = Program::of_expression("(?:a|aa|b){60}c").unwrap();
        assert!(program.prepare(&text, 0, &mut work) && program.at(&text, 0, &mut work).is_none());
    }

    #[test]
    fn places_are_refused_by_their_first_character() {
        let program = Program::of_expression("(?:甲)?(?:乙丙|丁)[a-c]").unwrap();
        assert!("甲乙丁".chars().all(|c| program.may_start(c)) && !"丙a".chars().any(|c| program.may_start(c)));
        for source in ["[^甲]乙", "(?:甲)?"] {
            assert!(Program::of_expression(source).unwrap().ahead.start().is_none());
        }
    }

    #[test]
    fn patterns_are_read_as_their_expressions_are() {
        let rules = RuleSet::load(&Sources::built_in()).expect("rules");
        let texts: Vec<String> =
            rules.rules().iter().flat_map(|rule| &rule.examples).map(|one| bare(&one.text)).collect();
        let mut found = 0;
        for rule in rules.rules() {
            let Action::Pattern { pattern, unless, .. } = &rule.action else { continue };
            for pattern in std::iter::once(&**pattern).chain(unless) {
                let tree = pattern.program().expect("a program");
                let expression = Program::of_expression(pattern.source()).expect("a program");
                for text in texts.iter().step_by(2) {
                    let all = |program: &Program| {
                        let mut work = Work::default();
                        assert!(program.prepare(text, 0, &mut work));
                        let places = text.char_indices().filter(|&(_, c)| program.may_start(c)).map(|(at, _)| at);
                        let found =
                            places.filter_map(|at| Some((at, program.at(text, at, &mut work)?, work.slots.clone())));
                        found.collect::<Vec<_>>()
                    };
                    assert_eq!(all(tree), all(&expression), "{} in {text}", rule.id);
                    found += all(tree).len();
                }
            }
        }
        assert!(found > 400, "{found}");
    }

    /// An example with each name that is marked in it as one character.
    fn bare(example: &str) -> String {
        let mut out = String::new();
        for (number, piece) in example.split(['⟦', '⟧']).enumerate() {
            match piece.rsplit_once('¦').filter(|_| number % 2 == 1) {
                Some((_, kind)) => {
                    let kind = Type::ALL.iter().find(|known| known.name() == kind).unwrap_or(&Type::Person);
                    out.push(mark(*kind, *kind));
                }
                None => out.push_str(piece),
            }
        }
        out
    }
}
