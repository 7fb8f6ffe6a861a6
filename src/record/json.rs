//! Records as JSON, written in one pass: many times more text than was read, most of it nothing but Chinese
//! characters that need no escape. The bytes are those of `serde_json`.

use super::{ArticleRecord, EntityRecord, FactRecord, MentionRecord, Record};

impl Record {
    /// The record as one line of JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = Json { out: String::with_capacity(512 + 240 * (self.mentions.len() + self.facts.len())) };
        json.record(self);
        json.out
    }
}

struct Json {
    out: String,
}

/// Whether nothing in a text wants an escape: eight bytes are looked at at once.
fn is_plain(text: &str) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // The highest bit of each byte that is below another, which itself is less than 0x80.
    let below = |eight: u64, most: u64| eight.wrapping_sub(EACH * most) & !eight & (EACH * 0x80);
    let is_odd = |eight: [u8; 8]| {
        let eight = u64::from_le_bytes(eight);
        let is = |byte: u8| below(eight ^ (EACH * u64::from(byte)), 1);
        below(eight, 0x20) | is(b'"') | is(b'\\') != 0
    };
    let bytes = text.as_bytes();
    match (bytes.as_chunks(), bytes.last_chunk()) {
        ((chunks, _), Some(&last)) => !chunks.iter().any(|&chunk| is_odd(chunk)) && !is_odd(last),
        _ => !bytes.iter().any(|byte| matches!(byte, 0..0x20 | b'"' | b'\\')),
    }
}

impl Json {
    fn text(&mut self, text: &str) {
        if is_plain(text) {
            self.out.push('"');
            self.out.push_str(text);
            self.out.push('"');
        } else {
            self.out += &serde_json::Value::from(text).to_string();
        }
    }

    fn number(&mut self, key: &str, number: usize) {
        self.out.push_str(key);
        self.out.push_str(itoa::Buffer::new().format(number));
    }

    /// A key with its quotation marks and colon, and what belongs to it.
    fn field(&mut self, key: &str, text: &str) {
        self.out.push_str(key);
        self.text(text);
    }

    /// The same of a word of the vocabulary, in which nothing wants an escape.
    fn word(&mut self, key: &str, word: &str) {
        self.out.push_str(key);
        self.out.push('"');
        self.out.push_str(word);
        self.out.push('"');
    }

    /// A field where there is something.
    fn known(&mut self, key: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.field(key, text);
        }
    }

    fn maybe(&mut self, key: &str, text: Option<&String>) {
        self.out.push_str(key);
        match text {
            Some(text) => self.text(text),
            None => self.out.push_str("null"),
        }
    }

    fn list<T>(&mut self, key: &str, items: &[T], write: impl Fn(&mut Json, &T)) {
        self.out.push_str(key);
        self.out.push('[');
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                self.out.push(',');
            }
            write(self, item);
        }
        self.out.push(']');
    }

    fn record(&mut self, record: &Record) {
        self.field("{\"doc\":", &record.doc);
        self.field(",\"sha256\":", &record.sha256);
        self.number(",\"length\":", record.length);
        self.known(",\"date\":", record.date.as_ref());
        self.known(",\"date_source\":", record.date_source.as_ref());
        self.list(",\"articles\":", &record.articles, Json::article);
        self.list(",\"mentions\":", &record.mentions, Json::mention);
        self.list(",\"entities\":", &record.entities, Json::entity);
        self.list(",\"facts\":", &record.facts, Json::fact);
        self.out.push('}');
    }

    fn article(&mut self, article: &ArticleRecord) {
        self.number("{\"start\":", article.start);
        self.number(",\"end\":", article.end);
        self.maybe(",\"title\":", article.title.as_ref());
        self.list(",\"byline\":", &article.byline, |json, name| json.text(name));
        self.maybe(",\"dateline\":", article.dateline.as_ref());
        self.out.push('}');
    }

    fn mention(&mut self, mention: &MentionRecord) {
        self.number("{\"id\":", mention.id);
        self.number(",\"start\":", mention.start);
        self.number(",\"end\":", mention.end);
        self.word(",\"type\":", mention.kind.name());
        self.word(",\"form\":", mention.form.name());
        self.field(",\"text\":", &mention.text);
        self.known(",\"norm\":", mention.norm.as_ref());
        self.known(",\"first\":", mention.first.as_ref());
        self.known(",\"last\":", mention.last.as_ref());
        if mention.inner {
            self.out.push_str(",\"inner\":true");
        }
        self.known(",\"entity\":", mention.entity.as_ref());
        self.field(",\"rule\":", &mention.rule);
        self.out.push('}');
    }

    fn entity(&mut self, entity: &EntityRecord) {
        self.field("{\"id\":", &entity.id);
        self.word(",\"type\":", entity.kind.name());
        self.field(",\"name\":", &entity.name);
        self.list(",\"aliases\":", &entity.aliases, |json, name| json.text(name));
        self.list(",\"mentions\":", &entity.mentions, |json, mention| json.number("", *mention));
        self.out.push('}');
    }

    fn fact(&mut self, fact: &FactRecord) {
        self.field("{\"id\":", &fact.id);
        self.field(",\"subject\":", &fact.subject);
        self.word(",\"predicate\":", fact.predicate.name());
        self.field(",\"object\":", &fact.object);
        self.known(",\"subject_id\":", fact.subject_id.as_ref());
        self.known(",\"object_id\":", fact.object_id.as_ref());
        self.out.push_str(",\"qualifiers\":{");
        for (number, (qualifier, value)) in fact.qualifiers.iter().enumerate() {
            self.out.push_str(if number > 0 { "," } else { "" });
            self.word("", qualifier.name());
            self.field(":", value);
        }
        self.word("},\"status\":", fact.status.name());
        self.field(",\"rule\":", &fact.rule);
        self.number(",\"evidence\":{\"start\":", fact.evidence.start);
        self.number(",\"end\":", fact.evidence.end);
        self.out.push_str("}}");
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::EvidenceRecord;
    use super::*;
    use crate::document::{DateSource, Document};
    use crate::lexicon::Sources;
    use crate::rule::RuleSet;
    use crate::schema::{Predicate, Qualifier, Status};

    #[test]
    fn it_writes_what_serde_writes() {
        let rules = RuleSet::load(&Sources::built_in()).expect("rules");
        let text = "新桥通车\n本报青川5月1日讯（记者王芳）李明2024年获“全国\n劳动模范”称号，市总工会主席李明说：\"好\\\t\u{1f}\"，增长3%。";
        for date in [None, Some(("2025-05-01", DateSource::Option))] {
            let record = crate::pipeline::extract(&Document::new("甲\"1\"", text, date), &rules);
            assert!(!record.mentions.is_empty() && !record.facts.is_empty() && !record.entities.is_empty());
            assert_eq!(record.to_json(), serde_json::to_string(&record).unwrap());
        }
    }

    proptest::proptest! {
        #[test]
        fn what_wants_an_escape_is_seen(text in "([a-z一-三\"\\\\\u{0}-\u{20}\u{7f}-\u{a0}])([a-z一-三]|\\PC){0,20}[一a\"\\\\\u{1f}]{0,3}") {
            let odd = |c: char| c < ' ' || c == '"' || c == '\\';
            proptest::prop_assert_eq!(is_plain(&text), !text.contains(odd));
        }
    }

    #[test]
    fn each_field_stands_in_its_place() {
        let some = |text: &str| Some(text.to_owned());
        let mut record = Record { doc: "a".into(), sha256: "0".into(), length: 12, ..Record::default() };
        assert_eq!(record.to_json(), serde_json::to_string(&record).unwrap());
        record.articles = vec![ArticleRecord {
            start: 0,
            end: 12,
            title: some("题\u{7f}\u{80}"),
            byline: vec!["王\n芳".into(), String::new()],
            dateline: None,
        }];
        record.facts = vec![FactRecord {
            id: "f".into(),
            subject: "甲".into(),
            predicate: Predicate::HasFigure,
            object: "\u{8}".into(),
            subject_id: None,
            object_id: some("o"),
            qualifiers: BTreeMap::from([(Qualifier::Time, "2024".into()), (Qualifier::Role, "“产值”".into())]),
            status: Status::Planned,
            rule: "fact.a.b".into(),
            evidence: EvidenceRecord { start: 1, end: 9 },
        }];
        assert_eq!(record.to_json(), serde_json::to_string(&record).unwrap());
    }
}
