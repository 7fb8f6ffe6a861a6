//! Many words found in one pass over a text.

use rustc_hash::FxHashMap;

/// Where each of `words` stands in `text`: index of the word and first byte, overlapping ones too, by their ends,
/// the longest first. Few words are looked for, each once: no automaton is worth building.
pub fn occurrences(text: &str, words: &[&str]) -> Vec<(usize, usize)> {
    let mut by_first: FxHashMap<char, Vec<usize>> = FxHashMap::default();
    // Whether any word begins with a character of these last bits: most characters begin none.
    let mut begins = [0_u64; 64];
    for (which, word) in words.iter().enumerate() {
        let Some(first) = word.chars().next() else { continue };
        by_first.entry(first).or_default().push(which);
        begins[first as usize % 4096 / 64] |= 1 << (first as usize % 64);
    }
    let mut found = Vec::new();
    if by_first.is_empty() {
        return found;
    }
    for (at, c) in text.char_indices() {
        if begins[c as usize % 4096 / 64] >> (c as usize % 64) & 1 == 0 {
            continue;
        }
        let rest = &text[at..];
        let starting = by_first.get(&c).into_iter().flatten();
        found.extend(starting.filter(|&&which| rest.starts_with(words[which])).map(|&which| (which, at)));
    }
    found.sort_by_key(|&(which, at)| (at + words[which].len(), at, which));
    found
}

/// The same without those that overlap an earlier place of the same word.
pub fn separate_occurrences(text: &str, words: &[&str]) -> Vec<(usize, usize)> {
    let mut ends = vec![0; words.len()];
    let mut found = occurrences(text, words);
    found.retain(|&(which, at)| {
        let free = at >= ends[which];
        if free {
            ends[which] = at + words[which].len();
        }
        free
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_are_found_where_they_stand() {
        let found = occurrences("王小王说", &["王", "小王", "说好", "王"]);
        assert_eq!(found, [(0, 0), (3, 0), (1, 3), (0, 6), (3, 6)]);
        assert!(occurrences("王", &[""]).is_empty());
    }

    #[test]
    fn a_word_does_not_overlap_itself() {
        assert_eq!(occurrences("丹丹丹", &["丹丹"]).len(), 2);
        assert_eq!(separate_occurrences("丹丹丹丹", &["丹丹", "丹"]).len(), 6);
    }

    proptest::proptest! {
        #[test]
        fn it_finds_what_searches_find(
            words in proptest::collection::vec("[一丁a]{1,3}", 0..5),
            text in "[一丁七a]{0,20}",
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut found = separate_occurrences(&text, &words);
            found.sort_unstable();
            let wanted = words.iter().enumerate().flat_map(|(n, word)| text.match_indices(word).map(move |(at, _)| (n, at)));
            proptest::prop_assert_eq!(found, wanted.collect::<Vec<_>>());
        }
    }
}
