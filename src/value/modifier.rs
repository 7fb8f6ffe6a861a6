//! Words that make a figure more or less than its number: 近, 超过, 左右, 以上.

use rustc_hash::FxHashMap;

use super::chars::{Chars, Words};
use super::quantity::Modifier;
use crate::error::Result;
use crate::lexicon::Table;

/// The table of modifiers.
#[derive(Debug, Default)]
pub(super) struct Modifiers {
    /// Front words by their last character, longest first.
    front: FxHashMap<char, Vec<Front>>,
    back: Words<Option<Modifier>>,
}

#[derive(Debug)]
struct Front {
    word: Vec<char>,
    modifier: Option<Modifier>,
    /// Characters before it that make it part of another word.
    not_after: Vec<char>,
}

impl Modifiers {
    /// Reads the table `word place sign not-after`.
    pub(super) fn load(table: Table<'_>) -> Result<Modifiers> {
        let mut modifiers = Modifiers::default();
        for row in table.rows_with(2)? {
            let modifier = match row.feature(1) {
                "~" => Some(Modifier::About),
                ">" => Some(Modifier::Over),
                "<" => Some(Modifier::Under),
                "=" => None,
                other => return Err(table.error(&row, format_args!("`{other}` is none of ~ > < ="))),
            };
            match row.feature(0) {
                "back" => modifiers.back.insert(row.term, modifier),
                "front" => {
                    let word: Vec<char> = row.term.chars().collect();
                    let Some(&last) = word.last() else { continue };
                    let bucket = modifiers.front.entry(last).or_default();
                    let at = bucket.partition_point(|known| known.word.len() >= word.len());
                    bucket.insert(at, Front { word, modifier, not_after: row.feature(2).chars().collect() });
                }
                other => return Err(table.error(&row, format_args!("`{other}` is neither front nor back"))),
            }
        }
        Ok(modifiers)
    }

    /// The front word that ends at `end`, with where it begins. `None` inside: it is part of the span and says nothing.
    pub(super) fn front(&self, text: &Chars, end: usize, floor: usize) -> Option<(Option<Modifier>, usize)> {
        let bucket = self.front.get(&text.before(end))?;
        bucket.iter().find_map(|front| {
            let start = end.checked_sub(front.word.len()).filter(|&start| start >= floor)?;
            let here = front.word.iter().enumerate().all(|(k, &c)| text.at(start + k) == c);
            // 上 counts only before round numbers: 上百, 上千.
            let round = front.word != ['上'] || matches!(text.at(end), '百' | '千' | '万' | '亿');
            // 好几百, 好几十万
            let several = front.word != ['好']
                || text.at(end) == '几' && matches!(text.at(end + 1), '十' | '百' | '千' | '万' | '亿');
            (here && round && several && !front.not_after.contains(&text.before(start)))
                .then_some((front.modifier, start))
        })
    }

    /// The back word at `i`, with the position behind it.
    pub(super) fn back(&self, text: &Chars, i: usize) -> Option<(Option<Modifier>, usize)> {
        let (modifier, end) = self.back.longest(text, i)?;
        Some((*modifier, end))
    }
}
