//! Records of collections that were made from a crawl of the web: C4, FineWeb and
//! those shaped like them.
//!
//! Their date is the day on which a page was got. Pages are got years after they
//! were published, so that it is no date of publication.

use serde_json::{Map, Value};

/// Names of fields that only such collections have: Common Crawl's file, the segment of
/// CCNet.
const MARKS: [&str; 2] = ["warc_filename", "cc_segment"];

/// Fields that say of a record with a text, an address and a time that more is known
/// of it than a crawl knows.
const TITLES: [&str; 4] = ["title", "headline", "author", "authors"];

/// Whether the dates of `record` are those of a crawl: it says so, or has nothing but
/// text, address and `timestamp`, as C4.
pub(super) fn is_of_crawl(record: &Map<String, Value>) -> bool {
    let has = |name: &&str| record.contains_key(*name);
    let says = |name: &str, mark: &str| {
        record.get(name).and_then(Value::as_str).is_some_and(|value| value.contains(mark))
    };
    let is_marked =
        says("dump", "CC-MAIN") || says("file_path", "crawl-data/") || MARKS.iter().any(has);
    let is_bare = ["text", "url", "timestamp"].iter().all(has) && !TITLES.iter().any(has);
    record.contains_key("text") && (is_marked || is_bare)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_of_crawl;

    #[test]
    fn crawls_are_told_from_news() {
        let c4 = json!({"text": "x", "timestamp": "2019-04-23T08:26:47Z", "url": "u"});
        let fineweb =
            json!({"text": "x", "id": "1", "dump": "CC-MAIN-2013-20", "date": "2013-05-18"});
        let news = json!({"text": "x", "title": "y", "timestamp": "2019-04-23", "url": "u"});
        let dated = json!({"text": "x", "date": "2019-04-23", "url": "u"});
        for (record, expected) in [(c4, true), (fineweb, true), (news, false), (dated, false)] {
            assert_eq!(is_of_crawl(record.as_object().unwrap()), expected, "{record}");
        }
    }
}
