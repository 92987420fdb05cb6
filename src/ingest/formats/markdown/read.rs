//! From Markdown to an article.

use super::blocks::plain_text;
use super::front_matter::read_front_matter;
use crate::article::{Article, DateFrom};
use crate::ingest::draft::Draft;
use crate::ingest::lines::unified;

/// Why the front matter of Markdown cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarkdownError {
    /// The front matter is not YAML.
    #[error("broken front matter in line {line}: {reason}")]
    BrokenFrontMatter {
        /// Line of the source file, from 1.
        line: usize,
        /// What the YAML reader says.
        reason: String,
    },
    /// The front matter is longer than any that people write.
    #[error("front matter of {bytes} bytes: at most {limit} are read")]
    LongFrontMatter {
        /// Its length in bytes.
        bytes: usize,
        /// The length that is read, in bytes.
        limit: usize,
    },
    /// The front matter stands between `+++` lines.
    #[error("front matter in TOML is not read: write it in YAML, between `---` lines")]
    TomlFrontMatter,
}

/// Reads an article from Markdown.
///
/// Front matter names fields as [`field_named`] knows them, with texts, lists,
/// or mappings that have a `name`; other keys are passed over. Dates are read
/// from their text, whatever YAML would make of it. Without a title there, the
/// first heading of the first level is the title, and no part of the body. Two
/// rules around something else than a mapping are no front matter. Front matter
/// that cannot be read is told of, and the article is what stands below it.
///
/// [`field_named`]: crate::ingest::fields::field_named
pub(crate) fn read(text: &str) -> (Article, Option<MarkdownError>) {
    let text = unified(text);
    let mut draft = Draft::new(DateFrom::Metadata);
    let (markdown, trouble) = read_front_matter(&text, &mut draft);
    let mut article = draft.finish();
    let plain = plain_text(markdown, &article.title);
    if article.title.is_empty() {
        article.title = plain.title;
    }
    if article.body.is_empty() || !plain.body.is_empty() {
        article.body = plain.body;
    }
    (article, trouble)
}

#[cfg(test)]
mod tests {
    use super::super::super::shown::shown;
    use super::{MarkdownError, read};
    use proptest::prelude::*;

    macro_rules! fixture {
        ($name:literal) => {
            match read(include_str!(concat!("../../../../tests/fixtures/markdown/", $name))) {
                (article, None) => shown(&article),
                (article, Some(trouble)) => format!("{trouble}\n{}", shown(&article)),
            }
        };
    }

    #[test]
    fn front_matter_gives_fields() {
        insta::assert_snapshot!(fixture!("front-matter.md"), @"
        title = Quay of Caminha closed: two metres of water
        outlet = The Minho Courier
        authors = Ana Reis; Bo Lind
        section = Region
        tags = floods; rivers, lakes
        lang = en
        published = 2024-04-14T17:03:00+01:00 (metadata)
        places = Caminha; Vigo

        The river Minho rose by two metres overnight. Nobody was hurt.

        What happens next

        The quay opens again on Tuesday.

        - Boats stay in the marina.
        - Cars use the N13.

        tide  *low*  04:12
        tide  *high* 10:31

        By the bridge of Seixas & Vilar.
        ");
    }

    #[test]
    fn the_first_heading_is_the_title() {
        insta::assert_snapshot!(fixture!("heading.md"), @"
        title = Quay of Caminha closed

        The river rose.
        Nobody was hurt, said the harbour_master, after 2 * 3 hours.

        tide | time
        low  | 4:12
        ");
    }

    #[test]
    fn broken_front_matter_is_told_of() {
        insta::assert_snapshot!(fixture!("broken.md"), @"
        broken front matter in line 4: illegal placement of ':' indicator

        Text.
        ");
    }

    #[test]
    fn toml_is_told_of() {
        insta::assert_snapshot!(fixture!("toml.md"), @"
        front matter in TOML is not read: write it in YAML, between `---` lines

        Text.
        ");
    }

    #[test]
    fn aliases_do_not_expand() {
        insta::assert_snapshot!(fixture!("aliases.md"), @"
        title = Quay closed
        tags = floods

        Text.
        ");
    }

    #[test]
    fn rules_around_text_are_no_front_matter() {
        insta::assert_snapshot!(fixture!("rules.md"), @"

        The river rose.

        Nobody was hurt.
        ");
    }

    #[test]
    fn yaml_never_reinterprets_a_date() {
        for (written, expected) in [
            ("2024-04-14", "2024-04-14"),
            ("2024", "2024"),
            ("20240414", "2024-04-14"),
            ("1713114180", "2024-04-14T17:03:00Z"),
            ("!!timestamp 2024-04-14", "2024-04-14"),
            ("\"14 April 2024\"", "2024-04-14"),
        ] {
            let article = read(&format!("---\ndate: {written}\n---\n")).0;
            assert_eq!(article.published.unwrap().0.to_string(), expected, "{written}");
        }
    }

    #[test]
    fn long_front_matter_is_told_of() {
        let text = format!("---\n{}---\n", "a: b\n".repeat(100_000));
        assert!(matches!(
            read(&text),
            (_, Some(MarkdownError::LongFrontMatter { bytes: 500_000, .. }))
        ));
    }

    /// Half a minute is what quadratic time would take here.
    #[test]
    fn hostile_text_becomes_no_more_than_it_is() {
        for part in [
            "[", "](", "[a](", "![", "`", "``a`", "*", "_a ", "<", "<!--", "<!-->", "a<!-->", "> ",
            "- ", "&", "*a _b", "[^", "~~", "\\", "a: b\n", "? ", "- - \n", "{a: ", "&a ",
        ] {
            let many = part.repeat(60_000 / part.len());
            for text in [
                many.clone(),
                many.replace(' ', "\n"),
                format!("---\n{many}\n---\n"),
                format!("---\ntitle: {many}\n---\n"),
            ] {
                let (article, _) = read(&text);
                let length = article.title.len() + article.body.len();
                assert!(length <= 2 * text.len(), "{part} gives {length} bytes");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(
            text in "(---\n|title: |\\[|\\]|\\(|\\)|\\*|_|`|~|<|>|!|&#|;|#|-|=|\\||\\\\|\n| |[a-z0-9é]{1,3}){0,60}"
        ) {
            prop_assert!(read(&text).0.body.len() <= 2 * text.len());
        }

        #[test]
        fn plain_text_stays(words in "[a-zé]{1,8}( [a-zé]{1,8}){0,20}") {
            prop_assert_eq!(read(&words).0.body, words);
        }
    }
}
