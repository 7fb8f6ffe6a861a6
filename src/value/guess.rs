//! The year that a text without a date speaks from.

/// Words that make a year a goal: 到2035年基本实现 is not when the text was written.
const GOALS: &[&str] = &["将", "力争", "争取", "规划", "远景", "目标", "预计", "计划", "建成", "实现", "要"];

/// The latest year that `text` itself speaks from: the latest one written with 年, goals and the far future left
/// out. `None` where the text names no year between 1800 and 2100.
pub fn guess_year(text: &str) -> Option<i32> {
    let mut best = None;
    let mut fallback = None;
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(found) = text[from..].find('年') {
        let at = from + found;
        from = at + '年'.len_utf8();
        let Some(year) = year_before(text, at) else { continue };
        if at > 4 && bytes[..at].len() >= 5 && is_goal(text, at) {
            fallback = fallback.max(Some(year));
            continue;
        }
        best = best.max(Some(year));
    }
    best.or(fallback)
}

/// The four digits before a position, Arabic (full-width, too) or Chinese.
fn year_before(text: &str, at: usize) -> Option<i32> {
    let mut value = 0;
    let mut chars = text[..at].chars().rev().skip_while(|c| *c == ' ');
    for place in [1, 10, 100, 1000] {
        let c = chars.next()?;
        let digit = match c {
            '0'..='9' => c as i32 - '0' as i32,
            '０'..='９' => c as i32 - '０' as i32,
            '〇' | '零' | '○' => 0,
            _ => "一二三四五六七八九".chars().position(|d| d == c)? as i32 + 1,
        };
        value += digit * place;
    }
    if chars.next().is_some_and(|c| c.is_numeric() || "一二三四五六七八九〇零".contains(c)) {
        return None;
    }
    (1800..=2100).contains(&value).then_some(value)
}

/// Whether the year that ends at `at` is what 到, by or 至 leads to, with a word of intent in its sentence.
fn is_goal(text: &str, at: usize) -> bool {
    let before: Vec<char> = text[..at].chars().rev().take(16).collect();
    let lead = before.iter().skip(4).take(2).any(|c| matches!(c, '到' | '至'));
    let after: String = text[at..].chars().take(14).take_while(|c| !matches!(c, '。' | '；' | '\n')).collect();
    let sentence: String =
        before.iter().take_while(|c| !matches!(c, '。' | '；' | '\n')).collect::<Vec<_>>().into_iter().rev().collect();
    after.contains("远景")
        || after.contains("年前")
        || lead && GOALS.iter().any(|word| after.contains(word) || sentence.contains(word))
}

#[cfg(test)]
mod tests {
    use super::guess_year;

    #[test]
    fn the_latest_year_that_is_no_goal() {
        assert_eq!(guess_year("工厂1958年建成，二〇一七年改制。"), Some(2017));
        assert_eq!(guess_year("2019年，全县签订协议，力争到2035年基本实现目标。"), Some(2019));
        assert_eq!(guess_year("没有年份"), None);
    }
}
