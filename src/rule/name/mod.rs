//! What the name stage knows: the lexicons by the part they play, and the weights of names.

mod brand;
mod division;
mod form;
mod head;
mod quote;
mod route;
mod stop;
mod undertaking;

pub use brand::BrandRule;
pub use division::DivisionRule;
pub use form::{FormNeeds, FormRule};
pub use head::{Anchoring, HeadRule};
pub use quote::QuoteRule;
pub use route::RouteRule;
pub use stop::StopRule;
pub use undertaking::UndertakingRule;

use super::{Action, Rule, Stage};
use rustc_hash::FxHashMap;

use crate::error::{Error, Result};
use crate::lexicon::{Classes, Lexicon, Sources, Table};
use crate::schema::Type;

/// The lexicons of the name stage, ready to use.
#[derive(Debug)]
pub struct Knowledge {
    /// Every list.
    pub lexicon: Lexicon,
    /// Lists whose terms are names by themselves, with the type they name.
    pub gazetteers: Vec<(Classes, Type)>,
    /// All of them.
    pub named: Classes,
    /// How much cheaper than its frequency says a listed name is, in hundredths of a nat.
    pub named_bonus: i32,
    /// Policy phrases that are everyday words as well: names between marks and in lists of such phrases.
    pub common: Classes,
    /// Posts and jobs.
    pub position: Classes,
    /// What stands before a post: 副, 常务.
    pub position_prefix: Classes,
    /// Elements of the names of the minorities.
    pub minority: Classes,
    /// Surnames of the Japanese.
    pub japanese: Classes,
    /// Names of foreigners.
    pub foreign_name: Classes,
    /// Words that stand outside a name.
    pub outside: Classes,
    /// Verbs outside a name that introduce programs.
    pub boundary_verb: Classes,
    /// Places.
    pub place: Classes,
    /// One-character names of provinces and cities, in compounds such as 川藏.
    pub place_abbr: Classes,
    /// Administrative divisions of China.
    pub division: Classes,
    /// Countries.
    pub country: Classes,
    /// Words that end the names of places.
    pub place_head: Classes,
    /// Organizations.
    pub organization: Classes,
    /// Words that start a relative body: 省, 市, 全国.
    pub anchor: Classes,
    /// Words too common to be the stem of a name: 企业, 单位, 有关.
    pub generic: Classes,
    /// Ordinary words that look like names of persons.
    pub not_person: Classes,
    /// Words beside names of persons.
    pub cue: Classes,
    /// What each word beside names of persons says for one behind it and before it, in hundredths of a nat.
    pub cues: FxHashMap<u32, (i32, i32)>,
    /// Weights of names of persons.
    pub person: PersonWeights,
    /// Names that grow leftwards from a head word.
    pub heads: Vec<HeadRule>,
    /// The head words of all of them.
    pub head_words: Classes,
    /// Names of what is carried out.
    pub undertakings: Vec<UndertakingRule>,
    /// Names of a set form.
    pub forms: Vec<FormRule>,
    /// The words that these need.
    pub form_needs: FormNeeds,
    /// Names in quotation marks, the first that fits.
    pub quotes: Vec<QuoteRule>,
    /// Townships and villages.
    pub divisions: Vec<DivisionRule>,
    /// Railways and roads named by their ends.
    pub routes: Vec<RouteRule>,
    /// Short names of companies.
    pub brands: Vec<BrandRule>,
    /// Sites that somebody calls at.
    pub stops: Vec<StopRule>,
    /// Short forms that are everyday words as well, of places.
    pub weak_place: Classes,
    /// The same, of bodies.
    pub weak_body: Classes,
}

/// Cost of the commonest surname (王, about 7 % of all people), in hundredths of a nat.
const COMMONEST_SURNAME: i32 = 263;

/// What one character costs in a name, in each of its places.
#[derive(Debug, Clone, Default)]
struct Costs {
    surname: Option<i16>,
    single: Option<i16>,
    first: Option<i16>,
    last: Option<i16>,
    foreign: Option<i16>,
    /// How much likelier it stands in a transliterated name than in other text.
    odds: i16,
    /// Whether a surname of two begins with it.
    compound: bool,
}

/// Costs by character: every Chinese character of every text is looked up.
#[derive(Debug)]
struct CostTable {
    /// For each character of the basic plane, where its costs stand; 0 where it has none.
    places: Vec<u16>,
    /// The same for the others.
    far: FxHashMap<char, u16>,
    costs: Vec<Costs>,
}

impl Default for CostTable {
    fn default() -> CostTable {
        CostTable { places: vec![0; 1 << 16], far: FxHashMap::default(), costs: vec![Costs::default()] }
    }
}

impl CostTable {
    #[inline]
    fn get(&self, c: char) -> &Costs {
        let place = self.places.get(c as usize).or_else(|| self.far.get(&c));
        &self.costs[place.map_or(0, |&place| usize::from(place))]
    }

    /// The costs to be filled in.
    fn of(&mut self, c: char) -> Option<&mut Costs> {
        let place = match self.places.get_mut(c as usize) {
            Some(place) => place,
            None => self.far.entry(c).or_default(),
        };
        if *place == 0 {
            *place = u16::try_from(self.costs.len()).ok()?;
            self.costs.push(Costs::default());
        }
        self.costs.get_mut(usize::from(*place))
    }
}

/// Costs in hundredths of a nat.
#[derive(Debug, Default)]
pub struct PersonWeights {
    table: CostTable,
    compounds: FxHashMap<(char, char), i32>,
    /// Of any Han name.
    pub base: i32,
    /// More for a name of two characters.
    pub two: i32,
    /// A title beside it.
    pub title: i32,
    /// A list mark beside it.
    pub list: i32,
    /// An edge of the clause beside it.
    pub edge: i32,
    /// Most that neighbours count.
    pub cue_limit: i32,
    /// Of a transliterated name with a point.
    pub foreign_point: i32,
    /// Of one without.
    pub foreign_base: i32,
    /// Less for an item of a list of names.
    pub item: i32,
    /// Most that an item of a list of names costs.
    pub listed: i32,
    /// Of an element of a minority name.
    pub element: i32,
    /// Of a character that hardly stands in such names.
    pub strange: i32,
}

impl PersonWeights {
    /// Cost of a surname of one character.
    pub fn surname(&self, c: char) -> Option<i32> {
        self.table.get(c).surname.map(i32::from)
    }

    /// Whether a surname of one or two characters begins with it.
    #[inline]
    pub fn begins(&self, c: char) -> bool {
        let costs = self.table.get(c);
        costs.surname.is_some() || costs.compound
    }

    /// Cost of a surname of two.
    pub fn compound(&self, a: char, b: char) -> Option<i32> {
        self.table.get(a).compound.then(|| self.compounds.get(&(a, b)).copied()).flatten()
    }

    /// Cost of a given name of one character.
    pub fn single(&self, c: char) -> Option<i32> {
        self.table.get(c).single.map(i32::from)
    }

    /// Cost of a given name of two.
    pub fn double(&self, first: char, last: char) -> Option<i32> {
        Some(i32::from(self.table.get(first).first?) + i32::from(self.table.get(last).last?))
    }

    /// Cost of a character in a transliterated name, and its odds against ordinary text.
    #[inline]
    pub fn foreign(&self, c: char) -> Option<(i32, i32)> {
        let costs = self.table.get(c);
        Some((i32::from(costs.foreign?), i32::from(costs.odds)))
    }

    fn load(sources: &Sources) -> Result<PersonWeights> {
        let mut weights = PersonWeights {
            base: 450,
            two: 250,
            title: 450,
            list: 220,
            edge: 80,
            cue_limit: 650,
            foreign_point: 300,
            foreign_base: 900,
            item: 550,
            listed: 150,
            element: 600,
            strange: 800,
            ..PersonWeights::default()
        };
        for (term, weight) in numbers(sources, "lexicon/surname.tsv", "weight")? {
            let cost = COMMONEST_SURNAME - weight;
            let chars: Vec<char> = term.chars().collect();
            match chars[..] {
                [c] => weights.cost(c, |costs| costs.surname = Some(short(cost))),
                [a, b] => {
                    weights.compounds.insert((a, b), cost);
                    weights.cost(a, |costs| costs.compound = true);
                }
                _ => {}
            }
        }
        type Set = fn(&mut Costs, i16);
        let set: [(&str, &str, Set); 5] = [
            ("lexicon/given_char.tsv", "share", |costs, cost| costs.single = Some(cost)),
            ("lexicon/given_char.tsv", "first", |costs, cost| costs.first = Some(cost)),
            ("lexicon/given_char.tsv", "last", |costs, cost| costs.last = Some(cost)),
            ("lexicon/foreign_char.tsv", "share", |costs, cost| costs.foreign = Some(cost)),
            ("lexicon/foreign_char.tsv", "weight", |costs, cost| costs.odds = -cost),
        ];
        for (list, column, set) in set {
            for (term, share) in numbers(sources, list, column)? {
                if let Some(c) = term.chars().next() {
                    weights.cost(c, |costs| set(costs, short(-share)));
                }
            }
        }
        Ok(weights)
    }

    fn cost(&mut self, c: char, set: impl FnOnce(&mut Costs)) {
        if let Some(costs) = self.table.of(c) {
            set(costs);
        }
    }
}

/// A cost as the table holds it: several stand in one line of a cache.
fn short(cost: i32) -> i16 {
    cost.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

/// The weights of the words beside names, by entry.
fn cues(lexicon: &Lexicon, sources: &Sources) -> FxHashMap<u32, (i32, i32)> {
    let Some(class) = lexicon.class("person_cue") else { return FxHashMap::default() };
    let table = Table::new("lexicon/person_cue.tsv", sources.get("lexicon/person_cue.tsv").unwrap_or_default());
    // Other names of a word stand in its row as well.
    let cells = table.rows().flat_map(|row| row.cells().flat_map(|cell| cell.split(';')).collect::<Vec<_>>());
    let entries = cells.filter_map(|name| lexicon.find(name));
    let weight = |entry: u32, side: &str| {
        lexicon.feature(entry, class, side).parse::<f64>().map_or(0, |weight| (weight * 100.0) as i32)
    };
    let known = entries.filter(|&entry| lexicon.entry(entry).classes.any(class));
    known.map(|entry| (entry, (weight(entry, "left"), weight(entry, "right")))).collect()
}

/// The keys of a rule that its mechanism reads.
fn detail<T: serde::de::DeserializeOwned>(rule: &Rule) -> Result<T> {
    rule.detail.clone().try_into().map_err(|error: toml::de::Error| Error::new(error.message().to_owned()))
}

/// A column of a table, in hundredths.
fn numbers<'a>(sources: &'a Sources, path: &'a str, column: &str) -> Result<Vec<(&'a str, i32)>> {
    let Some(text) = sources.get(path) else { return Ok(Vec::new()) };
    let table = Table::new(path, text);
    let at = table.column(column)?;
    table
        .rows()
        .map(|row| {
            let number: f64 = row
                .rest(at)
                .parse()
                .map_err(|_| table.error(&row, format_args!("`{}` in column `{column}` is no number", row.rest(at))))?;
            Ok((row.term, (number * 100.0) as i32))
        })
        .collect()
}

impl Knowledge {
    /// Loads the lexicons and takes the rules of the name stage.
    pub fn load(sources: &Sources, rules: &[Rule]) -> Result<Knowledge> {
        let lexicon = Lexicon::load(sources)?;
        let set = |names: &[&str]| names.iter().filter_map(|name| lexicon.class(name)).fold(Classes::NONE, Classes::or);
        let gazetteers = vec![
            (set(&["place", "place_former", "country", "world_place", "nature", "site", "region"]), Type::Place),
            (set(&["organization"]), Type::Organization),
            (set(&["person", "foreign_name"]), Type::Person),
            (set(&["award"]), Type::Award),
            (set(&["event"]), Type::Event),
            (set(&["document"]), Type::Document),
            (set(&["program"]), Type::Program),
            (set(&["formulation"]), Type::Formulation),
        ];
        let (mut heads, mut quotes, mut undertakings, mut forms) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut divisions, mut routes, mut brands) = (Vec::new(), Vec::new(), Vec::new());
        let mut stops = Vec::new();
        for rule in rules.iter().filter(|rule| rule.stage == Stage::Name && !rule.draft) {
            let Action::Mechanism(mechanism) = &rule.action else { continue };
            let context = |error: Error| error.context(format_args!("{}: rule `{}`", rule.file, rule.id));
            match mechanism.as_str() {
                "head" => heads.push(HeadRule::new(rule, &lexicon).map_err(context)?),
                "form" => forms.push(FormRule::new(rule).map_err(context)?),
                "undertaking" => undertakings.push(UndertakingRule::new(rule, &lexicon).map_err(context)?),
                "quote" => quotes.push(QuoteRule::new(rule, &lexicon).map_err(context)?),
                "division" => divisions.push(DivisionRule::new(rule).map_err(context)?),
                "route" => routes.push(RouteRule::new(rule).map_err(context)?),
                "brand" => brands.push(BrandRule::new(rule, &lexicon).map_err(context)?),
                "stop" => stops.push(StopRule::new(rule, &lexicon).map_err(context)?),
                _ => {}
            }
        }
        heads.sort_by_key(HeadRule::order);
        let named = gazetteers.iter().fold(Classes::NONE, |all, (classes, _)| all.or(*classes));
        Ok(Knowledge {
            named,
            gazetteers,
            named_bonus: 150,
            common: set(&["formulation_common"]),
            position: set(&["position"]),
            position_prefix: set(&["position_prefix"]),
            minority: set(&["minority_name"]),
            japanese: set(&["japanese_surname"]),
            foreign_name: set(&["foreign_name"]),
            outside: set(&["function_word", "boundary_verb"]),
            boundary_verb: set(&["boundary_verb"]),
            place: set(&["place", "place_former", "country", "world_place", "nature", "site", "region"]),
            place_abbr: set(&["place_abbr"]),
            division: set(&["place", "place_former", "country"]),
            country: set(&["country"]),
            place_head: set(&["place_head"]),
            organization: set(&["organization"]),
            anchor: set(&["org_anchor"]),
            generic: set(&["generic"]),
            not_person: set(&["not_person"]),
            cues: cues(&lexicon, sources),
            cue: set(&["person_cue"]),
            person: PersonWeights::load(sources)?,
            head_words: heads.iter().fold(Classes::NONE, |all, rule| all.or(rule.heads)),
            heads,
            undertakings,
            form_needs: FormNeeds::of(&forms),
            forms,
            quotes,
            divisions,
            routes,
            brands,
            stops,
            weak_place: set(&["place.weak"]),
            weak_body: set(&["organization.weak", "company_word"]),
            lexicon,
        })
    }

    /// The type that a term names by itself.
    pub fn names(&self, classes: Classes) -> Option<Type> {
        if !classes.any(self.named) {
            return None;
        }
        self.gazetteers.iter().find(|(lists, _)| classes.any(*lists)).map(|(_, kind)| *kind)
    }
}
