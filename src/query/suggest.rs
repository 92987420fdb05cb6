//! The nearest of some names to what was typed, for "did you mean".

/// The candidate nearest to `typed`, if so near that it was probably meant.
#[must_use]
pub fn closest<'c>(typed: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let typed: Vec<char> = typed.chars().take(LONGEST_NAME + 1).collect();
    if typed.len() > LONGEST_NAME {
        return None;
    }
    let allowed = if typed.len() <= SHORT_NAME { 1 } else { 2 };
    candidates
        .into_iter()
        .map(|candidate| (distance(&typed, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= allowed && distance < candidate.len())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Characters of the longest text that is compared: the longest candidate
/// (`last-month`) with two slips, and some room. Bounds the work.
const LONGEST_NAME: usize = 16;

/// Characters up to which only one slip is forgiven: two slips in four
/// letters make any word of any other.
const SHORT_NAME: usize = 4;

/// Slips between the two: letters left out, added, changed, or swapped with
/// their neighbour (optimal string alignment).
fn distance(typed: &[char], candidate: &str) -> usize {
    let candidate: Vec<char> = candidate.chars().collect();
    let mut before_last = Vec::new();
    let mut last: Vec<usize> = (0..=candidate.len()).collect();
    for (row, &letter) in typed.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, &other) in candidate.iter().enumerate() {
            let mut least = (last[column] + usize::from(letter != other))
                .min(last[column + 1] + 1)
                .min(current[column] + 1);
            let swapped =
                row > 0 && column > 0 && letter == candidate[column - 1] && typed[row - 1] == other;
            if swapped {
                let two_back: &Vec<usize> = &before_last;
                least = least.min(two_back[column - 1] + 1);
            }
            current.push(least);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last[candidate.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn slips_are_mended_and_strangers_left_alone() {
        let names = ["title", "person", "org", "place", "tag", "by"];
        for (typed, meant) in [
            ("peron", Some("person")),
            ("pesron", Some("person")),
            ("titel", Some("title")),
            ("ogr", Some("org")),
            ("placee", Some("place")),
            ("person", Some("person")),
            ("bp", Some("by")),
            ("x", None),
            ("", None),
            ("zebra", None),
            ("persons-and-organizations", None),
        ] {
            assert_eq!(closest(typed, names), meant, "{typed}");
        }
    }
}
