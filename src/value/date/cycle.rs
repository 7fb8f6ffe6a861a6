//! Years of the sixty-year cycle: 乙巳年, 蛇年春节, 藏历木蛇年.

use super::{Phrase, Reader, YearFrom};
use crate::value::chars::Chars;
use crate::value::edtf::{Point, Rest, When};
use crate::value::number::small;

const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
const BRANCHES: [char; 12] = ['子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥'];
const ANIMALS: [char; 12] = ['鼠', '牛', '虎', '兔', '龙', '蛇', '马', '羊', '猴', '鸡', '狗', '猪'];

/// A year by its place in a cycle: the place of 1984 + n is n.
#[derive(Debug, Clone, Copy)]
struct Cycle {
    place: i32,
    period: i32,
}

impl Cycle {
    /// The year of this place nearest to `year`.
    fn nearest(self, year: i32) -> i32 {
        let behind = (year - 1984 - self.place).rem_euclid(self.period);
        if behind * 2 <= self.period { year - behind } else { year - behind + self.period }
    }
}

/// Whether a year of the Chinese cycle can begin with the character.
pub(super) fn begins(c: char) -> bool {
    STEMS.contains(&c) || ANIMALS.contains(&c)
}

fn place<const N: usize>(list: [char; N], c: char) -> Option<i32> {
    list.iter().position(|known| *known == c).map(|at| at as i32)
}

/// The place that a stem and a branch of the same parity give.
fn of_pair(stem: i32, branch: i32) -> Option<Cycle> {
    (0..60).find(|n| n % 10 == stem && n % 12 == branch).map(|place| Cycle { place, period: 60 })
}

/// 乙巳年, 乙巳蛇年, 蛇年; with `named` (a calendar or 岁在 stands before) also 乙巳.
fn chinese(text: &Chars, i: usize, named: bool, new_year: &[String]) -> Option<(Cycle, usize)> {
    if let Some(stem) = place(STEMS, text.at(i)) {
        let cycle = of_pair(stem, place(BRANCHES, text.at(i + 1))?)?;
        let end = if ANIMALS.contains(&text.at(i + 2)) { i + 3 } else { i + 2 };
        return match text.eat(end, "年") {
            Some(end) => Some((cycle, end)),
            None => named.then_some((cycle, i + 2)),
        };
    }
    let animal = place(ANIMALS, text.at(i))?;
    let end = text.eat(i + 1, "年")?;
    (named || text.has_any(end, new_year)).then_some((Cycle { place: animal, period: 12 }, end))
}

/// 木蛇年, 第十七饶迥木蛇年, 阴木蛇; the years of the Tibetan calendar are named by element and animal.
fn tibetan(text: &Chars, i: usize) -> Option<(Cycle, Option<i32>, usize)> {
    let (round, i) = match text.eat(i, "第").and_then(|at| small(text, at)) {
        Some((n, end)) => (Some(i32::from(n)), text.eat_any(end, &["饶迥之", "饶迥", "绕迥", "胜生周"])?.1),
        None => (None, i),
    };
    let i = text.eat_any(i, &["阴", "阳"]).map_or(i, |(_, at)| at);
    let element = match text.at(i) {
        '木' => 0,
        '火' => 1,
        '土' => 2,
        '铁' | '金' => 3,
        '水' => 4,
        _ => return None,
    };
    let animal = place(ANIMALS, text.at(i + 1))?;
    let cycle = of_pair(element * 2 + animal % 2, animal)?;
    // The first round of sixty years began with 1027, a year of the fire hare.
    let year = round.map(|n| cycle.nearest(1027 + 60 * (n - 1) + 29));
    Some((cycle, year, text.eat(i + 2, "年").unwrap_or(i + 2)))
}

impl Reader<'_> {
    /// A year of the cycle and what stands behind it: 甲午年, 乙巳年正月十五, 蛇年春节.
    pub(super) fn cycle(&self, i: usize) -> Option<Phrase> {
        let named = self.text.ends_any(i, &["岁在", "岁次"]);
        let (cycle, end) = chinese(self.text, i, named, &self.values.followers.new_year)?;
        let Some(year) = self.fixed(i, cycle) else {
            let phrase = self.in_year(i, 2000, end, YearFrom::Lunar, true)?;
            return Some(Phrase { when: When::Vague, said: None, rule: "value.date.cycle", ..phrase });
        };
        let phrase = self.in_year(i, year, end, YearFrom::Lunar, true)?;
        let rule = if phrase.end == end { "value.date.cycle" } else { phrase.rule };
        Some(Phrase { rule, ..phrase })
    }

    /// The year of the cycle behind 农历; `None` in it where the text does not fix which.
    pub(super) fn chinese_cycle(&self, i: usize) -> Option<(Option<i32>, usize)> {
        let (cycle, end) = chinese(self.text, i, true, &self.values.followers.new_year)?;
        Some((self.fixed(i, cycle), end))
    }

    /// The year of the cycle behind 藏历.
    pub(super) fn tibetan_cycle(&self, i: usize) -> Option<(Option<i32>, usize)> {
        let (cycle, year, end) = tibetan(self.text, i)?;
        Some((year.or_else(|| self.fixed(i, cycle)), end))
    }

    /// The year that the text fixes: the one it named before, that of the document, or in a text about times long
    /// past the one nearest to the last date.
    fn fixed(&self, i: usize, cycle: Cycle) -> Option<i32> {
        let said = self.clock.last().map(|said| said.point.year);
        let today = self.clock.today_year();
        let far = if cycle.period == 60 { 6 } else { 1 };
        let beside = said.map(|year| cycle.nearest(year)).filter(|year| said.is_some_and(|s| (s - year).abs() <= 1));
        let now = today
            .map(|year| cycle.nearest(year))
            .filter(|year| today.is_some_and(|today| (-far..=1).contains(&(year - today))));
        let past = said
            .filter(|said| cycle.period == 60 && i > 0 && today.is_none_or(|today| today - said > 60))
            .map(|said| cycle.nearest(said));
        beside.or(past).or(now)
    }

    /// The phrase of a Tibetan year without a day: 藏历木蛇年, 藏历火马新年.
    pub(super) fn tibetan_year(&self, start: usize, year: Option<i32>, end: usize) -> Option<Phrase> {
        if let Some(behind) = self.text.eat(end, "新年") {
            let day = year.and_then(|year| self.values.calendar.tibetan_day(year, 1, 1));
            let when = day.map_or(When::Vague, |day| When::Point(Point::of_day(day)));
            let festival = year.map(|year| ("藏历新年".to_owned(), year));
            return Some(Phrase { festival, ..self.make(start, behind, when, "value.date.festival") });
        }
        let when = year.map_or(When::Vague, |year| When::Point(Point::new(year, Rest::Year)));
        (self.text.before(end) == '年').then(|| self.make(start, end, when, "value.date.cycle"))
    }
}
