//! Bytes to Unicode code points and back, without counting from the start each time.

/// Code points before each stretch of [`STRIDE`] bytes.
#[derive(Debug, Clone)]
pub struct Points {
    before: Vec<usize>,
}

const STRIDE: usize = 64;

impl Points {
    /// The index of a text.
    pub fn new(text: &str) -> Points {
        let mut count = 0;
        let stretches = text.as_bytes().chunks(STRIDE).map(|stretch| {
            let before = count;
            count += firsts(stretch);
            before
        });
        Points { before: stretches.collect() }
    }

    /// Code points of `text` before byte `at`. The text is the one that the index was made of.
    pub fn count(&self, text: &str, at: usize) -> usize {
        let at = at.min(text.len());
        let stretch = (at / STRIDE).min(self.before.len().saturating_sub(1));
        let known = self.before.get(stretch).copied().unwrap_or(0);
        known + firsts(&text.as_bytes()[stretch * STRIDE..at])
    }

    /// The byte at which code point number `point` of `text` begins; the length where there are fewer.
    pub fn byte(&self, text: &str, point: usize) -> usize {
        let stretch = self.before.partition_point(|&before| before <= point).saturating_sub(1);
        let mut left = point - self.before.get(stretch).copied().unwrap_or(0);
        for (at, &byte) in text.as_bytes().iter().enumerate().skip(stretch * STRIDE) {
            if is_first(byte) {
                if left == 0 {
                    return at;
                }
                left -= 1;
            }
        }
        text.len()
    }
}

/// How many characters begin in a stretch of a text: a byte is enough to count to its length.
fn firsts(stretch: &[u8]) -> usize {
    usize::from(stretch.iter().map(|&byte| u8::from(is_first(byte))).sum::<u8>())
}

/// Whether a byte of UTF-8 begins a character.
fn is_first(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}
