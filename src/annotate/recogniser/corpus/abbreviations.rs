//! Abbreviations whose dot is no end of a sentence, though files of words that
//! were split by machine often end one there.

/// Titles and ranks before a person's name.
const TITLES: [&str; 24] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Rev", "Gov", "Govs", "Sen", "Sens", "Rep", "Reps", "Gen",
    "Lt", "Col", "Maj", "Capt", "Cmdr", "Sgt", "Adm", "Brig", "Hon", "Pres", "Det",
];

/// Other words of which hardly any ends a sentence with its dot.
const OTHERS: [&str; 6] = ["St", "Ft", "Mt", "vs", "No", "Sept"];

/// Whether the dot after `word` belongs to it, so that no sentence ends there.
pub(super) fn is_abbreviated(word: &str) -> bool {
    is_initial(word)
        || is_title(word)
        || OTHERS.contains(&word)
        || matches!(word, "U.S" | "U.N" | "U.K" | "E.U" | "D.C" | "H.W" | "J.D" | "J.B")
}

/// Whether `word` is the abbreviation of a title.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// Whether `word` is the initial of a name; *I* is a word.
pub(super) fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    word != "I" && letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}
