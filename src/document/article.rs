//! Articles: where each begins, its headline, authors and dateline.

use std::sync::LazyLock;

use regex::Regex;

use super::front::Front;
use super::paragraph::{Kind, Line, lines};
use super::{Article, Paragraph, ParagraphKind};
use crate::text::{Span, View};

/// 新华社北京4月28日电（记者…）, 本报拉萨5月1日讯, 【本报讯】, 中新网成都2月3日电.
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:[【\[]\s*)?
        (?: (?:本报|本刊|本网|本台|本站|新华社|新华网|中新社|中新网|人民网|央视网|央广网|光明网|中国新闻社|新华通讯社|法新社|路透社|美联社|据?[\p{Han}]{2,6}(?:社|网|报))
            [\p{Han}·\s]{0,14}?
            (?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?
            (?:专?电|综合电|快讯|简讯|讯|消息) )
        (?:\s*[】\]])?",
    )
    .expect("a constant pattern")
});

/// The names after 记者 and the like.
static AUTHORS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:记者|通讯员|作者|撰文|文字?)[：:/\s]*((?:[\p{Han}·]{1,12})(?:[、，,/\s]+[\p{Han}·]{1,12})*)")
        .expect("a constant pattern")
});

/// The articles of a document, and its paragraphs.
pub fn read(view: &View, front: &Front) -> (Vec<Article>, Vec<Paragraph>) {
    let text = view.folded();
    let all = lines(text, front.end);
    let starts = starts(text, &all);
    let mut articles: Vec<Article> = Vec::with_capacity(starts.len());
    let mut paragraphs = Vec::with_capacity(all.len());
    for (number, &first) in starts.iter().enumerate() {
        let last = starts.get(number + 1).copied().unwrap_or(all.len());
        let place = |line: usize| all.get(line).map_or(text.len(), |line| line.span.start);
        let span = Span::new(if number == 0 { 0 } else { place(first) }, place(last));
        let inner = &all[first..last];
        articles.push(Article {
            span,
            title: title(inner),
            byline: byline(text, inner),
            dateline: inner.iter().take(8).find_map(|line| dateline(text, line)),
        });
        for line in inner {
            let kind = match line.kind {
                Kind::Heading => ParagraphKind::Heading,
                Kind::Body | Kind::Byline => ParagraphKind::Body,
                Kind::FromPage | Kind::ToPage | Kind::Rule => continue,
            };
            paragraphs.push(Paragraph { span: line.span, kind, article: number });
        }
    }
    (articles, paragraphs)
}

/// The lines at which an article begins; the first is always one.
fn starts(text: &str, all: &[Line]) -> Vec<usize> {
    let mut starts = vec![0];
    for at in 1..all.len() {
        let (before, line) = (&all[at - 1], &all[at]);
        let fresh = match line.kind {
            Kind::FromPage => true,
            Kind::Byline => before.kind == Kind::Heading && leads_to_text(all, at),
            _ if matches!(before.kind, Kind::ToPage | Kind::Rule) => true,
            Kind::Body => before.kind == Kind::Heading && dateline(text, line).is_some(),
            _ => false,
        };
        if !fresh {
            continue;
        }
        let head = headline(all, at);
        let last = starts.last().copied().unwrap_or(0);
        // Everything up to the head of the article that we are in belongs to it.
        let has_text = all[last..head].iter().any(|line| line.kind == Kind::Body);
        if has_text {
            starts.push(head);
        }
    }
    starts
}

/// A byline at the end of an article has no text after it.
fn leads_to_text(all: &[Line], at: usize) -> bool {
    all[at + 1..].iter().take(3).any(|line| line.kind == Kind::Body && line.is_full)
}

/// The first of the headlines directly above line `at`, at most three.
fn headline(all: &[Line], at: usize) -> usize {
    let above = all[..at].iter().rev().take(3).take_while(|line| line.kind == Kind::Heading).count();
    at - above
}

/// The first line, where it is a headline.
fn title(lines: &[Line]) -> Option<Span> {
    let first = lines.iter().find(|line| !matches!(line.kind, Kind::Rule | Kind::FromPage | Kind::ToPage))?;
    (first.kind == Kind::Heading).then_some(first.span)
}

fn dateline(text: &str, line: &Line) -> Option<Span> {
    head(line.span.of(text)).map(|end| Span::new(0, end).shifted(line.span.start))
}

/// One past the dateline that a paragraph begins with. 本报记者张三 通讯员李四 is none.
fn head(paragraph: &str) -> Option<usize> {
    let found = paragraph.contains(['电', '讯', '息']).then(|| DATELINE.find(paragraph))??;
    let byline = found.as_str().ends_with("通讯") || found.as_str().contains("记者");
    (!byline && !paragraph[found.end()..].starts_with('员')).then_some(found.end())
}

/// Names in byline lines, and in brackets after the dateline.
fn byline(text: &str, lines: &[Line]) -> Vec<Span> {
    let mut names: Vec<Span> = Vec::new();
    for line in lines {
        let inner = line.span.of(text);
        let (from, inner) = if line.kind == Kind::Byline {
            (0, inner)
        } else if let Some(end) = head(inner) {
            let rest = &inner[end..];
            let bracket = rest.find(['）', ')']).filter(|_| rest.trim_start().starts_with(['（', '(']));
            (end, &rest[..bracket.unwrap_or(0)])
        } else {
            continue;
        };
        for authors in AUTHORS.captures_iter(inner).filter_map(|found| found.get(1)) {
            names.extend(
                authors_of(authors.as_str()).map(|span| span.shifted(line.span.start + from + authors.start())),
            );
        }
    }
    names.sort();
    names.dedup();
    names
}

/// The names in a list; two single characters with blanks between are one (赵  莉).
fn authors_of(list: &str) -> impl Iterator<Item = Span> {
    const ROLES: [&str; 10] =
        ["记者", "通讯员", "摄影", "摄", "摄影报道", "报道", "实习生", "编辑", "本报记者", "特约通讯员"];
    let (mut parts, mut at): (Vec<(Span, bool)>, usize) = (Vec::new(), 0);
    for piece in list.split_inclusive(|c: char| "、，,/".contains(c) || c.is_whitespace()) {
        let name = piece.trim_end_matches(|c: char| "、，,/".contains(c) || c.is_whitespace());
        let span = Span::new(at, at + name.len());
        at += piece.len();
        if name.is_empty() || ROLES.contains(&name) {
            continue;
        }
        let single = name.chars().count() == 1;
        match parts.last_mut() {
            Some((before, open)) if single && *open && list[before.end..span.start].trim().is_empty() => {
                before.end = span.end;
                *open = false;
            }
            _ => parts.push((span, single)),
        }
    }
    parts.into_iter().filter(|&(_, single)| !single).map(|(span, _)| span)
}

#[cfg(test)]
mod tests {
    use super::super::Document;

    fn articles(text: &str) -> Vec<(Option<String>, Vec<String>, Option<String>)> {
        let doc = Document::new("a", text, None);
        let of = |span: crate::text::Span| span.of(doc.view.text()).to_owned();
        let parts = doc.articles.iter();
        parts.map(|a| (a.title.map(of), a.byline.iter().copied().map(of).collect(), a.dateline.map(of))).collect()
    }

    #[test]
    fn one_article_with_its_parts() {
        let text = "新桥通车\n本报青川5月1日讯（记者 王一、李小二）今天，新桥通车。\n摄影 张三";
        let expected = (
            Some("新桥通车".to_owned()),
            vec!["王一".to_owned(), "李小二".to_owned()],
            Some("本报青川5月1日讯".to_owned()),
        );
        assert_eq!(articles(text), [expected]);
    }

    #[test]
    fn bylines_hold_names() {
        let of = |line: &str| articles(&format!("新桥通车\n{line}\n今天，新桥通车。")).remove(0).1;
        assert_eq!(of("本报记者 王一 通讯员 李小二"), ["王一", "李小二"]);
        assert_eq!(of("文   田一雷 赵  莉"), ["田一雷", "赵  莉"]);
        assert_eq!(articles("本站讯（职工通讯员 李琴 刘会）今天，新桥通车。")[0].1, ["李琴", "刘会"]);
    }

    #[test]
    fn page_marks_and_datelines_begin_articles() {
        let text = "河水涨了，堤上站满了人。\n第二条新闻\n（上接第一版）\n大堤加高了两米。\n小标题\n人们回到了家。\n县里开会\n新华社青川6月2日电 会议今天开幕。\n（下转第三版）\n山歌响起来\n歌声传遍山谷。";
        let titles: Vec<_> = articles(text).into_iter().map(|(title, _, _)| title).collect();
        let title = |text: &str| Some(text.to_owned());
        assert_eq!(titles, [None, title("第二条新闻"), title("县里开会"), title("山歌响起来")]);
    }

    #[test]
    fn articles_leave_no_gap() {
        let doc = Document::new("a", "甲事。\n\n****\n乙\n乙事。\n", None);
        assert_eq!(doc.articles.len(), 2);
        assert_eq!(doc.articles[0].span.end, doc.articles[1].span.start);
        assert_eq!(doc.articles[1].span.end, doc.view.text().len());
        assert_eq!(doc.paragraphs.iter().map(|p| p.article).collect::<Vec<_>>(), [0, 1, 1]);
    }
}
