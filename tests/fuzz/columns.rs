//! Labelled text of any form gives articles whose names are whole words of them, and which
//! are set as texts in which each word stands where it is said to.

use newsdex::annotate::recogniser::corpus::{
    Casing, KindNames, LabelledArticle, read_columns, read_words, render,
};

use super::choice::{first_line, text};

/// Checks an input: what other names of kinds mean, with commas between, then the file.
pub fn check(bytes: &[u8]) {
    let text = text(bytes);
    let (mappings, rest) = first_line(&text);
    let (mappings, file) = match mappings.strip_prefix("kinds:") {
        Some(mappings) => (mappings, rest),
        None => ("", text.as_str()),
    };
    let mappings = mappings.split(',').filter(|mapping| !mapping.is_empty());
    if let Ok(kinds) = KindNames::new(mappings)
        && let Ok(articles) = read_columns(file, &kinds)
    {
        articles.iter().for_each(check_article);
    }
    if let Ok(articles) = read_words(file) {
        articles.iter().for_each(check_article);
    }
}

fn check_article(article: &LabelledArticle) {
    let mut end = 0;
    for name in &article.names {
        assert!(end <= name.first && name.first < name.end, "{name:?}");
        assert!(name.end <= article.len(), "{name:?}");
        end = name.end;
    }
    let mut words = 0;
    for sentence in article.sentences() {
        assert_eq!(sentence.start, words);
        words = sentence.end;
    }
    assert_eq!(words, article.len());
    let set = render(article, |_| (Casing::Capitals, "\n\n"));
    assert_eq!(set.words.len(), article.len());
    for span in &set.words {
        assert!(set.text.get(span.range()).is_some(), "{span:?} in {:?}", set.text);
    }
}
