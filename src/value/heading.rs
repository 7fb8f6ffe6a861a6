//! The year that a title or heading sets for what stands below it: 2023年统计公报, 一、2023年工作回顾.

use std::collections::BTreeSet;

use super::Values;
use super::clock::Clock;
use super::edtf::{Precision, days};

/// Longer lines are sentences.
const LONGEST: usize = 60;

impl Values {
    /// Tells the clock that `heading` (a title or a short line of its own) begins what follows. Where it names one
    /// year and says that the year is reported on or planned (`value/report.tsv`), the bare 全年, 上年, 年末, 年底,
    /// 当年, 四季度 and 12月 below it belong to that year, until a heading names another year or
    /// [`Clock::begin_article`] is called; 今年 stays the year of the document. A heading of several years
    /// (过去五年工作回顾) ends that; one without a year changes nothing.
    ///
    /// ```
    /// use zhitu::lexicon::Sources;
    /// use zhitu::value::{Clock, Values};
    ///
    /// let values = Values::load(&Sources::built_in())?;
    /// let mut clock = Clock::new(Some("2024-01-20"));
    /// values.heading("一、2023年工作回顾", &mut clock);
    /// assert_eq!(values.read("全年植树造林。", &mut clock)[0].norm.as_deref(), Some("2023"));
    /// assert_eq!(values.read("今年还要种花。", &mut clock)[0].norm.as_deref(), Some("2024"));
    /// # Ok::<(), zhitu::error::Error>(())
    /// ```
    pub fn heading(&self, heading: &str, clock: &mut Clock) {
        let length = heading.chars().count();
        let sentence = || heading.contains(['，', '。', '；', '！', '？', ',', ';']);
        if length > LONGEST || sentence() || !self.reports.iter().any(|word| heading.contains(word.as_str())) {
            return;
        }
        // The dates of the heading itself count from the document's day alone.
        let mut apart = Clock::new(clock.published.clone());
        let dates = self.read(heading, &mut apart);
        let today = clock.today_year();
        let mut years = BTreeSet::new();
        for date in &dates {
            let Some(norm) = date.norm.as_deref().filter(|_| date.precision == Some(Precision::Year)) else { continue };
            let Some((Some(first), Some(last))) = days(norm) else { continue };
            let year = |day: &str| day.rsplitn(3, '-').nth(2).and_then(|year| year.parse::<i32>().ok());
            let (Some(first), Some(last)) = (year(&first), year(&last)) else { continue };
            years.extend([first, last]);
        }
        // The title of a work report names the year in which it is given and speaks of the one before; a plan can name
        // the year of its goals.
        let fits = |year: i32| today.is_none_or(|today| year <= today + 1);
        match (years.first(), years.len()) {
            (Some(&year), 1) if today == Some(year) && clock.memory.scope.is_none() => {}
            (Some(&year), 1) if fits(year) => clock.memory.scope = Some(year),
            (Some(_), _) => clock.memory.scope = None,
            (None, _) => {}
        }
    }
}
