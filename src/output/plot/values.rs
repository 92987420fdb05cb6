//! The scale of values: round steps from nothing to above the most.

use crate::output::layout::grouped;

/// What the values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Articles,
    Percent,
}

/// A scale with ticks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Values {
    unit: Unit,
    /// Between two ticks.
    step: f64,
    /// How many steps there are.
    steps: u32,
}

impl Values {
    /// A scale that reaches `most`, in about so many steps.
    pub(super) fn to(most: f64, unit: Unit, about: f64) -> Self {
        let most = if most > 0.0 { most } else { 1.0 };
        let rough = most / about;
        let power = 10_f64.powf(rough.log10().floor());
        let round = [1.0, 2.0, 5.0, 10.0].into_iter().map(|digit| digit * power);
        let step = round.into_iter().find(|step| *step >= rough * 0.999).unwrap_or(power);
        let step = if unit == Unit::Articles { step.max(1.0) } else { step };
        Self { unit, step, steps: (most / step - 1e-9).ceil().max(1.0) as u32 }
    }

    /// The value at the top.
    pub(super) fn top(&self) -> f64 {
        self.step * f64::from(self.steps)
    }

    /// The ticks with their labels, from nothing up.
    pub(super) fn ticks(&self) -> impl Iterator<Item = (f64, String)> {
        (0..=self.steps).map(|tick| {
            let value = self.step * f64::from(tick);
            (value, self.label(value))
        })
    }

    fn label(&self, value: f64) -> String {
        match self.unit {
            Unit::Articles => grouped(value.round() as u64),
            Unit::Percent => {
                let decimals = (-self.step.log10().floor()).clamp(0.0, 6.0) as usize;
                format!("{value:.decimals$}%")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Unit, Values};

    #[test]
    fn steps_are_round_and_reach_the_most() {
        let labels = |most, unit| {
            Values::to(most, unit, 5.0).ticks().map(|(_, label)| label).collect::<Vec<_>>()
        };
        assert_eq!(labels(12.0, Unit::Articles), ["0", "5", "10", "15"]);
        assert_eq!(labels(10.0, Unit::Articles), ["0", "2", "4", "6", "8", "10"]);
        assert_eq!(labels(1.0, Unit::Articles), ["0", "1"]);
        assert_eq!(labels(0.0, Unit::Articles), ["0", "1"]);
        assert_eq!(labels(4731.0, Unit::Articles)[5], "5,000");
        assert_eq!(labels(100.0, Unit::Percent)[1], "20%");
        assert_eq!(labels(1.2, Unit::Percent), ["0.0%", "0.5%", "1.0%", "1.5%"]);
        assert_eq!(labels(0.04, Unit::Percent)[1], "0.01%");
    }
}
