//! Counties and cities that no list holds: 怀江市水务局, 青林县柳河镇.

use super::division::{Candidate, SURNAME, is_common, is_free, named};
use super::line::{Hit, Line, is_han};
use super::scan::GRAMMAR;
use crate::lexicon::{Classes, Tag};
use crate::rule::name::{DivisionRule, Knowledge};
use crate::schema::Type;

/// Whether it is a county or city that no list holds: set apart, of characters that make no word, with a body of
/// it or a township behind.
pub(super) fn is_county(
    rule: &DivisionRule,
    line: &Line,
    knowledge: &Knowledge,
    name: Candidate,
    found: &[Candidate],
) -> bool {
    let Candidate { start, end, stem, .. } = name;
    let plain = |&c: &char| is_han(c) && !GRAMMAR.contains(&c) && !"省市县区州旗盟乡镇村两三四五六七八九十".contains(c);
    if !line.chars[start..start + stem].iter().all(plain) || !is_free(line, knowledge, start) {
        return false;
    }
    let place =
        line.hit(start, start + stem).is_some_and(|hit| hit.tag == Tag::PlaceName && !hit.classes.any(knowledge.place));
    // 免去｜钱伟｜市财政局局长职务, but 采购人：｜云岭市第二人民医院
    let opens = matches!(line.before(start), None | Some('：' | ':' | '。' | '，' | '（' | '('));
    let surname = !opens && knowledge.person.surname(line.chars[start]).is_some_and(|cost| cost < SURNAME);
    let heads = knowledge.heads.iter().filter(|rule| rule.kind == Type::Organization);
    let bodies = heads.fold(Classes::NONE, |all, rule| all.or(rule.heads));
    let body = |hit: &Hit| hit.end > hit.start + 1 && hit.classes.any(bodies);
    // 怀江｜市委, 岳川｜省纪委
    let relative = "委府政纪人监检法总妇团工".contains(line.chars[end])
        && line.hits_at(end - 1).iter().any(|hit| hit.end > end && line.ends[hit.end].any(bodies));
    // 云岭市｜第二｜人民医院
    let numbered = line.chars[end] == '第' && (end + 2..end + 4).any(|at| line.hits_at(at).iter().any(body));
    // 原告：云岭市｜恒通商贸有限公司
    let company = opens && line.chars[end..line.len().min(end + 14)].windows(2).any(|two| two == ['有', '限']);
    let follows = line.hits_at(end).iter().any(body)
        || numbered
        || company
        || relative
        || found.iter().any(|other| other.start == end && other.stem >= 2);
    let alone = |at: usize| line.hit(at, at + 1).is_none_or(|hit| !hit.classes.any(knowledge.outside));
    // 怀江｜市民, but 江口｜市中级人民法院, 岳川｜省纪委监委
    let joined =
        !relative && !line.hits_at(end).iter().any(body) && line.hits_at(end - 1).iter().any(|hit| hit.end > end);
    follows
        && !joined
        && (place || (!surname && (start..start + stem).all(alone) && !is_common(line, knowledge, start, start + stem)))
        && !is_common(line, knowledge, start + 1, end)
        && !named(line, knowledge, start, end)
        && !rule.never.hold(&line.chars[start..start + stem])
}
