//! Escaping for XML and HTML.

use std::borrow::Cow;

/// The text with what XML cannot hold as it is escaped or, where it cannot be escaped, dropped.
pub(super) fn xml(text: &str) -> Cow<'_, str> {
    let plain = |c: char| !matches!(c, '&' | '<' | '>' | '"' | '\'') && legal(c);
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars().filter(|c| legal(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Characters of XML 1.0.
const fn legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn what_xml_cannot_hold_is_gone() {
        assert_eq!(xml("“甲”"), "“甲”");
        assert_eq!(xml("<a href='&'>\"\u{1}\u{ffff}"), "&lt;a href=&#39;&amp;&#39;&gt;&quot;");
    }
}
