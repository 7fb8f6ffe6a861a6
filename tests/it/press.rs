//! Small archives as a newspaper has them: who is who where texts leave out what their readers know.

use crate::support::program::Folder;

/// A county over four years; a text of the county itself names no county; a welder elsewhere has the name of its secretary.
const COUNTY: [(&str, &str); 5] = [
    (
        "2019-05-12-secretary.txt",
        "5月12日，中共环县委召开领导干部会议，宣布庆阳市委的决定：李文清同志任环县县委书记。\n\
         李文清，男，汉族，1972年8月生，甘肃宁县人，1993年7月参加工作，历任庆阳市林业局副局长、合水县县长。\n",
    ),
    (
        "2020-03-18-sowing.txt",
        "3月18日，县委书记李文清调研春耕备耕工作。县委副书记、县长王海燕，县委常委、副县长刘建军一同调研。\n",
    ),
    (
        "2021-09-30-congress.txt",
        "9月30日，中国共产党环县第十九次代表大会闭幕。在随后召开的全会上，王海燕当选为环县县委书记，刘建军当选为环县县委副书记。\n\
         原环县县委书记李文清已于8月调任庆阳市人民政府副市长。\n",
    ),
    ("2022-06-10-flood.txt", "6月10日，庆阳市副市长李文清到镇原县检查防汛工作。\n"),
    (
        "2022-08-01-welder.txt",
        "李文清是兰州石化公司的一名焊工，1985年出生，2006年进厂。2021年，李文清获得甘肃省五一劳动奖章。\n",
    ),
];

/// A group of companies by its full name, its short name and as 集团.
const GROUP: [(&str, &str); 4] = [
    (
        "2023-09-08-years.txt",
        "9月8日，甘肃陇原重工集团有限公司（以下简称“陇原重工”）举行成立60周年大会。陇原重工董事长韩志刚作报告。\n\
         集团现有员工5200人，下设陇原重工研究院等单位。\n",
    ),
    (
        "2024-01-15-prize.txt",
        "1月15日，陇原重工研究院院长何建平上台领奖。何建平，1970年生，1992年进入天水第一机床厂工作。\n",
    ),
    (
        "2024-03-05-guest.txt",
        "3月5日，甘肃陇原重工集团董事长韩志刚会见了来访的客商。陇原重工研究院院长何建平参加会见。\n",
    ),
    (
        "2024-06-30-change.txt",
        "6月30日，会议宣布，免去韩志刚的甘肃陇原重工集团有限公司董事长职务，陇原重工研究院院长何建平任甘肃陇原重工集团有限公司总经理。\n",
    ),
];

fn built(name: &str, texts: &[(&str, &str)]) -> Folder {
    let folder = Folder::new(name);
    for (name, text) in texts {
        folder.write(&format!("texts/{name}"), text);
    }
    let ran = folder.run(&["build", "texts", "-o", "out"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    folder
}

fn ask(folder: &Folder, question: &[&str]) -> String {
    let ran = folder.run(&[&["query"], question, &["--store", "out", "--format", "csv"]].concat());
    assert_eq!(ran.status, 0, "{question:?}: {}", ran.err);
    ran.out
}

fn persons(folder: &Folder) -> Vec<String> {
    let out = ask(folder, &["SELECT ?who { ?who a zhitu:Person } ORDER BY ?who"]);
    out.lines().skip(1).map(|line| line.rsplit("person/").next().unwrap_or(line).trim_matches('"').to_owned()).collect()
}

#[test]
fn a_secretary_is_one_where_a_text_leaves_out_the_county_and_where_he_moves_on() {
    let folder = built("press-county", &COUNTY);
    assert_eq!(persons(&folder), ["刘建军", "李文清", "李文清_2", "王海燕"]);
    let reasons = ask(&folder, &["identity", "李文清"]);
    for reason in ["the same office: 县委书记", "the same office: 副市长", "different years of birth: 1972, 1985"]
    {
        assert!(reasons.contains(reason), "{reason}: {reasons}");
    }
    let career = ask(&folder, &["career", "李文清"]);
    for post in ["书记", "副市长", "县长"] {
        assert!(career.contains(post), "{post}: {career}");
    }
}

#[test]
fn a_group_is_one_by_its_full_name_its_short_name_and_as_the_group() {
    let folder = built("press-group", &GROUP);
    assert_eq!(persons(&folder), ["何建平", "韩志刚"]);
    let about = ask(&folder, &["structure", "甘肃陇原重工集团有限公司"]);
    assert!(about.contains("韩志刚") && about.contains("何建平"), "{about}");
    let figures = ask(&folder, &["figures", "甘肃陇原重工集团有限公司", "员工"]);
    assert!(figures.contains("5200"), "{figures}");
}
