//! Plots of timelines as SVG, fit to publish.
//!
//! `chart` lays a plot out, `panel` draws axes, columns and lines into it,
//! `values` and `dates` say where ticks stand, and `svg` writes elements. The
//! same timeline gives the same bytes.

mod chart;
mod dates;
mod panel;
mod svg;
mod values;

pub use chart::{PlotNotes, write_plot};
