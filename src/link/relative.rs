//! Relative names: 自治区总工会, 省委, 市政府, 我区, 全省.

use crate::lexicon::Unit;
use crate::rule::linking::{Linker, Use};

/// Heads of relative bodies and the kinds of unit they speak of; the longest first.
const HEADS: [(&str, &[Unit]); 12] = [
    ("自治区", &[Unit::Region]),
    ("自治州", &[Unit::Prefecture]),
    ("自治县", &[Unit::County]),
    ("特区", &[Unit::Special]),
    ("地区", &[Unit::Area]),
    ("省", &[Unit::Province]),
    ("市", &[Unit::City]),
    ("县", &[Unit::County]),
    ("区", &[Unit::Region, Unit::District]),
    ("州", &[Unit::Prefecture]),
    ("盟", &[Unit::League]),
    ("旗", &[Unit::Banner]),
];

/// The head of a relative body, the units it may mean, and what follows.
pub(super) fn body<'f>(linker: &Linker, fold: &'f str) -> Option<(&'static str, &'static [Unit], &'f str)> {
    if linker.list(Use::NotRelative).begins(fold) {
        return None;
    }
    for (head, units) in HEADS {
        let Some(rest) = fold.strip_prefix(head) else { continue };
        if rest.is_empty() {
            continue;
        }
        // 区党委 is the committee of an autonomous region; that of a district is 区委.
        let units: &'static [Unit] = match (head, rest.starts_with("党委")) {
            ("区", true) => &[Unit::Region],
            ("区", false) if rest.starts_with('委') => &[Unit::District],
            _ => units,
        };
        return Some((head, units, rest));
    }
    None
}

/// The units that 我区, 全省, 本市 and the like may mean.
pub(super) fn place(fold: &str) -> Option<&'static [Unit]> {
    let rest = ["我", "全", "本", "我们"].iter().rev().find_map(|head| fold.strip_prefix(head))?;
    Some(match rest {
        "自治区" => &[Unit::Region],
        "区" => &[Unit::Region, Unit::District, Unit::Area],
        "省" => &[Unit::Province],
        "市" => &[Unit::City],
        "县" => &[Unit::County],
        "州" => &[Unit::Prefecture],
        "盟" => &[Unit::League],
        "旗" => &[Unit::Banner],
        "特区" => &[Unit::Special],
        "地区" => &[Unit::Area],
        _ => return None,
    })
}

/// The same for a unit named alone (自治区, 全区上下 without its first word).
pub(super) fn alone(fold: &str) -> Option<&'static [Unit]> {
    match fold {
        "自治区" => Some(&[Unit::Region]),
        "自治州" => Some(&[Unit::Prefecture]),
        "自治县" => Some(&[Unit::County]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Sources;

    #[test]
    fn heads_are_read_and_words_are_not() {
        let linker = Linker::load(&Sources::built_in()).expect("the built-in tables");
        let body = |fold: &'static str| body(&linker, fold);
        assert_eq!(body("自治区总工会").map(|b| (b.0, b.2)), Some(("自治区", "总工会")));
        assert_eq!(body("省委").map(|b| b.2), Some("委"));
        assert_eq!(body("区党委").map(|b| b.1), Some([Unit::Region].as_slice()));
        assert!(body("市场监管总局").is_none());
        assert!(body("市市场监管局").is_some());
        assert!(body("省").is_none());
        assert_eq!(place("全市"), Some([Unit::City].as_slice()));
        assert!(place("全体").is_none());
    }
}
