//! The pattern language: text to tree. Its nine forms are taught in `rules/README.md`.

use crate::schema::Type;

/// A piece of a pattern and where it stands in the pattern's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it reads.
    pub form: NodeForm,
    /// First byte in the pattern's text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// The forms.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeForm {
    /// `"年"`
    Literal(String),
    /// `/[0-9]{4}/`
    Regex(String),
    /// `<award_verb>`
    Lexicon(String),
    /// `@person`, `@person|organization`, `@` alone for any mention.
    Mention(Vec<Type>),
    /// `%month`
    Fragment(String),
    /// `han`
    Han,
    /// `any`
    Any,
    /// One after the other.
    Sequence(Vec<Node>),
    /// `( a | b )`
    Choice(Vec<Node>),
    /// `x?`, `x*`, `x+`, `x{2,8}`, each with a further `?` for as few as possible.
    Repeat {
        /// What is repeated.
        what: Box<Node>,
        /// At least.
        min: u32,
        /// At most; `None` is no limit.
        max: Option<u32>,
        /// As few as possible.
        lazy: bool,
    },
    /// `!x`
    Guard(Box<Node>),
    /// `name:x`
    Capture(String, Box<Node>),
}

/// A mistake in a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Diagnostic code.
    pub code: &'static str,
    /// First byte in the pattern's text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What is wrong.
    pub message: String,
    /// The name that was not known and the kind of name it should be.
    pub unknown: Option<(Kind, String)>,
}

/// Kinds of names in patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A mention type.
    Type,
    /// A lexicon.
    Lexicon,
    /// A fragment.
    Fragment,
}

/// Reads a pattern.
pub fn parse(text: &str) -> Result<Node, Mistake> {
    let mut parser = Parser { text, at: 0 };
    let node = parser.choice()?;
    parser.blanks();
    if parser.at < text.len() {
        return Err(parser.mistake(parser.at, "unexpected character"));
    }
    Ok(node)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn blanks(&mut self) {
        while let Some(c) = self.peek().filter(|c| c.is_whitespace()) {
            self.at += c.len_utf8();
        }
    }

    fn mistake(&self, start: usize, message: impl Into<String>) -> Mistake {
        let next = self.text[start..].chars().next().map_or(0, char::len_utf8);
        Mistake { code: "R010", start, end: (start + next).max(self.at), message: message.into(), unknown: None }
    }

    fn node(&self, start: usize, form: NodeForm) -> Node {
        Node { form, start, end: self.at }
    }

    fn choice(&mut self) -> Result<Node, Mistake> {
        self.blanks();
        let start = self.at;
        let mut branches = vec![self.sequence()?];
        while self.take('|') {
            branches.push(self.sequence()?);
        }
        Ok(match branches.len() {
            1 => branches.remove(0),
            _ => self.node(start, NodeForm::Choice(branches)),
        })
    }

    fn sequence(&mut self) -> Result<Node, Mistake> {
        self.blanks();
        let start = self.at;
        let mut parts = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                None | Some('|' | ')') => break,
                Some(_) => parts.push(self.repeated()?),
            }
        }
        match parts.len() {
            0 => Err(self.mistake(start, "nothing to read here")),
            1 => Ok(parts.remove(0)),
            _ => Ok(self.node(start, NodeForm::Sequence(parts))),
        }
    }

    fn repeated(&mut self) -> Result<Node, Mistake> {
        let start = self.at;
        let what = self.atom()?;
        let (min, max) = match self.peek() {
            Some('?') => (0, Some(1)),
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('{') => return self.counted(start, what),
            _ => return Ok(what),
        };
        self.at += 1;
        let lazy = self.take('?');
        Ok(self.node(start, NodeForm::Repeat { what: Box::new(what), min, max, lazy }))
    }

    fn counted(&mut self, start: usize, what: Node) -> Result<Node, Mistake> {
        let open = self.at;
        let Some(length) = self.text[open..].find('}') else {
            return Err(self.mistake(open, "the { is not closed"));
        };
        let inside = &self.text[open + 1..open + length];
        self.at = open + length + 1;
        let (min, max) = inside.split_once(',').unwrap_or((inside, inside));
        let (Ok(min), Ok(max)) = (min.trim().parse::<u32>(), max.trim().parse::<u32>()) else {
            return Err(self.mistake(open, "a count is written {2} or {2,8}"));
        };
        if min > max || max > 200 {
            return Err(self.mistake(open, "a count goes from a smaller number to a larger one, 200 at most"));
        }
        let lazy = self.take('?');
        Ok(self.node(start, NodeForm::Repeat { what: Box::new(what), min, max: Some(max), lazy }))
    }

    fn atom(&mut self) -> Result<Node, Mistake> {
        let start = self.at;
        let Some(first) = self.peek() else { return Err(self.mistake(start, "something is missing here")) };
        match first {
            '"' => {
                let text = self.delimited('"')?;
                Ok(self.node(start, NodeForm::Literal(text)))
            }
            '/' => {
                let text = self.delimited('/')?;
                Ok(self.node(start, NodeForm::Regex(text)))
            }
            '<' => {
                let name = self.delimited('>')?;
                Ok(self.node(start, NodeForm::Lexicon(name)))
            }
            '%' => {
                self.at += 1;
                let name = self.name();
                Ok(self.node(start, NodeForm::Fragment(name)))
            }
            '@' => self.mention(start),
            '!' => {
                self.at += 1;
                let inner = self.repeated()?;
                Ok(self.node(start, NodeForm::Guard(Box::new(inner))))
            }
            '(' => {
                self.at += 1;
                let mut inner = self.choice()?;
                if !self.take(')') {
                    return Err(self.mistake(start, "the ( is not closed"));
                }
                (inner.start, inner.end) = (start, self.at);
                Ok(inner)
            }
            c if c.is_ascii_lowercase() => {
                let name = self.name();
                if self.take(':') {
                    let inner = self.repeated()?;
                    return Ok(self.node(start, NodeForm::Capture(name, Box::new(inner))));
                }
                match name.as_str() {
                    "han" => Ok(self.node(start, NodeForm::Han)),
                    "any" => Ok(self.node(start, NodeForm::Any)),
                    _ => Err(self.mistake(start, format!("`{name}` is no form; words stand in quotes: \"{name}\""))),
                }
            }
            _ => Err(self.mistake(start, "words stand in quotes: \"…\"")),
        }
    }

    fn mention(&mut self, start: usize) -> Result<Node, Mistake> {
        self.at += 1;
        let mut types = Vec::new();
        loop {
            let from = self.at;
            let name = self.name();
            if name.is_empty() && types.is_empty() {
                return Ok(self.node(start, NodeForm::Mention(Type::ALL.to_vec())));
            }
            match Type::from_name(&name) {
                Some(kind) => types.push(kind),
                None => {
                    return Err(Mistake {
                        code: "R013",
                        start: from,
                        end: self.at.max(from + 1),
                        message: format!("unknown mention type `{name}`"),
                        unknown: Some((Kind::Type, name)),
                    });
                }
            }
            let more = self.text[self.at..].strip_prefix('|').and_then(|rest| rest.chars().next());
            if !more.is_some_and(|c| c.is_ascii_lowercase()) {
                return Ok(self.node(start, NodeForm::Mention(types)));
            }
            self.at += 1;
        }
    }

    fn name(&mut self) -> String {
        let rest = &self.text[self.at..];
        let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        self.at += length;
        rest[..length].to_owned()
    }

    fn delimited(&mut self, close: char) -> Result<String, Mistake> {
        let start = self.at;
        let rest = &self.text[start + 1..];
        match rest.find(close) {
            Some(0) => Err(self.mistake(start, "nothing stands between the marks")),
            Some(length) => {
                self.at = start + 1 + length + close.len_utf8();
                Ok(rest[..length].to_owned())
            }
            None => Err(self.mistake(start, format!("the closing {close} is missing"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_are_read() {
        let node =
            parse(r#"( time:@date "，" )? who:@person|organization !"不" any{0,6}? <verb>+ %x /[0-9]/ han"#).unwrap();
        let NodeForm::Sequence(parts) = node.form else { panic!("a sequence") };
        assert_eq!(parts.len(), 8);
        assert!(matches!(&parts[1].form, NodeForm::Capture(name, _) if name == "who"));
        assert!(matches!(&parts[3].form, NodeForm::Repeat { min: 0, max: Some(6), lazy: true, .. }));
    }

    #[test]
    fn mistakes_have_a_place() {
        for (text, at) in [("\"年", 0), ("@persn", 1), ("( \"年\"", 0), ("年", 0), ("any{4,2}", 3), ("\"a\" |", 5)] {
            let mistake = parse(text).unwrap_err();
            assert_eq!(mistake.start, at, "{text}: {}", mistake.message);
        }
    }
}
