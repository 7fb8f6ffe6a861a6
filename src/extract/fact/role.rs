//! What a figure counts: the words before or behind it, shortened.

use crate::rule::List;
use crate::rule::skeleton::is_mark;

/// Word lists for roles.
pub struct Words<'w> {
    /// 增长, 下降: a change of what was named before.
    pub change: &'w List,
    /// Words that stand between a role and its figure and are no part of it: 达到, 为, 共.
    pub before: &'w List,
    /// Words that open a clause and are no part of the role: 其中, 初步核算.
    pub after: &'w List,
}

/// The words before a figure, without what only leads to it. `None` where nothing is left.
pub fn clean(text: &str, words: &Words<'_>) -> String {
    // 地区生产总值（GDP）: what stands in brackets only says it again.
    let text = text.trim();
    let bare = text.strip_suffix('）').and_then(|inner| inner.rsplit_once('（')).map_or(text, |(bare, _)| bare);
    let mut role = bare.trim().trim_matches(['，', '、', '：', '“', '”', '（', '）', ' ']);
    loop {
        let stripped =
            words.before.ending(role).map(|word| &role[..role.len() - word.len()]).min_by_key(|rest| rest.len());
        match stripped {
            Some(rest) => role = rest.trim_end(),
            None => break,
        }
    }
    loop {
        let stripped = words.after.starting(role).map(|word| &role[word.len()..]).min_by_key(|rest| rest.len());
        match stripped {
            Some(rest) => role = rest.trim_start_matches(['，', ' ', '的']),
            None => break,
        }
    }
    role.trim().to_owned()
}

/// The change word that a stretch of text ends with.
pub fn change<'w>(text: &str, words: &Words<'w>) -> Option<&'w str> {
    let text = text.trim_end().trim_end_matches(['了', '约', '近', '逾']);
    words.change.ending(text).max_by_key(|word| word.len())
}

/// The noun behind a figure: 30名|基层代表|齐聚. Bytes of `text`.
pub fn noun(whole: &str, stops: &List) -> std::ops::Range<usize> {
    let text = whole.trim_start_matches(is_mark);
    let text = text.strip_prefix('的').unwrap_or(text);
    let start = whole.len() - text.len();
    let run = text.chars().take_while(|&c| c.is_alphanumeric() && !is_mark(c)).take(14).map(char::len_utf8);
    let run = &text[..run.sum::<usize>()];
    let cut = stops.inside(run).next().map_or(run.len(), |(at, _)| at);
    start..start + cut
}

/// Units of time: spans of time are figures of somebody only where they are named.
pub fn is_time_span(unit: &str) -> bool {
    matches!(
        unit,
        "年" | "天"
            | "小时"
            | "分钟"
            | "个月"
            | "月"
            | "周"
            | "秒"
            | "日"
            | "夜"
            | "个星期"
            | "星期"
            | "季"
            | "代"
    )
}
