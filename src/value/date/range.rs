//! Ranges, and the words behind a date that open or blur it.

use super::{Phrase, Reader};
use crate::value::civil;
use crate::value::edtf::{Point, Rest, When};
use crate::value::figure::separator;
use crate::value::time;

impl Reader<'_> {
    /// X至Y.
    pub(super) fn range(&self, first: &Phrase, floor: usize) -> Option<Phrase> {
        let from = first.when.first()?;
        if !matches!(first.when, When::Point(_)) {
            return None;
        }
        let text = self.text;
        let at = separator(text, first.end).or_else(|| {
            // 2015年和2018年之间
            (matches!(text.at(first.end), '和' | '与')).then_some(first.end + 1)
        })?;
        let between = matches!(text.at(at - 1), '和' | '与');
        let at = text.eat_any(at, &["今年的", "其"]).map_or(at, |_| at);
        let lender = Reader { lent: Some(from), ..*self };
        let second = lender.single(at, at.max(floor))?;
        let to = match second.when {
            When::Point(point) => point,
            When::Range(_, Some(point)) => point,
            _ => return None,
        };
        let mut end = second.end;
        if between {
            end = text.eat_any(end, &["之间", "间"])?.1;
        }
        if to.days().1 < from.days().0 {
            return None;
        }
        if from.precision() as u8 != to.precision() as u8
            && matches!(to.rest, Rest::Century | Rest::Decade) != matches!(from.rest, Rest::Century | Rest::Decade)
        {
            return None;
        }
        Some(Phrase {
            start: first.start,
            end,
            when: When::range(from, to),
            rule: "value.date.range",
            explicit: first.explicit,
            said: Some(to),
            festival: None,
        })
    }

    /// 以来, 至今, 前后, 之前, 期间: what turns a point into something else.
    pub(super) fn suffix(&self, phrase: &mut Phrase) {
        let text = self.text;
        let end = phrase.end;
        let coarse = phrase.when.first().is_some_and(|p| {
            matches!(p.rest, Rest::Year | Rest::Month(_) | Rest::Day(..) | Rest::Decade | Rest::Century | Rest::Part(_))
        });
        let before_day = |p: Point| {
            let (first, _) = p.days();
            match p.rest {
                Rest::Year => Point::new(p.year - 1, Rest::Year),
                Rest::Month(m) => Point::of_month(civil::shift_month(p.year, m, -1)),
                _ => Point::of_day(civil::shift(first, -1)),
            }
        };
        let after_day = |p: Point| {
            let (_, last) = p.days();
            match p.rest {
                Rest::Year => Point::new(p.year + 1, Rest::Year),
                Rest::Month(m) => Point::of_month(civil::shift_month(p.year, m, 1)),
                _ => Point::of_day(civil::shift(last, 1)),
            }
        };
        if text.ends(phrase.start, "自从")
            && let When::Point(point) = phrase.when
        {
            phrase.when = When::Range(Some(point), None);
            phrase.rule = "value.date.since";
            return;
        }
        if let Some((_, behind)) = text.eat_any(end, &["以来", "至今"]) {
            if coarse {
                phrase.when = When::Range(phrase.when.first(), None);
                phrase.rule = "value.date.since";
            }
            phrase.end = behind;
            return;
        }
        if let Some((_, behind)) = text.eat_any(end, &["前后", "左右"])
            && let When::Point(point) = phrase.when
        {
            phrase.when = When::Point(point.about());
            phrase.end = behind;
            return;
        }
        let framed = text.ends_any(phrase.start, &["进入", "步入", "迈入", "到了"]);
        let open = matches!(phrase.when, When::Point(p) if matches!(p.rest, Rest::Year | Rest::Day(..) | Rest::Time(..) | Rest::Month(_)))
            && !framed;
        if open && let Some(point) = phrase.when.first() {
            let timed = matches!(point.rest, Rest::Time(..));
            if let Some((word, behind)) = text.eat_any(
                end,
                &[
                    "或之前",
                    "及之前",
                    "或以前",
                    "及以前",
                    "以前",
                    "之前",
                    "或之后",
                    "及之后",
                    "或以后",
                    "及以后",
                    "之后",
                    "以后",
                ],
            ) && phrase.rule != "value.date.relative-day"
            {
                let when = match word {
                    _ if point.about && word.ends_with('前') => When::Range(None, Some(point)),
                    _ if point.about => When::Range(Some(point), None),
                    "或之前" | "及之前" | "或以前" | "及以前" => When::Range(None, Some(point)),
                    "以前" | "之前" => {
                        When::Range(None, Some(if timed { time::before(point) } else { before_day(point) }))
                    }
                    "或之后" | "及之后" | "或以后" | "及以后" => When::Range(Some(point), None),
                    _ => When::Range(Some(if timed { point } else { after_day(point) }), None),
                };
                phrase.when = when;
                phrase.end = behind;
                phrase.rule = "value.date.open";
            }
        }
    }
}
