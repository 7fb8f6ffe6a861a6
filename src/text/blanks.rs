//! Blanks inside a line: strays, and those that carry layout.
//!
//! Scanning and typesetting leave blanks between characters of running text; elsewhere a blank separates
//! names in a list (文 田信雷 赵莉) or pads a short one (赵  莉). Only strays are removed.

use super::chars::{is_blank, is_clause_end, is_follower, is_han, is_opener};

/// Characters on each side of a stray in running text: shorter pieces may be names.
const PIECE: usize = 5;

/// Which blanks of a line (without its indent) are strays, by the index of their character.
pub fn strays(line: &[char]) -> Vec<usize> {
    let running = line.iter().any(|&c| is_clause_end(c));
    let mut spaced = spaced_out(line);
    if running {
        spaced_digits(line, &mut spaced);
    }
    let (mut out, mut at) = (Vec::new(), 0);
    while at < line.len() {
        if !is_blank(line[at]) {
            at += 1;
            continue;
        }
        let end = line[at..].iter().position(|&c| !is_blank(c)).map_or(line.len(), |length| at + length);
        if at > 0 && end < line.len() && (spaced[at] || is_stray(line, at, end, running)) {
            out.extend(at..end);
        }
        at = end;
    }
    out
}

/// Whether the blanks in `at..end`, with characters on both sides, are strays.
fn is_stray(line: &[char], at: usize, end: usize, running: bool) -> bool {
    let (before, after) = (line[at - 1], line[end]);
    if is_follower(after) || is_opener(before) {
        return true;
    }
    if end - at > 1 || matches!(line[at], '\t' | '\u{3000}' | '\u{2003}') {
        return false;
    }
    if matches!(before, '，' | '、' | '；' | '：') {
        return is_han(after);
    }
    if matches!(before, '电' | '電' | '讯' | '訊') {
        return false;
    }
    if is_han(before) && is_han(after) {
        return running && piece(line[..at].iter().rev()) >= PIECE && piece(line[end..].iter()) >= PIECE;
    }
    if before.is_ascii_digit() && is_han(after) {
        return running || is_calendar(after);
    }
    if is_han(before) && after.is_ascii_digit() {
        let rest = &line[end..];
        let number = rest.iter().position(|c| !c.is_ascii_digit() && *c != '.').unwrap_or(rest.len());
        let unit = rest[number..].iter().find(|&&c| !is_blank(c));
        return unit.is_some_and(|&unit| is_calendar(unit) || running && is_han(unit));
    }
    false
}

/// Characters up to the next blank or mark.
fn piece<'a>(chars: impl Iterator<Item = &'a char>) -> usize {
    chars.take_while(|&&c| !is_blank(c) && !is_follower(c) && !is_opener(c)).count()
}

fn is_calendar(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '时' | '時' | '分')
}

/// Marks the blanks between four or more Chinese characters that each stand alone (关 于 表 彰).
fn spaced_out(line: &[char]) -> Vec<bool> {
    let mut marks = vec![false; line.len()];
    let (mut at, mut alone, mut blanks) = (0, 0, Vec::new());
    while at < line.len() {
        let single = is_han(line[at]) && line.get(at + 1).is_none_or(|&c| is_blank(c));
        if !single {
            mark(&mut marks, alone, &mut blanks);
            alone = 0;
            at += line[at..].iter().position(|&c| is_blank(c)).unwrap_or(line.len() - at);
            at += line[at..].iter().position(|&c| !is_blank(c)).unwrap_or(line.len() - at);
            continue;
        }
        alone += 1;
        let end = line[at + 1..].iter().position(|&c| !is_blank(c)).map_or(line.len(), |length| at + 1 + length);
        blanks.push(at + 1..end);
        at = end;
    }
    mark(&mut marks, alone, &mut blanks);
    marks
}

fn mark(marks: &mut [bool], alone: usize, blanks: &mut Vec<std::ops::Range<usize>>) {
    // The blank after the last of them separates it from the next word.
    blanks.pop();
    if alone >= 4 {
        blanks.iter().for_each(|range| marks[range.clone()].fill(true));
    }
    blanks.clear();
}

/// Marks the blanks inside a number of running text whose digits each stand alone: 达到7 4 7 7 2 亿元, 增长1 5 ．3 ％.
fn spaced_digits(line: &[char], marks: &mut [bool]) {
    let part = |c: &char| c.is_ascii_digit() || matches!(c, '０'..='９' | '.' | '．');
    // A digit, or a point with what follows it.
    let piece = |at: usize| {
        let length = line.get(at..).map_or(0, |rest| rest.iter().take_while(|&c| part(c)).count());
        (length == 1 || length > 1 && matches!(line[at], '.' | '．')).then_some(at + length)
    };
    let mut at = 0;
    while at < line.len() {
        if !part(&line[at]) {
            at += 1;
            continue;
        }
        let Some(mut end) = piece(at) else {
            at += line[at..].iter().take_while(|&c| part(c)).count();
            continue;
        };
        let mut blanks = Vec::new();
        while line.get(end).is_some_and(|&c| is_blank(c))
            && let Some(next) = piece(end + 1)
        {
            blanks.push(end);
            end = next;
        }
        let rest = line[end..].iter().find(|&&c| !is_blank(c));
        let behind = rest.is_some_and(|&c| is_han(c) || matches!(c, '%' | '％' | '‰'));
        let before = at.checked_sub(1).is_none_or(|last| is_han(line[last]) || is_clause_end(line[last]));
        if before && behind {
            blanks.into_iter().for_each(|blank| marks[blank] = true);
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(line: &str) -> String {
        let chars: Vec<char> = line.chars().collect();
        let strays = strays(&chars);
        chars.iter().enumerate().filter(|(at, _)| !strays.contains(at)).map(|(_, c)| c).collect()
    }

    #[test]
    fn strays_go() {
        for (line, clean) in [
            ("县里决定授予她全国 劳动模范称号，并发奖金。", "县里决定授予她全国劳动模范称号，并发奖金。"),
            ("全县 ，今年 5 月 1 日开工", "全县，今年5月1日开工"),
            ("共修路 32 项，投资 4.5 亿元。", "共修路32项，投资4.5亿元。"),
            ("关 于 表 彰 先 进 的 通 知", "关于表彰先进的通知"),
            ("（ 县委书记 ）", "（县委书记）"),
            ("2025 年 3 月", "2025年3月"),
            ("总值达到7 4 7 7 2 亿元，增长1 5 ．3 ％。", "总值达到74772亿元，增长15．3％。"),
        ] {
            assert_eq!(cleaned(line), clean);
        }
    }

    #[test]
    fn layout_stays() {
        for line in [
            "文   田一雷 赵莉",
            "图 赵  莉",
            "记者 王一 通讯员 李二，",
            "新华社青川5月1日电 今天上午河水上涨，",
            "奋进新征程 建功新时代",
            "王 一",
            "表1 主要指标",
            "使用 GPS 定位，",
            "第1 2 3，各组名次：3 1 2。",
        ] {
            assert_eq!(cleaned(line), line);
        }
    }
}
