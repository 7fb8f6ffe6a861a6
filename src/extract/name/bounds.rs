//! Characters that look like the name of a person and are a place, or a name and a word beside it.

use super::line::{Line, is_han};
use crate::lexicon::Tag;
use crate::rule::name::Knowledge;

/// Whether the last character belongs to what follows rather than to the name: 李鹏｜率团, 张霄｜向有关国家,
/// 刘宁｜正在, but 李永和｜表示.
pub(super) fn ends_outside(line: &Line, start: usize, end: usize, knowledge: &Knowledge) -> bool {
    let verb = || line.hits_at(end).iter().any(|hit| hit.end > end + 1 && hit.tag == Tag::Verb);
    match line.chars[end - 1] {
        '等' => true,
        _ if !line.after(end).is_some_and(is_han) => false,
        '曾' | '携' | '率' | '已' | '又' | '让' | '则' | '也' | '还' => true,
        '和' | '同' | '向' => !verb(),
        '均' => matches!(line.before(start), Some('、' | '和')) && verb(),
        '正' => line.hit(end - 1, end + 1).is_some_and(|hit| hit.classes.any(knowledge.outside)),
        _ => false,
    }
}

/// What ends the name of a village that is called after a family: 王家庄.
const SETTLEMENTS: [char; 44] = [
    '庄', '村', '沟', '湾', '坪', '山', '岭', '峪', '寨', '屯', '营', '堡', '店', '塘', '坝', '集', '桥', '渡', '口',
    '川', '台', '垸', '嘴', '圩', '岗', '洼', '墩', '铺', '窑', '坡', '河', '埠', '荡', '浜', '塬', '峁', '井', '畈',
    '冲', '垭', '坳', '峧', '滩', '界',
];

/// What hardly ends the name of a person, and often that of a place: 郎木寺.
const SITES: [char; 22] = [
    '寺', '庙', '庵', '祠', '塔', '观', '窟', '峡', '岛', '礁', '站', '街', '巷', '村', '镇', '乡', '县', '寨', '屯',
    '坝', '堡', '隧',
];

/// Whether characters are a place, or a name and a verb, rather than a person: 王家庄, 任｜龙岩, 徐丹｜作.
pub(super) fn is_no_name(line: &Line, start: usize, end: usize, knowledge: &Knowledge) -> bool {
    match line.chars[start..end] {
        [_, '家', last] | [_, _, '家', last] if SETTLEMENTS.contains(&last) => true,
        [_, _, last] if SITES.contains(&last) => true,
        // 徐丹｜作｜交流发言
        [_, _, '作'] => {
            matches!(line.after(end), Some('交' | '报' | '讲' | '发' | '说' | '辅' | '动' | '表' | '总' | '典'))
        }
        // 李明｜任｜长河机械厂班长
        [_, _, '任'] if line.after(end).is_some_and(is_han) => true,
        // 刘佳｜任｜市财政局副局长, 高峰｜到｜县实验小学
        [_, _, '任' | '兼' | '到' | '赴' | '在'] => {
            line.starts[end].any(knowledge.anchor.or(knowledge.place).or(knowledge.organization))
        }
        // 高雄｜市长
        [_, _] if matches!(line.after(end), Some('省' | '市' | '县' | '区' | '州')) => {
            line.hit(start, end).is_some_and(|hit| hit.classes.any(knowledge.place))
        }
        // 记者｜从｜绿源集团
        ['从', _, _] if line.before(start) == Some('者') => true,
        ['任' | '于' | '向' | '从' | '和' | '同' | '由', _, _] => {
            line.hit(start + 1, end).is_some_and(|hit| hit.classes.any(knowledge.division))
        }
        _ => false,
    }
}
