//! Reading the gazetteers: plain text lists, written for newsdex.
//!
//! Lines that begin with `#` are comments. What the lists mean is the business of
//! who reads them.

/// The lines of `list` that say something.
pub(super) fn lines(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The words of a list whose lines are `class: word word`, each with its class.
pub(super) fn classes(list: &str) -> impl Iterator<Item = (&str, &str)> {
    lines(list)
        .filter_map(|line| line.split_once(": "))
        .flat_map(|(class, words)| words.split_whitespace().map(move |word| (class, word)))
}

#[cfg(test)]
mod tests {
    use super::{classes, lines};

    #[test]
    fn comments_are_skipped() {
        let list = "# A list\n\na: b c\n  d: e\n";
        assert_eq!(lines(list).collect::<Vec<_>>(), ["a: b c", "d: e"]);
        assert_eq!(classes(list).collect::<Vec<_>>(), [("a", "b"), ("a", "c"), ("d", "e")]);
    }
}
