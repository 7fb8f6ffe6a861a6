//! The named questions on a graph that the program itself made of texts, by their Chinese and English names.

use crate::support::program::Folder;

/// What happened in one office over nine years, told by nine texts.
const TEXTS: [(&str, &str); 9] = [
    ("2016-05-03-appointed.txt", "2016年5月3日，清河县人大常委会任命王海明为清河县水利局局长。\n"),
    (
        "2019-08-20-water.txt",
        "清河县水利局局长王海明介绍，清河县水利局实施“清泉”饮水工程。2018年，全县供水人口12.6万人。\n",
    ),
    ("2021-03-22-water.txt", "清河县发布水情。2020年，我县供水人口15.1万人。清河县水利局打造“河小青”护河品牌。\n"),
    (
        "2022-06-20-changed.txt",
        "2022年6月20日，清河县人大常委会免去王海明的清河县水利局局长职务，任命周玉兰为清河县水利局局长。\n",
    ),
    (
        "2024-04-28-honour.txt",
        "2024年4月28日，河北省总工会授予清河县水利局局长周玉兰河北省五一劳动奖章。\n\
         周玉兰说：“水通到每一家，才算修好了渠。”\n",
    ),
    ("2025-04-28-units.txt", "清河县水利局清凉江管理所所长刘志强2025年4月28日获得河北省五一劳动奖章。\n"),
    (
        "2025-05-06-region.txt",
        "西藏自治区总工会召开全委会。2024年，我区工会会员达到62万人。自治区总工会实施“暖心”行动。\n",
    ),
    ("2025-05-07-city.txt", "兰州市召开会议。2024年，全市地区生产总值3742.3亿元，增长4.7%。\n"),
    ("2025-05-08-paper.txt", "2025年5月8日，河北省总工会印发《职工疗休养办法》。\n"),
];

fn built() -> Folder {
    let folder = Folder::new("asked");
    for (name, text) in TEXTS {
        folder.write(&format!("texts/{name}"), text);
    }
    let ran = folder.run(&["build", "texts", "-o", "out"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    folder
}

/// The rows of an answer as CSV, without the head.
fn ask(folder: &Folder, question: &[&str]) -> Vec<String> {
    let ran = folder.run(&[&["query"], question, &["--store", "out", "--format", "csv"]].concat());
    assert_eq!(ran.status, 0, "{question:?}: {}", ran.err);
    ran.out.lines().skip(1).map(str::to_owned).collect()
}

/// Whether the rows begin with these, in this order, others between them.
fn in_order(rows: &[String], wanted: &[&str]) {
    let mut rest = rows.iter();
    for start in wanted {
        assert!(rest.any(|row| row.starts_with(start)), "{start} is not in its place in {rows:#?}");
    }
}

#[test]
fn who_held_what_and_when() {
    let folder = built();
    let career = ask(&folder, &["career", "王海明"]);
    in_order(&career, &["王海明,2016年5月3日,担任 局长,清河县水利局", "王海明,../2022-06-20,担任 局长,清河县水利局"]);
    assert_eq!(career, ask(&folder, &["履历", "王海明"]));
    in_order(
        &ask(&folder, &["履历", "周玉兰"]),
        &["周玉兰,2022年6月20日,担任 局长", "周玉兰,2024年4月28日,荣获 河北省五一劳动奖章"],
    );
    let holder = |day: &str| -> Vec<String> {
        let rows = ask(&folder, &["在任者", "局长", day]);
        rows.iter().map(|row| row.split(',').next().unwrap_or("").to_owned()).collect()
    };
    assert_eq!(holder("2019-01-01"), ["王海明"]);
    // 王海明 was removed in 2022 and is left out, though an older text has him in office.
    assert_eq!(holder("2023-01-01"), ["周玉兰"]);
    assert_eq!(ask(&folder, &["holders", "局长", "2019-01-01"]), ask(&folder, &["在任者", "局长", "2019-01-01"]));
    let parts = ask(&folder, &["structure", "清河县水利局"]);
    assert!(parts.iter().any(|row| row.starts_with("清河县水利局,part,清河县水利局清凉江管理所")), "{parts:#?}");
    assert!(parts.iter().any(|row| row.starts_with("清河县水利局,person,周玉兰,局长")), "{parts:#?}");
    assert_eq!(parts, ask(&folder, &["机构构成", "清河县水利局"]));
}

#[test]
fn honours_undertakings_papers_and_figures() {
    let folder = built();
    let winners = ask(&folder, &["获奖者", "河北省五一劳动奖章", "2024"]);
    assert!(winners.len() == 1 && winners[0].starts_with("周玉兰,河北省五一劳动奖章,2024年4月28日"), "{winners:#?}");
    assert_eq!(ask(&folder, &["winners", "河北省五一劳动奖章"]).len(), 2);
    let programs = ask(&folder, &["programs", "清河县水利局"]);
    assert!(programs.iter().any(|row| row.contains("“清泉”饮水工程")), "{programs:#?}");
    assert!(programs.iter().any(|row| row.contains("“河小青”护河品牌")), "{programs:#?}");
    assert_eq!(programs, ask(&folder, &["实施项目", "清河县水利局"]));
    let papers = ask(&folder, &["印发文件", "2025-05"]);
    assert!(papers.len() == 1 && papers[0].starts_with("河北省总工会,《职工疗休养办法》"), "{papers:#?}");
    // 全县 and 我县 are the county of the text, in the order of the years.
    in_order(
        &ask(&folder, &["figures", "清河县", "供水人口"]),
        &["清河县,供水人口,126000 人", "清河县,供水人口,151000 人"],
    );
}

#[test]
fn relative_regions_are_those_of_their_texts() {
    let folder = built();
    let region = ask(&folder, &["数据", "西藏自治区"]);
    assert!(region.iter().any(|row| row.starts_with("西藏自治区,工会会员,620000 人")), "{region:#?}");
    let city = ask(&folder, &["figures", "兰州市"]);
    assert!(city.iter().any(|row| row.starts_with("兰州市,地区生产总值,374230000000 元")), "{city:#?}");
    assert!(city.iter().any(|row| row.starts_with("兰州市,地区生产总值增长,4.7 %")), "{city:#?}");
    let programs = ask(&folder, &["programs", "西藏自治区总工会"]);
    assert!(programs.iter().any(|row| row.contains("“暖心”行动")), "{programs:#?}");
}

#[test]
fn connections_and_everything_said_come_with_their_sentences() {
    let folder = built();
    let path = ask(&folder, &["connection", "王海明", "周玉兰"]);
    in_order(&path, &["1,王海明,任职于,清河县水利局,", "2,周玉兰,任职于,清河县水利局,"]);
    assert!(path.iter().all(|row| row.contains('。')), "each step has its evidence: {path:#?}");
    assert_eq!(path, ask(&folder, &["关联", "王海明", "周玉兰"]));
    let about = ask(&folder, &["关于", "周玉兰"]);
    assert!(about.iter().any(|row| row.contains("水通到每一家") && row.ends_with("2024-04-28-honour")), "{about:#?}");
    assert_eq!(about, ask(&folder, &["about", "周玉兰"]));
    // Two texts put her into one office: one person, and why.
    let why = ask(&folder, &["身份", "周玉兰"]);
    assert!(why.iter().any(|row| row.contains("the same body: 清河县水利局")), "{why:#?}");
}
