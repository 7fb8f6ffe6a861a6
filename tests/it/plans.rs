//! What the named questions touch: of one that much is said of no more than that, however much is said of others.

use std::fmt::Write as _;

use zhitu::lexicon::Sources;
use zhitu::query::{self, Questions};
use zhitu::store::Store;

const BASE: &str = "https://zhitu.example";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const LABEL: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";
/// Facts of each kind about the one that is asked for.
const OWN: usize = 40;
/// Facts of each kind about others.
const OTHERS: usize = 3000;

/// Kinds of facts.
const KINDS: usize = 12;
/// Most rows of one step: all that is said of the one, or the names in the vocabulary.
const MOST: u64 = 500;

/// Lines of a graph.
#[derive(Default)]
struct Lines {
    text: String,
    facts: usize,
}

impl Lines {
    fn say(&mut self, subject: &str, predicate: &str, object: &str, graph: &str) {
        let object = match object.split_once(':') {
            Some(("text", words)) => format!("\"{words}\""),
            Some(("name", words)) => format!("\"{words}\"@zh"),
            Some(("day", day)) => format!("\"{day}\"^^<http://www.w3.org/2001/XMLSchema#date>"),
            _ if object.contains("://") => format!("<{object}>"),
            _ => format!("<{BASE}/{object}>"),
        };
        let predicate =
            if predicate.contains("://") { predicate.to_owned() } else { format!("{BASE}/ontology#{predicate}") };
        let graph = if graph.is_empty() { String::new() } else { format!("<{BASE}/{graph}> ") };
        writeln!(self.text, "<{BASE}/{subject}> <{predicate}> {object} {graph}.").expect("written");
    }

    /// A thing with its name.
    fn thing(&mut self, id: &str) {
        let (kind, name) = id.split_once('/').expect("a kind");
        let class = kind[..1].to_uppercase() + &kind[1..];
        self.say(id, LABEL, &format!("name:{name}"), "");
        self.say(id, &format!("{RDF}type"), &format!("ontology#{class}"), "");
    }

    /// A fact: the direct triple, and the statement in one of fifty texts.
    fn fact(&mut self, subject: &str, predicate: &str, object: &str, more: &[(&str, &str)]) {
        let (node, text) = (format!("fact/{}", self.facts), format!("doc/{}", self.facts % 50));
        self.facts += 1;
        self.say(subject, predicate, object, "");
        self.say(&node, &format!("{RDF}subject"), subject, &text);
        self.say(&node, &format!("{RDF}predicate"), &format!("ontology#{predicate}"), &text);
        self.say(&node, &format!("{RDF}object"), object, &text);
        self.say(&node, "sentence", &format!("text:第{}句说{subject}。", self.facts), &text);
        for (predicate, object) in more {
            self.say(&node, predicate, object, &text);
        }
    }

    /// What is said of the persons, bodies, honours and posts called so, each fact with another one.
    fn story(&mut self, name: &str, count: usize, each: impl Fn(usize) -> String) {
        let day = ("first", "day:2024-03-01");
        let known = ["person", "organization", "award", "position"].map(|kind| format!("{kind}/{name}"));
        for number in 0..count {
            let [person, body, award, post] =
                if name.is_empty() { known.each_ref().map(|kind| format!("{kind}{number}")) } else { known.clone() };
            let other = each(number);
            if number == 0 || name.is_empty() {
                [&person, &body, &award, &post].into_iter().for_each(|id| self.thing(id));
            }
            let ids = ["person", "organization", "program", "document", "award", "position", "date", "figure"];
            let [someone, somewhere, program, document, honour, office, date, figure] =
                ids.map(|kind| format!("{kind}/{other}"));
            for id in [&someone, &somewhere, &program, &document, &honour, &office, &date, &figure] {
                self.thing(id);
            }
            self.fact(&person, "visited", &somewhere, &[day]);
            self.fact(&person, "receivedAward", &honour, &[day]);
            self.fact(&person, "holdsPosition", &office, &[day, ("org", &somewhere)]);
            self.fact(&someone, "receivedAward", &award, &[day, ("last", "day:2024-03-01")]);
            self.fact(&someone, "memberOf", &somewhere, &[]);
            self.fact(&someone, "holdsPosition", &post, &[day, ("org", &somewhere)]);
            self.fact(&body, "runs", &program, &[day]);
            self.fact(&body, "partOf", &somewhere, &[]);
            self.fact(&someone, "memberOf", &body, &[]);
            self.fact(&body, "founded", &date, &[]);
            self.fact(&body, "issued", &document, &[day, ("last", "day:2024-03-01")]);
            self.fact(&body, "hasFigure", &figure, &[day]);
            let node = format!("identity/{name}{number}");
            self.say(&node, "concerns", &person, "identities");
            self.say(&node, "decision", "ontology#apart", "identities");
            self.say(&node, "reason", "text:两地", "identities");
        }
    }
}

/// The rows of the step that has most.
fn most(plan: &serde_json::Value) -> u64 {
    let own = plan["number of results"].as_u64().expect("a count");
    plan["children"].as_array().into_iter().flatten().map(most).max().unwrap_or(0).max(own)
}

#[test]
fn of_one_that_much_is_said_of_no_more_is_touched() {
    let mut lines = Lines::default();
    for text in 0..50 {
        lines.say(&format!("doc/{text}"), "https://schema.org/name", &format!("text:{text}"), &format!("doc/{text}"));
    }
    lines.story("沈远", OWN, |number| format!("近{number}"));
    lines.story("", OTHERS, |number| format!("远{number}"));
    for number in OWN * KINDS..OTHERS {
        lines.say(&format!("fact/{number}"), "status", "ontology#planned", &format!("doc/{}", number % 50));
    }
    lines.say("fact/2", "conflictsWith", "fact/3", "review");
    let store = Store::from_nquads(lines.text.as_bytes()).expect("loaded");
    let questions = Questions::load(&Sources::built_in()).expect("questions load");
    let asked: &[(&str, &[&str])] = &[
        ("about", &["person/沈远"]),
        ("career", &["person/沈远"]),
        ("visits", &["person/沈远"]),
        ("identity", &["person/沈远"]),
        ("winners", &["award/沈远"]),
        ("winners", &["award/沈远", "2024"]),
        ("holders", &["position/沈远"]),
        ("holders", &["position/沈远", "2024-05-01"]),
        ("programs", &["organization/沈远"]),
        ("founded", &["organization/沈远"]),
        ("figures", &["organization/沈远"]),
        ("structure", &["organization/沈远"]),
        ("documents", &["2024", "organization/沈远"]),
        ("connection", &["person/沈远", "organization/近7"]),
        ("search", &["近1"]),
        ("sentences", &["说person/沈远"]),
        ("conflicts", &[]),
    ];
    for question in questions.all() {
        assert!(asked.iter().any(|(name, _)| *name == question.name), "{}", question.name);
    }
    for (name, args) in asked {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        let sparql =
            questions.get(name).and_then(|q| q.sparql(&store, &args)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let plan = query::explain(&store, &sparql).expect("explained");
        let plan: serde_json::Value = serde_json::from_str(&plan).expect("JSON");
        let touched = most(&plan["plan"]);
        assert!((1..MOST).contains(&touched), "{name}: {touched} rows in one step of\n{plan}");
    }
}
