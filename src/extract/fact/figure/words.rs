//! The words around a figure that say what it counts.

use super::super::scene::Scene;
use super::super::{role, whose};
use super::Reader;
use crate::schema::Type;

impl Reader<'_, '_> {
    /// What stands before the date with which something is compared; nothing where that is no noun.
    pub(super) fn compared(&self, dated: &str) -> String {
        let dated = dated.strip_suffix("预计").unwrap_or(dated);
        let noun = self.shorten(&role::clean(dated, &self.words));
        let is_noun = noun.chars().count() > 1 && !self.words.change.within(&noun) && !noun.starts_with(['我', '他']);
        if is_noun { noun } else { String::new() }
    }

    /// A long role keeps what stands behind its last comma.
    pub(super) fn shorten(&self, role: &str) -> String {
        // 补助标准由每生每年1000元提高到1250元
        let role = ["由每", "从每"].iter().find_map(|each| role.split_once(each)).map_or(role, |(role, _)| role);
        let role = role.trim_matches(['，', '、', ' ']);
        let role = role.rsplit('，').next().unwrap_or(role);
        // 专精特新“小巨人”企业 keeps its quotation marks, half of a pair goes.
        let paired = role.contains('“') && role.matches('“').count() == role.matches('”').count();
        let role = if paired {
            role
        } else {
            let role = role.trim_matches(['“', '”']);
            role.rsplit(['“', '”']).next().unwrap_or(role)
        };
        let role = role.rsplit("造成").next().filter(|rest| !rest.is_empty()).unwrap_or(role);
        if self.scene.vocabulary.role_nouns.begins(role) {
            return role.to_owned();
        }
        let role = role.trim_start_matches(['了', '着', '过', '她', '他']);
        // 三年内｜培训护理员
        let role = role.strip_prefix('内').filter(|rest| self.verbs.begins(rest)).unwrap_or(role);
        // 团队完成技术革新: what is counted stands behind the deed.
        let deeds = self.scene.vocabulary.deed_verbs;
        let deeds = deeds.inside(role).filter_map(|(_, verb)| role.rsplit_once(verb));
        let done = deeds.map(|(_, rest)| rest.trim_start_matches('了')).min_by_key(|rest| rest.len());
        let role = done.filter(|rest| rest.chars().count() >= 2).unwrap_or(role);
        // 调拨救灾物资: what is done with the thing counted is no part of its name.
        let bare = self.verbs.starting(role).map(|verb| &role[verb.len()..]).min_by_key(|rest| rest.len());
        let bare = bare.map(|rest| rest.trim_start_matches(['了', '着', '过', '的']));
        bare.filter(|rest| rest.chars().count() >= 2).unwrap_or(role).to_owned()
    }

    /// The noun at the start of a stretch, in the words of the source.
    pub(super) fn noun(&self, line: usize, start: usize, text: &str) -> String {
        let range = role::noun(text, self.stops);
        self.scene.source(line, start + range.start, start + range.end).to_owned()
    }

    /// The words of the clause before a figure: from the last figure, date or subject on; and what stood before the
    /// last date.
    pub(super) fn left(&self, line: usize, mark: usize, start: usize) -> (String, String) {
        let scene = self.scene;
        let sentence = &scene.lines[line];
        let at = sentence.skeleton.marks[mark].0;
        let mut from = start;
        let mut words = String::new();
        // 里程由1997年的123万公里
        let mut dated = String::new();
        for other in sentence.marks_in(start, at) {
            let (place, span, _) = sentence.skeleton.marks[other];
            let kind = scene.kind(line, other);
            let head = matches!(kind, Type::Figure | Type::Date | Type::Person)
                || whose::SUBJECTS.contains(&kind)
                    && words.is_empty()
                    && sentence.skeleton.text[from..place].chars().count() <= 4
                    && !sentence.skeleton.text[from..place].ends_with('占')
                    && !whose::inside_role(sentence.after(other));
            if head {
                let text = plain(scene, line, from, place);
                dated = if kind == Type::Date { format!("{words}{text}") } else { String::new() };
                words.clear();
            } else {
                let text = plain(scene, line, from, place);
                if from > start && text.starts_with(['、', '和', '；']) {
                    words.clear();
                }
                words.push_str(&text);
                words.push_str(span.of(scene.doc.view.text()));
            }
            from = place + 3;
        }
        let text = plain(scene, line, from.min(at), at);
        if from > start && text.starts_with('、') {
            words.clear();
        }
        words.push_str(&text);
        // 由上年同期的5.2%
        let words = words.trim_start_matches("同期").trim_start_matches('的');
        let leads = ["比较", "比較", "由", "从", "從", "在", "比", "较", "較"];
        let dated = leads.iter().find_map(|lead| dated.strip_suffix(lead)).unwrap_or(&dated);
        let dated = dated.trim_end_matches(['又', '也', '均', '都', '，']);
        let all = if words.is_empty() && dated.chars().count() >= 2 { dated } else { words };
        (all.to_owned(), dated.to_owned())
    }
}

/// The words of the reading view between two places of a line, mentions left out.
fn plain(scene: &Scene<'_>, line: usize, start: usize, end: usize) -> String {
    scene.source(line, start, end).to_owned()
}
