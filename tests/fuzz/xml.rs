//! XML of every kind, of any bytes, gives clean articles, or fails.

use super::articles;

/// Names that tell the format, and what makes the bytes one of it.
const STARTS: &[(&str, &[u8])] = &[
    ("a.xml", b""),
    ("a.xml", b"<rss><channel><title>a</title><item>"),
    ("a.xml", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>"),
    (
        "a.xml",
        b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><item>\
          <wp:post_type>post</wp:post_type>",
    ),
    ("a.xml", b"<nitf>"),
    ("a.xml", b"<NewsML><NewsItem>"),
    ("a.xml", b"<newsMessage><newsItem>"),
    ("a.xml", b"<newsitem itemid='1'>"),
];

/// Checks an input.
pub fn check(bytes: &[u8]) {
    articles::check(STARTS, bytes);
}
