//! The words of every error, as a reader sees them.

use insta::assert_snapshot;

use crate::query::parse;

/// The error of each query, an empty line between them.
pub(super) fn errors(queries: &[&str]) -> String {
    let error = |text: &&str| match parse(text) {
        Ok(query) => panic!("{text} parses: {query}"),
        Err(error) => error.render(text),
    };
    queries.iter().map(error).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn quotes() {
    assert_snapshot!(errors(&[
        "iran \"take the win",
        "5\" rain",
        "“take the win\"",
        "\"\"",
        "person:\"  \"",
        "\"take the win\"*",
        "\"anti\"-war",
        "(a b)?",
    ]), @r#"
    the quotation that starts here is not closed
      iran "take the win
           ^
    hint: add the closing quote, or leave this one out

    the quotation that starts here is not closed
      5" rain
       ^
    hint: add the closing quote, or leave this one out

    the quotation that starts here is not closed
      “take the win"
      ^
    hint: add the closing quote, or leave this one out

    nothing stands between the quotes
      ""
       ^
    hint: leave them out, or write words into them

    nothing stands between the quotes
      person:"  "
              ^^
    hint: leave them out, or write words into them

    `*` stands right behind a quotation or group
      "take the win"*
                    ^
    hint: wildcards belong to a word without quotes: `govern*`

    `-` stands right behind a quotation or group
      "anti"-war
            ^
    hint: put a space before it to exclude what follows

    `?` stands right behind a quotation or group
      (a b)?
           ^
    hint: wildcards belong to a word without quotes: `govern*`
    "#);
}

#[test]
fn parentheses() {
    assert_snapshot!(errors(&["a (b OR c", "a (b", "(", "a) b", ")", "()", "title:( )", "a ((b) c"]), @r#"
    the `(` here is not closed
      a (b OR c
        ^
    hint: add the closing `)`, or put words with brackets in quotes

    the `(` here is not closed
      a (b
        ^
    hint: add the closing `)`, or put words with brackets in quotes

    the `(` here is not closed
      (
      ^
    hint: add the closing `)`, or put words with brackets in quotes

    the `)` here closes nothing
      a) b
       ^
    hint: leave it out, or put words with brackets in quotes

    the `)` here closes nothing
      )
      ^
    hint: leave it out, or put words with brackets in quotes

    nothing stands between the parentheses
      ()
      ^^
    hint: leave them out, or write words into them

    nothing stands between the parentheses
      title:( )
            ^^^
    hint: leave them out, or write words into them

    the `(` here is not closed
      a ((b) c
        ^
    hint: add the closing `)`, or put words with brackets in quotes
    "#);
}

#[test]
fn operators() {
    assert_snapshot!(errors(&[
        "OR a",
        "a OR",
        "a AND OR b",
        "(AND a)",
        "a NOT",
        "-OR",
        "NOT)",
        "iran - drones",
        "-",
        "peace -- war",
        "!iran",
        "war –peace",
        "a || b",
        "a && b",
        "a … b",
    ]), @r#"
    `OR` has nothing before it
      OR a
      ^^
    hint: to search for the word, put it in quotes: `"OR"`

    `OR` has nothing after it
      a OR
        ^^
    hint: to search for the word, put it in quotes: `"OR"`

    `AND` has nothing after it
      a AND OR b
        ^^^
    hint: to search for the word, put it in quotes: `"AND"`

    `AND` has nothing before it
      (AND a)
       ^^^
    hint: to search for the word, put it in quotes: `"AND"`

    `NOT` has nothing after it
      a NOT
        ^^^
    hint: to search for the word, put it in quotes: `"NOT"`

    `-` has nothing after it
      -OR
      ^

    `NOT` has nothing after it
      NOT)
      ^^^
    hint: to search for the word, put it in quotes: `"NOT"`

    `-` alone excludes nothing
      iran - drones
           ^
    hint: write `-word` to exclude a word, or put the dash in quotes with its words

    `-` alone excludes nothing
      -
      ^
    hint: write `-word` to exclude a word, or put the dash in quotes with its words

    `--` alone excludes nothing
      peace -- war
            ^^
    hint: write `-word` to exclude a word, or put the dash in quotes with its words

    `!` does not exclude a word
      !iran
      ^
    hint: write `-iran`

    `–` does not exclude a word
      war –peace
          ^
    hint: write `-peace`

    `||` has no letter or digit to search for
      a || b
        ^^
    hint: write `OR`

    `&&` has no letter or digit to search for
      a && b
        ^^
    hint: words with a space between them must all be there; leave it out

    `…` has no letter or digit to search for
      a … b
        ^
    hint: leave it out: only words are indexed, punctuation is not
    "#);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases and their words")]
fn fields() {
    assert_snapshot!(errors(&[
        "peron:x",
        "people:x",
        "Source:bbc publisher:x",
        "publisher:x",
        "author:x",
        "topic:x",
        "Breaking: storm",
        "been:x",
        "https://example.org/a",
        "person:",
        "person: biden",
        "person: \"Joe Biden\"",
        "person: (a b)",
        "(person:)",
        "(person: )",
        "person:-biden",
        "person:(biden org:nato)",
        "title:(a words>5)",
        "person=biden",
        "word>500",
        "has:peopel",
        "has:image",
        "has:source",
        "id:xyz",
        "id:0123456789abc",
        "url:*.example.org",
        "url:???",
    ]), @r#"
    unknown field `peron`
      peron:x
      ^^^^^^
    hint: did you mean `person`?

    unknown field `people`
      people:x
      ^^^^^^^
    hint: did you mean `person`?

    unknown field `Source`
      Source:bbc publisher:x
      ^^^^^^^
    hint: did you mean `outlet`?

    unknown field `publisher`
      publisher:x
      ^^^^^^^^^^
    hint: did you mean `outlet`?

    unknown field `author`
      author:x
      ^^^^^^^
    hint: did you mean `by`?

    unknown field `topic`
      topic:x
      ^^^^^^
    hint: did you mean `tag`?

    unknown field `Breaking`
      Breaking: storm
      ^^^^^^^^^
    hint: put it in quotes to search for the word; fields are title, lead, body, person, org, place, about, outlet, by, section, tag, lang, path, url, id, date, words, has

    unknown field `been`
      been:x
      ^^^^^
    hint: put it in quotes to search for the word; fields are title, lead, body, person, org, place, about, outlet, by, section, tag, lang, path, url, id, date, words, has

    `https:` is the start of an address, not a field
      https://example.org/a
      ^^^^^^^^^^^^^^^^^^^^^
    hint: put it in quotes, or write `url:example.org`

    `person:` has nothing after it
      person:
      ^^^^^^^
    hint: write a value, or `"person:"` in quotes to search for the word

    `person:` has nothing after it
      person: biden
      ^^^^^^^
    hint: write it without the space: `person:biden`

    `person:` has nothing after it
      person: "Joe Biden"
      ^^^^^^^
    hint: write it without the space: `person:"…`

    `person:` has nothing after it
      person: (a b)
      ^^^^^^^
    hint: write it without the space: `person:(…`

    `person:` has nothing after it
      (person:)
       ^^^^^^^
    hint: write a value, or `"person:"` in quotes to search for the word

    `person:` has nothing after it
      (person: )
       ^^^^^^^
    hint: write a value, or `"person:"` in quotes to search for the word

    `-` stands behind `person:`
      person:-biden
             ^
    hint: write `-person:biden`

    `org` stands inside the parentheses of `person:`
      person:(biden org:nato)
                    ^^^^
    hint: close the parentheses first

    `words` stands inside the parentheses of `title:`
      title:(a words>5)
               ^^^^^^
    hint: close the parentheses first

    `person` cannot be compared
      person=biden
      ^^^^^^^
    hint: write `person:`

    unknown field `word`
      word>500
      ^^^^^
    hint: did you mean `words`?

    unknown property `peopel`
      has:peopel
          ^^^^^^
    hint: `has:` takes person, org, place, outlet, by, section, tag, lang, date, title, url, embargo, guessed-encoding, date-conflict, unread-date, index-page, paywall

    unknown property `image`
      has:image
          ^^^^^
    hint: `has:` takes person, org, place, outlet, by, section, tag, lang, date, title, url, embargo, guessed-encoding, date-conflict, unread-date, index-page, paywall

    unknown property `source`
      has:source
          ^^^^^^
    hint: did you mean `outlet`?

    `xyz` is not the identifier of an article
      id:xyz
         ^^^
    hint: an identifier has up to 12 of the digits `0-9` and `a-f`

    `0123456789abc` is not the identifier of an article
      id:0123456789abc
         ^^^^^^^^^^^^^
    hint: an identifier has up to 12 of the digits `0-9` and `a-f`

    `url:` takes no `*`
      url:*.example.org
          ^^^^^^^^^^^^^
    hint: leave it out: words are found anywhere in the address

    `???` has no letter or digit to search for
      url:???
          ^^^
    hint: leave it out: only words are indexed, punctuation is not
    "#);
}

#[test]
fn wildcards() {
    assert_snapshot!(errors(&[
        "**",
        "?*",
        "title:**",
        "body:*",
        "words:*",
        "\"govern* policy\"",
        "“is this so?”",
        "person:\"Joe B*\"",
        "anti-govern*",
        "govern*,",
        "港*",
        r"C\**",
    ]), @r#"
    `**` has no letter or digit beside its wildcards
      **
      ^^
    hint: write a letter at least, as in `a*`; `*` alone finds every article

    `?*` has no letter or digit beside its wildcards
      ?*
      ^^
    hint: write a letter at least, as in `a*`; `*` alone finds every article

    `**` has no letter or digit beside its wildcards
      title:**
            ^^
    hint: write a letter at least, as in `a*`; `*` alone finds every article

    `body:*` asks for nothing
      body:*
           ^
    hint: leave it out, or write words

    `words:*` asks for nothing
      words:*
            ^
    hint: write a value, or leave it out

    `*` is a wildcard, and words between quotes are exact
      "govern* policy"
             ^
    hint: leave it out, or write the pattern without quotes

    `?` is a wildcard, and words between quotes are exact
      “is this so?”
                 ^
    hint: leave it out, or write the pattern without quotes

    `*` is a wildcard, and words between quotes are exact
      person:"Joe B*"
                   ^
    hint: leave it out, or write the pattern without quotes

    `anti-govern*` is not one word, and a wildcard stands for letters of one
      anti-govern*
      ^^^^^^^^^^^^
    hint: write `anti govern*`

    `govern*,` is not one word, and a wildcard stands for letters of one
      govern*,
      ^^^^^^^^
    hint: write `govern*`

    `港*` is not one word, and a wildcard stands for letters of one
      港*
      ^^^
    hint: leave the wildcard out

    `C\**` is not one word, and a wildcard stands for letters of one
      C\**
      ^^^^
    hint: write `C`
    "#);
}
