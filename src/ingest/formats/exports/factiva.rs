//! A document as Factiva exports it as plain text: with the codes of its fields
//! (`HD`, `PD`, `TD`), or in its order of display.
//!
//! Source of the codes: the *Factiva Developer's Kit*, display fields.

use super::languages::language;
use super::{Place, is_word_count};
use crate::article::{Article, DateFrom};
use crate::ingest::byline::names_in_byline;
use crate::ingest::dates::parse_date;

/// The codes of fields. Two-letter words of capitals that are none stay text.
const CODES: [&str; 27] = [
    "SE", "HD", "HL", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY",
    "LP", "TD", "ART", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "CX",
];

/// Lines of the head that are looked at to tell an export.
const HEAD_LINES: usize = 60;

/// Whether the text that begins with `head` is an export of Factiva.
pub(crate) fn is_export(head: &str) -> bool {
    let lines: Vec<&str> = head.lines().take(HEAD_LINES).collect();
    let has = |code| lines.iter().any(|line| coded(line).is_some_and(|(found, _)| found == code));
    let is_count = |pair: &[&str]| is_word_count(pair[0]) && parse_date(pair[1]).is_ok();
    (has("HD") && has("PD") && has("WC")) || lines.windows(2).any(is_count)
}

/// Where a line stands in its document: the last names it.
pub(super) fn place(line: &str) -> Place {
    let name = line.strip_prefix("AN").map_or(line, str::trim_start);
    let mut words = name.split_whitespace();
    let is_word = ["Document", "Dokument", "Documento"].contains(&words.next().unwrap_or_default());
    let is_number = words.next().is_some_and(is_accession) && words.next().is_none();
    if is_word && is_number { Place::Last } else { Place::Inside }
}

/// Whether a word is the number of a document: code, day and more, such as
/// `GULL000020230504ej5400001`.
fn is_accession(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    word.len() >= 20 && digits >= 8 && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The code that a line begins with, and what follows it.
fn coded(line: &str) -> Option<(&'static str, &str)> {
    let line = line.strip_prefix(' ').unwrap_or(line);
    let end = line.find([' ', '\t']).unwrap_or(line.len());
    let code = CODES.iter().find(|code| **code == line[..end].trim_end())?;
    let value = &line[end..];
    // Behind a code stand a tab or two spaces, or nothing: a word in capitals is none.
    let is_column = value.trim().is_empty() || value.starts_with('\t') || value.starts_with("  ");
    is_column.then(|| (*code, value.trim()))
}

/// The article of a document; none where it is a cover or a list.
pub(super) fn article(text: &str) -> Option<Article> {
    let has_codes = ["HD", "PD"]
        .iter()
        .all(|code| text.lines().any(|line| coded(line).is_some_and(|(found, _)| found == *code)));
    let mut article = if has_codes { coded_article(text) } else { displayed_article(text)? };
    if let Some(number) = text.lines().map(str::trim).find(|line| place(line) == Place::Last) {
        let number = number.split_whitespace().last().unwrap_or_default();
        article.guid = format!("factiva:{number}");
    }
    Some(article)
}

/// The article of a document with codes.
fn coded_article(text: &str) -> Article {
    let mut article = Article::default();
    let mut fields: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        if let Some((code, value)) = coded(line) {
            fields.push((code, value.to_owned()));
        } else if let Some((_, value)) = fields.last_mut() {
            value.push('\n');
            value.push_str(line.trim());
        }
    }
    let of = |code: &str| {
        let found = fields.iter().find(|(known, _)| *known == code);
        found.map(|(_, value)| value.trim()).unwrap_or_default()
    };
    let line = |code| of(code).split_whitespace().collect::<Vec<_>>().join(" ");
    article.title = line("HD");
    article.authors = names_in_byline(&line("BY"));
    article.outlet = line("SN");
    article.section = line("SE");
    article.lang = language(&line("LA")).unwrap_or_default().to_owned();
    article.tags = terms(of("NS"));
    article.organizations = terms(of("CO"));
    article.places = terms(of("RE"));
    article.body = [of("LP"), of("TD")]
        .iter()
        .filter(|text| !text.is_empty())
        .map(|text| paragraphs(text))
        .collect::<Vec<_>>()
        .join("\n\n");
    fill_date(&mut article, &line("PD"), &line("ET"));
    article
}

/// The article of a document in the order of display: headline, byline, number of
/// words, date, time, outlet, its code, page, language, copyright, text.
fn displayed_article(text: &str) -> Option<Article> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let count =
        lines.windows(2).position(|pair| is_word_count(pair[0]) && parse_date(pair[1]).is_ok())?;
    let mut article = Article::default();
    let mut above: Vec<&str> =
        lines[..count].iter().filter(|line| !line.is_empty()).copied().collect();
    if above.last().is_some_and(|line| is_byline(line)) && above.len() > 1 {
        article.authors = above.pop().map(names_in_byline).unwrap_or_default();
    }
    above.pop().unwrap_or_default().clone_into(&mut article.title);
    let date = lines[count + 1];
    let mut below = lines[count + 2..].iter().copied().peekable();
    let time = below.next_if(|line| is_time(line)).unwrap_or_default();
    fill_date(&mut article, date, time);
    below.next().unwrap_or_default().clone_into(&mut article.outlet);
    let mut head = 0;
    // The rest of the head are short lines up to the copyright or an empty line.
    while let Some(line) = below.next_if(|line| !line.is_empty() && head < MOST_HEAD_LINES) {
        head += 1;
        if is_copyright(line) {
            break;
        }
        if let Some(tag) = language(line) {
            tag.clone_into(&mut article.lang);
        }
    }
    let rest: Vec<&str> = below.filter(|line| place(line) != Place::Last).collect();
    article.body = paragraphs(&rest.join("\n"));
    Some(article)
}

/// Lines between outlet and text: code, page, edition, volume, language, copyright.
const MOST_HEAD_LINES: usize = 7;

fn is_byline(line: &str) -> bool {
    let openings = ["By ", "by ", "BY ", "Von ", "Par ", "Por ", "Di ", "Door "];
    openings.iter().any(|opening| line.starts_with(opening))
}

fn is_copyright(line: &str) -> bool {
    ["Copyright", "©", "(c)", "(C)"].iter().any(|sign| line.starts_with(sign))
}

fn is_time(line: &str) -> bool {
    let clock = line.split_whitespace().next().unwrap_or_default();
    matches!(clock.split_once(':'), Some((hours, minutes))
        if [hours, minutes].iter().all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())))
}

fn fill_date(article: &mut Article, date: &str, time: &str) {
    let timed = format!("{date} {time}");
    let with_time = if time.is_empty() { None } else { parse_date(&timed).ok() };
    let published = with_time.or_else(|| parse_date(date).ok());
    article.published = published.map(|published| (published, DateFrom::Metadata));
    if published.is_none() {
        date.clone_into(&mut article.date_text);
    }
}

/// The names in `gpol : Domestic Politics | gcat : News`.
fn terms(value: &str) -> Vec<String> {
    let named = value
        .split(['|', '\n'])
        .map(|term| term.split_once(" : ").map_or(term, |(_, name)| name).trim().to_owned());
    named.filter(|name| !name.is_empty()).collect()
}

/// The paragraphs of a text: parted by empty lines where it has any, else by lines.
fn paragraphs(text: &str) -> String {
    let text = text.trim();
    if !text.contains("\n\n") {
        return text.replace('\n', "\n\n");
    }
    let blocks = text.split("\n\n").map(|block| block.trim().replace('\n', " "));
    blocks.filter(|block| !block.is_empty()).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn exports_with_codes_are_read() {
        insta::assert_snapshot!(read(concat!(
            "SE   Local\nHD   Rain falls\n     on Lorne\nBY   By Ann Lee\nWC   12 words\nPD   4 May 2023\nET   08:30\n",
            "SN   The Gull\nSC   GULL\nPG   3\nLA   English\nCY   Copyright 2023, The Gull\nLP   \nIt rained.\n\n",
            "TD   \nIt did rain\non IN  all days.\n\nVery.\n\nCO   mill : Lorne Mills\nNS   gweat : Weather | gcat : News\nRE   nor : Norway\n",
            "AN   Document GULL000020230504ej5400001\n\n",
            "HD   Sun\nWC   2 words\nPD   5 May 2023\nSN   The Gull\nTD   It shines.\nAN   Document GULL000020230505ej5500001\n",
        ), 10_000).0, @r"
        part = 1
        title = Rain falls on Lorne
        outlet = The Gull
        authors = Ann Lee
        section = Local
        tags = Weather; News
        lang = en
        published = 2023-05-04T08:30:00 (metadata)
        organizations = Lorne Mills
        places = Norway
        guid = factiva:GULL000020230504ej5400001

        It rained.

        It did rain on IN  all days.

        Very.
        --
        part = 2
        title = Sun
        outlet = The Gull
        published = 2023-05-05 (metadata)
        guid = factiva:GULL000020230505ej5500001

        It shines.
        --
        factiva
        ");
    }

    #[test]
    fn exports_in_order_of_display_are_read() {
        insta::assert_snapshot!(read(concat!(
            "Rain falls on Lorne\nBy Ann Lee\n12 words\n4 May 2023\n08:30\nThe Gull\nGULL\n3\nEnglish\nCopyright 2023, The Gull\n\n",
            "It rained.\n\nIt did.\n\nDocument GULL000020230504ej5400001\n\n",
            "Sun\n2 words\n5 May 2023\nThe Gull\nGULL\nEnglish\n(c) 2023\nIt shines.\nIt does.\nDocument GULL000020230505ej5500001\n\nSearch Summary\nText rain\n",
        ), 10_000).0, @r"
        part = 1
        title = Rain falls on Lorne
        outlet = The Gull
        authors = Ann Lee
        lang = en
        published = 2023-05-04T08:30:00 (metadata)
        guid = factiva:GULL000020230504ej5400001

        It rained.

        It did.
        --
        part = 2
        title = Sun
        outlet = The Gull
        lang = en
        published = 2023-05-05 (metadata)
        guid = factiva:GULL000020230505ej5500001

        It shines.

        It does.
        --
        factiva
        ");
    }
}
