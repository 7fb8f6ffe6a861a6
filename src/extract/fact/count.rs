//! Figures that count nothing of anybody.

use super::scene::Scene;
use crate::rule::skeleton::is_mark;
use crate::rule::{List, Rule};
use crate::schema::Type;

/// The lists that tell them.
pub struct Uncounted<'r> {
    /// Measure words.
    pub counters: &'r List,
    sizes: &'r List,
    things: &'r List,
    groups: &'r List,
}

impl<'r> Uncounted<'r> {
    /// The lists that the rule for figures names.
    pub fn of(scene: &Scene<'r>, rule: &Rule) -> Uncounted<'r> {
        let list = |key: &str| scene.rules.detail_list(rule, key);
        Uncounted { counters: list("counters"), sizes: list("sizes"), things: list("things"), groups: list("groups") }
    }

    /// Figures that say nothing of anybody: 每千美元, 前五名, 两座城市, 10千伏线路47条, 4.9级地震, 同65名代表.
    pub fn holds(&self, scene: &Scene<'_>, line: usize, mark: usize, unit: &str, words: &str) -> bool {
        let sentence = &scene.lines[line];
        let (before, after) = (sentence.before(mark), sentence.after(mark));
        let counter = self.counters.holds(unit);
        let noun = after.chars().take_while(|c| c.is_alphanumeric() && !is_mark(*c)).take(5).count();
        let attribute = !counter && (1..=4).contains(&noun) && unit != "%" && {
            let (word, next) = after.split_at(after.char_indices().nth(noun).map_or(after.len(), |(at, _)| at));
            // 由54公里缩短至45公里
            !word.ends_with(['到', '至', '为'])
                && next.starts_with(is_mark)
                && mark + 1 < sentence.skeleton.marks.len()
                && scene.kind(line, mark + 1) == Type::Figure
                && !matches!(unit, "元" | "人" | "户" | "吨")
        };
        // 59公斤级决赛, 周边5公里内, 首三座: a class, a reach, an order.
        let class = after.starts_with('级') || before.ends_with('首');
        let reach = matches!(unit, "公里" | "米" | "千米")
            && ["内", "外", "以内", "以外", "开外", "范围", "处"].iter().any(|word| after.starts_with(word));
        // 自主研制的5000吨起重机, 走进30万吨乙烯项目: how big a thing is that is spoken of; 由2012年的5000吨 is none.
        let sized = self.sizes.holds(unit) && {
            let next = after.chars().take_while(|c| c.is_alphabetic() && !is_mark(*c)).take(12);
            let next = &after[..next.map(char::len_utf8).sum()];
            let of_thing = before.strip_suffix('的').is_some_and(|before| !before.ends_with(is_mark));
            of_thing && !next.is_empty() || self.things.within(next)
        };
        let listed = before.rsplit_once('（').is_some_and(|(before, _)| before.ends_with("名单"));
        let beside = |c: Option<char>| c.is_some_and(|c| matches!(c, '∶' | ':'));
        class
            || reach
            || sized
            || listed
            || matches!(unit, "局" | "国")
            || words.contains('比')
            || words.starts_with(['万', '亿'])
            || before.ends_with('每')
            || beside(before.chars().next_back())
            || beside(after.chars().next())
            || before.ends_with("一家")
            || before.ends_with("评为")
            || after.starts_with('的') && is_classified(before)
            // 对所得额不超过200万元的部分减半征收
            || after.starts_with("的部分")
            || before.ends_with('等') && (counter || matches!(unit, "名" | "部门" | "单位"))
            || before.ends_with('前') && matches!(unit, "名" | "位" | "强")
            || words.starts_with('两') && matches!(unit, "座" | "国" | "岸" | "会" | "省" | "市" | "县")
            || words.starts_with('一') && !matches!(unit, "元" | "%" | "吨" | "人" | "公里")
            || attribute
            || matches!(unit, "人" | "口") && self.groups.ends(before)
            || ["同", "与", "向", "对", "给"].iter().any(|word| before.starts_with(word)) && counter
    }
}

/// Whether a stretch ends with 一间, 一条: what follows describes a thing without a name.
fn is_classified(before: &str) -> bool {
    let mut last = before.chars().rev();
    last.next().is_some_and(|c| "间条座栋台个块片份家支艘辆所项".contains(c)) && last.next() == Some('一')
}
