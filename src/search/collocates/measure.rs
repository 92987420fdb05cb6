//! Measures of how much words that are counted near something belong to it.

use super::results::Collocates;
use crate::search::surprise::surprise;

/// A measure of association.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Measure {
    /// The log-likelihood ratio G² (Dunning, *Accurate Methods for the Statistics of
    /// Surprise and Coincidence*, Computational Linguistics 19, 1993) of the words near
    /// places against all others: how sure it is that a word is more frequent there.
    /// Words that are not are left out.
    #[default]
    LogLikelihood,
    /// logDice (Rychlý, *A Lexicographer-Friendly Association Score*, RASLAN 2008): how
    /// much of a word stands near, whatever the size of the index.
    LogDice,
    /// Pointwise mutual information in bits (Church and Hanks, *Word Association Norms,
    /// Mutual Information, and Lexicography*, Computational Linguistics 16, 1990): how
    /// many times likelier a word is near places than anywhere. It favours rare words.
    Pmi,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::LogLikelihood, Self::LogDice, Self::Pmi];

    /// Its name: `log-likelihood`, `logdice`, `pmi`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LogLikelihood => "log-likelihood",
            Self::LogDice => "logdice",
            Self::Pmi => "pmi",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// The score of a word that stands `near` times near places and `all` times in the
    /// index, among so many; none if it is not to be listed.
    pub(super) fn score(self, near: u64, all: u64, among: &Collocates) -> Option<f64> {
        let share = |count: u64, of: u64| count as f64 / of as f64;
        match self {
            Self::LogLikelihood => surprise(near, among.near, all, among.all),
            // 14 is Rychlý's, so that scores are mostly between 0 and it.
            Self::LogDice => {
                Some(14.0 + (2.0 * share(near, among.places.saturating_add(all))).log2())
            }
            Self::Pmi => Some((share(near, among.near) / share(all, among.all)).log2()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Measure;
    use crate::search::collocates::Collocates;

    #[test]
    fn scores_are_those_of_the_formulas() {
        let among = Collocates {
            words: Vec::new(),
            distinct: 0,
            articles: 9,
            places: 28,
            near: 256,
            all: 65_536,
        };
        // Four of 256 against 4 in 65,536: 2⁻⁶ against 2⁻¹⁴.
        assert_eq!(Measure::Pmi.score(4, 4, &among), Some(8.0));
        // 2·4 of 28 + 4 is a quarter.
        assert_eq!(Measure::LogDice.score(4, 4, &among), Some(12.0));
        // As often as anywhere: nothing to say.
        assert_eq!(Measure::Pmi.score(1, 256, &among), Some(0.0));
        assert_eq!(Measure::LogLikelihood.score(1, 256, &among), None);
        // 2 Σ observed · ln(observed / expected), by hand.
        let cell = |observed: f64, expected: f64| observed * (observed / expected).ln();
        let expected = 2.0
            * (cell(4.0, 8.0 / 256.0)
                + cell(4.0, 8.0 - 8.0 / 256.0)
                + cell(252.0, 256.0 - 8.0 / 256.0)
                + cell(65_276.0, 65_280.0 - 8.0 + 8.0 / 256.0));
        let score = Measure::LogLikelihood.score(4, 8, &among).unwrap();
        assert!((score - expected).abs() < 1e-6, "{score} {expected}");
        // A word that is rarer near places is not listed by log-likelihood alone.
        assert_eq!(Measure::LogLikelihood.score(1, 1_000, &among), None);
        assert!(Measure::Pmi.score(1, 1_000, &among).unwrap() < 0.0);
    }

    #[test]
    fn every_measure_has_a_name() {
        for measure in Measure::ALL {
            assert_eq!(Measure::from_name(measure.name()), Some(measure));
        }
        assert_eq!(Measure::from_name("g2"), None);
    }
}
