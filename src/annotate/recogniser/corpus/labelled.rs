//! A file of words, with labels for each.

use super::columns::is_word_line;
use super::{LabelledArticle, LabelledName};

/// The file `text` with one more column: for each word the next of `labels`, in
/// the scheme IOB2. All other lines, and all columns, stay as they are.
#[must_use]
pub fn with_labels(text: &str, labels: impl IntoIterator<Item = String>) -> String {
    let mut labels = labels.into_iter();
    let mut out = String::with_capacity(text.len() * 5 / 4);
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches(['\n', '\r']);
        out.push_str(words);
        if is_word_line(words) {
            // What separates the columns that are there.
            let separator = if words.contains(' ') && !words.contains('\t') { ' ' } else { '\t' };
            out.push(separator);
            out.push_str(labels.next().as_deref().unwrap_or("O"));
        }
        out.push_str(&line[words.len()..]);
    }
    out
}

/// The labels of an article's words when these are its names.
pub fn labels_of(
    article: &LabelledArticle,
    names: &[LabelledName],
) -> impl Iterator<Item = String> {
    let mut names = names.iter().peekable();
    (0..article.len()).map(move |word| {
        while names.next_if(|name| name.end <= word).is_some() {}
        match names.peek() {
            Some(name) if name.first == word => format!("B-{}", name.kind.tag()),
            Some(name) if name.first < word => format!("I-{}", name.kind.tag()),
            _ => "O".to_owned(),
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{labels_of, with_labels};
    use crate::annotate::recogniser::corpus::{KindNames, read_columns, read_words};

    #[test]
    fn every_line_stays_and_words_get_a_label() {
        for (text, expected) in [
            ("-DOCSTART- O\r\n\r\nAnn NNP\r\n", "-DOCSTART- O\r\n\r\nAnn NNP B-PER\r\n"),
            ("# sent_id = 1\n1\tAnn\n", "# sent_id = 1\n1\tAnn\tB-PER\n"),
            ("Ann\n \n", "Ann\tB-PER\n \n"),
            ("a b\tc", "a b\tc\tB-PER"),
            ("", ""),
        ] {
            assert_eq!(with_labels(text, ["B-PER".to_owned()]), expected, "{text}");
        }
    }

    #[test]
    fn labels_read_back_as_the_same_names() {
        let text = "Ann\tB-PER\nOkafor\tI-PER\nOslo\tB-LOC\nBergen\tB-LOC\nspoke\tO\n\n.\tO\n";
        let read = |text: &str| read_columns(text, &KindNames::default()).expect("labelled words");
        let articles = read(text);
        let labels: Vec<_> =
            articles.iter().flat_map(|article| labels_of(article, &article.names)).collect();
        assert_eq!(labels, ["B-PER", "I-PER", "B-LOC", "B-LOC", "O", "O"]);
        let words = "Ann\nOkafor\nOslo\nBergen\nspoke\n\n.\n";
        assert_eq!(with_labels(words, labels), text);
        assert_eq!(read_words(words).expect("words")[0].len(), 6);
    }

    proptest! {
        /// As many labels as words, in a file of whatever lines.
        #[test]
        fn any_text_is_read_and_labelled(
            text in "(?s:.){0,40}|([A-Za-z#=-]{0,9}(\t|\n|\r\n| | = )((B|I|S|X|O)(-PER|-LOC|-X|)|)(\t0\\.5|)\n){0,12}",
        ) {
            let kinds = KindNames::new(["X=none"]).expect("a mapping");
            let _ = read_columns(&text, &kinds);
            let Ok(articles) = read_words(&text) else { return Ok(()) };
            let words: usize = articles.iter().map(|article| article.len()).sum();
            let labelled = with_labels(&text, (0..words).map(|number| format!("L{number}")));
            prop_assert_eq!(labelled.matches(&format!("L{}", words - 1)).count(), 1);
            let unlabelled = with_labels(&text, std::iter::empty());
            prop_assert_eq!(labelled.lines().count(), unlabelled.lines().count());
        }
    }
}
