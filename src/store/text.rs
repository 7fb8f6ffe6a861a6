//! A text index for Chinese: pairs of neighbouring characters, without a dictionary.

use rustc_hash::FxHashMap;

/// Texts with what they belong to, found by any words inside them.
///
/// Texts and words are compared without blanks, quotes, dashes and title marks, Latin letters without
/// case. A text that holds the words holds every pair of neighbouring characters of them; the rarest
/// pairs are looked up and what they share is compared with the words themselves.
#[derive(Debug, Default)]
pub(crate) struct TextIndex {
    texts: Vec<(String, String)>,
    pairs: FxHashMap<(char, char), Vec<u32>>,
}

/// How many of the rarest pairs are looked up.
const LOOKED_UP: usize = 3;

impl TextIndex {
    /// The index of texts, each with an IRI.
    pub(crate) fn new(texts: impl IntoIterator<Item = (String, String)>) -> TextIndex {
        let mut texts: Vec<(String, String)> = texts.into_iter().map(|(text, iri)| (plain(&text), iri)).collect();
        texts.retain(|(text, _)| !text.is_empty());
        texts.sort_unstable();
        texts.dedup();
        let mut pairs: FxHashMap<(char, char), Vec<u32>> = FxHashMap::default();
        for (at, (text, _)) in texts.iter().enumerate() {
            let Ok(at) = u32::try_from(at) else { break };
            for pair in pairs_of(text) {
                let list = pairs.entry(pair).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
        TextIndex { texts, pairs }
    }

    /// The IRIs whose text is the words, in order.
    pub(crate) fn exact(&self, words: &str) -> Vec<&str> {
        let words = plain(words);
        let from = self.texts.partition_point(|(text, _)| *text < words);
        let found = self.texts[from..].iter().take_while(|(text, _)| *text == words);
        found.map(|(_, iri)| iri.as_str()).collect()
    }

    /// The texts that hold the words, with their IRIs: shorter ones first, then in order.
    pub(crate) fn holding(&self, words: &str) -> Vec<(&str, &str)> {
        let words = plain(words);
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(&str, &str)> = match self.candidates(&words) {
            Some(at) => at
                .into_iter()
                .filter_map(|at| self.texts.get(at as usize))
                .filter(|t| t.0.contains(&words))
                .map(pair)
                .collect(),
            None => self.texts.iter().filter(|(text, _)| text.contains(&words)).map(pair).collect(),
        };
        found.sort_by_cached_key(|(text, iri)| (text.chars().count(), *text, *iri));
        found
    }

    /// The texts that share most characters with the words: for a hint.
    pub(crate) fn near(&self, words: &str, most: usize) -> Vec<&str> {
        let words = plain(words);
        let mut shared: FxHashMap<u32, usize> = FxHashMap::default();
        for pair in pairs_of(&words) {
            for at in self.pairs.get(&pair).into_iter().flatten() {
                *shared.entry(*at).or_default() += 1;
            }
        }
        let mut order: Vec<(usize, usize, &str)> = shared
            .into_iter()
            .filter_map(|(at, count)| Some((usize::MAX - count, self.texts.get(at as usize)?.0.as_str())))
            .map(|(rest, text)| (rest, text.chars().count().abs_diff(words.chars().count()), text))
            .collect();
        order.sort_unstable();
        order.dedup_by_key(|(_, _, text)| *text);
        order.into_iter().map(|(_, _, text)| text).take(most).collect()
    }

    /// Texts that hold the rarest pairs of the words; `None` where the words are one character.
    fn candidates(&self, words: &str) -> Option<Vec<u32>> {
        let mut lists: Vec<&[u32]> = Vec::new();
        for pair in pairs_of(words) {
            match self.pairs.get(&pair) {
                Some(list) => lists.push(list),
                None => return Some(Vec::new()),
            }
        }
        lists.sort_by_key(|list| list.len());
        let (first, others) = lists.split_first()?;
        let mut found = first.to_vec();
        for list in others.iter().take(LOOKED_UP - 1) {
            found.retain(|at| list.binary_search(at).is_ok());
        }
        Some(found)
    }
}

fn pair(entry: &(String, String)) -> (&str, &str) {
    (&entry.0, &entry.1)
}

fn pairs_of(text: &str) -> impl Iterator<Item = (char, char)> + '_ {
    text.chars().zip(text.chars().skip(1))
}

/// What texts are compared by.
fn plain(text: &str) -> String {
    let dropped = |c: &char| {
        c.is_whitespace() || matches!(c, '\u{2010}'..='\u{201f}' | '"' | '《' | '》' | '〈' | '〉' | '「' | '」')
    };
    text.chars().filter(|c| !dropped(c)).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::TextIndex;

    #[test]
    fn words_are_found_inside_texts() {
        let texts = ["西藏自治区总工会", "云岭省总工会", "“工会驿站”", "工会", "A B C"];
        let index = TextIndex::new(texts.iter().map(|t| ((*t).to_owned(), format!("iri:{t}"))));
        let found = |words: &str| index.holding(words).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        assert_eq!(found("总工会"), ["云岭省总工会", "西藏自治区总工会"]);
        assert_eq!(found("工会"), ["工会", "工会驿站", "云岭省总工会", "西藏自治区总工会"]);
        assert_eq!(found("会"), ["工会", "工会驿站", "云岭省总工会", "西藏自治区总工会"]);
        assert_eq!(found("a b"), ["abc"]);
        assert!(found("总工会驿站").is_empty() && found("").is_empty());
        assert_eq!(index.exact("工会"), ["iri:工会"]);
        assert_eq!(index.near("云岭总工会", 1), ["云岭省总工会"]);
    }

    #[test]
    fn a_hundred_thousand_texts_answer_at_once() {
        let index =
            TextIndex::new((0..100_000).map(|n| (format!("第{n}号云岭省总工会驿站{}", n % 97), format!("iri:{n}"))));
        let start = std::time::Instant::now();
        assert_eq!(index.holding("第4321号").len(), 1);
        assert!(index.holding("工会驿站96").len() > 900);
        assert!(start.elapsed().as_millis() < 500, "{:?}", start.elapsed());
    }
}
