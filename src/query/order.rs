//! Putting rows in order after they were read.
//!
//! The engine compares the cells of a store where they stand: a sort reads both from it again at each comparison, which
//! took half the time of a question that many rows answer. Here rows are read once, with what they are ordered by, and
//! the engine sorts what was read, by its own rules.

use oxigraph::model::{Dataset, Literal, Term, Variable};
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
        let inner = Box::new(GraphPattern::Project { inner, variables: vec![number] });
        let (start, length) = self.slice;
        let pattern = GraphPattern::Slice { inner, start, length };
        let evaluator = SparqlEvaluator::new().with_cancellation_token(token.clone());
        let nothing = Dataset::new();
        let query = evaluator.for_query(Query::Select { dataset: None, pattern, base_iri: None });
        let mut sorted = Vec::new();
        if let QueryResults::Solutions(numbers) = query.on_queryable_dataset(&nothing).execute()? {
            for number in numbers {
                let number = number?;
                let at = number.values().first().and_then(|term| match term {
                    Some(Term::Literal(at)) => at.value().parse::<usize>().ok(),
                    _ => None,
                });
                if let Some(row) = at.and_then(|at| rows.get_mut(at)) {
                    let mut row = std::mem::take(row);
                    row.truncate(self.columns.len());
                    sorted.push(row);
                }
            }
        }
        Ok(Some(sorted))
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
