//! What stands between the Chinese characters of a text.

/// The characters of a text, with their bytes, that are no Chinese characters of the blocks in common use: those of
/// three bytes that begin with 0xE4 to 0xE9 are passed over unread.
pub fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while matches!(bytes.get(at), Some(0xe4..=0xe9)) {
            at += 3;
        }
        let c = text.get(at..)?.chars().next()?;
        at += c.len_utf8();
        Some((at - c.len_utf8(), c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn they_are_all_others(text in "([一-三丁龥中，。“”、0-9a]|\\PC){0,20}") {
            let common = |c: char| ('\u{4000}'..='\u{9fff}').contains(&c);
            let others: Vec<(usize, char)> = text.char_indices().filter(|&(_, c)| !common(c)).collect();
            proptest::prop_assert_eq!(marks(&text).collect::<Vec<_>>(), others);
        }
    }
}
