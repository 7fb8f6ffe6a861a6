//! What `rules coverage` counts: rules that never fire, that always lose, that shadow another.

use zhitu::document::Document;
use zhitu::eval::coverage::Coverage;
use zhitu::lexicon::Sources;
use zhitu::pipeline;
use zhitu::rule::RuleSet;

fn covered(texts: &[&str]) -> Coverage {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    let mut coverage = Coverage::new(&rules);
    for text in texts {
        let doc = Document::new("t", *text, None);
        coverage.add(Coverage::read(&doc, &pipeline::extract(&doc, &rules), &rules));
    }
    coverage
}

#[test]
fn readings_that_stay_and_readings_that_lose_are_counted() {
    let coverage = covered(&["州里实施“草原书香”提升工程。", "州里实施“草原书香”提升工程。"]);
    let of = |id: &str| coverage.rules.iter().find(|(rule, _)| rule.as_str() == id).map(|(_, deeds)| deeds.clone());
    assert_eq!(of("name.program.head").map(|deeds| deeds.kept), Some(2));
    let quoted = of("name.quote.numbered").expect("every rule is there");
    assert_eq!((quoted.kept, quoted.losses()), (0, 0));
    let table = coverage.table();
    let never = table.lines().position(|line| line.contains("name.quote.numbered  never fires"));
    let fires = table.lines().position(|line| line.ends_with("name.program.head"));
    assert!(never.is_some() && never < fires, "{table}");
}

#[test]
fn the_winner_of_a_lost_reading_is_named() {
    // the quotation counts, and is the beginning of an undertaking
    let coverage = covered(&["县里开展“六有”达标行动。"]);
    assert!(
        coverage.table().contains("name.quote.numbered  always loses: 1 to name.program.head"),
        "{}",
        coverage.table()
    );
    assert!(coverage.shadows().contains("1  name.program.head shadows name.quote.numbered"), "{}", coverage.shadows());
}
