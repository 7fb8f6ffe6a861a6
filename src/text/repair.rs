//! Repair: the source, written again as the rules read it, and the map between the two.

use std::sync::LazyLock;

use super::blanks::strays;
use super::chars::{ends_line, is_blank, is_han, is_invisible, is_private};
use super::lines::{joins, lines};
use super::tables::{CharSet, GLYPHS};

/// A stretch in which source and view run in step: `view_step` bytes of the view for each
/// `source_step` bytes of the source, up to the next segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Where it begins in the view.
    pub view: usize,
    /// Where it begins in the source.
    pub source: usize,
    /// Bytes of a character in the view; 1 where both run alike.
    pub view_step: usize,
    /// Bytes of a character in the source; 1 where both run alike.
    pub source_step: usize,
}

/// The repaired text and its map; `None` where nothing needs repair.
pub fn repair(source: &str) -> Option<(String, Vec<Segment>)> {
    let lines = lines(source);
    let joins = joins(source, &lines);
    let mut builder = Builder { source, out: String::with_capacity(source.len()), segments: Vec::new() };
    let mut at = 0;
    for (index, line) in lines.iter().enumerate() {
        if index > 0 && joins[index - 1] {
            builder.seam(at, line.start);
        } else {
            builder.layout(at, line.start);
        }
        builder.line(line.start, line.end);
        at = line.end;
    }
    builder.layout(at, source.len());
    (builder.out != source).then_some((builder.out, builder.segments))
}

struct Builder<'a> {
    source: &'a str,
    out: String,
    segments: Vec<Segment>,
}

impl Builder<'_> {
    /// Opens a segment unless the last one leads there.
    fn reach(&mut self, source: usize, view_step: usize, source_step: usize) {
        let view = self.out.len();
        let led = self.segments.last().is_some_and(|last| {
            (last.view_step, last.source_step) == (view_step, source_step)
                && last.source + (view - last.view) / view_step * source_step == source
        });
        if !led {
            self.segments.push(Segment { view, source, view_step, source_step });
        }
    }

    /// Copies `start..end` of the source.
    fn copy(&mut self, start: usize, end: usize) {
        if start < end {
            self.reach(start, 1, 1);
            self.out.push_str(&self.source[start..end]);
        }
    }

    /// Writes `new` for the character `old` at `at`.
    fn swap(&mut self, at: usize, old: char, new: char) {
        if old.len_utf8() == new.len_utf8() {
            self.reach(at, 1, 1);
        } else {
            self.reach(at, new.len_utf8(), old.len_utf8());
        }
        self.out.push(new);
    }

    /// Between two lines that stay apart: line ends become `\n`, blanks become spaces.
    fn layout(&mut self, start: usize, end: usize) {
        let mut chars = self.source[start..end].char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let at = start + at;
            match c {
                '\n' | ' ' => self.copy(at, at + 1),
                '\r' if chars.peek().is_some_and(|&(_, c)| c == '\n') => {}
                _ if ends_line(c) => self.swap(at, c, '\n'),
                _ if is_blank(c) => self.swap(at, c, ' '),
                _ if is_invisible(c) => {}
                _ => self.copy(at, at + c.len_utf8()),
            }
        }
    }

    /// Between two lines of one paragraph: nothing, or a space between Latin words.
    fn seam(&mut self, start: usize, end: usize) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(self.source[..start].chars().next_back())
            && latin(self.source[end..].chars().next())
            && let Some(c) = self.source[start..end].chars().next()
        {
            self.swap(start, c, ' ');
        }
    }

    /// One line without its indent.
    fn line(&mut self, start: usize, end: usize) {
        let text = &self.source[start..end];
        let calm = &*CALM;
        if text.chars().all(|c| calm.holds(c)) {
            self.copy(start, end);
            return;
        }
        let strays = if text.contains(is_blank) { strays(&text.chars().collect::<Vec<char>>()) } else { Vec::new() };
        let mut strays = strays.into_iter().peekable();
        let (mut before, mut copied) = (' ', start);
        for (index, (at, c)) in text.char_indices().enumerate() {
            // Most characters are Chinese ones that stay.
            if matches!(c, '\u{4e00}'..='\u{9fff}') && GLYPHS.get(c).is_none() {
                before = c;
                continue;
            }
            let at = start + at;
            let next = at + c.len_utf8();
            let repair = if strays.next_if_eq(&index).is_some() {
                Repair::Drop
            } else {
                Repair::of(c, before, &self.source[next..end])
            };
            match repair {
                Repair::Keep => {
                    before = c;
                    continue;
                }
                // What is left out stands between nothing.
                Repair::Drop => self.copy(copied, at),
                Repair::Swap(new) => {
                    self.copy(copied, at);
                    self.swap(at, c, new);
                    before = new;
                }
            }
            copied = next;
        }
        self.copy(copied, end);
    }
}

/// The characters of the basic plane that stay wherever they stand: all others want a look at their neighbours.
static CALM: LazyLock<CharSet> = LazyLock::new(|| {
    let moves = |c: char| {
        is_blank(c)
            || matches!(c, ',' | ';' | ':' | '?' | '!' | '．' | '－' | '＋' | '／' | '・' | '‧' | '•' | '･')
            || !matches!(Repair::of(c, ' ', ""), Repair::Keep)
    };
    CharSet::new(('\0'..='\u{ffff}').filter(|&c| !moves(c)))
});

/// What becomes of one character.
enum Repair {
    Keep,
    Drop,
    Swap(char),
}

impl Repair {
    /// `before` is the character on the left as repaired, `rest` the line after `c`.
    fn of(c: char, before: char, rest: &str) -> Repair {
        let after = || rest.chars().next().unwrap_or(' ');
        let number = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
        match c {
            ',' | ';' | ':' | '?' | '!' if is_han(before) => Repair::Swap(match c {
                ',' => '，',
                ';' => '；',
                ':' => '：',
                '?' => '？',
                _ => '！',
            }),
            ' '..='~' => Repair::Keep,
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' => half_width(c).map_or(Repair::Keep, Repair::Swap),
            '．' | '－' | '＋' | '／' if number(before) && number(after()) => {
                half_width(c).map_or(Repair::Keep, Repair::Swap)
            }
            '・' | '‧' | '•' | '･' if is_han(before) && is_han(after()) => Repair::Swap('·'),
            _ if is_invisible(c) => Repair::Drop,
            _ if is_blank(c) => Repair::Swap(' '),
            _ if is_private(c) => Repair::Swap(char::REPLACEMENT_CHARACTER),
            _ => GLYPHS.get(c).map_or(Repair::Keep, Repair::Swap),
        }
    }
}

/// The ASCII character of a full-width one: the two blocks stand 0xFEE0 apart.
fn half_width(c: char) -> Option<char> {
    u32::from(c).checked_sub(0xfee0).and_then(char::from_u32)
}
