//! The fact stage is total: no text and no mentions make it panic, and it gives the same facts twice.

use proptest::prelude::*;

use zhitu::document::Document;
use zhitu::extract::fact::{explain, facts};
use zhitu::lexicon::Sources;
use zhitu::mention::Mention;
use zhitu::rule::{RuleSet, marked};

/// Pieces of official prose, marks included, that are strung together in any order.
const PIECES: &[&str] = &[
    "⟦李明¦person⟧",
    "⟦王芳¦person⟧",
    "⟦省总工会¦organization⟧",
    "⟦海州大学附属医院¦organization⟧",
    "⟦海州¦place⟧",
    "⟦石桥县¦place⟧",
    "⟦2020年¦date¦2020⟧",
    "⟦1983年到1997年¦date¦1983/1997⟧",
    "⟦5项¦figure¦5 项⟧",
    "⟦3%¦figure¦3 %⟧",
    "⟦100周年¦figure¦100 周年⟧",
    "⟦45岁¦figure¦45 岁⟧",
    "⟦清水工程¦program⟧",
    "⟦劳动模范¦award⟧",
    "⟦技能大赛¦event⟧",
    "⟦《办法》¦document⟧",
    "⟦局长¦position⟧",
    "⟦总书记¦person@title¦李明⟧",
    "“",
    "”",
    "：",
    "，",
    "。",
    "、",
    "；",
    "——",
    "（",
    "）",
    "\n",
    "的",
    "被",
    "将",
    "对",
    "在",
    "和",
    "由",
    "他",
    "任",
    "任命",
    "为",
    "免去",
    "荣获",
    "授予",
    "表彰",
    "考察",
    "来到",
    "会见",
    "同",
    "出席",
    "举办",
    "实施",
    "印发",
    "成立",
    "增长",
    "说",
    "享年",
    "生于",
    "逝世",
    "妻子",
    "电",
    "增加到",
    "占",
    "分别",
    "该院",
    "发生地震",
    "参加大会",
    "《",
    "∶",
    "\u{E000}",
    "𠀀",
    " ",
    "A",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_text_makes_the_fact_stage_panic(picks in prop::collection::vec(0..PIECES.len(), 0..60)) {
        static RULES: std::sync::LazyLock<RuleSet> =
            std::sync::LazyLock::new(|| RuleSet::load(&Sources::built_in()).expect("the built-in rules load"));
        let text: String = picks.iter().map(|&pick| PIECES[pick]).collect();
        let (plain, marks) = marked::read(&text).expect("the pieces are well marked");
        let points: Vec<(usize, usize)> = marks
            .iter()
            .map(|mark| (plain[..mark.span.start].chars().count(), plain[..mark.span.end].chars().count()))
            .collect();
        let doc = Document::new("any", plain, None);
        let mentions: Vec<Mention> = marks
            .iter()
            .zip(points)
            .map(|(mark, (start, end))| Mention {
                span: zhitu::text::Span::new(doc.view.from_code_point(start), doc.view.from_code_point(end)),
                kind: mark.kind,
                form: mark.form,
                norm: mark.norm.clone(),
                days: None,
                inner: false,
                rule: zhitu::schema::RuleId::new("given"),
            })
            .collect();
        let found = facts(&doc, &mentions, &RULES);
        prop_assert_eq!(&found, &facts(&doc, &mentions, &RULES));
        let derived = explain::derivations(&doc, &mentions, &RULES);
        prop_assert_eq!(found.len(), derived.len());
        for fact in &found {
            prop_assert!(doc.view.text().get(fact.evidence.range()).is_some());
        }
    }
}
