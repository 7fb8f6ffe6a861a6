//! What looks like a figure and names something.

use super::Measured;
use crate::value::Values;
use crate::value::chars::Chars;
use crate::value::decimal::Decimal;
use crate::value::unit::UnitKind;

impl Values {
    /// Whether number and unit are part of a name, an ordinal, a meeting, an idiom.
    pub(super) fn names_something(&self, text: &Chars, found: &Measured, floor: usize) -> bool {
        let number = &found.number;
        let Some(unit) = found.unit.as_deref() else { return false };
        let start = number.start;
        if text.before(start) == '第' && start > floor {
            return true;
        }
        if goes_on_ordinal(text, start) {
            return true;
        }
        let one = number.len() == 1 && !number.arabic && number.low == Decimal::whole(1);
        if one {
            let plain = match unit.kind {
                UnitKind::Physical => !matches!(
                    unit.name.as_str(),
                    "两" | "度"
                        | "里"
                        | "方"
                        | "寸"
                        | "尺"
                        | "丈"
                        | "节"
                        | "码"
                        | "钱"
                        | "担"
                        | "桶"
                        | "平方"
                        | "升"
                        | "克"
                        | "帕"
                        | "伏"
                        | "刻钟"
                ),
                UnitKind::Time => {
                    !matches!(
                        unit.name.as_str(),
                        "年" | "天"
                            | "日"
                            | "周"
                            | "夜"
                            | "晚"
                            | "季"
                            | "分"
                            | "秒"
                            | "载"
                            | "岁"
                            | "月"
                            | "时"
                            | "春秋"
                    ) || found.end - number.end > unit.name.chars().count() && unit.name != "日"
                }
                UnitKind::Money => unit.name != "分" && unit.name != "角" && unit.name != "毛" && unit.name != "块",
                UnitKind::Percent => true,
                UnitKind::Ratio => true,
                UnitKind::Measure | UnitKind::MeasureArabic => false,
            };
            let asked = self.modifiers.front(text, start, floor).is_some()
                || self.modifiers.back(text, found.end).is_some()
                || found.more
                || text
                    .ends_any(start, &["满", "历时", "为期", "长达", "历经", "用了", "每隔", "有效期", "期限", "任期"])
                || matches!(text.at(found.end - 1), '半');
            let asked_time = asked && unit.kind == UnitKind::Time;
            if !plain && !asked_time {
                return true;
            }
        }
        if unit.kind == UnitKind::MeasureArabic && !number.arabic && (number.len() < 2 || number.bare) {
            return true;
        }
        // 三年级, 二年级学生
        if unit.name == "年" && text.at(found.end) == '级' {
            return true;
        }
        // 三年行动, 五年规划
        if matches!(unit.name.as_str(), "年" | "日" | "天")
            && text.has_any(
                found.end,
                &["行动", "计划", "规划", "攻坚", "滚动", "提升行动", "大计", "方案", "倍增", "期国债"],
            )
            && !number.more
        {
            return true;
        }
        // 二届三次会议, 七届二中全会
        if unit.name == "次" && text.before(start) == '届'
            || matches!(unit.name.as_str(), "届" | "期" | "版" | "级" | "代" | "校" | "州" | "厂") && !number.arabic
        {
            return true;
        }
        if unit.name == "次"
            && !number.arabic
            && text.has_any(found.end, &["产业", "会议", "全会", "全体会议", "代表大会", "党代会", "元", "方"])
            && number.len() == 1
        {
            return true;
        }
        // Set phrases in quotation marks: “四个创建”.
        if !number.arabic
            && matches!(text.before(start), '“' | '‘' | '「' | '『' | '《')
            && matches!(unit.kind, UnitKind::Measure | UnitKind::MeasureArabic)
            && quoted_short(text, start)
        {
            return true;
        }
        // 万吨级, 百年老店, 百万雄师: a bare multiplier needs a reason.
        if number.bare && number.len() == 1 {
            let reason = self.modifiers.front(text, start, floor).is_some()
                || found.more
                || matches!(text.before(start), '数' | '几');
            if text.at(found.end) == '级'
                || !reason
                    && !matches!(
                        unit.name.as_str(),
                        "年" | "亩" | "周年" | "美元" | "元" | "%" | "吨" | "倍" | "人" | "名"
                    )
            {
                return true;
            }
        }
        if number.bare && text.at(found.end) == '级' {
            return true;
        }
        // PM2.5, 一个十五五, 2号: letters in front were caught earlier; a clock or a temperature behind is another reader's.
        if unit.name == "度" && text.has_any(found.end, &["假", "过", "量", "数"]) && !number.arabic {
            return true;
        }
        if unit.name == "点"
            && !text.has_any(found.end, &self.followers.points)
            && !text.ends_any(start, &["出", "下", "以下", "如下", "这", "报", "涨", "跌", "以", "至", "了"])
            && !number.quantity
        {
            return true;
        }
        if unit.name == "里"
            && text.has_any(
                found.end,
                &["面", "程", "弄", "约", "桥", "铺", "村", "店", "堡", "墩", "营", "河", "山", "镇", "乡"],
            )
            || unit.name == "方"
                && text.has_any(found.end, &["面", "式", "针", "案", "法", "向", "便", "言"])
                && !text.has(found.end, "面军")
        {
            return unit.name == "里" || !text.has(found.end, "面");
        }
        if unit.name == "两" && !number.arabic && text.has_any(found.end, &["个", "名", "次", "国", "岸"]) {
            return true;
        }
        if matches!(unit.name.as_str(), "分" | "角" | "毛")
            && text.has_any(
                found.end,
                &["类", "析", "工", "别", "之", "公司", "店", "局", "院", "支", "会", "度", "逸", "田"],
            )
        {
            return true;
        }
        if unit.name == "家"
            && text.has_any(found.end, &["庭", "长", "电", "园", "居", "属", "具", "禽", "族", "政", "教"])
            || unit.name == "口" && text.has_any(found.end, &["岸", "号", "径"])
            || unit.name == "面" && text.has_any(found.end, &["积", "向", "对"])
        {
            return !number.arabic;
        }
        false
    }
}

/// 第一、｜二部, 第3、｜4节: a number that shares the 第 before the one in front of it.
fn goes_on_ordinal(text: &Chars, start: usize) -> bool {
    let Some(mut at) = start.checked_sub(1).filter(|&at| matches!(text.at(at), '、' | '和')) else { return false };
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百、".contains(c);
    while at > 0 && numeral(text.at(at - 1)) {
        at -= 1;
    }
    text.before(at) == '第'
}

/// Whether a closing mark follows within a dozen characters and nothing ends a clause before it.
fn quoted_short(text: &Chars, start: usize) -> bool {
    (start..start + 12)
        .map(|i| text.at(i))
        .take_while(|c| !matches!(c, '，' | '。' | '；' | '！' | '？' | '\0'))
        .any(|c| matches!(c, '”' | '’' | '\'' | '」' | '』' | '》'))
}
