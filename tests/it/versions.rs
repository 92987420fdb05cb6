//! Versions of one article: the last is shown, whatever came first, and what its
//! publisher takes back is not; when a file goes, what it hid comes back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use newsdex::query::parse;
use newsdex::search::Search;

use crate::dice::Dice;
use crate::harness::Archive;
use crate::library::{self, FIRST_SEEN, Library, articles};

/// A delivery of an article, as ninjs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Delivery {
    /// Which article.
    pub(crate) article: usize,
    pub(crate) version: usize,
    pub(crate) status: &'static str,
}

impl Delivery {
    pub(crate) fn json(self) -> String {
        let Self { article, version, status } = self;
        format!(
            "{{\"uri\": \"urn:gull:{article}\", \"type\": \"text\", \"version\": \"{version}\", \
             \"pubstatus\": \"{status}\", \"headline\": \"Storm {article}, version {version}\", \
             \"body_text\": \"The storm came ashore.\"}}\n"
        )
    }

    fn title(self) -> String {
        format!("Storm {}, version {}", self.article, self.version)
    }
}

/// The titles in the index.
fn titles(library: &Library) -> BTreeSet<String> {
    let reader = library.reader();
    let matches = Search::run(&reader, &library::request(parse("").unwrap())).unwrap();
    assert_eq!(matches.total, reader.article_count().unwrap());
    articles(&reader, &matches).into_iter().map(|article| article.title).collect()
}

/// What should be in it: of each article the last version, unless it is taken back.
fn expected(files: &BTreeMap<String, Vec<Delivery>>) -> BTreeSet<String> {
    let mut last: BTreeMap<usize, Delivery> = BTreeMap::new();
    for delivery in files.values().flatten() {
        let known = last.entry(delivery.article).or_insert(*delivery);
        if delivery.version >= known.version {
            *known = *delivery;
        }
    }
    let shown = last.values().filter(|delivery| delivery.status == "usable");
    shown.map(|delivery| delivery.title()).collect()
}

#[test]
fn a_later_version_replaces_an_earlier_and_gives_way_when_it_goes() {
    let delivery = |version, status| Delivery { article: 1, version, status }.json();
    let archive = Archive::with(&[("news/b.json", delivery(1, "usable"))]);
    let library = Library::of(&archive.path("news"));
    assert_eq!(library.update(FIRST_SEEN).hidden, 0);
    archive.write("news/a.json", delivery(2, "usable"));
    let report = library.update(FIRST_SEEN);
    assert_eq!((report.articles, report.hidden), (1, 1));
    assert_eq!(titles(&library), ["Storm 1, version 2".to_owned()].into());

    archive.write("news/c.json", delivery(3, "canceled"));
    assert_eq!(library.update(FIRST_SEEN).articles, 0);
    fs::remove_file(archive.path("news/c.json")).unwrap();
    library.update(FIRST_SEEN);
    assert_eq!(titles(&library), ["Storm 1, version 2".to_owned()].into());
    fs::remove_file(archive.path("news/a.json")).unwrap();
    let report = library.update(FIRST_SEEN);
    assert_eq!(titles(&library), ["Storm 1, version 1".to_owned()].into());
    assert_eq!((report.removed, report.replaced, report.unchanged), (1, 1, 0));
    assert_eq!(library.update(FIRST_SEEN).unchanged, 1);
}

#[test]
fn an_article_that_moves_to_an_earlier_file_stays() {
    let delivery = |article| Delivery { article, version: 1, status: "usable" }.json();
    let archive = Archive::with(&[("news/feed.jsonl", delivery(1) + &delivery(2))]);
    let library = Library { threads: 1, ..Library::of(&archive.path("news")) };
    library.update(FIRST_SEEN);
    archive.write("news/feed.jsonl", delivery(2) + &delivery(3));
    archive.write("news/archive.jsonl", delivery(1));
    let report = library.update(FIRST_SEEN);
    assert_eq!((report.added, report.replaced, report.articles), (1, 1, 3), "{report:?}");
    assert_eq!(library.update(FIRST_SEEN).unchanged, 2);
}

#[test]
fn any_series_of_deliveries_shows_the_last_versions() {
    for series in 0..8 {
        let mut dice = Dice::new(series);
        let archive = Archive::new();
        fs::create_dir(archive.path("news")).unwrap();
        let library = Library {
            threads: 1 + dice.below(3),
            commit_bytes: dice.pick(&[1, u64::MAX]),
            ..Library::of(&archive.path("news"))
        };
        let mut files: BTreeMap<String, Vec<Delivery>> = BTreeMap::new();
        // No version is delivered twice, so that the last is one.
        let mut next_version = 0;
        for round in 0..6 {
            for _ in 0..1 + dice.below(4) {
                let name = format!("news/{}.jsonl", dice.below(6));
                if dice.one_in(4) && files.contains_key(&name) {
                    // Its articles move to another file.
                    let other = format!("news/{}.jsonl", dice.below(6));
                    if other != name {
                        let moved = files.remove(&name).unwrap_or_default();
                        drop(fs::remove_file(archive.path(&name)));
                        archive
                            .write(&other, moved.iter().map(|one| one.json()).collect::<String>());
                        files.insert(other, moved);
                    }
                    continue;
                }
                if dice.one_in(4) {
                    files.remove(&name);
                    drop(fs::remove_file(archive.path(&name)));
                    continue;
                }
                let deliveries: Vec<Delivery> = (0..1 + dice.below(3))
                    .map(|_| {
                        next_version += 1;
                        let status =
                            dice.pick(&["usable", "usable", "usable", "canceled", "withheld"]);
                        // Not in the order in which they are written.
                        let version = next_version * 7919 % 10_007;
                        Delivery { article: dice.below(4), version, status }
                    })
                    .collect();
                archive.write(&name, deliveries.iter().map(|one| one.json()).collect::<String>());
                files.insert(name, deliveries);
            }
            library.update(FIRST_SEEN);
            assert_eq!(titles(&library), expected(&files), "series {series}, round {round}");
        }
    }
}
