//! Lines that pages put between and below the paragraphs: pointers to other
//! articles, credits of pictures, labels of advertisements.
//!
//! Only what a line says is looked at; where it stands is the business of
//! `text`.

/// Longer blocks, in bytes, are no furniture, whatever they begin with.
const LONGEST: usize = 250;

/// Beginnings of lines that point elsewhere, in lower case, in the languages
/// with the most news sites.
const POINTERS: [&str; 98] = [
    "abonnez-vous",
    "advertisement",
    "also read",
    "anzeige",
    "artikel teilen",
    "auch interessant",
    "ayrıca oku",
    "bekijk ook",
    "click here",
    "czytaj rów",
    "czytaj tak",
    "czytaj te",
    "czytaj wi",
    "das könnte",
    "das thema könnte",
    "don't miss",
    "don’t miss",
    "dowiedz się więcej",
    "en savoir plus",
    "etiquetas",
    "filed under",
    "folgen sie uns",
    "follow us",
    "if you're seeing this message",
    "if you’re seeing this message",
    "inscrivez-vous",
    "jetzt abonnieren",
    "lea además",
    "lea más",
    "lea también",
    "lee también",
    "leer más",
    "lees meer",
    "lees ook",
    "lees verder",
    "leggi anche",
    "leggi tutto",
    "leia mais",
    "leia também",
    "le puede interesar",
    "les mer",
    "les også",
    "lesen sie auch",
    "lesen sie das",
    "lesen sie dazu",
    "lesen sie hier",
    "lesen sie mehr",
    "lire aussi",
    "lire la suite",
    "lire également",
    "läs mer",
    "läs också",
    "læs mere",
    "læs også",
    "mehr dazu",
    "mehr zum thema",
    "more from ",
    "more on this",
    "more stories",
    "más información",
    "newsletter",
    "our standards:",
    "per approfondire",
    "polecamy",
    "posted in",
    "potrebbe interessarti",
    "przeczytaj",
    "read also",
    "read more",
    "read next",
    "related article",
    "related stor",
    "related:",
    "saiba mais",
    "schlagwort",
    "schlagwörter",
    "see also",
    "share this",
    "sign up",
    "siehe auch",
    "subscribe",
    "suscríbete",
    "sur le même sujet",
    "síguenos",
    "tags:",
    "te puede interesar",
    "veja também",
    "ver también",
    "voir aussi",
    "weitere artikel",
    "weiterführende",
    "weiterlesen",
    "więcej na ten temat",
    "you might also like",
    "zobacz",
    "zum weiterlesen",
    "à lire",
    "читайте также",
];

/// Beginnings of lines below pictures.
const CREDITS: [&str; 20] = [
    "(c) ",
    "abb. ",
    "abbildung ",
    "abbildung:",
    "bild:",
    "bilder:",
    "bildquelle",
    "credit:",
    "credits:",
    "crédit",
    "foto:",
    "fotos:",
    "foto ©",
    "image:",
    "photo:",
    "photos:",
    "picture:",
    "symbolbild",
    "titelbild",
    "video:",
];

/// Whether a block with this text is no part of an article.
pub(super) fn is_furniture(text: &str) -> bool {
    if text.len() >= LONGEST {
        return false;
    }
    if text.contains('©') {
        return true;
    }
    let text =
        text.trim_start_matches(|character: char| !character.is_alphanumeric() && character != '(');
    let text = text.to_lowercase();
    POINTERS.iter().chain(&CREDITS).any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, is_furniture};

    #[test]
    fn pointers_and_credits_are_furniture() {
        for text in [
            "Read more: The tide",
            "» Lesen Sie auch: Ebbe",
            "LEA TAMBIÉN: La marea",
            "- Anzeige -",
            "Foto: Ann Lee",
            "The harbour. © The Gull",
            "Читайте также: Прилив",
        ] {
            assert!(is_furniture(text), "{text}");
        }
    }

    #[test]
    fn prose_is_not() {
        let long = format!("Read more {}", "about it ".repeat(LONGEST / 9));
        for text in ["", "...", "Readers came.", "The photo: a ship.", &long] {
            assert!(!is_furniture(text), "{text}");
        }
    }
}
