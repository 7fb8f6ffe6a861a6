//! Parts of speech, coarse: the tags of the general dictionary folded to what rules ask for.

/// The part of speech of a word, as the dictionary gives it (tag names of the ICTCLAS family).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Tag {
    /// No dictionary word: a single unknown character.
    Unknown,
    /// n, ng, nl and every other noun.
    Noun,
    /// nr: a personal name.
    PersonName,
    /// ns: a place name.
    PlaceName,
    /// nt: an organization's name.
    OrganizationName,
    /// nz: another proper name.
    ProperName,
    /// v: a verb.
    Verb,
    /// vn: a verb used as a noun (建设, 管理).
    VerbNoun,
    /// a, ad, ag: an adjective.
    Adjective,
    /// an: an adjective used as a noun.
    AdjectiveNoun,
    /// b: an attributive (大型, 主要).
    Attributive,
    /// d: an adverb.
    Adverb,
    /// p: a preposition.
    Preposition,
    /// c: a conjunction.
    Conjunction,
    /// u: a particle (的, 了).
    Particle,
    /// r: a pronoun.
    Pronoun,
    /// m: a numeral.
    Numeral,
    /// q: a measure word.
    Measure,
    /// f: a word of direction (上, 以内).
    Direction,
    /// s: a word of place (境内).
    Locative,
    /// t: a word of time.
    Time,
    /// i, l: an idiom or set phrase.
    Idiom,
    /// j: an abbreviation.
    Abbreviation,
    /// h, k: a prefix or suffix.
    Affix,
    /// y, e, o, z and the rest.
    Other,
    /// Latin letters and digits.
    Latin,
    /// Punctuation, blanks, symbols.
    Punctuation,
}

impl Tag {
    /// Every tag, in the order of their numbers.
    pub const ALL: [Tag; 27] = [
        Tag::Unknown,
        Tag::Noun,
        Tag::PersonName,
        Tag::PlaceName,
        Tag::OrganizationName,
        Tag::ProperName,
        Tag::Verb,
        Tag::VerbNoun,
        Tag::Adjective,
        Tag::AdjectiveNoun,
        Tag::Attributive,
        Tag::Adverb,
        Tag::Preposition,
        Tag::Conjunction,
        Tag::Particle,
        Tag::Pronoun,
        Tag::Numeral,
        Tag::Measure,
        Tag::Direction,
        Tag::Locative,
        Tag::Time,
        Tag::Idiom,
        Tag::Abbreviation,
        Tag::Affix,
        Tag::Other,
        Tag::Latin,
        Tag::Punctuation,
    ];

    /// The tag of a dictionary's code.
    pub fn from_code(code: &str) -> Tag {
        match code {
            "nr" | "nrt" | "nrfg" => Tag::PersonName,
            "ns" => Tag::PlaceName,
            "nt" => Tag::OrganizationName,
            "nz" => Tag::ProperName,
            "vn" => Tag::VerbNoun,
            "an" => Tag::AdjectiveNoun,
            _ => match code.as_bytes().first() {
                Some(b'n') => Tag::Noun,
                Some(b'v') => Tag::Verb,
                Some(b'a') => Tag::Adjective,
                Some(b'b') => Tag::Attributive,
                Some(b'd') => Tag::Adverb,
                Some(b'p') => Tag::Preposition,
                Some(b'c') => Tag::Conjunction,
                Some(b'u') => Tag::Particle,
                Some(b'r') => Tag::Pronoun,
                Some(b'm') => Tag::Numeral,
                Some(b'q') => Tag::Measure,
                Some(b'f') => Tag::Direction,
                Some(b's') => Tag::Locative,
                Some(b't') => Tag::Time,
                Some(b'i' | b'l') => Tag::Idiom,
                Some(b'j') => Tag::Abbreviation,
                Some(b'h' | b'k') => Tag::Affix,
                Some(b'g') => Tag::Noun,
                _ => Tag::Other,
            },
        }
    }

    /// The tag of that number, as `tag as u8` gives it.
    #[inline]
    pub fn from_number(number: u8) -> Tag {
        Tag::ALL.get(usize::from(number)).copied().unwrap_or(Tag::Unknown)
    }

    /// The set that holds only this tag.
    pub const fn set(self) -> TagSet {
        TagSet(1 << self as u8)
    }
}

/// A set of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TagSet(u32);

impl TagSet {
    /// No tag.
    pub const EMPTY: TagSet = TagSet(0);

    /// The set of these tags.
    pub const fn of(tags: &[Tag]) -> TagSet {
        let (mut set, mut at) = (0, 0);
        while at < tags.len() {
            set |= 1 << tags[at] as u8;
            at += 1;
        }
        TagSet(set)
    }

    /// Whether the tag is in the set.
    pub const fn has(self, tag: Tag) -> bool {
        self.0 & (1 << tag as u8) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_for_their_tags() {
        assert!(Tag::ALL.iter().enumerate().all(|(at, tag)| *tag as usize == at));
        assert_eq!(Tag::from_number(Tag::Verb as u8), Tag::Verb);
    }
}
