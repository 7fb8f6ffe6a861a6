//! What the name of a body means by itself: by a definition, the tables, or the region of the text.

use super::super::relative;
use super::Organizations;
use crate::lexicon::Unit;
use crate::schema::Type;

impl Organizations<'_, '_> {
    /// What a name means by itself, by a definition in the text, by the tables or by the region.
    pub(super) fn direct(&self, fold: &str, at: usize) -> Option<String> {
        if let Some(norm) = self.learned.get(Type::Organization, fold, at) {
            return Some(norm.to_owned());
        }
        if let Some(norm) = self.scene.linker.alias.get(&(Type::Organization, fold.to_owned())) {
            return Some(self.scene.write(norm));
        }
        if let Some(norm) = congress(fold) {
            return Some(self.scene.write(&norm));
        }
        if let Some(body) = self.scene.linker.bodies.get(fold)
            && fold.chars().count() <= 6
            && (public(&body.kind, fold) || self.scene.doc.view.holds(&body.full))
            && !(organ(&body.kind) && self.scene.linker.places.prefix(fold.trim_start_matches("中共")).is_some())
        {
            // A ministry goes by its name without the state's: 国防部, 国家发展和改革委员会.
            let plain = body.full.strip_prefix("中华人民共和国").filter(|rest| rest.chars().count() > 2);
            return Some(self.scene.write(plain.unwrap_or(&body.full)));
        }
        if let Some((head, kinds, rest)) = relative::body(self.scene.linker, fold).filter(|_| !fold.contains('、'))
            && self.scene.linker.places.prefix(fold).is_none()
        {
            let place = self.regions.find(self.scene, kinds, at)?;
            let name = self.scene.linker.places.place(place).name.clone();
            // 省直机关 of a named province keeps its head: 山西省委, not 山西委.
            debug_assert!(!head.is_empty());
            let full = self.tail(&format!("{name}{rest}"));
            // Where the text has the body's name in full, that is the name.
            return Some(self.in_full(&full).unwrap_or_else(|| self.scene.write(&full)));
        }
        // The organs of a special region have names that need no head at home.
        if matches!(fold, "立法会" | "行政会议" | "特区政府" | "终审法院") {
            let place = self.regions.find(self.scene, &[Unit::Special], at)?;
            let name = &self.scene.linker.places.place(place).name;
            return Some(self.scene.write(&format!("{name}{}", fold.trim_start_matches("特区"))));
        }
        let written = self.written_out(fold);
        (written != fold).then(|| self.scene.write(&written))
    }

    /// The same body as the text names it in full (某县人民政府 for 某县政府).
    fn in_full(&self, full: &str) -> Option<String> {
        let linker = self.scene.linker;
        let mut tails = linker.tail_ends.numbers_ending(full).map(|number| &linker.tails[number]);
        let long = tails.find(|t| !t.norm && t.short != t.full)?;
        let name = format!("{}{}", full.strip_suffix(&long.short)?, long.full);
        (!full.ends_with(&long.full) && self.scene.doc.view.holds(&name)).then(|| self.scene.write(&name))
    }

    /// A full name with its tail written out, without 原 in the middle and without places that the next
    /// one lies in.
    fn written_out(&self, fold: &str) -> String {
        let mut name = fold.to_owned();
        if let Some(at) = name.find('原').filter(|at| *at > 0) {
            let head = &name[..at];
            let body = self.scene.linker.full.contains(head)
                || self.scene.linker.alias.values().any(|full| full == head)
                || self.scene.linker.bodies.contains_key(head);
            if body {
                name.remove(at);
            }
        }
        let (places, rest) = self.scene.linker.places.prefixes(&name);
        if places.len() > 1
            && !rest.is_empty()
            && let Some((_, last)) = places.last()
        {
            let short = format!("{last}{rest}");
            // Only where the text says the shorter name as well.
            let alone = self
                .scene
                .doc
                .view
                .separate_occurrences(&[&short])
                .into_iter()
                .any(|(_, at)| !self.scene.before(at).ends_with(places[places.len() - 2].1));
            if alone {
                name = short;
            }
        }
        self.tail(&name)
    }

    /// Tails of public bodies behind a place (重庆市发改委).
    fn tail(&self, name: &str) -> String {
        let linker = self.scene.linker;
        let (places, rest) = linker.places.prefixes(name);
        let mut tails = linker.tail_ends.numbers_starting(rest).map(|number| &linker.tails[number]);
        let known = tails.find(|t| t.norm && !rest.starts_with(&t.full));
        match known {
            Some(t) if !places.is_empty() && !rest[t.short.len()..].starts_with(['会', '局', '员']) => {
                let head = &name[..name.len() - rest.len()];
                // 香港特区政府: the full head comes with the tail.
                format!("{head}{}{}", t.full, &rest[t.short.len()..])
            }
            _ if rest == "政府" && places.last().is_some_and(|p| p.1.ends_with("特区")) => {
                format!("{}特别行政区政府", name.trim_end_matches("特区政府"))
            }
            _ => name.to_owned(),
        }
    }
}

/// 十四届全国人大, 全国人大常委会 and the like.
fn congress(fold: &str) -> Option<String> {
    let (term, rest) = match fold.split_once('届') {
        Some((number, rest)) => {
            let number = number.trim_start_matches('第');
            let ok = !number.is_empty() && number.chars().all(|c| "一二三四五六七八九十".contains(c));
            (ok.then(|| format!("第{number}届"))?, rest)
        }
        None => (String::new(), fold),
    };
    let full = match rest {
        "全国人大" => "全国人民代表大会",
        "全国人大常委会" => "全国人民代表大会常务委员会",
        "全国政协" if !term.is_empty() => return Some(format!("中国人民政治协商会议{term}全国委员会")),
        _ => return None,
    };
    Some(format!("{term}{full}"))
}

/// Organs of a region keep the name they go by, with the region's in front: 湖北省委.
fn organ(kind: &str) -> bool {
    matches!(kind, "party" | "government" | "congress" | "mass" | "court" | "procuratorate")
}

/// Bodies whose short name everyone reads as the full one; a company keeps the name it goes by, and 欧盟 is as good
/// a name as 欧洲联盟.
fn public(kind: &str, fold: &str) -> bool {
    match kind {
        "company" => false,
        "international" => fold.chars().count() > 2,
        _ => true,
    }
}
