//! The year that a title or heading sets for the paragraphs below it.

use zhitu::document::{DateSource, Document};
use zhitu::lexicon::Sources;
use zhitu::pipeline;
use zhitu::rule::RuleSet;

/// The dates of a text with their norms.
fn dates(published: &str, text: &str) -> Vec<(String, String)> {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    let document = Document::new("text", text, Some((published, DateSource::Metadata)));
    let record = pipeline::extract(&document, &rules);
    record
        .mentions
        .into_iter()
        .filter(|mention| mention.kind.name() == "date")
        .map(|mention| (mention.text, mention.norm.unwrap_or_default()))
        .collect()
}

fn assert_dates(published: &str, text: &str, expected: &[(&str, &str)]) {
    let found = dates(published, text);
    let found: Vec<(&str, &str)> = found.iter().map(|(text, norm)| (text.as_str(), norm.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_review_speaks_of_its_year_until_another_heading() {
    let text = "松岭县供销社工作报告\n\
                一、2023年工作回顾\n\
                一年来，全社上下齐心协力，各项工作都有起色。\n\
                全年新建村级服务社12个，比上年增加4个。\n\
                到年底，系统职工收入继续提高，上半年的缺口也补上了。\n\
                当年新招的工人都上了岗。今年还要再招一批。\n\
                二、2024年工作安排\n\
                全年计划再建服务社15个，年底前投入使用。\n";
    assert_dates(
        "2024-01-22",
        text,
        &[
            ("2023年", "2023"),
            ("一年来", "2023/2024"),
            ("全年", "2023"),
            ("上年", "2022"),
            ("年底", "2023~"),
            ("上半年", "2023-01/2023-06"),
            ("当年", "2023"),
            ("今年", "2024"),
            ("2024年", "2024"),
            ("全年", "2024"),
            ("年底", "2024~"),
        ],
    );
}

#[test]
fn a_title_of_a_year_counts_for_all_its_paragraphs() {
    let text = "松岭县2022年国民经济和社会发展统计公报\n\
                一、综合\n\
                全年全县生产总值86亿元，比上年增长5.1%。\n\
                二、农业\n\
                年末全县有耕地21万亩。四季度新修水渠30公里，12月完工。\n";
    assert_dates(
        "2023-04-10",
        text,
        &[
            ("2022年", "2022"),
            ("全年", "2022"),
            ("上年", "2021"),
            ("年末", "2022~"),
            ("四季度", "2022-36"),
            ("12月", "2022-12"),
        ],
    );
}

#[test]
fn other_headings_set_no_year() {
    // A year in the headline of news, and the years of goals, are no year of report.
    for title in ["1958年建成的水库焕发新颜", "松岭县2035年远景目标"] {
        let text = format!("{title}\n全年水库供水300万立方米。\n");
        let found = dates("2024-12-20", &text);
        assert_eq!(found[1], ("全年".to_owned(), "2024".to_owned()), "{title}");
    }
    let text = "2022年工作总结\n全年植树3万株。\n过去五年工作回顾\n全年植树3万株。\n";
    let years: Vec<String> =
        dates("2024-12-01", text).into_iter().filter(|(text, _)| text == "全年").map(|(_, norm)| norm).collect();
    assert_eq!(years, ["2022", "2024"]);
}
