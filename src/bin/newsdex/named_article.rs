//! Articles as they are named on the command line: by path or by identifier.

use std::path::Path;
use std::sync::Arc;

use newsdex::index::{IndexReader, StoredArticle};
use newsdex::output::grouped;
use newsdex::query::Query;
use newsdex::search::{Limit, Order, Ranked, Search, SearchRequest, SortKey};

use crate::failure::Failure;
use crate::home::Home;
use crate::settings::Settings;

/// Identifiers that are listed where several begin with the given digits.
const LISTED: usize = 5;

/// An article, and where the index has it.
pub(crate) type NamedArticle = (Ranked, StoredArticle);

/// The articles that `named` names, and where the index has them: by path, else by
/// identifier.
pub(crate) fn named_articles(
    reader: &IndexReader,
    home: &Home,
    named: &str,
    settings: &Settings,
) -> Result<Vec<NamedArticle>, Failure> {
    let whole = Some((named, ""));
    for (path, part) in whole.into_iter().chain(named.rsplit_once('#')) {
        for name in names(home, path, &settings.working_folder) {
            let mut articles = of_file(reader, &name, settings)?;
            articles.retain(|(_, article)| part.is_empty() || article.part == part);
            if !articles.is_empty() {
                return Ok(articles);
            }
        }
    }
    identified(reader, named, settings)
}

/// The names that source files may have by this path: as hits show it, or as
/// other programs take it.
fn names(home: &Home, path: &str, working_folder: &Path) -> Vec<String> {
    let typed = working_folder.join(path);
    // A link is in the index by its own path or by that of its target; a file
    // that is gone has the first only.
    let paths = [std::path::absolute(&typed), typed.canonicalize()];
    let naming = home.naming();
    let mut names = vec![path.to_owned()];
    names.extend(paths.iter().flatten().map(|path| naming.name_of(path)));
    names.retain(|name| !name.is_empty());
    names
}

/// The articles of the source file with that name.
fn of_file(
    reader: &IndexReader,
    name: &str,
    settings: &Settings,
) -> Result<Vec<NamedArticle>, Failure> {
    let request = request(Query::of_path(name), Limit::All, settings);
    let ranked = Search::run(reader, &request)?.ranked;
    let search = Search::new(reader, &request.aliases, &request.query)?;
    // Of a folder nothing is read: the names come from their column.
    let paths = Search::paths(reader, &ranked)?;
    let of_file = ranked.iter().zip(&paths).filter(|(_, path)| *path == name);
    of_file.map(|(ranked, _)| Ok((*ranked, search.article(ranked)?))).collect()
}

/// The article whose identifier begins so.
fn identified(
    reader: &IndexReader,
    prefix: &str,
    settings: &Settings,
) -> Result<Vec<NamedArticle>, Failure> {
    let request = request(Query::of_id(prefix), Limit::First(LISTED), settings);
    let matches = Search::run(reader, &request)?;
    let search = Search::new(reader, &request.aliases, &request.query)?;
    let articles: Vec<_> = matches
        .ranked
        .iter()
        .map(|ranked| Ok((*ranked, search.article(ranked)?)))
        .collect::<Result<_, Failure>>()?;
    if matches.total <= 1 {
        return Ok(articles);
    }
    let ids: Vec<_> = articles.iter().map(|(_, article)| format!("`{}`", article.id)).collect();
    let more = if matches.total > LISTED as u64 { ", …" } else { "" };
    let message = format!(
        "`{prefix}` begins the identifiers of {} articles: {}{more}",
        grouped(matches.total),
        ids.join(", "),
    );
    Err(Failure::new(message).hint("give more digits"))
}

fn request(query: Query, limit: Limit, settings: &Settings) -> SearchRequest {
    SearchRequest {
        query,
        today: settings.today,
        order: Order { key: SortKey::Date, ascending: false },
        offset: 0,
        limit,
        facets: Vec::new(),
        // Articles are named by path or identifier.
        aliases: Arc::default(),
        pattern_limit: 0,
        threads: 1,
    }
}
