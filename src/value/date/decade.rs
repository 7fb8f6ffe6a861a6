//! Decades and centuries.

use super::{Phrase, Reader};
use crate::value::edtf::{Point, Rest, When};
use crate::value::number::{self, small};

impl Reader<'_> {
    /// 20世纪80年代, 上世纪五六十年代, 八十年代, 二十世纪末.
    pub(super) fn decade(&self, i: usize) -> Option<Phrase> {
        let (century, at) = match small(self.text, i) {
            Some((n, end))
                if self.text.has(end, "世纪")
                    && !self.text.has(end, "世纪大")
                    && (1..=22).contains(&n)
                    && (self.text.at(end) != '个') =>
            {
                (Some(i32::from(n) * 100 - 100), end + 2)
            }
            _ => (None, i),
        };
        self.decades(i, century, at)
    }

    pub(super) fn decades(&self, start: usize, century: Option<i32>, at: usize) -> Option<Phrase> {
        let text = self.text;
        let make = |end: usize, when: When| {
            Some(Phrase { explicit: true, ..self.make(start, end, when, "value.date.decade") })
        };
        let century_of = |tens: i32| century.unwrap_or(if (2..10).contains(&tens) { 1900 } else { 2000 });
        let decade = |tens: i32| Point::new(century_of(tens) + tens * 10, Rest::Decade);
        let number = number::read(text, text.eat(at, "的").filter(|_| century.is_some()).unwrap_or(at));
        if let Some(number) = number
            && let Some(mut end) = text.eat(number.end, "年代")
        {
            let (low, high) = (number.low.to_i64()?, number.high.to_i64()?);
            if low % 10 == 0 && (0..100).contains(&low) && (0..100).contains(&high) && number.digits <= 2 {
                let (a, b) = (decade(low as i32 / 10), decade(high as i32 / 10));
                let mut when = When::range(a, b);
                if a == b
                    && let Some((_, behind)) =
                        text.eat_any(end, &["初期", "初", "中期", "中后期", "中叶", "末期", "末", "后期", "前期"])
                {
                    when = When::Point(a.about());
                    end = behind;
                }
                return make(end, when);
            }
            // 1950年代
            if (1000..2100).contains(&low) && low == high && low % 10 == 0 {
                let point = Point::new(low as i32, Rest::Decade);
                if let Some((_, behind)) = text.eat_any(end, &["初期", "初", "中期", "中后期", "末期", "末", "后期"])
                {
                    return make(behind, When::Point(point.about()));
                }
                return make(end, When::Point(point));
            }
            return None;
        }
        // 80、90年代
        if let Some((low, end)) = small(text, at)
            && matches!(text.at(end), '、' | '至' | '到' | '-')
            && let Some((high, behind)) = small(text, end + 1)
            && let low = if low < 10 { low * 10 } else { low }
            && low % 10 == 0
            && high % 10 == 0
            && (low + 10..=low + 20).contains(&high)
            && (10..100).contains(&low)
            && let Some(behind) = text.eat(behind, "年代")
        {
            return make(behind, When::range(decade(i32::from(low) / 10), decade(i32::from(high) / 10)));
        }
        let century = century?;
        let point = Point::new(century, Rest::Century);
        if let Some((_, behind)) = text
            .eat_any(at, &["初期", "初", "末期", "末", "中叶", "中期", "后期", "前半叶", "后半叶", "上半叶", "下半叶"])
        {
            return make(behind, When::Point(point.about()));
        }
        make(at, When::Point(point))
    }

    /// 上世纪, 本世纪.
    pub(super) fn century_word(&self, i: usize) -> Option<Phrase> {
        let text = self.text;
        let (word, end) = text.eat_any(i, &["上个世纪", "上世纪", "本世纪", "新世纪", "这个世纪"])?;
        let now = self.clock.today_year().or(self.clock.last().map(|said| said.point.year)).unwrap_or(2000) / 100 * 100;
        let century = if word.starts_with('上') { now - 100 } else { now };
        if word == "新世纪" && !text.has_any(end, &["以来", "初"]) {
            return None;
        }
        self.decades(i, Some(century), end)
    }
}
