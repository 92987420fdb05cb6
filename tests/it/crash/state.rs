//! What must hold of an index whatever became of those who wrote it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use newsdex::article::ArticleId;
use newsdex::index::{FileState, IndexError, IndexReader, StoredArticle};
use newsdex::query::parse;
use newsdex::search::Search;

use crate::knowledge::knowledge;
use crate::library::{self, Library, articles};

/// The articles of each source file, when they were first seen apart.
pub(crate) type Contents = BTreeMap<String, BTreeMap<ArticleId, StoredArticle>>;

/// When each article was first seen.
pub(crate) type FirstSeen = BTreeMap<ArticleId, i64>;

/// What an index holds; nothing if there is none.
pub(crate) fn contents(library: &Library) -> (Contents, FirstSeen) {
    let (mut contents, mut seen) = (Contents::new(), FirstSeen::new());
    let reader = match IndexReader::open(&library.index) {
        Ok(reader) => reader,
        Err(IndexError::NotFound { .. }) => return (contents, seen),
        Err(error) => panic!("the index does not open: {error}"),
    };
    let matches = Search::run(&reader, &library::request(parse("").unwrap())).unwrap();
    assert_eq!(matches.total, reader.article_count().unwrap());
    for mut article in articles(&reader, &matches) {
        let twice = seen.insert(article.id, article.indexed_at);
        assert!(twice.is_none(), "`{}` is there twice", article.id);
        article.indexed_at = 0;
        contents.entry(article.path.clone()).or_default().insert(article.id, article);
    }
    (contents, seen)
}

/// Asserts that an index is one that a commit of an undisturbed run can have left, on the
/// way from what it held `before` to what it holds `after`.
#[track_caller]
pub(crate) fn assert_committed(library: &Library, before: &Contents, after: &Contents) {
    let (now, _) = contents(library);
    let Ok(reader) = IndexReader::open(&library.index) else {
        assert!(before.is_empty(), "the index is gone");
        return;
    };
    let manifest = reader.manifest().unwrap();
    for (path, held) in &now {
        let record = manifest.get(path).unwrap_or_else(|| panic!("`{path}` has no record"));
        let is_read = record.state != FileState::default();
        let (old, new) = (before.get(path), after.get(path));
        if path.starts_with("wire/") {
            // Which versions are shown depends on what other files hold; here they may
            // be of files in either state, but each is as it was delivered.
            assert!(held.len() as u64 <= record.articles || !is_read, "`{path}` holds too much");
            continue;
        }
        assert!(!is_read || held.len() as u64 == record.articles, "`{path}` is not whole");
        let is_part_of_new = old.is_none()
            && !is_read
            && held.iter().all(|(id, article)| new.and_then(|new| new.get(id)) == Some(article));
        let is_whole = Some(held) == old || Some(held) == new;
        assert!(is_whole || is_part_of_new, "`{path}` is neither old nor new");
    }
    for record in manifest.iter().filter(|record| record.state != FileState::default()) {
        let held = now.get(&record.name).map_or(0, |held| held.len() as u64);
        let is_wire = record.name.starts_with("wire/");
        assert!(held == record.articles || is_wire, "`{}` is not whole", record.name);
    }
    for path in before.keys().filter(|path| after.contains_key(*path)) {
        let is_wire = path.starts_with("wire/");
        assert!(now.contains_key(path) || is_wire, "`{path}` was lost");
    }
    // It can be searched, and facets count its names.
    let known = knowledge(library);
    assert_eq!(known.articles.len() as u64, reader.article_count().unwrap());
}

/// Asserts that nothing lies in the folder of an index that belongs to no commit.
#[track_caller]
pub(crate) fn assert_tidy(index: &Path) {
    let meta = fs::read_to_string(index.join("meta.json")).unwrap();
    // The engine writes the identifiers of segments with hyphens, and their files without.
    let named: String = meta.chars().filter(|letter| *letter != '-').collect();
    let own: BTreeSet<&str> =
        ["meta.json", ".managed.json", "names", "writer.lock", ".tantivy-meta.lock"].into();
    let names = fs::read_dir(index).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = names
        .map(|name| name.into_string().unwrap())
        .filter(|name| {
            let segment = name.split('.').next().unwrap_or_default();
            let is_of_segment = segment.len() == 32 && named.contains(segment);
            !own.contains(&**name) && !is_of_segment
        })
        .collect();
    assert!(left.is_empty(), "{left:?} are left over");
}
