//! Names that lean on another body of the text: 我社, 总社科教社团部, 研究室.

use std::collections::BTreeMap;

use super::super::abbreviation::units;
use super::super::relative;
use super::{Known, Organizations};
use crate::mention::Mention;
use crate::schema::Type;

/// Heads that stand for a body named before and may be followed by a unit of it (总社科教社团部, 公司工会).
const GENERIC: [&str; 17] = [
    "集团公司",
    "总公司",
    "总社",
    "总会",
    "总局",
    "总行",
    "总台",
    "总院",
    "总部",
    "总厂",
    "集团",
    "公司",
    "学校",
    "医院",
    "学院",
    "研究院",
    "研究所",
];

/// Sites that have departments of their own.
const SITES: [&str; 24] = [
    "水库",
    "厂",
    "矿",
    "港",
    "机场",
    "车站",
    "公园",
    "保护区",
    "景区",
    "风景区",
    "林场",
    "农场",
    "牧场",
    "渔场",
    "灌区",
    "园区",
    "开发区",
    "大桥",
    "隧道",
    "油田",
    "监狱",
    "电站",
    "中学",
    "小学",
];

impl Organizations<'_, '_> {
    /// Whether a name leans on another body: 我社, 总社科教社团部, 研究室.
    pub(super) fn waits(&self, fold: &str) -> bool {
        let leans = own(fold).is_some() || self.generic(fold).is_some() || branch(fold).is_some();
        leans || self.department(fold).is_some() || self.school(fold)
    }

    /// A school of a university (医学院); an academy of a place is a body by itself.
    fn school(&self, fold: &str) -> bool {
        if !fold.ends_with("学院") {
            return false;
        }
        let linker = self.scene.linker;
        let bare =
            linker.places.prefix(fold).is_none() && !linker.full.contains(fold) && units(linker, fold).is_empty();
        // 苏联｜列宁格勒工学院
        let starts = fold.char_indices().map(|(at, _)| &fold[..at]).skip(2).take(5);
        let abroad = || starts.into_iter().any(|name| linker.known().thing(Type::Place, name).is_some());
        let other = ["中国", "中央", "国家", "海军", "空军", "陆军", "武警", "解放军", "国防", "炮兵", "步兵"];
        // 海州师范学院 stands by itself, 文学院 does not.
        const OWN: [&str; 7] = ["师范学院", "理工学院", "职业学院", "技术学院", "民族学院", "农学院", "科技学院"];
        let own = |end: &str| fold.strip_suffix(end).is_some_and(|name| name.chars().count() >= 2);
        bare && !OWN.iter().any(|end| own(end))
            && fold.chars().count() <= 9
            && !other.iter().any(|start| fold.starts_with(start))
            && !abroad()
    }

    fn generic<'f>(&self, fold: &'f str) -> Option<(&'static str, &'f str)> {
        let head = GENERIC.iter().find(|head| fold.starts_with(*head))?;
        Some((head, &fold[head.len()..]))
    }

    /// The rank of a department that is named without its body.
    fn department(&self, fold: &str) -> Option<u8> {
        let linker = self.scene.linker;
        // 市总工会 behind 市政协 is a body of the same city and no part of it.
        let bare = fold.chars().count() <= 10
            && relative::body(fold).is_none()
            && linker.places.prefix(fold).is_none()
            && !linker.full.contains(fold)
            && !fold.starts_with("中央")
            && !fold.starts_with("国家")
            && !fold.starts_with("国务院")
            // 市委书记、军分区党委第一书记
            && !["军分区", "军区", "人武部", "警备区", "武警"].iter().any(|forces| fold.starts_with(forces))
            && !fold.ends_with("公司")
            && !fold.contains('、')
            && units(linker, fold).is_empty();
        bare.then(|| self.rank(fold)).flatten().filter(|_| !self.of_a_site(fold))
    }

    /// Whether a department is that of a site which its name holds: 青溪水库管理处, 朝阳纺织厂车间.
    fn of_a_site(&self, fold: &str) -> bool {
        let ends = self.scene.linker.departments.ending(fold).map(|end| &fold[..fold.len() - end.len()]);
        let named = |stem: &str, site: &str| stem.strip_suffix(site).is_some_and(|name| name.chars().count() >= 2);
        ends.into_iter().any(|stem| SITES.iter().any(|site| named(stem, site)))
    }

    /// The rank of the department that a name ends in.
    fn rank(&self, fold: &str) -> Option<u8> {
        let linker = self.scene.linker;
        linker.departments.numbers_ending(fold).next().map(|number| linker.ranks[number])
    }

    pub(super) fn leaning(&self, mentions: &[Mention], i: usize, known: &[Known]) -> Option<String> {
        let mention = &mentions[i];
        let fold = self.scene.fold(mention);
        if let Some((class, rest)) = own(&fold) {
            return Some(format!(
                "{}{}",
                self.self_body(class, mention.span.start, known)?,
                self.tail_of(mention, rest)
            ));
        }
        if let Some((head, rest)) = self.generic(&fold) {
            let body = self.last_with(head, rest.is_empty(), mention.span.start, known)?;
            return Some(format!("{body}{}", self.tail_of(mention, rest)));
        }
        if let Some(class) = branch(&fold) {
            let body = self.only(class, mention.span.start, known)?;
            return Some(format!("{body}{}", self.scene.name(mention)));
        }
        if self.school(&fold) {
            return Some(format!("{}{}", self.only(&["大学"], mention.span.start, known)?, self.scene.name(mention)));
        }
        let rank = self.department(&fold)?;
        let body = match self.parent(mention, rank, known) {
            Some(body) => body,
            // The sections of the one hospital that a text is about.
            None if fold.ends_with('科') && !known.iter().any(|k| own(&k.simple).is_some()) => {
                self.only(&["医院"], mention.span.start, known)?
            }
            None => return None,
        };
        Some(format!("{body}{}", self.scene.name(mention)))
    }

    /// The last part of a name as written, by its length in simplified characters.
    fn tail_of(&self, mention: &Mention, rest: &str) -> String {
        let name = self.scene.name(mention);
        let keep = rest.chars().count();
        let skip = name.chars().count().saturating_sub(keep);
        name.chars().skip(skip).collect()
    }

    /// The body named before whose name ends in `head`; where several do, none.
    /// 集团 alone is the group also where its legal form follows.
    fn last_with(&self, head: &str, alone: bool, at: usize, known: &[Known]) -> Option<String> {
        let named = |k: &&Known| !GENERIC.contains(&k.simple.as_str()) && own(&k.simple).is_none();
        let forms = ["有限公司", "有限责任公司", "股份有限公司"];
        let plain =
            |name: &str| name.ends_with(head) || alone && forms.iter().any(|form| strip(name, form).ends_with(head));
        // 曾任甲公司经理，现任公司董事长: where somebody was before is not the body that is meant.
        let before = |k: &&Known| self.scene.before(k.at).ends_with(['任', '于']);
        let ends = |k: &&Known| plain(&k.simple) && k.simple.len() > head.len() && named(k) && !before(k);
        let mut names: Vec<&Known> = known.iter().filter(ends).collect();
        names.sort_by(|a, b| a.simple.cmp(&b.simple).then(a.at.cmp(&b.at)));
        names.dedup_by(|a, b| a.simple == b.simple);
        match names.as_slice() {
            [only] => Some(only.name.clone()),
            [] => None,
            _ => {
                let sentence = self.scene.sentence(at);
                known.iter().rev().find(|k| k.at < at && k.at >= sentence.start && ends(k)).map(|k| k.name.clone())
            }
        }
    }

    /// The only body of a class that the text names before; of several none.
    fn only(&self, class: &[&str], at: usize, known: &[Known]) -> Option<String> {
        let fits =
            |k: &&Known| k.at < at && class.iter().any(|end| k.simple.ends_with(end)) && own(&k.simple).is_none();
        let names: BTreeMap<&str, &str> =
            known.iter().filter(fits).map(|k| (k.simple.as_str(), k.name.as_str())).collect();
        match names.into_iter().collect::<Vec<_>>().as_slice() {
            [(simple, name)] if !GENERIC.contains(simple) => Some((*name).to_owned()),
            _ => None,
        }
    }

    /// The body that the text speaks for: of those that end alike, the one of the smallest area.
    fn self_body(&self, class: &str, at: usize, known: &[Known]) -> Option<String> {
        let gazetteer = &self.scene.linker.places;
        let first = known.iter().filter(|k| own(&k.simple).is_some()).map(|k| k.at).min().unwrap_or(at).min(at);
        let named = self.regions.named();
        let mut counts: BTreeMap<&str, (usize, usize, &str)> = BTreeMap::new();
        for k in known.iter().filter(|k| k.simple.ends_with(class) && own(&k.simple).is_none()) {
            if relative::body(&k.simple).is_some() && gazetteer.prefix(&k.simple).is_none() {
                continue;
            }
            let depth = gazetteer
                .prefixes(&k.simple)
                .0
                .last()
                .and_then(|(found, _)| gazetteer.pick(found, &named))
                .map_or(0, |p| gazetteer.place(p).depth + 1);
            let entry = counts.entry(&k.simple).or_insert((depth, 0, &k.name));
            // A guest is named once, behind the first 我院; the host in the headline, first, or again.
            entry.1 += if self.scene.heading(k.at) || k.at < first { 2 } else { 1 };
        }
        counts.retain(|_, body| body.1 > 1);
        let mut ranked: Vec<_> = counts.into_iter().collect();
        ranked.sort_by(|a, b| (b.1.0, b.1.1).cmp(&(a.1.0, a.1.1)).then(a.0.cmp(b.0)));
        match ranked.as_slice() {
            [(_, only)] => Some(only.2.to_owned()),
            [(_, first), (_, second), ..] if (first.0, first.1) > (second.0, second.1) => Some(first.2.to_owned()),
            _ => None,
        }
    }

    /// The body of a department: the one named last before it in the sentence or the paragraph; beside a
    /// department of the same rank, the body of that one; else the body that the text speaks for.
    fn parent(&self, mention: &Mention, rank: u8, known: &[Known]) -> Option<String> {
        let at = mention.span.start;
        let paragraph = self.scene.paragraph(at);
        let last = known
            .iter()
            .rev()
            .skip_while(|k| k.at >= at || k.simple.is_empty())
            .find(|k| !k.simple.is_empty())
            .filter(|k| self.scene.paragraph(k.at) == paragraph)?;
        // Another sentence in between may speak of another body.
        let apart = self.scene.sentence(last.at) != self.scene.sentence(at);
        if apart && !last.settled || own(&last.simple).is_some() || GENERIC.contains(&last.simple.as_str()) {
            return None;
        }
        if last.simple == self.scene.fold(mention) {
            return None;
        }
        if last.simple.ends_with(&*self.scene.fold(mention)) {
            return self.above(last).or_else(|| Some(last.name.clone()));
        }
        // 部 alone is a ministry as well as a department; the head of a state organ has ministries beside it.
        let common = self.scene.linker.departments.ending(&self.scene.fold(mention)).any(|end| end != "部");
        const HAS_SECTIONS: [&str; 8] = ["公司", "集团", "厂", "医院", "学院", "大学", "总社", "工会"];
        if !common && (apart || !HAS_SECTIONS.iter().any(|end| last.simple.ends_with(end))) {
            return None;
        }
        match self.rank(&last.simple) {
            Some(beside) if rank <= beside => self.above(last).or_else(|| {
                // A department by itself has no departments of its own rank.
                self.department(&last.simple).is_none().then(|| last.name.clone())
            }),
            _ => Some(last.name.clone()),
        }
    }

    /// The body one level above a name that holds both.
    fn above(&self, known: &Known) -> Option<String> {
        let head = units(self.scene.linker, &known.simple).first().map(|head| head.chars().count())?;
        Some(known.name.chars().take(head).collect())
    }
}

/// A name without its legal form; a name of another form whole.
fn strip<'n>(name: &'n str, form: &str) -> &'n str {
    name.strip_suffix(form).unwrap_or(name)
}

/// 洛城分行, 北港分公司: the classes of the body that has such branches.
fn branch(fold: &str) -> Option<&'static [&'static str]> {
    const BANK: &[&str] = &["银行", "银行股份有限公司", "银行有限公司"];
    const COMPANY: &[&str] = &["公司", "集团"];
    let ends = |ends: [&str; 2]| ends.iter().any(|end| fold.ends_with(end));
    let short = fold.chars().count() <= 9 && !fold.contains("公司分") && !fold.contains("银行");
    match () {
        () if !short => None,
        () if ends(["分行", "支行"]) => Some(BANK),
        () if ends(["分公司", "支公司"]) => Some(COMPANY),
        () => None,
    }
}

/// 我社, 本公司: the class of the body that the text speaks for, and what follows.
fn own(fold: &str) -> Option<(&'static str, &str)> {
    const CLASSES: [&str; 24] = [
        "集团公司",
        "集团",
        "公司",
        "学校",
        "医院",
        "学院",
        "研究院",
        "中心",
        "社",
        "院",
        "校",
        "局",
        "会",
        "台",
        "馆",
        "行",
        "厂",
        "委",
        "办",
        "站",
        "所",
        "矿",
        "段",
        "厅",
    ];
    let rest = ["我", "本"].iter().find_map(|head| fold.strip_prefix(head))?;
    let class = CLASSES.iter().find(|class| rest.starts_with(*class))?;
    // 校 is a school of any kind.
    let end = match *class {
        "校" => "学",
        other => other,
    };
    Some((end, &rest[class.len()..]))
}
