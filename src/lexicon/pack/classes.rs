//! Sets of lists.

/// A set of lists, one bit a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(u64);

impl Classes {
    /// No list.
    pub const NONE: Classes = Classes(0);
    /// Every list.
    pub const ALL: Classes = Classes(u64::MAX);

    /// The set of one list.
    pub const fn list(number: u8) -> Classes {
        Classes(1 << (number & 63))
    }

    /// The set of these bits.
    pub const fn from_bits(bits: u64) -> Classes {
        Classes(bits)
    }

    /// A bit for each list.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Whether the two share a list.
    pub const fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// The lists of both.
    #[must_use]
    pub const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}
