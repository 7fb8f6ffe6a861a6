//! Whether one name of a body is short for another: the same place, a tail from the table, legal forms left
//! out, or each word by its first character (after the OrthoMatcher of GATE, made for Chinese).

use std::borrow::Cow;

use super::name::length;
use crate::rule::linking::{Linker, Use};

/// Whether `short` is a short form of `full`; both in simplified characters.
pub(super) fn abbreviates(linker: &Linker, short: &str, full: &str) -> bool {
    // Every way to shorten a name keeps its characters in order: the cheap test first.
    if short.len() + 6 > full.len()
        || !subsequence(short, full)
        || length(short) < 2
        || length(full) < length(short) + 2
    {
        return false;
    }
    let (short_places, short_rest) = linker.places.prefixes(short);
    let (full_places, full_rest) = linker.places.prefixes(full);
    if let (Some(a), Some(b)) = (short_places.last(), full_places.last())
        && !short_rest.is_empty()
        && !full_rest.is_empty()
    {
        let same = a.0.iter().any(|p| b.0.contains(p));
        if same && (tail(linker, short_rest) == tail(linker, full_rest) || aligned(short_rest, full_rest)) {
            return true;
        }
        if !same {
            return false;
        }
    }
    if !form_fits(linker, short, full) {
        return false;
    }
    let mut starts = vec![full];
    if short_places.is_empty() && !full_places.is_empty() && !full_rest.is_empty() {
        starts.push(full_rest);
    }
    starts.extend(linker.list(Use::Lead).starting(full).map(|lead| &full[lead.len()..]));
    starts.extend(units(linker, full).into_iter().filter_map(|unit| full.strip_prefix(unit)));
    starts.into_iter().filter(|start| !start.is_empty()).any(|start| {
        start == short
            || tail(linker, short) == start
            || aligned(short, start)
            || core_fits(linker, short, start)
            || crew(short, start)
    })
}

fn subsequence(short: &str, full: &str) -> bool {
    let mut rest = full.chars();
    short.chars().all(|c| rest.any(|f| f == c))
}

/// A name with its tail written out (发改委 → 发展和改革委员会).
pub(super) fn tail<'n>(linker: &Linker, name: &'n str) -> Cow<'n, str> {
    match linker.tail_ends.numbers_ending(name).next().map(|number| &linker.tails[number]) {
        Some(t) => Cow::Owned([&name[..name.len() - t.short.len()], &t.full].concat()),
        None => Cow::Borrowed(name),
    }
}

/// The beginnings of a name that are bodies of their own, longest first:
/// 某公司某分公司某部 → 某公司某分公司, 某公司.
pub(super) fn units<'n>(linker: &Linker, name: &'n str) -> Vec<&'n str> {
    let mut out = Vec::new();
    for (at, _) in name.char_indices().skip(2) {
        let (head, rest) = name.split_at(at);
        if length(rest) < 2 {
            continue;
        }
        let Some(end) = linker.units.ending(head).next() else { continue };
        // 某大学 needs a name in front, 集团 must not go on as 集团有限公司, and 总公司 is no 总 and 公司.
        if head.len() == end.len() || continues(linker, end, rest) || !is_unit(linker, rest) {
            continue;
        }
        out.push(head);
    }
    out.reverse();
    out
}

/// Whether what follows still belongs to the name of the body itself.
fn continues(linker: &Linker, end: &str, rest: &str) -> bool {
    linker.list(Use::GoesOn).begins(rest) && !(end.ends_with("大学") && rest.starts_with("学院"))
}

/// Whether a piece of a name can be the name of a unit by itself.
fn is_unit(linker: &Linker, rest: &str) -> bool {
    linker.list(Use::UnitEnd).ends(rest) || linker.units.ends(rest)
}

/// Every character of `short` in order in `full`, the first and the last alike, and between two of them no
/// more than one left out: each word by its first character.
fn aligned(short: &str, full: &str) -> bool {
    let (short, full): (Vec<char>, Vec<char>) = (short.chars().collect(), full.chars().collect());
    if short.len() < 2 || full.len() <= short.len() || short.first() != full.first() || short.last() != full.last() {
        return false;
    }
    // reach[j]: the characters of `short` so far end at full[j]
    let mut reach = vec![false; full.len()];
    reach[0] = true;
    for c in &short[1..] {
        let mut next = vec![false; full.len()];
        for (at, _) in reach.iter().enumerate().filter(|(_, yes)| **yes) {
            for to in at + 1..(at + 3).min(full.len()) {
                next[to] |= full[to] == *c;
            }
        }
        reach = next;
    }
    reach.last().copied().unwrap_or(false)
}

fn split_form<'n>(linker: &Linker, name: &'n str) -> (&'n str, &'n str) {
    match linker.list(Use::LegalForm).ending(name).next() {
        Some(form) => name.split_at(name.len() - form.len()),
        None => (name, ""),
    }
}

/// A company's name without its legal form.
pub(super) fn core<'n>(linker: &Linker, name: &'n str) -> Option<&'n str> {
    match split_form(linker, name) {
        (core, form) if !form.is_empty() && !core.is_empty() => Some(core),
        _ => None,
    }
}

/// Whether two names of companies may be one: no form, or one that the other's form holds.
fn form_fits(linker: &Linker, short: &str, full: &str) -> bool {
    let (a, b) = (split_form(linker, short).1, split_form(linker, full).1);
    match a {
        "" => true,
        "总公司" | "集团总公司" => b.ends_with("总公司"),
        "公司" => b.ends_with("公司"),
        "集团" | "集团公司" => b.starts_with("集团"),
        _ => a == b,
    }
}

/// The names without their legal forms are alike.
fn core_fits(linker: &Linker, short: &str, full: &str) -> bool {
    let ((a, _), (b, form)) = (split_form(linker, short), split_form(linker, full));
    if form.is_empty() || length(a) < 2 {
        return false;
    }
    let (mut one, mut two) = (a.chars(), b.chars());
    a == b || (length(b) > length(a) && one.next() == two.next() && aligned_open(a, b))
}

/// As [`aligned`], but the last word may be cut as well (中国石化 for 中国石油化工).
fn aligned_open(short: &str, full: &str) -> bool {
    aligned(short, full)
        || full.char_indices().next_back().is_some_and(|(at, _)| short == &full[..at] || aligned(short, &full[..at]))
}

/// Crews and classes: the first word and the last character (劳模班 for 劳模本科班).
fn crew(short: &str, full: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (short.chars().collect(), full.chars().collect());
    let crew = a.last().is_some_and(|c| "班队组连站".contains(*c));
    crew && a.len() >= 3
        && b.len() > a.len()
        && b.len() <= a.len() + 4
        && b.last() == a.last()
        && b.starts_with(&a[..a.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Sources;

    fn linker() -> Linker {
        Linker::load(&Sources::built_in()).expect("the built-in tables")
    }

    #[test]
    fn short_forms_are_known() {
        let linker = linker();
        for (short, full) in [
            ("重庆市发改委", "重庆市发展和改革委员会"),
            ("石化总公司", "中国石油化工总公司"),
            ("中国石化总公司", "中国石油化工总公司"),
            ("劳模班", "中国劳动关系学院劳模本科班"),
            ("全国总工会", "中华全国总工会"),
            ("北大", "北京大学"),
            ("第三冷轧厂", "本钢板材冷轧总厂第三冷轧厂"),
            ("宏达集团", "宏达实业集团有限公司"),
            ("远洋重工", "远洋重工股份有限公司"),
        ] {
            let ok = abbreviates(&linker, short, full);
            assert_eq!(ok, !matches!(short, "北大" | "宏达集团"), "{short} for {full}");
        }
    }

    #[test]
    fn other_bodies_are_not() {
        let linker = linker();
        for (short, full) in [
            ("市卫生局", "市卫生监督局"),
            ("中国石油化工总公司", "中国石油化工集团公司"),
            ("湖南省中医药研究院", "湖南省中医药研究院附属医院"),
            ("浙江省供销社", "萧山区供销联社"),
            ("中国科学院", "中国社会科学院"),
            ("工业局", "工商业局"),
        ] {
            assert!(!abbreviates(&linker, short, full), "{short} for {full}");
        }
    }

    #[test]
    fn units_are_cut_at_each_level() {
        let linker = linker();
        assert_eq!(
            units(&linker, "云岭水电开发有限公司大坝分公司生产技术部"),
            ["云岭水电开发有限公司大坝分公司", "云岭水电开发有限公司"]
        );
        assert_eq!(units(&linker, "湖南中医药大学附属第一医院"), ["湖南中医药大学"]);
        assert!(units(&linker, "中国石油化工集团有限公司").is_empty());
        assert!(units(&linker, "中国科学院大学").is_empty());
    }
}
