//! Everything that leaves the graph besides RDF: drawings, graph files, tables, reports.
//!
//! Every export takes a graph; [`Filter`] makes the part of it that is wanted first.

mod brat;
mod csv;
mod dot;
mod gexf;
mod graphml;
mod identity;
mod image;
mod markup;
mod report;
mod style;
mod summary;
mod table;
mod view;
mod xmi;

pub use crate::graph::Filter;
pub use brat::brat;
pub use csv::{communities_csv, edges_csv, facts_csv, nodes_csv, together_csv};
pub use dot::{Cluster, DotOptions, dot};
pub use gexf::gexf;
pub use graphml::graphml;
pub use image::{Image, render};
pub use report::{Page, report};
pub use summary::summary;
pub use view::most_important;
pub use xmi::{TYPE_SYSTEM, xmi};
