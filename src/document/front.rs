//! Front matter: `key: value` lines between two lines of `---` at the head of a text.

/// What the front matter says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// Where the text itself begins, in bytes.
    pub end: usize,
    /// The day of publication (`date`).
    pub date: Option<String>,
}

/// The front matter of `text`, if it has any.
pub fn read(text: &str) -> Front {
    const MOST: usize = 50;
    let mut lines = text.split_inclusive('\n');
    let mut end = match lines.next() {
        Some(first) if first.trim_end() == "---" => first.len(),
        _ => return Front::default(),
    };
    let mut date = None;
    for line in lines.take(MOST) {
        end += line.len();
        if line.trim_end() == "---" {
            return Front { end, date };
        }
        let Some((key, value)) = line.split_once([':', '：']) else { break };
        let value = value.trim().trim_matches(['"', '\'']);
        if key.trim() == "date" && super::day::is_edtf_day(value) {
            date = Some(value.to_owned());
        }
    }
    Front::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_read_and_left_out() {
        let text = "---\ntitle: 新桥\ndate: \"2024-05-01\"\n---\n正文。";
        let front = read(text);
        assert_eq!(front.date.as_deref(), Some("2024-05-01"));
        assert_eq!(&text[front.end..], "正文。");
        for text in ["---\n没有结尾", "正文。", "---", ""] {
            assert_eq!(read(text), Front::default());
        }
    }
}
