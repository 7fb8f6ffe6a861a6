//! A text index for Chinese: pairs of neighbouring characters, without a dictionary.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::segment::Segment;

/// Texts with what they belong to, found by any words inside them.
///
/// Texts and words are compared without blanks, quotes, dashes and title marks, Latin letters without
/// case. A text that holds the words holds every pair of neighbouring characters of them; the rarest
/// pairs are looked up and what they share is compared with the words themselves.
#[derive(Debug, Default)]
pub(crate) struct TextIndex {
    parts: Vec<Segment>,
    /// What came after the parts were written.
    later: Option<Segment>,
    /// What the parts hold and no longer holds.
    gone: BTreeSet<(String, String)>,
}

/// Most texts of one part: so much is held in memory while it is written.
pub(super) const MOST: usize = 1 << 20;

impl TextIndex {
    /// The index of texts, each with an IRI, in memory.
    pub(crate) fn new(texts: impl IntoIterator<Item = (String, String)>) -> io::Result<TextIndex> {
        let mut index = TextIndex::default();
        let mut texts = texts.into_iter().map(|(text, iri)| (plain(&text), iri)).filter(|(text, _)| !text.is_empty());
        loop {
            let part: Vec<_> = texts.by_ref().take(MOST).collect();
            if part.is_empty() {
                return Ok(index);
            }
            index.parts.push(Segment::new(part)?);
        }
    }

    /// The index that was written below that path; `None` where there is none.
    pub(crate) fn open(path: &Path) -> io::Result<Option<TextIndex>> {
        let mut index = TextIndex::default();
        loop {
            match File::open(part(path, index.parts.len())) {
                Ok(file) => index.parts.push(Segment::open(file)?),
                Err(error) if error.kind() == io::ErrorKind::NotFound => break,
                Err(error) => return Err(error),
            }
        }
        let changes = match fs::read_to_string(changes(path)) {
            Ok(changes) => changes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Some(index).filter(|index| !index.parts.is_empty()));
            }
            Err(error) => return Err(error),
        };
        let mut last: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        for line in changes.lines() {
            let (come, rest) = (line.starts_with('+'), line.get(1..).unwrap_or_default());
            if let Some(pair) = rest.split_once('\t') {
                last.insert(pair, come);
            }
        }
        let owned = |(text, iri): (&str, &str)| (text.to_owned(), iri.to_owned());
        index.later =
            Some(Segment::new(last.iter().filter(|(_, come)| **come).map(|(pair, _)| owned(*pair)).collect())?);
        index.gone = last.into_iter().filter(|(_, come)| !come).map(|(pair, _)| owned(pair)).collect();
        Ok(Some(index))
    }

    /// The IRIs whose text is the words, in order.
    pub(crate) fn exact(&self, words: &str) -> io::Result<Vec<String>> {
        let words = plain(words);
        let found = self.gather(|part, tell| part.exact(&words, tell))?;
        Ok(found.into_iter().map(|(_, _, iri)| iri).collect())
    }

    /// The texts that hold the words, with their IRIs: shorter ones first, then in order.
    pub(crate) fn holding(&self, words: &str) -> io::Result<Vec<(String, String)>> {
        let words = plain(words);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.gather(|part, tell| part.holding(&words, tell))?;
        Ok(found.into_iter().map(|(_, text, iri)| (text, iri)).collect())
    }

    /// The texts that share most characters with the words: for a hint.
    pub(crate) fn near(&self, words: &str, most: usize) -> io::Result<Vec<String>> {
        let words = plain(words);
        let mut best = BTreeSet::new();
        for part in self.parts.iter().chain(&self.later) {
            let mut shared: Vec<(u32, usize)> = part.sharing(&words)?.into_iter().collect();
            shared.sort_unstable_by_key(|(at, count)| (usize::MAX - count, *at));
            // Of those that share as many as the last one wanted, the one of most similar length is wanted.
            let least = shared.get(most.saturating_sub(1)).map_or(0, |(_, count)| *count);
            for (at, count) in shared.into_iter().take_while(|(_, count)| *count >= least).take(1000) {
                let text = part.text(at)?;
                let length = text.chars().count().abs_diff(words.chars().count());
                best.insert((usize::MAX - count, length, text));
            }
        }
        Ok(best.into_iter().map(|(_, _, text)| text).take(most).collect())
    }

    /// What the parts find, by length, then in order.
    fn gather(
        &self,
        find: impl Fn(&Segment, &mut dyn FnMut(&str, &str)) -> io::Result<()>,
    ) -> io::Result<Vec<(usize, String, String)>> {
        let mut found = Vec::new();
        let mut tell = |text: &str, iri: &str| found.push((text.chars().count(), text.to_owned(), iri.to_owned()));
        for part in &self.parts {
            find(part, &mut tell)?;
        }
        if !self.gone.is_empty() {
            found.retain(|(_, text, iri)| !self.gone.contains(&(text.clone(), iri.clone())));
        }
        let mut tell = |text: &str, iri: &str| found.push((text.chars().count(), text.to_owned(), iri.to_owned()));
        if let Some(later) = &self.later {
            find(later, &mut tell)?;
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

pub(super) fn part(path: &Path, number: usize) -> PathBuf {
    path.with_extension(format!("{number}.index"))
}

pub(super) fn changes(path: &Path) -> PathBuf {
    path.with_extension("changes")
}

/// What texts are compared by.
pub(super) fn plain(text: &str) -> String {
    let dropped = |c: &char| {
        c.is_whitespace() || matches!(c, '\u{2010}'..='\u{201f}' | '"' | '《' | '》' | '〈' | '〉' | '「' | '」')
    };
    text.chars().filter(|c| !dropped(c)).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> TextIndex {
        TextIndex::new(texts.iter().map(|t| ((*t).to_owned(), format!("iri:{t}")))).expect("made")
    }

    fn found(index: &TextIndex, words: &str) -> Vec<String> {
        index.holding(words).expect("read").into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn words_are_found_inside_texts() {
        let index = of(&["西藏自治区总工会", "云岭省总工会", "“工会驿站”", "工会", "A B C", "工工工会"]);
        assert_eq!(found(&index, "总工会"), ["云岭省总工会", "西藏自治区总工会"]);
        let all = ["工会", "工会驿站", "工工工会", "云岭省总工会", "西藏自治区总工会"];
        assert_eq!(
            (found(&index, "工会"), found(&index, "会")),
            (all.map(str::to_owned).to_vec(), all.map(str::to_owned).to_vec())
        );
        assert_eq!(found(&index, "a b"), ["abc"]);
        assert_eq!(found(&index, "工工会"), ["工工工会"]);
        assert!(
            found(&index, "总工会驿站").is_empty() && found(&index, "").is_empty() && found(&index, "龘").is_empty()
        );
        assert_eq!(index.exact("工会").expect("read"), ["iri:工会"]);
        assert_eq!(index.near("云岭总工会", 1).expect("read"), ["云岭省总工会"]);
        assert!(found(&of(&[]), "工会").is_empty() && of(&[]).near("工会", 3).expect("read").is_empty());
    }

    /// How much of the index is read, in thousandths, and not how long that takes on a machine that does other work. What
    /// a hundredth of all texts hold is found in one pass at most.
    #[test]
    fn of_many_labels_few_are_read() {
        // A million where the program is optimized.
        let count = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };
        let label = |n: usize| format!("第{n}号云岭省总工会驿站{}", n % 97);
        let index = TextIndex::new((0..count).map(|n| (label(n), format!("iri:{n}")))).expect("made");
        let work = || {
            let parts = index.parts.iter().map(Segment::work).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
            parts.1 * 1000 / parts.0
        };
        let asked = |words: &str| {
            work();
            let found = index.holding(words).expect("read").len();
            (found, work())
        };
        let (found, read) = asked("第4321号");
        assert!(found == 1 && read < 30, "{found}, {read} ‰ read");
        let (found, read) = asked("驿站96");
        assert!(found == (0..count).filter(|n| n % 97 == 96).count() && read < 1000, "{found}, {read} ‰ read");
        let (found, read) = asked("第9号云岭省总工会驿站9");
        assert!(found == 1 && read < 30, "{found}, {read} ‰ read");
        assert_eq!(asked("驿站第"), (0, 0));
        assert_eq!(index.exact(&label(count - 1)).expect("read"), [format!("iri:{}", count - 1)]);
        assert!(work() < 10);
        assert_eq!(index.near("第4321号云岭总工会", 1).expect("read"), [label(4321)]);
    }
}
