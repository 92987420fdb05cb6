//! How unusual it is that something is counted so often in a part of a whole.
//!
//! The log-likelihood ratio G² of Dunning, *Accurate Methods for the Statistics of
//! Surprise and Coincidence* (Computational Linguistics 19, 1993), over what is in the
//! part and is counted, in the part and not counted, counted elsewhere, and all else.
//! Names are counted by articles, words by occurrences.

/// G² of what `matching` of `all_matching` in the part have, and `everywhere` of
/// `all` in the whole; none where the part does not have it more often than the rest.
pub(super) fn surprise(matching: u64, all_matching: u64, everywhere: u64, all: u64) -> Option<f64> {
    let others = everywhere.saturating_sub(matching);
    let all_others = all.saturating_sub(all_matching);
    // Shares compared without dividing.
    let more_often = u128::from(matching) * u128::from(all_others)
        > u128::from(others) * u128::from(all_matching);
    if !more_often {
        return None;
    }
    let all = (all_matching + all_others) as f64;
    let with = (matching + others) as f64;
    let cell = |seen: u64, row: f64, column: u64| {
        let seen = seen as f64;
        let expected = row * column as f64 / all;
        if seen > 0.0 { seen * (seen / expected).ln() } else { 0.0 }
    };
    let sum = cell(matching, with, all_matching)
        + cell(others, with, all_others)
        + cell(all_matching - matching, all - with, all_matching)
        + cell(all_others - others, all - with, all_others);
    Some((2.0 * sum).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::surprise;

    #[test]
    fn only_what_is_more_frequent_than_elsewhere_surprises() {
        assert_eq!(surprise(1, 10, 10, 100), None);
        assert_eq!(surprise(0, 10, 10, 100), None);
        // Every article matches: nothing is elsewhere.
        assert_eq!(surprise(5, 100, 5, 100), None);
        // By hand: 2 (5 ln 5 + 5 ln(5/9) + 85 ln(85/81) + 5 ln(5/9)).
        let expected = 2.0
            * (5.0 * 5.0_f64.ln() + 10.0 * (5.0_f64 / 9.0).ln() + 85.0 * (85.0_f64 / 81.0).ln());
        assert!((surprise(5, 10, 10, 100).unwrap() - expected).abs() < 1e-9);
        assert!(surprise(10, 10, 10, 100) > surprise(5, 10, 10, 100));
        assert!(surprise(3, 3, 3, u64::MAX).unwrap().is_finite());
    }
}
