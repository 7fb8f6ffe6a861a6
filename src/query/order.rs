//! Putting rows in order after they were read.
//!
//! The engine compares the cells of a store where they stand: a sort reads both from it again at each comparison, which
//! took half the time of a question that many rows answer. Here rows are read once, with what they are ordered by. Names,
//! words of one language, days and whole numbers are compared as they are; anything else the engine sorts, among what
//! was read, by its own rules.

use std::cmp::Ordering;

use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Dataset, Literal, NamedNodeRef, Term, Variable};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults, SparqlEvaluator};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, OrderExpression};
use spargebra::term::GroundTerm;

/// A row of an answer.
pub(super) type Row = Vec<Option<Term>>;

/// The order that was taken off a query.
pub(super) struct Order {
    /// The columns of the answer: rows have these first, then what else they are ordered by.
    columns: Vec<Variable>,
    /// What the rows are ordered by, with its place in a row.
    keys: Vec<(OrderExpression, usize)>,
    /// Rows passed over, and how many are wanted at most.
    slice: (usize, Option<usize>),
}

/// Takes the order off a query and gives what is left, which reads the rows; `None` where no order stands at its head.
pub(super) fn apart(query: &Query) -> Option<(Query, Order)> {
    let Query::Select { dataset, pattern, base_iri } = query else { return None };
    let (pattern, slice) = match pattern {
        GraphPattern::Slice { inner, start, length } => (&**inner, (*start, *length)),
        whole => (whole, (0, None)),
    };
    let GraphPattern::Project { inner, variables } = pattern else { return None };
    let GraphPattern::OrderBy { inner, expression } = &**inner else { return None };
    let (mut inner, mut read, mut keys) = ((**inner).clone(), variables.clone(), Vec::new());
    for (at, by) in expression.iter().enumerate() {
        let (OrderExpression::Asc(key) | OrderExpression::Desc(key)) = by;
        let variable = match key {
            Expression::Variable(variable) => variable.clone(),
            // No variable of a query has a name with a blank.
            _ => {
                let variable = Variable::new_unchecked(format!("key {at}"));
                inner = GraphPattern::Extend {
                    inner: Box::new(inner),
                    variable: variable.clone(),
                    expression: key.clone(),
                };
                variable
            }
        };
        let place = read.iter().position(|known| *known == variable).unwrap_or_else(|| {
            read.push(variable.clone());
            read.len() - 1
        });
        let by = match by {
            OrderExpression::Asc(_) => OrderExpression::Asc(variable.into()),
            OrderExpression::Desc(_) => OrderExpression::Desc(variable.into()),
        };
        keys.push((by, place));
    }
    let pattern = GraphPattern::Project { inner: Box::new(inner), variables: read };
    let rest = Query::Select { dataset: dataset.clone(), pattern, base_iri: base_iri.clone() };
    Some((rest, Order { columns: variables.clone(), keys, slice }))
}

impl Order {
    /// The columns of the answer.
    pub(super) fn columns(&self) -> &[Variable] {
        &self.columns
    }

    /// The rows in order, those that are wanted; `None` where a key is no term that a query can hold (a blank node).
    pub(super) fn sorted(
        &self,
        mut rows: Vec<Row>,
        token: &CancellationToken,
    ) -> Result<Option<Vec<Row>>, QueryEvaluationError> {
        let order = match self.plainly(&rows) {
            Some(order) => order,
            None => match self.by_the_engine(&rows, token)? {
                Some(order) => order,
                None => return Ok(None),
            },
        };
        let (start, length) = self.slice;
        let wanted = order.into_iter().skip(start).take(length.unwrap_or(usize::MAX));
        let mut take = |at: usize| {
            let mut row = rows.get_mut(at).map(std::mem::take)?;
            row.truncate(self.columns.len());
            Some(row)
        };
        Ok(Some(wanted.filter_map(&mut take).collect()))
    }

    /// The numbers of the rows in order, where each key has terms of one kind that compare as they are written.
    fn plainly(&self, rows: &[Row]) -> Option<Vec<usize>> {
        let mut columns = Vec::with_capacity(self.keys.len());
        for (by, place) in &self.keys {
            columns.push((matches!(by, OrderExpression::Desc(_)), keys(rows, *place)?));
        }
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by(|one, other| {
            let compared = columns.iter().map(|(down, keys)| {
                let compared = keys[*one].cmp(&keys[*other]);
                if *down { compared.reverse() } else { compared }
            });
            compared.fold(Ordering::Equal, Ordering::then)
        });
        Some(order)
    }

    /// The numbers of the rows in the order in which the engine puts them.
    fn by_the_engine(
        &self,
        rows: &[Row],
        token: &CancellationToken,
    ) -> Result<Option<Vec<usize>>, QueryEvaluationError> {
        let number = Variable::new_unchecked("row number");
        let mut places: Vec<usize> = self.keys.iter().map(|(_, place)| *place).collect();
        places.sort_unstable();
        places.dedup();
        let mut variables = vec![number.clone()];
        variables.extend(places.iter().map(|place| self.variable(*place)));
        let mut bindings = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let mut binding = vec![Some(GroundTerm::Literal(Literal::from(at as u64)))];
            for place in &places {
                let key = row.get(*place).cloned().flatten().map(GroundTerm::try_from).transpose();
                let Ok(key) = key else { return Ok(None) };
                binding.push(key);
            }
            bindings.push(binding);
        }
        let expression = self.keys.iter().map(|(by, _)| by.clone()).collect();
        let inner = Box::new(GraphPattern::Values { variables, bindings });
        let inner = Box::new(GraphPattern::OrderBy { inner, expression });
        let pattern = GraphPattern::Project { inner, variables: vec![number] };
        let evaluator = SparqlEvaluator::new().with_cancellation_token(token.clone());
        let nothing = Dataset::new();
        let query = evaluator.for_query(Query::Select { dataset: None, pattern, base_iri: None });
        let mut order = Vec::with_capacity(rows.len());
        if let QueryResults::Solutions(numbers) = query.on_queryable_dataset(&nothing).execute()? {
            for number in numbers {
                order.extend(number?.values().first().and_then(|term| match term {
                    Some(Term::Literal(at)) => at.value().parse::<usize>().ok(),
                    _ => None,
                }));
            }
        }
        Ok(Some(order))
    }

    /// The variable at a place of a row that is ordered by it.
    fn variable(&self, place: usize) -> Variable {
        let by = self.keys.iter().find(|(_, at)| *at == place).map(|(by, _)| by);
        match by {
            Some(
                OrderExpression::Asc(Expression::Variable(key)) | OrderExpression::Desc(Expression::Variable(key)),
            ) => key.clone(),
            _ => Variable::new_unchecked("no key"),
        }
    }
}

/// What a row is compared by. What is not bound comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Nothing,
    Number(i64),
    Text(&'a str),
}

/// The keys at a place of the rows; `None` where they are of several kinds or of one that is compared in another way.
fn keys(rows: &[Row], place: usize) -> Option<Vec<Key<'_>>> {
    let mut kind = None;
    let keys = rows.iter().map(|row| {
        let Some(term) = row.get(place).and_then(Option::as_ref) else { return Some(Key::Nothing) };
        let (here, key) = key(term)?;
        (*kind.get_or_insert(here) == here).then_some(key)
    });
    keys.collect()
}

/// A term as a key, with its kind.
fn key(term: &Term) -> Option<((NamedNodeRef<'_>, Option<&str>), Key<'_>)> {
    let literal = match term {
        Term::NamedNode(node) => return Some(((rdfs::RESOURCE, None), Key::Text(node.as_str()))),
        Term::Literal(literal) => literal,
        _ => return None,
    };
    let (kind, text) = (literal.datatype(), literal.value());
    let shape = |day: &str| {
        let day = day.as_bytes();
        day.len() == 10
            && day.iter().enumerate().all(|(at, c)| if at == 4 || at == 7 { *c == b'-' } else { c.is_ascii_digit() })
    };
    let key = match kind {
        xsd::INTEGER => Key::Number(text.parse().ok()?),
        xsd::DATE if !shape(text) => return None,
        xsd::STRING | rdf::LANG_STRING | xsd::DATE => Key::Text(text),
        xsd::BOOLEAN if matches!(text, "false" | "true") => Key::Text(text),
        _ => return None,
    };
    Some(((kind, literal.language()), key))
}
