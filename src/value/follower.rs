//! Words behind a number or a year that decide what it is (`value/follower.tsv`).

use crate::error::Result;
use crate::lexicon::Table;

/// The words of each use.
#[derive(Debug, Default)]
pub(super) struct Followers {
    /// Behind a bare number that counts nothing: 3号, 15路.
    pub uncounted: Vec<String>,
    /// Behind N折 that is no price: 四折屏.
    pub folds: Vec<String>,
    /// Behind N成 that is no share: 五成立.
    pub tenths: Vec<String>,
    /// Behind N点 that is no clock time: 三点意见.
    pub points: Vec<String>,
    /// Behind the digits that follow a unit: 一米八的.
    pub places: Vec<String>,
    /// Behind the year of an animal that is a date: 蛇年春节.
    pub new_year: Vec<String>,
}

impl Followers {
    /// Reads the table. The error names a use that no reader knows.
    pub fn load(table: &Table<'_>) -> Result<Followers> {
        let mut out = Followers::default();
        for row in table.rows_with(1)? {
            for used in row.feature(0).split(';') {
                let list = match used {
                    "uncounted" => &mut out.uncounted,
                    "folds" => &mut out.folds,
                    "tenths" => &mut out.tenths,
                    "points" => &mut out.points,
                    "places" => &mut out.places,
                    "new-year" => &mut out.new_year,
                    _ => return Err(table.error(&row, format_args!("unknown use `{used}`"))),
                };
                list.push(row.term.to_owned());
            }
        }
        Ok(out)
    }
}
