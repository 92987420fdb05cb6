//! What the words before a date call it: *Published*, *Stand*, *Foto vom*.

/// What the words before a date call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// Nothing known.
    None,
    /// The date of publication.
    Published,
    /// That of the last change.
    Modified,
    /// Something else: of an event, a picture, the expiry.
    Other,
}

/// The beginnings of words that label a date, folded, in the languages of the
/// months.
const PUBLISHED: [&str; 40] = [
    "publ",
    "post",
    "date",
    "datum",
    "data",
    "fecha",
    "veroffentlich",
    "erschien",
    "erstellt",
    "geschrieben",
    "online seit",
    "pubbl",
    "geplaatst",
    "gepubl",
    "opubl",
    "dodano",
    "utworzono",
    "skapad",
    "written",
    "created",
    "issued",
    "released",
    "stand",
    "ecrit",
    "cree",
    "mis en ligne",
    "paru",
    "inserito",
    "опубл",
    "julkaistu",
    "lagt ut",
    "yayin",
    "zverejn",
    "vydan",
    "发布",
    "發佈",
    "来源",
    "公開",
    "입력",
    "등록",
];
const MODIFIED: [&str; 26] = [
    "updat",
    "aktualis",
    "modif",
    "geander",
    "ander",
    "changed",
    "actualiz",
    "actualis",
    "mis a jour",
    "mise a jour",
    "maj",
    "aggiorn",
    "bijgewerkt",
    "gewijzigd",
    "zaktualiz",
    "uppdater",
    "opdater",
    "oppdater",
    "paivitetty",
    "revis",
    "edited",
    "обновл",
    "guncel",
    "更新",
    "수정",
    "last review",
];
const OTHER: [&str; 36] = [
    "copyright",
    "©",
    "foto",
    "photo",
    "bild",
    "quelle",
    "getty",
    "until",
    "bis ",
    "ab dem",
    "seit",
    "since",
    "gultig",
    "event",
    "termin",
    "born",
    "geb.",
    "joined",
    "registr",
    "anmeld",
    "mitglied",
    "retrieved",
    "abgerufen",
    "accessed",
    "died",
    "valid",
    "expires",
    "from ",
    "deadline",
    "vom ",
    "zum ",
    "du ",
    "dated",
    "archiv",
    "sendung",
    "membre",
];

/// How many bytes before a date may label it: a few words.
const LABEL_BYTES: usize = 40;

/// What the folded text `before` a date calls it: its last label counts.
pub(super) fn label_in(before: &str) -> Label {
    let mut start = before.len().saturating_sub(LABEL_BYTES);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let before = &before[start..];
    let last = |words: &[&str]| words.iter().filter_map(|word| last_word(before, word)).max();
    let found = [
        (last(&PUBLISHED), Label::Published),
        (last(&MODIFIED), Label::Modified),
        (last(&OTHER), Label::Other),
    ];
    let best =
        found.into_iter().filter(|(place, _)| place.is_some()).max_by_key(|(place, _)| *place);
    best.map_or(Label::None, |(_, label)| label)
}

/// Where `word` begins a word of `text` for the last time.
fn last_word(text: &str, word: &str) -> Option<usize> {
    let place = text.rfind(word)?;
    let before = text[..place].chars().next_back();
    before.is_none_or(|letter| !letter.is_alphabetic() || !letter.is_ascii()).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::{Label, MODIFIED, OTHER, PUBLISHED, label_in};
    use crate::text::fold;

    #[test]
    fn words_are_folded() {
        for word in PUBLISHED.iter().chain(&MODIFIED).chain(&OTHER) {
            assert_eq!(fold(word), *word);
        }
    }

    #[test]
    fn the_last_label_counts() {
        for (before, label) in [
            ("Published on ", Label::Published),
            ("Veröffentlicht am ", Label::Published),
            ("Mis en ligne le ", Label::Published),
            ("Last updated: ", Label::Modified),
            ("Published today, updated ", Label::Modified),
            ("Letzte Änderung: ", Label::Modified),
            ("© Gull ", Label::Other),
            ("Foto: Ann Lee, ", Label::Other),
            ("by Ann Lee ", Label::None),
            ("", Label::None),
            // It stands too far before.
            ("published by the old printers of the harbour town in a year like ", Label::None),
        ] {
            assert_eq!(label_in(&fold(before)), label, "{before}");
        }
    }
}
