//! Named questions: SPARQL templates with parameters, kept as files in `rules/query/`.
//!
//! ```text
//! # name: winners
//! # 名称: 获奖者
//! # about: Who received an award, when, and where he works.
//! # 说明: 谁在何时获得某荣誉，在哪里工作。
//! # param: award entity award; the honour
//! # param: year period; the year (any)
//! SELECT … { VALUES ?award { {{award}} } … FILTER({{year.first}} <= ?last) … }
//! ```
//!
//! A parameter is `NAME KIND [TYPE…]; what it is`, with `(…)` at the end where it may be left out.
//! Kinds: `entity` (becomes IRIs, found by name, alias or part of a name), `period` (EDTF; `.first`,
//! `.last`, `.given`), `text` (a quoted literal). `# path: A B` makes `{{path}}` rows of the shortest
//! paths between two entity parameters. A line with an entity that is not given is left out. The `VALUES`
//! of an entity stand first in the `GRAPH` block of its facts: the planner then begins there.

use super::{complaint, path, search};
use crate::error::{Error, Result};
use crate::graph::edtf;
use crate::lexicon::Sources;
use crate::store::Store;

/// One parameter of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Whether it must be given.
    pub required: bool,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Entity(Vec<String>),
    Period,
    Text,
}

/// A question with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its English name.
    pub name: String,
    /// Its Chinese name.
    pub chinese: String,
    /// What it answers, in English.
    pub about: String,
    /// What it answers, in Chinese.
    pub about_chinese: String,
    /// Its parameters, in the order they are given.
    pub params: Vec<Param>,
    path: Option<(String, String)>,
    body: String,
}

/// All named questions, by name.
#[derive(Debug, Clone, Default)]
pub struct Questions {
    all: Vec<Question>,
}

impl Questions {
    /// The questions below `query/` of the rules folder.
    pub fn load(sources: &Sources) -> Result<Questions> {
        let mut all = Vec::new();
        for (file, text) in sources.below("query/").filter(|(file, _)| file.ends_with(".rq")) {
            all.push(read(file, text)?);
        }
        all.sort_by(|a: &Question, b| a.name.cmp(&b.name));
        Ok(Questions { all })
    }

    /// Every question, by name.
    pub fn all(&self) -> &[Question] {
        &self.all
    }

    /// The question of that English or Chinese name.
    pub fn find(&self, name: &str) -> Option<&Question> {
        self.all.iter().find(|q| q.name == name || q.chinese == name)
    }

    /// The question of that name, or an error that lists what there is.
    pub fn get(&self, name: &str) -> Result<&Question> {
        self.find(name).ok_or_else(|| {
            let names: Vec<String> = self.all.iter().map(|q| format!("{} {}", q.name, q.chinese)).collect();
            Error::new(format!("no question is called {name}")).with_help(format!("there are: {}", names.join(", ")))
        })
    }
}

impl Question {
    /// How it is called: `winners AWARD [YEAR]`.
    pub fn usage(&self) -> String {
        let mut usage = self.name.clone();
        for param in &self.params {
            let name = param.name.to_uppercase();
            usage += &if param.required { format!(" {name}") } else { format!(" [{name}]") };
        }
        usage
    }

    /// The SPARQL of the question with its parameters filled in, to be given to [`super::run`]. `-` leaves
    /// out a parameter that is not required.
    pub fn sparql(&self, store: &Store, args: &[String]) -> Result<String> {
        if args.len() > self.params.len() {
            return Err(Error::new(format!(
                "{} takes {} parameters, not {}",
                self.name,
                self.params.len(),
                args.len()
            ))
            .with_help(format!("call it as: {}", self.usage())));
        }
        let mut body = self.body.clone();
        let mut found: Vec<(&str, Vec<String>)> = Vec::new();
        for (at, param) in self.params.iter().enumerate() {
            let arg = args.get(at).map(String::as_str).filter(|arg| !matches!(*arg, "" | "-"));
            if arg.is_none() && param.required {
                return Err(Error::new(format!("{} wants {} ({})", self.name, param.name, param.about))
                    .with_help(format!("call it as: {}", self.usage())));
            }
            match &param.kind {
                Kind::Text => {
                    let text = arg.unwrap_or("").replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ");
                    body = put(&body, &param.name, &format!("\"{text}\""));
                }
                Kind::Period => body = period(&body, &param.name, arg)?,
                Kind::Entity(kinds) => {
                    let iris = arg.map(|arg| search::entities(store, arg, kinds)).transpose()?;
                    body = put(&body, &format!("{}.given", param.name), if iris.is_some() { "true" } else { "false" });
                    body = match &iris {
                        Some(iris) => {
                            let terms: Vec<String> = iris.iter().map(|iri| format!("<{iri}>")).collect();
                            put(&body, &param.name, &terms.join(" "))
                        }
                        None => without(&body, &param.name),
                    };
                    found.push((&param.name, iris.unwrap_or_default()));
                }
            }
        }
        if let Some((from, to)) = &self.path {
            let of = |name: &str| found.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, iris)| iris);
            body = put(&body, "path", &path::rows(store, of(from), of(to))?);
        }
        Ok(body)
    }
}

fn put(body: &str, name: &str, value: &str) -> String {
    body.replace(&format!("{{{{{name}}}}}"), value)
}

/// Leaves out the lines that hold a parameter which is not given.
fn without(body: &str, name: &str) -> String {
    let place = format!("{{{{{name}}}}}");
    body.lines().filter(|line| !line.contains(&place)).map(|line| format!("{line}\n")).collect()
}

fn period(body: &str, name: &str, arg: Option<&str>) -> Result<String> {
    let (first, last) = match arg {
        None => (None, None),
        Some(text) => edtf::days(text).ok_or_else(|| {
            Error::new(format!("{text} is no date")).with_help("write 2024, 2024-10, 2024-10-01 or 2020/2024")
        })?,
    };
    let day = |day: Option<String>, open: &str| format!("\"{}\"^^xsd:date", day.as_deref().unwrap_or(open));
    let body = put(body, &format!("{name}.first"), &day(first, "0001-01-01"));
    let body = put(&body, &format!("{name}.last"), &day(last, "9999-12-31"));
    Ok(put(&body, &format!("{name}.given"), if arg.is_some() { "true" } else { "false" }))
}

/// Reads one question file.
fn read(file: &str, text: &str) -> Result<Question> {
    let mut question = Question {
        name: String::new(),
        chinese: String::new(),
        about: String::new(),
        about_chinese: String::new(),
        params: Vec::new(),
        path: None,
        body: text.to_owned(),
    };
    for (at, line) in text.lines().enumerate() {
        let Some((key, value)) = line.strip_prefix("# ").and_then(|l| l.split_once(": ")) else { continue };
        let value = value.trim();
        match key {
            "name" => question.name = value.to_owned(),
            "名称" => question.chinese = value.to_owned(),
            "about" => question.about = value.to_owned(),
            "说明" => question.about_chinese = value.to_owned(),
            "param" => question.params.push(param(value).ok_or_else(|| {
                Error::new(format!("{file}:{}: a parameter is `NAME KIND [TYPE…]; what it is`", at + 1))
                    .with_help("kinds are entity, period, text")
            })?),
            "path" => question.path = value.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())),
            _ => {}
        }
    }
    if question.name.is_empty() || question.chinese.is_empty() || question.about.is_empty() {
        return Err(Error::new(format!("{file}: a question needs `# name:`, `# 名称:` and `# about:`")));
    }
    complaint::template(file, &question.body)?;
    Ok(question)
}

fn param(text: &str) -> Option<Param> {
    let (head, about) = text.split_once(';')?;
    let mut words = head.split_whitespace();
    let (name, kind) = (words.next()?.to_owned(), words.next()?);
    let kind = match kind {
        "entity" => Kind::Entity(words.map(str::to_owned).collect()),
        "period" => Kind::Period,
        "text" => Kind::Text,
        _ => return None,
    };
    let about = about.trim().to_owned();
    Some(Param { name, required: !about.ends_with(')'), about, kind })
}
