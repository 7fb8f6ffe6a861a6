//! The words of `link/word.tsv`, by what linking uses them for.

use super::List;
use crate::error::Result;
use crate::lexicon::Table;

/// What linking uses a word for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Bank,
    BankBranch,
    Bare,
    BareForm,
    Called,
    Company,
    CompanyBranch,
    CompanyMeeting,
    Deed,
    Defines,
    Everywhere,
    Generic,
    GoesOn,
    HasSections,
    Kin,
    Lead,
    LegalForm,
    NoCall,
    NoDepartment,
    NoSchool,
    NoShort,
    NotRelative,
    Own,
    OwnSchool,
    Road,
    Site,
    Title,
    Trade,
    UnitEnd,
}

/// As the file names them, in the order of [`Use`].
const NAMES: [&str; 29] = [
    "bank",
    "bank-branch",
    "bare",
    "bare-form",
    "called",
    "company",
    "company-branch",
    "company-meeting",
    "deed",
    "defines",
    "everywhere",
    "generic",
    "goes-on",
    "has-sections",
    "kin",
    "lead",
    "legal-form",
    "no-call",
    "no-department",
    "no-school",
    "no-short",
    "not-relative",
    "own",
    "own-school",
    "road",
    "site",
    "title",
    "trade",
    "unit-end",
];

/// The words of each use, the longest first: where several fit, the longest is meant.
#[derive(Debug)]
pub(crate) struct Uses([List; NAMES.len()]);

impl Default for Uses {
    fn default() -> Uses {
        Uses(std::array::from_fn(|_| List::default()))
    }
}

impl Uses {
    /// Reads the table `name`.
    ///
    /// # Errors
    /// Names the file and the line of a use that there is not.
    pub fn read(name: &str, text: &str) -> Result<Uses> {
        let table = Table::new(name, text);
        let mut words: [Vec<String>; NAMES.len()] = Default::default();
        for row in table.rows_with(1)? {
            for used in row.feature(0).split(';') {
                let Ok(at) = NAMES.binary_search(&used) else {
                    let error = table.error(&row, format_args!("nothing uses a word for `{used}`"));
                    return Err(error.with_help(format!("the uses are {}", NAMES.join(", "))));
                };
                words[at].push(row.term.to_owned());
            }
        }
        Ok(Uses(words.map(|mut words| {
            words.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b)));
            List::from(words)
        })))
    }

    /// The words of one use, the longest first.
    pub fn of(&self, used: Use) -> &List {
        &self.0[used as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_by_their_uses_the_longest_first() {
        let uses =
            Uses::read("link/word.tsv", "公司\tcompany;generic\n集团\tgeneric\n集团公司\tgeneric\n").expect("a table");
        assert_eq!(uses.of(Use::Generic).to_vec(), ["集团公司", "公司", "集团"]);
        assert_eq!(uses.of(Use::Company).to_vec(), ["公司"]);
        assert!(uses.of(Use::UnitEnd).is_empty());
    }

    #[test]
    fn names_stand_in_the_order_of_the_uses() {
        assert!(NAMES.is_sorted());
        assert_eq!(NAMES[Use::Bank as usize], "bank");
        assert_eq!(NAMES[Use::Deed as usize], "deed");
        assert_eq!(NAMES[Use::NoShort as usize], "no-short");
        assert_eq!(NAMES[Use::UnitEnd as usize], "unit-end");
    }

    #[test]
    fn a_use_that_there_is_not_is_told() {
        let error = Uses::read("link/word.tsv", "公司\tcompany\n集团\tgenral\n").expect_err("no such use");
        let message = error.to_string();
        assert!(message.contains("link/word.tsv") && message.contains("genral"), "{message}");
    }
}
