//! Which events a noun may stand for.

use super::scene::Scene;
use crate::schema::Type;

impl Scene<'_> {
    /// Whether nouns of a text may stand for an event, by the kinds of both: 地震 for no meeting, 会议 for no flood,
    /// 决赛 for no congress, 会议 for no contest, 签约仪式 for no session. A text without such a noun says nothing against it.
    pub fn may_mean(&self, text: &str, event: usize) -> bool {
        let nouns = self.rules.list("event_noun");
        let mut found = nouns.inside(text).map(|(_, noun)| noun).peekable();
        found.peek().is_none() || found.any(|noun| self.fits(noun, self.name(event)))
    }

    fn fits(&self, noun: &str, name: &str) -> bool {
        let (disasters, contests) = (self.rules.list("disaster_noun"), self.rules.list("contest_noun"));
        let rite = noun.ends_with(['式', '礼']) && !noun.contains(['幕', '奖']);
        disasters.ends(noun) == disasters.ends(name)
            && (!contests.within(noun) || contests.within(name))
            && !(noun.ends_with("会议") && contests.ends(name))
            && !(rite && (name.ends_with("会议") || name.ends_with("大会") || name.ends_with("全会")))
    }

    /// Whether a line itself tells, before a place, of a meeting that is held and has no name: 军分区召开全体会议，….
    pub fn holds_unnamed(&self, line: usize, at: usize) -> bool {
        let sentence = &self.lines[line];
        let last = sentence.clause(at);
        sentence.clauses[..=last].iter().any(|&(start, end)| {
            let text = &sentence.skeleton.text[start..end.min(at).max(start)];
            let held = ["召开", "举行", "举办"].iter().filter_map(|verb| Some(text.find(verb)? + verb.len())).min();
            held.is_some_and(|held| {
                self.rules.list("event_noun").within(&text[held..])
                    && !sentence.marks_in(start, end).any(|mark| self.kind(line, mark) == Type::Event)
            })
        })
    }

    /// The nearest event before a place of the article, at most fifteen sentences up, that nouns of the line may mean.
    pub fn meant_event(&self, line: usize, at: usize) -> Option<usize> {
        let text = &self.lines[line].skeleton.text;
        self.last_that(line, at, |mention| self.mentions[mention].kind == Type::Event && self.may_mean(text, mention))
    }
}
