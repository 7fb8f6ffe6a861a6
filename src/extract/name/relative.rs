//! Places named from where the text stands: 全市, 我国. Linking says which is meant.

use crate::document::Document;
use crate::mention::Mention;
use crate::rule::{Action, RuleSet, Stage};
use crate::schema::{Form, Type};
use crate::text::Span;

/// What follows where the word is the beginning of another: 全市场, 全国性.
const LONGER: [&str; 8] = ["场", "性", "级", "域", "份", "民", "直", "属"];

/// What stands before where 全 ends a word: 安全｜区, 健全｜市场.
const WHOLE: [char; 10] = ['安', '健', '完', '保', '齐', '周', '成', '万', '俱', '求'];

/// Adds the relative places that stand free of other mentions.
pub fn places(doc: &Document, rules: &RuleSet, mentions: &mut Vec<Mention>) {
    let mechanism = |action: &Action| matches!(action, Action::Mechanism(name) if name == "relative-place");
    for rule in rules.of_stage(Stage::Name).filter(|rule| mechanism(&rule.action)) {
        let mut taken: Vec<(Span, Type)> = mentions.iter().map(|mention| (mention.span, mention.kind)).collect();
        taken.sort_unstable();
        let text = doc.view.folded();
        let mut found = Vec::new();
        let words: Vec<&str> = rules.detail_list(rule, "words").iter().map(String::as_str).collect();
        for (which, at) in doc.view.separate_occurrences(&words) {
            let span = Span::new(at, at + words[which].len());
            let next = taken.partition_point(|(other, _)| other.start < span.end);
            let near = &taken[next.saturating_sub(8)..next];
            let overlapped = near.iter().any(|(other, _)| other.overlaps(span));
            let longer = LONGER.iter().any(|rest| text[span.end..].starts_with(rest));
            // 河南｜全省
            let named = text[span.start..].starts_with('全')
                && near.iter().any(|(other, kind)| other.end == span.start && *kind == Type::Place);
            let inside = text[span.start..].starts_with('全') && text[..span.start].ends_with(WHOLE);
            if !overlapped && !longer && !inside && !named {
                found.push(Mention {
                    span,
                    kind: Type::Place,
                    form: Form::Name,
                    norm: None,
                    days: None,
                    inner: false,
                    rule: rule.id,
                });
            }
        }
        mentions.extend(found);
        mentions.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end), mention.kind));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Sources;

    #[test]
    fn relative_places_stand_free() {
        let rules = RuleSet::load(&Sources::built_in()).unwrap();
        let doc = Document::new("d", "全市上下动员，全市场流通量下降，这在我国是第一次。", None);
        let mut mentions = Vec::new();
        places(&doc, &rules, &mut mentions);
        let words: Vec<&str> = mentions.iter().map(|mention| mention.span.of(doc.view.text())).collect();
        assert_eq!(words, ["全市", "我国"]);
    }
}
