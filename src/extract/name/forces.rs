//! Units of the forces, which a number names: 第115师, 359旅.

use super::line::{Line, is_han};

/// Last characters of units of the forces.
pub(super) const UNITS: [char; 6] = ['军', '师', '旅', '团', '营', '连'];

/// Where the number begins that stands before the head: 第115｜师, 第十三｜兵团, 359｜旅.
pub(super) fn numbered(line: &Line, start: usize) -> Option<usize> {
    let number = |c: &&char| c.is_ascii_digit() || "一二三四五六七八九十百零〇".contains(**c);
    let digits = line.chars[..start].iter().rev().take(5).take_while(number).count();
    let ordinal = start.checked_sub(digits + 1).filter(|&first| digits > 0 && line.chars[first] == '第');
    // 129｜师, 359｜旅, 三五九｜旅
    let figures = &line.chars[start - digits..start];
    let arabic = digits >= 2 && figures.iter().all(char::is_ascii_digit)
        || digits == 3 && figures.iter().all(|&c| "一二三四五六七八九零〇".contains(c));
    // 四十一｜军、四十二｜军
    let tens = digits >= 2
        && figures.contains(&'十')
        && matches!(line.chars[start], '军' | '师')
        && line.after(start + 1).is_none_or(|c| !is_han(c));
    ordinal.or((arabic || tens).then_some(start - digits))
}

/// Whether a unit of the forces is named by one character without a number, a nickname or a name before it.
pub(super) fn is_bare_unit(line: &Line, start: usize, end: usize) -> bool {
    let unit = end - start == 1 && matches!(line.chars[start], '军' | '师' | '旅' | '排' | '营' | '连');
    let named = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百某红新”".contains(c);
    unit && !line.before(start).is_some_and(named)
}
