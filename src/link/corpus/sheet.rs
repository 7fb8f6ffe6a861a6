//! What linking keeps of one document between runs, as bytes that are looked through in place: a run that changes
//! one document of many reads the names of the others only where they may be concerned.
//!
//! ```text
//! length of what follows up to the links (u64)
//! name, SHA-256    of the document
//! keys             for each member the hash of its key (u64)
//! words            for each short form that the document defines: its hash as a key, the key of the body (u64 each)
//! implied          for each thing that only facts name: hash of the family of its id (u64)
//! print            the two lists of hashes by which reprints are known (u64)
//! head             day, region, bytes of what follows, persons, what is implied
//! members          for each: what it is
//! links            document of origin; for each member: hash of the family of its id in the corpus (u64), that id
//! ```

use std::hash::Hasher;

use rustc_hash::FxHasher;
use unicode_normalization::UnicodeNormalization;

use super::brief::{Brief, Member, Scope, Traits};
use super::code::{Fixed, In, Out};
use super::thing::short_forms;
use crate::rule::linking::Linker;
use crate::schema::Type;

/// One thing that only the facts of a document name: id, type, name.
pub type Implied = (String, Type, String);

/// The hash by which keys of members are looked for.
pub(super) fn key_hash(kind: Type, key: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u8(kind as u8);
    hasher.write(key.as_bytes());
    hasher.finish()
}

/// The hash of what ids have in common that may get in one another's way: namesakes are numbered, and IRIs normalized.
pub fn family(id: &str) -> u64 {
    let mut stem = id;
    while let Some((head, number)) = stem.rsplit_once('_') {
        if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
            break;
        }
        stem = head;
    }
    let mut hasher = FxHasher::default();
    let normal: String = stem.nfc().collect();
    hasher.write(normal.as_bytes());
    hasher.finish()
}

/// What is kept of a record, before it is linked.
pub(super) fn encode(brief: &Brief, implied: &[Implied], linker: &Linker) -> Vec<u8> {
    let mut out = Out::default();
    out.fixed(0);
    out.text(&brief.doc);
    out.text(&brief.sha256);
    out.list(brief.members.iter(), |out, member| out.fixed(key_hash(member.kind, &member.key)));
    let words = |member| short_forms(linker, member).into_iter().map(move |(word, _)| (word, member));
    let words: Vec<(String, &Member)> = brief.members.iter().flat_map(words).collect();
    out.list(words.iter(), |out, (word, member)| {
        out.fixed(key_hash(Type::Organization, word));
        out.fixed(key_hash(member.kind, &member.key));
    });
    out.list(implied.iter(), |out, (id, _, _)| out.fixed(family(id)));
    let (long, short) = brief.print.hashes();
    out.list(long.iter(), |out, hash| out.fixed(*hash));
    out.list(short.iter(), |out, hash| out.fixed(*hash));
    out.maybe(brief.date.as_deref());
    out.index(brief.scope.province);
    out.index(brief.scope.district);
    let mut names = Out::default();
    names.list(brief.persons.iter(), |out, person| out.text(person));
    names.list(implied.iter(), |out, (id, kind, name)| {
        out.text(id);
        out.text(kind.name());
        out.text(name);
    });
    out.number(names.0.len() as u64);
    out.0.extend_from_slice(&names.0);
    for member in &brief.members {
        let mut bytes = Out::default();
        put_member(&mut bytes, member);
        out.number(bytes.0.len() as u64);
        out.0.extend_from_slice(&bytes.0);
    }
    let length = out.0.len() as u64;
    out.0[..8].copy_from_slice(&length.to_le_bytes());
    out.0
}

/// The name of the document of a sheet, and the ids that its entities have in the record.
pub fn members(sheet: &[u8]) -> Option<(&str, Vec<&str>)> {
    let length = usize::try_from(Fixed::of(sheet, 1)?.get(0)).ok()?;
    let view = View::without_links(sheet, length)?;
    let ids = view.each().map(|bytes| In(bytes?).text()).collect::<Option<_>>()?;
    Some((view.doc, ids))
}

/// Adds to what is kept of a record the document of which it is a reprint, empty where it stands alone, and the ids
/// of its entities in the corpus, in their order. Links that stand there already are replaced.
pub fn seal<'i>(sheet: &[u8], origin: &str, ids: impl ExactSizeIterator<Item = &'i str>) -> Option<Vec<u8>> {
    let length = usize::try_from(Fixed::of(sheet, 1)?.get(0)).ok()?;
    let mut out = Out(sheet.get(..length)?.to_vec());
    out.text(origin);
    let ids: Vec<&str> = ids.collect();
    ids.iter().for_each(|id| out.fixed(family(id)));
    ids.iter().for_each(|id| out.text(id));
    Some(out.0)
}

fn put_member(out: &mut Out, member: &Member) {
    out.text(&member.id);
    out.text(member.kind.name());
    // Most names stand in the id, and most keys are the name.
    let in_id = member.id.split_once('/').is_some_and(|(_, name)| name == member.name);
    out.text(if in_id { "" } else { &member.name });
    out.list(member.aliases.iter(), |out, alias| out.text(alias));
    out.number(member.mentions as u64);
    out.text(if member.key == member.name { "" } else { &member.key });
    out.index(member.unit);
    out.number(u64::from(member.person.is_some()));
    let Some(person) = &member.person else { return };
    out.list(person.posts.iter(), |out, (post, org, time)| {
        out.text(post);
        out.maybe(org.as_deref());
        out.maybe(time.as_deref());
    });
    out.list(person.bodies.iter(), |out, body| out.text(body));
    out.list(person.now.iter(), |out, body| out.text(body));
    out.list(person.offices.iter(), |out, office| out.text(office));
    out.list(person.above.iter(), |out, body| out.text(body));
    out.list(person.birth.iter(), |out, year| out.year(*year));
    out.list(person.awards.iter(), |out, (award, year)| {
        out.text(award);
        out.text(year);
    });
    out.list(person.titles.iter(), |out, title| out.text(title));
    out.list(person.year.iter(), |out, year| out.year(*year));
}

fn member(mut from: In<'_>) -> Option<Member> {
    let from = &mut from;
    let (id, kind) = (from.text()?, Type::from_name(from.text()?)?);
    let in_id = || id.split_once('/').map_or("", |(_, name)| name);
    let name = Some(from.text()?).filter(|name| !name.is_empty()).unwrap_or_else(in_id);
    Some(Member {
        doc: 0,
        id: id.to_owned(),
        kind,
        name: name.to_owned(),
        aliases: from.list(In::owned)?,
        mentions: from.size()?,
        key: Some(from.text()?).filter(|key| !key.is_empty()).unwrap_or(name).to_owned(),
        unit: from.index()?,
        person: match from.number()? {
            0 => None,
            _ => Some(Box::new(Traits {
                posts: from.list(|from| Some((from.owned()?, from.maybe()?, from.maybe()?)))?,
                bodies: from.list(In::owned)?,
                now: from.list(In::owned)?,
                offices: from.list(In::owned)?,
                above: from.list(In::owned)?,
                birth: from.list(In::year)?,
                awards: from.list(|from| Some((from.owned()?, from.owned()?)))?,
                titles: from.list(In::owned)?,
                year: from.list::<_, Vec<i32>>(In::year)?.first().copied(),
            })),
        },
    })
}

/// A sheet in its bytes.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// All of them.
    pub bytes: &'a [u8],
    /// The name of the document.
    pub doc: &'a str,
    /// The document of which it is a reprint; empty where it stands alone.
    pub origin: &'a str,
    pub(super) sha256: &'a str,
    keys: Fixed<'a>,
    words: Fixed<'a>,
    implied: Fixed<'a>,
    pub(super) long: Fixed<'a>,
    pub(super) short: Fixed<'a>,
    families: Fixed<'a>,
    head: In<'a>,
    each: In<'a>,
    ids: In<'a>,
}

/// What stands before the members.
pub(super) struct Head<'a> {
    pub date: Option<String>,
    pub scope: Scope,
    names: In<'a>,
}

impl<'a> Head<'a> {
    /// The persons of the document.
    pub fn persons(&self) -> Option<Vec<&'a str>> {
        let mut from = self.names;
        from.list(In::text)
    }

    /// What only its facts name.
    pub fn implied(&self) -> Option<Vec<Implied>> {
        let mut from = self.names;
        from.list::<_, Vec<&str>>(In::text)?;
        from.list(|from| Some((from.owned()?, Type::from_name(from.text()?)?, from.owned()?)))
    }
}

impl<'a> View<'a> {
    /// Finds its way in the bytes of a sheet; `None` where they are damaged.
    pub fn of(bytes: &'a [u8]) -> Option<View<'a>> {
        let length = usize::try_from(Fixed::of(bytes, 1)?.get(0)).ok()?;
        let mut view = View::without_links(bytes, length)?;
        let mut links = In(bytes.get(length..)?);
        view.origin = links.text()?;
        view.families = links.fixed(view.keys.len())?;
        view.ids = links;
        Some(view)
    }

    fn without_links(bytes: &'a [u8], length: usize) -> Option<View<'a>> {
        let mut from = In(bytes.get(8..length)?);
        let (doc, sha256) = (from.text()?, from.text()?);
        let mut fixed = |each: usize| {
            let count = from.size()?.checked_mul(each)?;
            from.fixed(count)
        };
        let (keys, words, implied) = (fixed(1)?, fixed(2)?, fixed(1)?);
        let (long, short) = (fixed(1)?, fixed(1)?);
        let (origin, families, ids) = ("", Fixed::default(), In(&[]));
        let head = from;
        from.maybe()?;
        from.index()?;
        from.index()?;
        let length = from.size()?;
        from.bytes(length)?;
        Some(View { bytes, doc, origin, sha256, keys, words, implied, long, short, families, head, each: from, ids })
    }

    /// Key and family of each member.
    pub(super) fn hashes(&self) -> impl Iterator<Item = (u64, u64)> + use<'a> {
        self.keys.iter().zip(self.families.iter())
    }

    /// Short forms as keys, each with the key of the body that it stands for.
    pub(super) fn words(&self) -> impl Iterator<Item = (u64, u64)> + use<'a> {
        let words = self.words;
        (0..words.len() / 2).map(move |at| (words.get(at * 2), words.get(at * 2 + 1)))
    }

    /// Families of what is implied.
    pub(super) fn implied(&self) -> impl Iterator<Item = u64> + use<'a> {
        self.implied.iter()
    }

    /// The bytes of each member; alike members have alike bytes.
    pub(super) fn each(&self) -> impl Iterator<Item = Option<&'a [u8]>> + use<'a> {
        let mut from = self.each;
        (0..self.keys.len()).map(move |_| {
            let len = from.size()?;
            from.bytes(len)
        })
    }

    /// The id of each member in its record, and in the corpus.
    pub fn ids(&self) -> impl Iterator<Item = Option<(&'a str, &'a str)>> + use<'a> {
        let mut ids = self.ids;
        self.each().map(move |bytes| Some((In(bytes?).text()?, ids.text()?)))
    }

    /// The same in their bytes.
    pub fn raw_ids(&self) -> impl Iterator<Item = Option<(&'a [u8], &'a [u8])>> + use<'a> {
        let mut ids = self.ids;
        let text = |from: &mut In<'a>| {
            let len = from.size()?;
            from.bytes(len)
        };
        self.each().map(move |bytes| Some((text(&mut In(bytes?))?, text(&mut ids)?)))
    }

    /// What stands before the members.
    pub(super) fn head(&self) -> Option<Head<'a>> {
        let mut from = self.head;
        let date = from.maybe()?;
        let scope = Scope { province: from.index()?, district: from.index()?, named: Vec::new() };
        let length = from.size()?;
        Some(Head { date, scope, names: In(from.bytes(length)?) })
    }

    /// One member, read.
    pub(super) fn member(bytes: &[u8]) -> Option<Member> {
        member(In(bytes))
    }
}
