//! Words found in a text without reading all of it: each character knows where it stands.

/// Where each character of a text stands.
#[derive(Debug, Clone)]
pub struct Places {
    /// The first place of the characters of each bucket; [`NONE`] where there is none.
    heads: Vec<u32>,
    /// For each character of the text its byte, and the next place of its bucket.
    places: Vec<(u32, u32)>,
}

const BUCKETS: usize = 4096;
const NONE: u32 = u32::MAX;

impl Places {
    /// The places of a text. Of a text of more than four gigabytes, the first four.
    pub fn new(text: &str) -> Places {
        let mut heads = vec![NONE; BUCKETS];
        let mut end = text.len().min(NONE as usize);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let mut places = vec![(0, 0); text.chars().count()];
        let backwards = text.char_indices().rev().zip(places.iter_mut().enumerate().rev());
        for ((at, c), (number, place)) in backwards {
            let head = &mut heads[c as usize % BUCKETS];
            *place = (at as u32, *head);
            *head = number as u32;
        }
        Places { heads, places }
    }

    /// Where each of `words` stands in `text`, which is the one that the places were made of: index of the word and
    /// first byte, overlapping ones too, by their ends, the longest first.
    pub fn occurrences(&self, text: &str, words: &[&str]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (which, word) in words.iter().enumerate() {
            found.extend(self.all(text, word).map(|at| (which, at)));
        }
        found.sort_by_key(|&(which, at)| (at + words[which].len(), at, which));
        found
    }

    /// Every place of a word, overlapping ones too.
    pub fn all(&self, text: &str, word: &str) -> impl Iterator<Item = usize> {
        let first = word.chars().next();
        let mut next = first.map_or(NONE, |first| self.heads[first as usize % BUCKETS]);
        std::iter::from_fn(move || {
            while let Some(&(at, after)) = self.places.get(next as usize) {
                next = after;
                if text.as_bytes()[at as usize..].starts_with(word.as_bytes()) {
                    return Some(at as usize);
                }
            }
            None
        })
    }

    /// The same without those that overlap an earlier place of the same word.
    pub fn separate_occurrences(&self, text: &str, words: &[&str]) -> Vec<(usize, usize)> {
        let mut ends = vec![0; words.len()];
        let mut found = self.occurrences(text, words);
        found.retain(|&(which, at)| {
            let free = at >= ends[which];
            if free {
                ends[which] = at + words[which].len();
            }
            free
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occurrences(text: &str, words: &[&str]) -> Vec<(usize, usize)> {
        Places::new(text).occurrences(text, words)
    }

    fn separate_occurrences(text: &str, words: &[&str]) -> Vec<(usize, usize)> {
        Places::new(text).separate_occurrences(text, words)
    }

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
