//! The language of labelled articles.

use std::collections::BTreeMap;

use super::LabelledArticle;
use crate::annotate::language::detect_language;

/// Articles that are looked at; sets of one language each are the rule.
const SAMPLE_ARTICLES: usize = 200;
/// Words of each: what detection looks at, and more.
const SAMPLE_WORDS: usize = 150;

/// The language that most of the first articles are in, as an ISO 639 code; none
/// where no article is long enough to tell.
pub fn language_of<'a>(
    articles: impl Iterator<Item = &'a LabelledArticle>,
) -> Option<&'static str> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for article in articles.take(SAMPLE_ARTICLES) {
        let words: Vec<_> =
            (0..article.len().min(SAMPLE_WORDS)).map(|word| article.word(word)).collect();
        if let Some(detected) = detect_language(&words.join(" ")) {
            *counts.entry(detected.language).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(language, _)| language)
}

#[cfg(test)]
mod tests {
    use super::language_of;
    use crate::annotate::recogniser::corpus::read_words;

    #[test]
    fn the_commonest_language_wins() {
        let german = "Die Hafenarbeiter stimmen am Freitag darüber ab , ob sie wieder streiken .";
        let english = "The dockers will vote on Friday whether they go on strike again .";
        let text: String = [german, english, german]
            .map(|sentence| format!("-DOCSTART-\n{}\n", sentence.replace(' ', "\n").repeat(3)))
            .concat();
        let articles = read_words(&text).expect("words");
        assert_eq!(articles.len(), 3);
        assert_eq!(language_of(articles.iter()), Some("de"));
        assert_eq!(language_of([].iter()), None);
    }
}
