//! The word lists that the fact stage reads at every sentence, looked up once for a document.

use crate::rule::{List, RuleSet};

/// Lists of `rules/fact`; each is described at the head of its file.
pub struct Vocabulary<'a> {
    /// `report_title.tsv`: words of the title of a report on an area: figures below it are of that area.
    pub reports: &'a List,
    /// `represent.tsv`: words right before the body for which a report is given.
    pub represents: &'a List,
    /// `opener.tsv`: what may stand before the thing that a clause is about: a mention behind these words opens its clause.
    pub openers: &'a List,
    /// `preposition.tsv`: words that govern what follows: a mention behind one of them is no subject.
    pub prepositions: &'a List,
    /// `country_word.tsv`: words of a report on the whole country: two of them in a text that says 我们 and names no area.
    pub country: &'a List,
    /// `area_word.tsv`: words that show that a text speaks of an area, or is a newspaper's: it is no report of the central government.
    pub areas: &'a List,
    /// `area_acts.tsv`: what follows an area that acts (石桥县要, 石桥县积极) and is no attribute (石桥县各级工会).
    pub acts: &'a List,
    /// `list_word.tsv`: what stands between the members of a list of subjects.
    pub list_words: &'a List,
    /// `own_day.tsv`: a date behind these words is that of what happened there and of nothing that follows.
    pub own_day: &'a List,
    /// `undated.tsv`: words of holding a post that a day before them says nothing of: 2005年入职，现任副院长.
    pub undated: &'a List,
    /// `planned.tsv`: words of intent: what they govern is planned and not yet so.
    pub planned: &'a List,
    /// `disposal.tsv`: what is done with a thing behind 将, which is a preposition there.
    pub disposals: &'a List,
    /// `negated.tsv`: words of negation before or inside what is read.
    pub negated: &'a List,
    /// `reported.tsv`: words with which a sentence gives what others say.
    pub reported: &'a List,
    /// `source_verb.tsv`: verbs of those whom a report names as its source: 据王芳介绍.
    pub sources: &'a List,
    /// `not_count.tsv`: units that say nothing of how often or how many, beside an honour or a person.
    pub no_count: &'a List,
    /// `adverb.tsv`: adverbs between a name and its verb.
    pub adverbs: &'a List,
    /// `shared_head.tsv`: nouns that all members of a list of indicators share: 第一、第二产业增加值, 城镇、农村居民收入.
    pub shared_heads: &'a List,
    /// `short_unit.tsv`: units of bodies that two characters name.
    pub short_units: &'a List,
    /// `own_post.tsv`: posts whose name says whose they are (市长, 总理): the body before another post is not theirs.
    pub own_posts: &'a List,
    /// `person_noun.tsv`: what may stand between 的 or a place and a name: 37岁的老将王芳, 海州姑娘李明.
    pub person_nouns: &'a List,
    /// `role_noun.tsv`: indicators that begin with a verb and keep it: 研发投入.
    pub role_nouns: &'a List,
    /// `deed_verb.tsv`: verbs inside a role behind which the thing counted stands: 团队完成技术革新86项.
    pub deed_verbs: &'a List,
    /// `topic_noun.tsv`: what a meeting or a paper is called that says what follows: 会议提出，….
    pub topic_nouns: &'a List,
    /// `anaphor_noun.tsv`: nouns that alone stand for something named before.
    pub anaphor_nouns: &'a List,
    /// `anaphor_event.tsv`, `anaphor_place.tsv`, `anaphor_body.tsv`: the same for the nearest thing of a kind.
    pub anaphor_events: &'a List,
    pub anaphor_places: &'a List,
    pub anaphor_bodies: &'a List,
}

impl<'a> Vocabulary<'a> {
    /// The lists of a rule set.
    pub fn of(rules: &'a RuleSet) -> Vocabulary<'a> {
        Vocabulary {
            reports: rules.list("report_title"),
            represents: rules.list("represent"),
            openers: rules.list("opener"),
            prepositions: rules.list("preposition"),
            country: rules.list("country_word"),
            areas: rules.list("area_word"),
            acts: rules.list("area_acts"),
            list_words: rules.list("list_word"),
            own_day: rules.list("own_day"),
            undated: rules.list("undated"),
            planned: rules.list("planned"),
            disposals: rules.list("disposal"),
            negated: rules.list("negated"),
            reported: rules.list("reported"),
            sources: rules.list("source_verb"),
            no_count: rules.list("not_count"),
            adverbs: rules.list("adverb"),
            shared_heads: rules.list("shared_head"),
            short_units: rules.list("short_unit"),
            own_posts: rules.list("own_post"),
            person_nouns: rules.list("person_noun"),
            role_nouns: rules.list("role_noun"),
            deed_verbs: rules.list("deed_verb"),
            topic_nouns: rules.list("topic_noun"),
            anaphor_nouns: rules.list("anaphor_noun"),
            anaphor_events: rules.list("anaphor_event"),
            anaphor_places: rules.list("anaphor_place"),
            anaphor_bodies: rules.list("anaphor_body"),
        }
    }
}
