//! Numbers and words as bytes, for what linking keeps between runs.

/// Writes.
#[derive(Default)]
pub(super) struct Out(pub Vec<u8>);

impl Out {
    /// A number in as few bytes as it needs.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// A number in eight bytes.
    pub fn fixed(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    pub fn maybe(&mut self, text: Option<&str>) {
        self.number(u64::from(text.is_some()));
        self.text(text.unwrap_or_default());
    }

    /// A number that may be missing.
    pub fn index(&mut self, number: Option<usize>) {
        self.number(number.map_or(0, |number| number as u64 + 1));
    }

    pub fn year(&mut self, year: i32) {
        self.number(u64::from(year as u32));
    }

    pub fn list<T>(&mut self, list: impl ExactSizeIterator<Item = T>, mut put: impl FnMut(&mut Out, T)) {
        self.number(list.len() as u64);
        list.for_each(|item| put(self, item));
    }
}

/// Reads; `None` where the bytes are damaged.
#[derive(Clone, Copy)]
pub(super) struct In<'a>(pub &'a [u8]);

impl<'a> In<'a> {
    pub fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0u64, 0);
        loop {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }

    pub fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    pub fn bytes(&mut self, len: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(head)
    }

    /// So many numbers of eight bytes.
    pub fn fixed(&mut self, count: usize) -> Option<Fixed<'a>> {
        self.bytes(count.checked_mul(8)?).map(Fixed)
    }

    pub fn text(&mut self) -> Option<&'a str> {
        let len = self.size()?;
        std::str::from_utf8(self.bytes(len)?).ok()
    }

    pub fn owned(&mut self) -> Option<String> {
        self.text().map(str::to_owned)
    }

    pub fn maybe(&mut self) -> Option<Option<String>> {
        let there = self.number()? == 1;
        let text = self.text()?;
        Some(there.then(|| text.to_owned()))
    }

    pub fn index(&mut self) -> Option<Option<usize>> {
        let number = self.size()?;
        Some(number.checked_sub(1))
    }

    pub fn year(&mut self) -> Option<i32> {
        u32::try_from(self.number()?).ok().map(|year| year as i32)
    }

    pub fn list<T, C: FromIterator<T>>(&mut self, mut take: impl FnMut(&mut In<'a>) -> Option<T>) -> Option<C> {
        let count = self.size()?;
        (0..count).map(|_| take(self)).collect()
    }
}

/// Numbers of eight bytes, read in place.
#[derive(Clone, Copy, Default)]
pub(super) struct Fixed<'a>(&'a [u8]);

impl<'a> Fixed<'a> {
    /// The first so many numbers of some bytes.
    pub fn of(bytes: &'a [u8], count: usize) -> Option<Fixed<'a>> {
        In(bytes).fixed(count)
    }

    pub fn len(self) -> usize {
        self.0.len() / 8
    }

    pub fn iter(self) -> impl ExactSizeIterator<Item = u64> + 'a {
        self.0.chunks_exact(8).map(|bytes| u64::from_le_bytes(bytes.try_into().unwrap_or_default()))
    }

    pub fn get(self, at: usize) -> u64 {
        let bytes = self.0.get(at * 8..at * 8 + 8).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u64::from_le_bytes)
    }
}
