//! Texts with marked mentions, as in the gold files: `⟦王伟¦person⟧在⟦京¦place¦北京⟧考察。`
//!
//! A mark holds the surface, the type (`person@title` for a title that stands for a person) and, where
//! it differs, the norm.

use crate::schema::{Form, Type};
use crate::text::Span;

/// One marked mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the plain text.
    pub span: Span,
    /// Its type.
    pub kind: Type,
    /// Name or title.
    pub form: Form,
    /// The norm, where given.
    pub norm: Option<String>,
}

/// The plain text and its marks; the error says what is wrong with a mark.
pub fn read(text: &str) -> Result<(String, Vec<Mark>), String> {
    let (mut plain, mut marks, mut rest) = (String::with_capacity(text.len()), Vec::new(), text);
    while let Some(open) = rest.find('⟦') {
        plain.push_str(&rest[..open]);
        rest = &rest[open + '⟦'.len_utf8()..];
        let close = rest.find('⟧').ok_or_else(|| format!("the mark ⟦{rest} is not closed"))?;
        let mut cells = rest[..close].splitn(3, '¦');
        let (surface, kind, norm) = (cells.next().unwrap_or(""), cells.next().unwrap_or(""), cells.next());
        let (name, form) = match kind.split_once('@') {
            Some((name, "title")) => (name, Form::Title),
            Some(_) => return Err(format!("unknown form in `{kind}`")),
            None => (kind, Form::Name),
        };
        let kind = Type::from_name(name).ok_or_else(|| format!("unknown type `{name}` of ⟦{surface}⟧"))?;
        let start = plain.len();
        plain.push_str(surface);
        let span = Span::new(start, plain.len());
        marks.push(Mark { span, kind, form, norm: norm.filter(|norm| !norm.is_empty()).map(str::to_owned) });
        rest = &rest[close + '⟧'.len_utf8()..];
    }
    plain.push_str(rest);
    Ok((plain, marks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let (plain, marks) = read("在⟦京¦place¦北京⟧的⟦总理¦person@title¦周恩来⟧").unwrap();
        assert_eq!(plain, "在京的总理");
        assert_eq!(marks[0].norm.as_deref(), Some("北京"));
        assert_eq!((marks[1].form, marks[1].span.of(&plain)), (Form::Title, "总理"));
        assert!(read("⟦京¦plaec⟧").is_err());
        assert!(read("⟦京¦place").is_err());
    }
}
