//! Classes of characters that reading and repair ask for.

/// A Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '〇' | '々' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// White space inside a line.
#[inline]
pub fn is_blank(c: char) -> bool {
    // No Chinese character is one: most are refused at once.
    !matches!(c, '\u{3001}'..) && c.is_whitespace() && !ends_line(c)
}

/// Ends a line.
pub fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Takes no room and says nothing: zero-width blanks, direction marks, the soft hyphen.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Belongs to no standard: fonts and word processors leave such characters behind.
pub fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// Ends a clause or a sentence, or separates items.
pub fn is_clause_end(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '！' | '？' | ',' | ';' | '!' | '?')
}

/// Opens a quotation, a title or a bracket.
pub fn is_opener(c: char) -> bool {
    matches!(c, '“' | '‘' | '《' | '〈' | '（' | '(' | '「' | '『' | '【' | '〔' | '[')
}

/// Closes a quotation, a title or a bracket.
pub fn is_closer(c: char) -> bool {
    matches!(c, '”' | '’' | '》' | '〉' | '）' | ')' | '」' | '』' | '】' | '〕' | ']')
}

/// Cannot begin a line of its own.
pub fn is_follower(c: char) -> bool {
    is_closer(c) || matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '％' | '%')
}

/// Columns on a terminal or a page: two for wide characters.
pub fn columns(c: char) -> usize {
    match c {
        _ if c.is_ascii() => 1,
        _ if is_invisible(c) => 0,
        _ if c < '\u{1100}' => 1,
        '\u{2000}'..='\u{2009}' => 1 + usize::from(matches!(c, '\u{2001}' | '\u{2003}')),
        _ => 2,
    }
}
