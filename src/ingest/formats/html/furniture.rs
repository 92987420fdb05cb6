//! Lines that pages put between and below the paragraphs: pointers to other
//! articles, credits of pictures, labels of advertisements.
//!
//! Only what a line says is looked at; where it stands is the business of
//! `text`.

/// Longer blocks, in bytes, are no furniture, whatever they begin with.
const LONGEST: usize = 250;

/// Beginnings of lines that point elsewhere, in lower case, in the languages
/// with the most news sites.
const POINTERS: [&str; 123] = [
    "abonnez-vous",
    "advertisement",
    "also read",
    "anzeige",
    "artikel drucken",
    "artikel teilen",
    "auch interessant",
    "auch lesenswert",
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
    "download our app",
    "download the app",
    "empfehlungen",
    "empfohlene",
    "en savoir plus",
    "etiquetas",
    "filed under",
    "folgen sie uns",
    "follow us",
    "for the latest",
    "if you're seeing this message",
    "if you’re seeing this message",
    "inscrivez-vous",
    "jetzt abonnieren",
    "join our",
    "le puede interesar",
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
    "lust auf mehr",
    "läs mer",
    "läs också",
    "læs mere",
    "læs også",
    "mehr dazu",
    "mehr zum thema",
    "more from ",
    "more on this",
    "more stories",
    "most read",
    "más información",
    "más noticias",
    "möchten sie den artikel",
    "na ten temat",
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
    "recommended for you",
    "related article",
    "related stor",
    "related:",
    "rezept drucken",
    "saiba mais",
    "schlagwort",
    "schlagwörter",
    "see also",
    "share this",
    "siehe auch",
    "sign up",
    "sigue leyendo",
    "subscribe",
    "sur le même sujet",
    "suscribete",
    "suscríbete",
    "síguenos",
    "tags:",
    "te puede interesar",
    "to view the full",
    "veja também",
    "ver también",
    "voir aussi",
    "war der artikel",
    "war dieser artikel",
    "was this article",
    "weitere aktuelle",
    "weitere artikel",
    "weitere beiträge",
    "weitere themen",
    "weiterführende",
    "weiterlesen",
    "więcej na ten temat",
    "you might also like",
    "zobacz",
    "zum weiterlesen",
    "à lire",
    "únete",
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
        return text.starts_with('©');
    }
    if text.contains('©') {
        return true;
    }
    let is_before = |character: char| !character.is_alphanumeric() && character != '(';
    let text = text.trim_start_matches(is_before).to_lowercase();
    POINTERS.iter().chain(&CREDITS).any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::{CREDITS, LONGEST, POINTERS, is_furniture};

    #[test]
    fn beginnings_are_in_lower_case() {
        for start in POINTERS.iter().chain(&CREDITS) {
            assert_eq!(*start, start.to_lowercase());
        }
    }

    #[test]
    fn pointers_and_credits_are_furniture() {
        for text in [
            "Read more: The tide",
            "» Lesen Sie auch: Ebbe",
            "LEA TAMBIÉN: La marea",
            "- Anzeige -",
            "Foto: Ann Lee",
            "The harbour. © The Gull",
            "Empfohlene Beiträge",
            "Читайте также: Прилив",
        ] {
            assert!(is_furniture(text), "{text}");
        }
    }

    #[test]
    fn prose_is_not() {
        let long = format!("Read more {}", "about it ".repeat(LONGEST / 9));
        assert!(is_furniture(&format!("© The Gull. {long}")));
        for text in ["", "...", "Readers came.", "The photo: a ship.", &long] {
            assert!(!is_furniture(text), "{text}");
        }
    }
}
