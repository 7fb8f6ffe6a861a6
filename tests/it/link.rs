//! Linking in a document: what short, relative and partial names mean.

use zhitu::document::{DateSource, Document};
use zhitu::lexicon::Sources;
use zhitu::link::{self, Linker};
use zhitu::mention::Mention;
use zhitu::schema::{Form, RuleId, Type};
use zhitu::text::Span;

/// A text with its names marked: `[人名|person]`.
fn read(marked: &str, date: Option<&str>) -> (Document, Vec<Mention>) {
    let (mut text, mut mentions) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (inside, next) = after.split_once(']').expect("a closing bracket");
        let (name, kind) = inside.split_once('|').expect("a type");
        let start = text.len();
        text.push_str(name);
        mentions.push(Mention {
            span: Span::new(start, text.len()),
            kind: Type::from_name(kind).expect("a type"),
            form: Form::Name,
            norm: None,
            days: None,
            inner: false,
            rule: RuleId::new("test"),
        });
        rest = next;
    }
    text.push_str(rest);
    let doc = Document::new("test", text.clone(), date.map(|day| (day, DateSource::Option)));
    assert_eq!(doc.view.text(), text, "the tests use texts that need no repair");
    (doc, mentions)
}

/// Each outer mention that has a norm, and each title: `words → norm`.
fn norms(marked: &str) -> Vec<String> {
    norms_on(marked, None)
}

fn norms_on(marked: &str, date: Option<&str>) -> Vec<String> {
    let (doc, mut mentions) = read(marked, date);
    let linker = Linker::load(&Sources::built_in()).expect("the built-in tables");
    link::resolve(&doc, &mut mentions, &linker);
    mentions
        .iter()
        .filter(|m| !m.inner)
        .filter_map(|m| {
            let mark = if m.form == Form::Title { "@" } else { "" };
            m.norm.as_ref().map(|norm| format!("{mark}{} → {norm}", m.span.of(doc.view.text())))
        })
        .collect()
}

fn check(marked: &str, wanted: &[&str]) {
    assert_eq!(norms(marked), wanted, "{marked}");
}

#[test]
fn a_short_form_is_learned_where_the_text_defines_it() {
    check(
        "[蓝湾港口装备有限公司|organization]（以下简称“蓝湾港装”）昨日投产。蓝湾港装今年新招二百人。",
        &["蓝湾港装 → 蓝湾港口装备有限公司", "蓝湾港装 → 蓝湾港口装备有限公司"],
    );
    check(
        "会议通过[《关于支持渔港改造的若干办法》|document]（下称[《办法》|document]）。[《办法》|document]自明年起施行。",
        &["《办法》 → 《关于支持渔港改造的若干办法》", "《办法》 → 《关于支持渔港改造的若干办法》"],
    );
}

#[test]
fn a_defined_short_form_is_no_place_with_a_word_behind_it() {
    check(
        "[甘肃陇原重工集团有限公司|organization]（以下简称“[陇原|place]重工”）成立。[陇原|place]重工在[天水|place]。[集团|organization]增产。",
        &[
            "陇原重工 → 甘肃陇原重工集团有限公司",
            "陇原重工 → 甘肃陇原重工集团有限公司",
            "集团 → 甘肃陇原重工集团有限公司",
        ],
    );
}

#[test]
fn the_conference_of_the_place_before_it() {
    check("[宁波市|place]十四届、十五届[政协|organization]主席到会。", &["政协 → 宁波市政协"]);
    check("会议由[政协|organization]主席主持。", &["政协 → 中国人民政治协商会议"]);
}

#[test]
fn a_short_form_may_stand_before_its_full_form() {
    check(
        "[临江市|place]今起征集意见。[临江市卫健委|organization]牵头。[临江市卫生健康委员会|organization]负责人说。",
        &["临江市卫健委 → 临江市卫生健康委员会"],
    );
    check(
        "[远航重工|organization]迎来新船。[远航重工股份有限公司|organization]成立于去年。",
        &["远航重工 → 远航重工股份有限公司"],
    );
}

#[test]
fn a_short_form_of_two_bodies_is_neither() {
    check("[远航|organization]参展，[远航重工有限公司|organization]和[远航物流有限公司|organization]也来了。", &[]);
    check("[市卫生局|organization]与[市卫生监督局|organization]联合检查。", &[]);
}

#[test]
fn relative_bodies_follow_the_region_of_the_text() {
    check(
        "[青海省|place][海东市|place]举办技能赛，[省总工会|organization]派员指导，[市政府|organization]给予支持。",
        &["省总工会 → 青海省总工会", "市政府 → 海东市政府"],
    );
    check(
        "[广西|place]的比赛由[自治区总工会|organization]主办，[区党委|organization]负责人出席。",
        &["自治区总工会 → 广西壮族自治区总工会", "区党委 → 广西壮族自治区党委"],
    );
    check("[省发改委|organization]昨天发布消息，[湖北|place]前三季度增长。", &["省发改委 → 湖北省发展和改革委员会"]);
}

#[test]
fn a_relative_body_without_a_region_keeps_its_words() {
    check("[省委|organization]要求各地抓紧落实。", &[]);
    check("[市场开发中心|organization]公布结果，[湖北省|place]的[临江市|place]在列。", &[]);
}

#[test]
fn the_region_of_one_article_is_not_that_of_the_next() {
    let marked = "[四川省|place]今天降雨。[省政府|organization]部署防汛。\n[四川|place]多地停课。";
    check(marked, &["省政府 → 四川省政府"]);
    check(
        "[陕西省|place]和[甘肃省|place]签约。\n在[甘肃省|place]，[省委|organization]部署造林。",
        &["省委 → 甘肃省委"],
    );
}

#[test]
fn relative_places_are_written_as_the_text_writes_them() {
    check(
        "[宁夏|place]枸杞上市，[全区|place]丰收，[我区|place]出口增加，[我国|place]西部受益。",
        &["全区 → 宁夏", "我区 → 宁夏", "我国 → 中国"],
    );
    check("[瑞安市|place]今晨有雾，[全市|place]减速。", &["全市 → 瑞安市"]);
}

#[test]
fn departments_belong_to_the_body_before_them() {
    check(
        "[湖南省供销社|organization][主任|position][赵立新|person]、[合作处|organization][处长|position][钱一鸣|person]到场。",
        &["合作处 → 湖南省供销社合作处"],
    );
    check(
        "[中华全国蚕桑总社|organization][主席|position][孙望|person]与[总社宣传部|organization][部长|position][李岚|person]、\
         [办公厅|organization][干部|position][周平|person]同行。",
        &["总社宣传部 → 中华全国蚕桑总社宣传部", "办公厅 → 中华全国蚕桑总社办公厅"],
    );
    check("[国务院|organization]批准，[铁道部|organization]执行。", &[]);
}

#[test]
fn the_body_a_text_speaks_for() {
    check(
        "[海宁市第二医院|organization]昨天义诊。[我院|organization]派出专家，[我院药剂科|organization]送药。",
        &["我院 → 海宁市第二医院", "我院药剂科 → 海宁市第二医院药剂科"],
    );
    check("[我院|organization]举办讲座，邀请[海宁市第二医院|organization]专家。", &[]);
}

#[test]
fn party_congress_and_the_press() {
    check(
        "[党中央|organization]决定，[十三届全国人大|organization]代表热议，[新华社|organization]报道，[全总|organization]发文。",
        &[
            "党中央 → 中共中央",
            "十三届全国人大 → 第十三届全国人民代表大会",
            "新华社 → 新华通讯社",
            "全总 → 中华全国总工会",
        ],
    );
}

#[test]
fn a_surname_with_a_title_is_the_person_of_that_post() {
    check(
        "[市总工会|organization][主席|position][张向明|person]和[副总经理|position][徐可|person]到车间。张主席慰问了夜班，徐副总查看设备。",
        &["@张主席 → 张向明", "@徐副总 → 徐可"],
    );
    // Two of a surname: the post decides, else nobody.
    check("[局长|position][王磊|person]和[工人|position][王强|person]握手。王局长说，路修好了。", &["@王局长 → 王磊"]);
    check("[王磊|person]和[王强|person]握手。王局长说，路修好了。", &[]);
    check("[工人|position][王强|person]领奖。王局长说，很好。", &[]);
}

#[test]
fn familiar_names_and_epithets() {
    check("[焊工|position][马德胜|person]入厂三十年。老马说，手艺是练出来的。老马路上人很多。", &["@老马 → 马德胜"]);
    check(
        "“焊花大王”[马德胜|person]来了。人们都叫他“焊花大王”。获“一等奖”[李青|person]发言。",
        &["@焊花大王 → 马德胜", "@焊花大王 → 马德胜"],
    );
}

#[test]
fn the_general_secretary_by_the_text_and_by_the_day() {
    check(
        "[习近平|person][总书记|position]来到车间。总书记询问产量。[习近平|person]总书记的话，大家记着。",
        &["@总书记 → 习近平"],
    );
    assert_eq!(norms_on("总书记来到村里。", Some("2005-03-01")), ["@总书记 → 胡锦涛"]);
    assert_eq!(norms_on("总书记来到村里。", Some("2024")), ["@总书记 → 习近平"]);
    assert!(norms_on("中共中央总书记、国家主席[习近平|person]出席。", Some("2024")).is_empty());
}

#[test]
fn partial_foreign_names() {
    check("[安娜·彼得罗娃|person]夺冠。[彼得罗娃|person]很高兴。", &["彼得罗娃 → 安娜·彼得罗娃"]);
}

#[test]
fn titles_of_works_and_editions() {
    check(
        "[省政府|organization]印发[《关于加快渔业发展的意见》|document]。[《意见》|document]共五章。",
        &["《意见》 → 《关于加快渔业发展的意见》"],
    );
    check("他获[第十二届“海燕奖”|award]。", &["第十二届“海燕奖” → “海燕奖”"]);
}

#[test]
fn the_units_in_a_name_are_inner_mentions_and_entities() {
    let (doc, mut mentions) = read("[蓝湾能源有限公司北港分公司检修部|organization]的[李青|person]。", None);
    let linker = Linker::load(&Sources::built_in()).expect("the built-in tables");
    link::resolve(&doc, &mut mentions, &linker);
    let inner: Vec<&str> = mentions.iter().filter(|m| m.inner).map(|m| m.span.of(doc.view.text())).collect();
    assert_eq!(inner, ["蓝湾能源有限公司北港分公司", "蓝湾能源有限公司"]);
    let linked = link::entities(&doc, &mentions, &linker);
    let ids: Vec<&str> = linked.entities.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "organization/蓝湾能源有限公司",
            "organization/蓝湾能源有限公司北港分公司",
            "organization/蓝湾能源有限公司北港分公司检修部",
            "person/李青"
        ]
    );
}

#[test]
fn names_of_one_thing_are_one_entity() {
    let (doc, mut mentions) = read(
        "[北京|place]和[北京市|place]，[北京|place]；[中共湖北省委|organization]和[湖北省委|organization]；[全国|place]。",
        None,
    );
    let linker = Linker::load(&Sources::built_in()).expect("the built-in tables");
    link::resolve(&doc, &mut mentions, &linker);
    let linked = link::entities(&doc, &mentions, &linker);
    let shown: Vec<String> =
        linked.entities.iter().map(|e| format!("{} {} {:?}", e.id, e.aliases.join("/"), e.mentions)).collect();
    assert_eq!(shown, ["organization/中共湖北省委 湖北省委 [3, 4]", "place/中国  [5]", "place/北京 北京市 [0, 1, 2]"]);
}

#[test]
fn any_text_is_read_without_a_panic() {
    let linker = Linker::load(&Sources::built_in()).expect("the built-in tables");
    for text in ["", "总书记", "（以下简称", "老王", "“”", "我院", "[|place]", "《》", "省", "第届"]
    {
        let doc = Document::new("t", text, None);
        let end = doc.view.text().len();
        for kind in Type::ALL {
            let mention = |span| Mention {
                span,
                kind: *kind,
                form: Form::Name,
                norm: None,
                days: None,
                inner: false,
                rule: RuleId::new("test"),
            };
            let mut mentions = vec![mention(Span::new(0, end)), mention(Span::new(end, end))];
            link::resolve(&doc, &mut mentions, &linker);
            assert_eq!(link::entities(&doc, &mentions, &linker).of.len(), mentions.len());
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    /// Pieces that linking looks at, in any order, with mentions of any kind on and across them.
    #[test]
    fn no_mixture_of_pieces_panics(
        pieces in proptest::collection::vec((0usize..28, 0usize..12, 0usize..4), 0..60)
    ) {
        const PIECES: [&str; 28] = [
            "总书记", "习近平", "王伟", "老王", "王局长", "（以下简称“", "”）", "公司", "我院", "省委", "西藏", "全区", "、", "。", "\n", "》",
            "《意见》", "第", "届", "北京市", "研究室", "蓝湾有限公司", "A·B", "“", "”", "局长", " ", "發改委",
        ];
        let (mut text, mut mentions) = (String::new(), Vec::new());
        for (piece, kind, reach) in pieces {
            let start = text.len();
            text.push_str(PIECES[piece]);
            if let Some(kind) = Type::ALL.get(kind) {
                // Some begin earlier, so that mentions overlap and nest.
                let start = text[..start].char_indices().rev().nth(reach).map_or(start, |(at, _)| at);
                let span = Span::new(start, text.len());
                mentions.push(Mention {
                    span,
                    kind: *kind,
                    form: Form::Name,
                    norm: None,
                    days: None,
                    inner: reach == 3,
                    rule: RuleId::new("test"),
                });
            }
        }
        let doc = Document::new("t", text, None);
        let end = doc.view.text().len();
        let whole = |m: &Mention| m.span.end <= end && doc.view.text().get(m.span.range()).is_some();
        mentions.retain(whole);
        LINKER.with(|linker| {
            link::resolve(&doc, &mut mentions, linker);
            let linked = link::entities(&doc, &mentions, linker);
            assert_eq!(linked.of.len(), mentions.len());
            assert!(mentions.is_sorted_by_key(|m| m.span.start));
        });
    }
}

thread_local! {
    static LINKER: Linker = Linker::load(&Sources::built_in()).expect("the built-in tables");
}
