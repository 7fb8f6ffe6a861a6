//! Linking: mentions to entities in a document, entities to entities across documents.
//!
//! [`resolve`] gives mentions their canonical names and finds titles that stand for a known person;
//! [`entities`] groups what names one thing; [`corpus`](fn@corpus) says which entities of which records are one.

mod abbreviation;
mod corpus;
mod entity;
mod learned;
mod name;
mod organization;
mod person;
mod place;
mod region;
mod relative;
mod scene;
mod work;

pub use crate::rule::linking::Linker;
pub use corpus::{
    Change, Corpus, Decision, DecisionKind, Decisions, EVIDENCE, Entity, Implied, Joiner, Relinked, Unit, View, corpus,
    family, find, members, origins, relink, seal, sheet, stay_apart,
};
pub use entity::{Linked, entities};
pub use name::{entity_id, joined, plain};

use crate::document::Document;
use crate::mention::Mention;

/// Gives each mention its canonical name where that differs from its words, and adds mentions that follow
/// from what the text defines: short forms, titles standing for a known person, the units in a body's name
/// (inner). Dates and figures are left as they are, and so is a norm already set. Mentions come back
/// sorted by start, the longest first.
pub fn resolve(doc: &Document, mentions: &mut Vec<Mention>, linker: &Linker) {
    sort(mentions);
    let scene = scene::Scene::new(doc, linker);
    let regions = region::Regions::read(&scene, mentions);
    // Definitions lean on canonical names (the short form of a short form), and names on definitions.
    let first = learned::Learned::read(&scene, mentions);
    first.mark(&scene, mentions);
    sort(mentions);
    organization::Organizations::new(&scene, &regions, &first).resolve(mentions);
    place::resolve(&scene, &regions, &first, mentions);
    work::resolve(&scene, &first, mentions);
    person::resolve(&scene, &first, mentions);
    person::titles(&scene, mentions);
    entity::add_units(&scene, mentions);
    sort(mentions);
}

fn sort(mentions: &mut [Mention]) {
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.inner, m.kind, m.form));
}
