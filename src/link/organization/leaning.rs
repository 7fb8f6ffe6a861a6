//! Names that lean on another body of the text: 我社, 总社科教社团部, 研究室.

use std::collections::BTreeMap;

use super::super::abbreviation::units;
use super::super::relative;
use super::{Known, Organizations};
use crate::mention::Mention;
use crate::rule::List;
use crate::rule::linking::Use;
use crate::schema::Type;

impl Organizations<'_, '_> {
    /// Whether a name leans on another body: 我社, 总社科教社团部, 研究室.
    pub(super) fn waits(&self, fold: &str) -> bool {
        let leans = self.own(fold).is_some() || self.generic(fold).is_some() || self.branch(fold).is_some();
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
        // 海州师范学院 stands by itself, 文学院 does not.
        let named = |end: &str| fold.strip_suffix(end).is_some_and(|name| name.chars().count() >= 2);
        bare && !linker.list(Use::OwnSchool).ending(fold).any(named)
            && fold.chars().count() <= 9
            && !linker.list(Use::NoSchool).begins(fold)
            && !abroad()
    }

    fn generic<'f>(&self, fold: &'f str) -> Option<(&str, &'f str)> {
        let head = self.scene.linker.list(Use::Generic).starting(fold).next()?;
        Some((head, &fold[head.len()..]))
    }

    /// The rank of a department that is named without its body.
    fn department(&self, fold: &str) -> Option<u8> {
        let linker = self.scene.linker;
        // 市总工会 behind 市政协 is a body of the same city and no part of it.
        let bare = fold.chars().count() <= 10
            && relative::body(linker, fold).is_none()
            && linker.places.prefix(fold).is_none()
            && !linker.full.contains(fold)
            // 市委书记、军分区党委第一书记
            && !linker.list(Use::NoDepartment).begins(fold)
            && !fold.ends_with("公司")
            && !fold.contains('、')
            && units(linker, fold).is_empty();
        bare.then(|| self.rank(fold)).flatten().filter(|_| !self.of_a_site(fold))
    }

    /// Whether a department is that of a site which its name holds: 青溪水库管理处, 朝阳纺织厂车间.
    fn of_a_site(&self, fold: &str) -> bool {
        let linker = self.scene.linker;
        let mut stems = linker.departments.ending(fold).map(|end| &fold[..fold.len() - end.len()]);
        let named = |stem: &str, site: &str| stem.strip_suffix(site).is_some_and(|name| name.chars().count() >= 2);
        stems.any(|stem| linker.list(Use::Site).ending(stem).any(|site| named(stem, site)))
    }

    /// The rank of the department that a name ends in.
    fn rank(&self, fold: &str) -> Option<u8> {
        let linker = self.scene.linker;
        linker.departments.numbers_ending(fold).next().map(|number| linker.ranks[number])
    }

    pub(super) fn leaning(&self, mentions: &[Mention], i: usize, known: &[Known]) -> Option<String> {
        let mention = &mentions[i];
        let fold = self.scene.fold(mention);
        if let Some((class, rest)) = self.own(&fold) {
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
        if let Some(class) = self.branch(&fold) {
            let body = self.only(|name| class.ends(name), mention.span.start, known)?;
            return Some(format!("{body}{}", self.scene.name(mention)));
        }
        if self.school(&fold) {
            return Some(format!(
                "{}{}",
                self.only(|name| name.ends_with("大学"), mention.span.start, known)?,
                self.scene.name(mention)
            ));
        }
        let rank = self.department(&fold)?;
        let body = match self.parent(mention, rank, known) {
            Some(body) => body,
            // The sections of the one hospital that a text is about.
            None if fold.ends_with('科') && !known.iter().any(|k| self.own(&k.simple).is_some()) => {
                self.only(|name| name.ends_with("医院"), mention.span.start, known)?
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
        let named =
            |k: &&Known| !self.scene.linker.list(Use::Generic).holds(&k.simple) && self.own(&k.simple).is_none();
        let forms = self.scene.linker.list(Use::BareForm);
        let group = |name: &str| forms.ending(name).any(|form| name[..name.len() - form.len()].ends_with(head));
        let plain = |name: &str| name.ends_with(head) || alone && group(name);
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
    fn only(&self, class: impl Fn(&str) -> bool, at: usize, known: &[Known]) -> Option<String> {
        let fits = |k: &&Known| k.at < at && class(&k.simple) && self.own(&k.simple).is_none();
        let names: BTreeMap<&str, &str> =
            known.iter().filter(fits).map(|k| (k.simple.as_str(), k.name.as_str())).collect();
        match names.into_iter().collect::<Vec<_>>().as_slice() {
            [(simple, name)] if !self.scene.linker.list(Use::Generic).holds(simple) => Some((*name).to_owned()),
            _ => None,
        }
    }

    /// The body that the text speaks for: of those that end alike, the one of the smallest area.
    fn self_body(&self, class: &str, at: usize, known: &[Known]) -> Option<String> {
        let gazetteer = &self.scene.linker.places;
        let first = known.iter().filter(|k| self.own(&k.simple).is_some()).map(|k| k.at).min().unwrap_or(at).min(at);
        let named = self.regions.named();
        let mut counts: BTreeMap<&str, (usize, usize, &str)> = BTreeMap::new();
        for k in known.iter().filter(|k| k.simple.ends_with(class) && self.own(&k.simple).is_none()) {
            if relative::body(self.scene.linker, &k.simple).is_some() && gazetteer.prefix(&k.simple).is_none() {
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
        let generic = self.scene.linker.list(Use::Generic).holds(&last.simple);
        if apart && !last.settled || self.own(&last.simple).is_some() || generic {
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
        if !common && (apart || !self.scene.linker.list(Use::HasSections).ends(&last.simple)) {
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

    /// 洛城分行, 北港分公司: what the body that has such branches may end in.
    fn branch(&self, fold: &str) -> Option<&List> {
        let linker = self.scene.linker;
        let short = fold.chars().count() <= 9 && !fold.contains("公司分") && !fold.contains("银行");
        match () {
            () if !short => None,
            () if linker.list(Use::BankBranch).ends(fold) => Some(linker.list(Use::Bank)),
            () if linker.list(Use::CompanyBranch).ends(fold) => Some(linker.list(Use::Company)),
            () => None,
        }
    }

    /// 我社, 本公司: the class of the body that the text speaks for, and what follows.
    fn own<'f>(&self, fold: &'f str) -> Option<(&str, &'f str)> {
        let rest = fold.strip_prefix(['我', '本'])?;
        let class = self.scene.linker.list(Use::Own).starting(rest).next()?;
        // 校 is a school of any kind.
        let end = match class {
            "校" => "学",
            other => other,
        };
        Some((end, &rest[class.len()..]))
    }
}
