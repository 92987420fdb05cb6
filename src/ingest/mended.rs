//! Sources that were read wrongly once: each test is named after what was wrong.

use std::ops::ControlFlow;

use super::{ReadOptions, read_from};
use crate::article::Article;

fn articles(name: &str, source: &str) -> Vec<Article> {
    let mut found = Vec::new();
    // What holds no article gives none.
    let _ = read_from(name, source.as_bytes(), &ReadOptions::default(), &mut |article| {
        found.push(article);
        ControlFlow::Continue(())
    });
    found
}

fn parts(name: &str, source: &str) -> Vec<String> {
    articles(name, source).into_iter().map(|article| article.part).collect()
}

#[test]
fn numbers_of_rows_were_taken_for_names_across_files() {
    let found = articles("a.csv", "id,title,content_html\n7,Rain,<p>It fell.\n");
    assert_eq!((found[0].guid.as_str(), found[0].body.as_str()), ("", "It fell."));
}

#[test]
fn an_empty_content_hid_the_text() {
    let found = articles("a.json", r#"{"id":7,"title":"T","text":"It fell.","content_html":null}"#);
    assert_eq!(found[0].body, "It fell.");
}

#[test]
fn letters_with_the_word_global_were_refused() {
    let letter = format!(
        "From: Ann <a@gull.example>\nSubject: Rain\nMessage-ID: <a>\nMIME-Version: 1.0\n\n{}",
        "The global digest.\n".repeat(60)
    );
    assert_eq!(articles("a.eml", &letter)[0].title, "Rain");
}

#[test]
fn records_of_one_file_had_one_part() {
    let story =
        "<nitf><body><body.head><hedline><hl1>Rain</hl1></hedline></body.head></body></nitf>";
    assert_eq!(parts("a.xml", &story.repeat(3)), ["", "2", "3"]);
    let dispatch = "<REUTERS A=\"1\"><TEXT><TITLE>RAIN</TITLE></TEXT></REUTERS>\n";
    assert_eq!(parts("a.sgm", &dispatch.repeat(2)), ["1", "2"]);
    let document = "<DOC><DOCNO>AP1</DOCNO><TEXT>Rain fell.</TEXT></DOC>\n";
    assert_eq!(parts("a.txt", &document.repeat(2)), ["AP1", "AP1~2"]);
}

#[test]
fn the_address_of_a_feed_was_the_name_of_its_items() {
    let item = "<item><title>Rain</title><guid>http://g.example/</guid></item>";
    let feed = format!(
        "<rss><channel><title>Gull</title><link>http://g.example</link>{}</channel></rss>",
        item.repeat(2)
    );
    let guids: Vec<String> = articles("a.rss", &feed).into_iter().map(|one| one.guid).collect();
    assert_eq!(guids, ["", ""]);
}

#[test]
fn numbers_of_records_were_taken_for_months() {
    let page = "<html><title>Rain</title><p>It fell on the town for an hour.";
    let record = format!(
        "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    );
    let mut archive =
        "WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n".repeat(200_103);
    archive.push_str(&record);
    let found = articles("a.warc", &archive);
    assert_eq!((found[0].part.as_str(), found[0].published), ("200104", None));
}

#[test]
fn dates_beside_a_path_were_taken_for_those_of_a_crawl() {
    let record = r#"{"title":"T","text":"x","date":"2020-01-02","file_path":"/home/x/a.txt"}"#;
    assert!(articles("a.json", record)[0].published.is_some());
}

#[test]
fn nested_contents_and_long_namespaces_grew_without_end() {
    let depth = 200;
    let text = "rain ".repeat(20_000);
    let nested = format!(
        "<NewsML><NewsItem><NewsComponent>{}{text}{}</NewsComponent></NewsItem></NewsML>",
        "<ContentItem><DataContent>".repeat(depth),
        "</DataContent></ContentItem>".repeat(depth)
    );
    let bytes: usize = articles("a.xml", &nested).iter().map(|article| article.body.len()).sum();
    assert!(bytes <= 2 * text.len(), "{bytes}");
    let space = "u".repeat(200_000);
    let feed = format!("<rss><channel xmlns:x='{space}'><item>{}", "<x:a/>".repeat(20_000));
    // It took the square of this.
    articles("a.rss", &feed);
}
