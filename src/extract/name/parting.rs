//! Verbs that a scan meets: those that part two names, and those that are a part of one.

use super::chunk::Chunks;
use super::head::Head;
use super::line::{Line, is_han};
use super::scan::{GRAMMAR, Run, is_proper};
use super::segment::Token;
use crate::lexicon::Tag;
use crate::rule::name::{HeadRule, Knowledge};
use crate::schema::Type;

impl HeadRule {
    /// Whether a verb of one character begins the name of a place: behind a preposition or a verb, before one more
    /// character alone.
    pub(super) fn is_orphan(
        &self,
        line: &Line,
        tokens: &[Token],
        at: usize,
        head: Head,
        knowledge: &Knowledge,
    ) -> bool {
        let token = &tokens[at];
        let next = tokens.get(at + 1);
        self.kind == Type::Place
            && head.strong
            && token.tag == Tag::Verb
            && token.width() == 1
            && !GRAMMAR.contains(&line.chars[token.start])
            && next.is_some_and(|next| next.width() == 1 && is_han(line.chars[next.start]) && next.end <= head.start)
            && head.start <= token.start + 3
            && at.checked_sub(1).is_some_and(|before| {
                let before = &tokens[before];
                before.tag == Tag::Preposition || before.classes.any(knowledge.boundary_verb)
            })
    }

    /// Whether the run says what kind of thing it is and not which: 德国工业软件公司｜Nordsoft, 两｜小区,
    /// 鲁山县｜一｜老年公寓火灾.
    pub(super) fn is_described(
        &self,
        line: &Line,
        tokens: &[Token],
        at: usize,
        head: Head,
        run: &Run,
        knowledge: &Knowledge,
    ) -> bool {
        let end = tokens[at].end;
        let abroad = |start: usize| line.hits_at(start).iter().any(|hit| hit.classes.any(knowledge.country));
        let before_name = self.kind == Type::Organization
            && line.after(end).is_some_and(|c| c.is_ascii_uppercase())
            && run.nearest.is_some_and(abroad);
        let counted = self.kind == Type::Place
            && head.start - run.left == 1
            && matches!(line.chars[run.left], '两' | '几' | '数' | '某' | '每');
        let one = |token: &Token| {
            let inside = token.start >= run.left && token.end <= head.start;
            inside && line.chars[token.start..token.end] == ['一']
        };
        before_name || counted || head.happened && tokens[..=at].iter().any(one)
    }

    /// Whether a verb says what a company does: 盛世｜包装｜有限公司, 大连｜检测｜认证｜集团有限公司.
    pub(super) fn is_trade(&self, tokens: &[Token], at: usize, head: Head) -> bool {
        let verb = &tokens[at];
        let next = tokens.get(at + 1).filter(|next| next.start < head.start);
        head.strong
            && verb.classes.any(self.works)
            && next.is_none_or(|next| next.tag == Tag::VerbNoun || next.classes.any(self.works))
    }

    /// Whether a verb says what a part of the body before it does.
    pub(super) fn is_work(&self, verb: &Token, chunks: &Chunks) -> bool {
        verb.classes.any(self.works) && chunks.ending_at(verb.start).is_some_and(|c| c.kind == Type::Organization)
    }

    /// Whether a verb stands between two names: before an anchor, or behind a body whose parts are not called so.
    pub(super) fn parts(
        &self,
        line: &Line,
        tokens: &[Token],
        at: usize,
        run: &Run,
        knowledge: &Knowledge,
        chunks: &Chunks,
    ) -> bool {
        let verb = &tokens[at];
        let verbal = matches!(verb.tag, Tag::Verb | Tag::VerbNoun);
        if !verbal || line.is_one_of(verb.start, verb.end, &self.own) {
            return false;
        }
        let body = chunks.ending_at(verb.start).is_some_and(|chunk| chunk.kind == Type::Organization);
        let anchored = run.outermost == Some(run.left);
        match verb.tag {
            // 汉中车务段｜修订｜应急预案
            _ if !matches!(self.kind, Type::Organization | Type::Place) => {
                verb.tag == Tag::Verb && verb.width() > 1 && body
            }
            Tag::Verb if verb.width() > 1 => anchored || (body && !verb.classes.any(self.works)),
            // 长岭公司｜投资｜金禾河实业有限公司
            _ => body && (anchored || tokens.get(at + 1).is_some_and(|next| is_proper(line, next, knowledge))),
        }
    }
}
