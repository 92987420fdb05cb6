//! What figures may be, and how they stand to it.

use serde::Serialize;

/// What a figure may be, in its own unit.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Limits {
    /// More is a defect.
    at_most: Option<f64>,
    /// What is wanted.
    aim: Option<f64>,
}

impl Limits {
    /// For figures that only explain others.
    pub(crate) const NONE: Self = Self { at_most: None, aim: None };

    /// At most so much, and what is aimed at.
    pub(crate) const fn new(at_most: f64, aim: f64) -> Self {
        Self { at_most: Some(at_most), aim: Some(aim) }
    }

    /// Both as they are shown.
    pub(super) fn shown(self) -> [String; 2] {
        let shown = |limit: Option<f64>| limit.map_or(String::new(), |limit| format!("{limit:.2}"));
        [self.at_most, self.aim].map(shown)
    }

    /// How a value stands to the limits, in a word.
    pub(super) fn verdict(self, value: f64) -> &'static str {
        match self {
            Self { at_most: None, aim: None } => "",
            _ if value.is_nan() => "unknown",
            Self { aim: Some(aim), .. } if value <= aim => "aim",
            Self { at_most: Some(at_most), .. } if value <= at_most => "within",
            _ => "OVER",
        }
    }
}
