//! Records written by hand, for tests of what comes after extraction.

pub mod program;

use std::collections::BTreeMap;

use zhitu::document::{DateSource, Document};
use zhitu::graph::{Builder, Graph, Quotes};
use zhitu::link::Corpus;
use zhitu::record::{ArticleRecord, EntityRecord, EvidenceRecord, FactRecord, MentionRecord, Record};
use zhitu::schema::{Form, Predicate, Qualifier, Status, Type};

/// A fact in short: subject, predicate, object, qualifiers, status. Ends are `type/name` for entities and
/// bare words else; the evidence is the first sentence that holds `words`.
pub struct Said<'a>(pub &'a str, pub &'a str, pub &'a str, pub &'a [(&'a str, &'a str)], pub &'a str, pub &'a str);

/// A text with its facts; `dates` are the words of the text that name days, with their EDTF.
pub fn text(id: &str, date: &str, source: &str, dates: &[(&str, &str)], facts: &[Said<'_>]) -> (Record, Document) {
    let document = Document::new(id, source, Some((date, DateSource::Metadata)));
    let place = |words: &str| {
        let byte = source.find(words).unwrap_or_else(|| panic!("{words} is not in {id}"));
        let start = source[..byte].chars().count();
        (start, start + words.chars().count())
    };
    let mut mentions: Vec<MentionRecord> = Vec::new();
    for (words, norm) in dates {
        let (start, end) = place(words);
        let days = zhitu::graph::edtf::days(norm).expect("a date");
        mentions.push(MentionRecord {
            id: mentions.len(),
            start,
            end,
            kind: Type::Date,
            form: Form::Name,
            text: (*words).to_owned(),
            norm: Some((*norm).to_owned()),
            first: days.0,
            last: days.1,
            inner: false,
            entity: None,
            rule: "value.date".to_owned(),
        });
    }
    let mut entities: BTreeMap<String, EntityRecord> = BTreeMap::new();
    let mut records = Vec::new();
    for (at, Said(subject, predicate, object, qualifiers, status, words)) in facts.iter().enumerate() {
        let mut end =
            |term: &str| match term.split_once('/').and_then(|(kind, name)| Some((Type::from_name(kind)?, name))) {
                Some((kind, name)) => {
                    let entity = entities.entry(term.to_owned()).or_insert_with(|| EntityRecord {
                        id: term.to_owned(),
                        kind,
                        name: name.to_owned(),
                        aliases: Vec::new(),
                        mentions: Vec::new(),
                    });
                    if let Some(byte) = source.find(name).filter(|_| entity.mentions.is_empty()) {
                        let start = source[..byte].chars().count();
                        entity.mentions.push(mentions.len());
                        mentions.push(MentionRecord {
                            id: mentions.len(),
                            start,
                            end: start + name.chars().count(),
                            kind,
                            form: Form::Name,
                            text: name.to_owned(),
                            norm: None,
                            first: None,
                            last: None,
                            inner: false,
                            entity: Some(term.to_owned()),
                            rule: format!("name.{kind}"),
                        });
                    }
                    (name.to_owned(), Some(term.to_owned()))
                }
                None => (term.to_owned(), None),
            };
        let ((subject, subject_id), (object, object_id)) = (end(subject), end(object));
        let (start, stop) = place(words);
        records.push(FactRecord {
            id: format!("{at}"),
            subject,
            predicate: Predicate::from_name(predicate).expect("a predicate"),
            object,
            subject_id,
            object_id,
            qualifiers: qualifiers
                .iter()
                .map(|(name, value)| (Qualifier::from_name(name).expect("a qualifier"), (*value).to_owned()))
                .collect(),
            status: Status::from_name(status).expect("a status"),
            rule: format!("fact.{predicate}"),
            evidence: EvidenceRecord { start, end: stop },
        });
    }
    let length = source.chars().count();
    let record = Record {
        doc: id.to_owned(),
        sha256: format!("{:064x}", length),
        length,
        date: Some(date.to_owned()),
        date_source: Some("metadata".to_owned()),
        articles: vec![ArticleRecord {
            start: 0,
            end: length,
            title: source.lines().next().map(str::to_owned),
            byline: vec![],
            dateline: None,
        }],
        mentions,
        entities: entities.into_values().collect(),
        facts: records,
    };
    (record, document)
}

/// Three short texts about a county and its people; all of it is made up.
pub fn sample() -> Vec<(Record, Document)> {
    vec![
        text(
            "qinghe-honours",
            "2024-05-02",
            "青禾县表彰劳动者\n2024年4月29日，云岭省总工会授予电焊工陈立业云岭工匠称号。陈立业在青禾县机械厂工作，现任一车间班长。\
             青禾县机械厂成立于1958年，有职工1260人。青禾县机械厂隶属于青禾实业集团。\n\
             厂工会主席罗桂英说：“手艺要有人接着学下去。”陈立业的徒弟周小满也获得了云岭工匠称号。\n",
            &[("2024年4月29日", "2024-04-29"), ("1958年", "1958")],
            &[
                Said(
                    "person/陈立业",
                    "receivedAward",
                    "award/云岭工匠",
                    &[("time", "2024-04-29")],
                    "stated",
                    "授予电焊工陈立业云岭工匠",
                ),
                Said(
                    "organization/云岭省总工会",
                    "confersAward",
                    "award/云岭工匠",
                    &[("time", "2024-04-29")],
                    "stated",
                    "云岭省总工会授予",
                ),
                Said("person/陈立业", "memberOf", "organization/青禾县机械厂", &[], "stated", "在青禾县机械厂工作"),
                Said(
                    "person/陈立业",
                    "holdsPosition",
                    "position/一车间班长",
                    &[("org", "青禾县机械厂")],
                    "stated",
                    "现任一车间班长",
                ),
                Said("organization/青禾县机械厂", "founded", "1958", &[], "stated", "成立于1958年"),
                Said("organization/青禾县机械厂", "hasFigure", "1260 人", &[("role", "职工")], "stated", "职工1260人"),
                Said(
                    "organization/青禾县机械厂",
                    "partOf",
                    "organization/青禾实业集团",
                    &[],
                    "stated",
                    "隶属于青禾实业集团",
                ),
                Said("person/罗桂英", "said", "手艺要有人接着学下去", &[], "stated", "罗桂英说"),
                Said("person/周小满", "receivedAward", "award/云岭工匠", &[], "stated", "周小满也获得了"),
                Said("person/周小满", "relatedTo", "person/陈立业", &[("role", "师父")], "stated", "徒弟周小满"),
            ],
        ),
        text(
            "yunling-programs",
            "2024-10-20",
            "云岭省总工会推进“暖流”行动\n云岭省总工会今年启动“暖流”行动，建成驿站86个。\
             2024年10月，云岭省总工会和云岭省教育厅印发《技能提升办法》。到明年底，省总工会拟再建驿站200多个。\n\
             10月18日，云岭省省长贺兰舟走访青禾县机械厂。\n",
            &[("今年", "2024"), ("2024年10月", "2024-10"), ("10月18日", "2024-10-18"), ("明年底", "2025~")],
            &[
                Said(
                    "organization/云岭省总工会",
                    "runs",
                    "program/“暖流”行动",
                    &[("time", "2024")],
                    "stated",
                    "今年启动",
                ),
                Said(
                    "organization/云岭省总工会",
                    "hasFigure",
                    "86 个",
                    &[("role", "驿站"), ("time", "2024")],
                    "stated",
                    "驿站86个",
                ),
                Said(
                    "organization/云岭省总工会",
                    "hasFigure",
                    ">200 个",
                    &[("role", "驿站"), ("time", "2025~")],
                    "planned",
                    "拟再建",
                ),
                Said(
                    "organization/云岭省总工会",
                    "issued",
                    "document/《技能提升办法》",
                    &[("time", "2024-10")],
                    "stated",
                    "印发《技能",
                ),
                Said(
                    "organization/云岭省教育厅",
                    "issued",
                    "document/《技能提升办法》",
                    &[("time", "2024-10")],
                    "stated",
                    "印发《技能",
                ),
                Said(
                    "person/贺兰舟",
                    "visited",
                    "organization/青禾县机械厂",
                    &[("time", "2024-10-18")],
                    "stated",
                    "贺兰舟走访",
                ),
                Said(
                    "person/贺兰舟",
                    "holdsPosition",
                    "position/省长",
                    &[("org", "云岭省")],
                    "stated",
                    "云岭省省长贺兰舟",
                ),
            ],
        ),
        text(
            "qinghe-visit",
            "2024-10-19",
            "省长来到青禾\n本报青禾10月19日讯 省长贺兰舟18日走访青禾县机械厂，看望云岭工匠陈立业。“把手艺传给年轻人，”贺兰舟说。\n",
            &[("18日", "2024-10-18")],
            &[
                Said(
                    "person/贺兰舟",
                    "visited",
                    "organization/青禾县机械厂",
                    &[("time", "2024-10-18")],
                    "stated",
                    "走访青禾",
                ),
                Said("person/贺兰舟", "met", "person/陈立业", &[("time", "2024-10-18")], "stated", "看望云岭工匠"),
                Said("person/贺兰舟", "said", "把手艺传给年轻人", &[], "stated", "贺兰舟说"),
            ],
        ),
    ]
}

/// The graph of texts.
pub fn graph_of(texts: &[(Record, Document)]) -> Graph {
    let mut builder = Builder::new();
    for (record, document) in texts {
        builder.add(record, &Quotes::read(record, document));
    }
    builder.finish(&Corpus::default())
}
