//! Documents, awards, events and programs: short titles, editions.

use super::learned::Learned;
use super::name::plain;
use super::scene::Scene;
use crate::mention::Mention;
use crate::rule::linking::Use;
use crate::schema::Type;

/// Gives each work its canonical name where that differs from its words.
pub(super) fn resolve(scene: &Scene<'_>, learned: &Learned, mentions: &mut [Mention]) {
    for i in 0..mentions.len() {
        let mention = &mentions[i];
        let work = matches!(
            mention.kind,
            Type::Document | Type::Award | Type::Event | Type::Program | Type::Formulation | Type::Position
        );
        if !work || mention.inner || mention.norm.is_some() {
            continue;
        }
        let fold = scene.fold(mention);
        let norm = match learned.get(mention.kind, &fold, mention.span.start) {
            Some(norm) => Some(norm.to_owned()),
            None if mention.kind == Type::Document => title(scene, mentions, i, &fold),
            None if mention.kind == Type::Event => meeting(scene, mentions, i, &fold),
            None if mention.kind == Type::Award => without_edition(&scene.name(mention)),
            None => None,
        };
        mentions[i].norm = norm.filter(|norm| *norm != scene.name(&mentions[i]));
    }
}

/// 《意见》 for the last longer title that ends so; a bare title for the one in book marks.
fn title(scene: &Scene<'_>, mentions: &[Mention], i: usize, fold: &str) -> Option<String> {
    let at = mentions[i].span.start;
    let documents = || mentions.iter().filter(|m| m.kind == Type::Document && !m.inner);
    if let Some(inner) = fold.strip_prefix('《').and_then(|rest| rest.strip_suffix('》')) {
        if !scene.linker.list(Use::Title).holds(inner) {
            return None;
        }
        let ends = |m: &&Mention| {
            let other = scene.fold(m);
            other.starts_with('《')
                && other.trim_end_matches('》').trim_end_matches("（试行）").ends_with(inner)
                && other != fold
        };
        return documents().filter(|m| m.span.start < at).rfind(ends).map(|m| scene.canonical(m));
    }
    let marked = format!("《{fold}》");
    documents().find(|m| scene.fold(m) == marked).map(|m| scene.name(m).into_owned())
}

/// 2013年第一次临时股东大会 behind the name of a company is that of the company.
fn meeting(scene: &Scene<'_>, mentions: &[Mention], i: usize, fold: &str) -> Option<String> {
    if !scene.linker.list(Use::CompanyMeeting).within(fold) {
        return None;
    }
    let company = |m: &&Mention| m.kind == Type::Organization && !m.inner && m.span.end == mentions[i].span.start;
    let company = mentions[..i].iter().rev().take(8).find(company)?;
    Some(scene.canonical(company) + &scene.name(&mentions[i]))
}

/// 首届“某某工匠” → “某某工匠”; the edition is no part of an award's name.
fn without_edition(name: &str) -> Option<String> {
    let rest = match name.strip_prefix("首届").or_else(|| name.strip_prefix("首屆")) {
        Some(rest) => rest,
        None => {
            let (number, rest) = name.strip_prefix('第')?.split_once(['届', '屆'])?;
            let digits = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
            (!number.is_empty() && number.chars().all(digits)).then_some(rest)?
        }
    };
    (!plain(rest).is_empty()).then(|| rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_is_cut() {
        assert_eq!(without_edition("第三十届金鸡奖").as_deref(), Some("金鸡奖"));
        assert_eq!(without_edition("首届“蓝天工匠”").as_deref(), Some("“蓝天工匠”"));
        assert_eq!(without_edition("第一名"), None);
    }
}
