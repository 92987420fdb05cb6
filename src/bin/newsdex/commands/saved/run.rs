//! `newsdex saved run`: the hits of saved queries, or what is new of them.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use newsdex::output::{Field, QueryCountWire, plural, safe_line};
use newsdex::query::LabelledQuery;
use newsdex::search::{Counter, Limit, Mark, Matches, NewArticles, Order};

use super::seen::{Outcome, Seen};
use super::{saved_queries, unknown};
use crate::args::{CountOrAll, Format, FormatArguments, count_or_all, field};
use crate::asked::Opened;
use crate::clock;
use crate::commands::search::order;
use crate::failure::{ERROR, Failure};
use crate::labelled_hits::{LabelledHits, Question};
use crate::output::Output;
use crate::query_file::QueryFile;
use crate::settings::Settings;

/// Articles of one query that are told one by one unless another number is given: more
/// than somebody reads in a mail.
const MOST: usize = 50;
/// Of more, how many are shown: enough to see what it is about.
const SHOWN_OF_FLOOD: usize = 5;

/// Run saved queries: every hit, or what is new
///
/// With --new, tells of articles that were indexed since the query was last run with
/// --new, and which words match; silent, with exit code 1, if there are none. The
/// first time, every article is new. Made for cron.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex saved run 'port strike' -n 10 --sort date\n  newsdex saved run --new\n  newsdex saved run --new --format jsonl"
)]
pub(super) struct Arguments {
    /// The names of saved queries; all if absent
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Only articles indexed since the last run with --new, the latest published first
    #[arg(long, conflicts_with_all = ["limit", "sort"])]
    new: bool,
    /// What the last run with --new told, once more, and what came since; the next one
    /// is not changed by it
    #[arg(long, conflicts_with_all = ["new", "limit", "sort"])]
    again: bool,
    /// Announce more new articles of a query than that instead of listing them, or
    /// `all` to list any number [default: 50; with --again: all]
    #[arg(long, value_name = "N", value_parser = count_or_all)]
    most: Option<CountOrAll>,
    /// How many hits of each query, or `all` [default: all]
    #[arg(short = 'n', long, value_name = "N", value_parser = count_or_all)]
    limit: Option<CountOrAll>,
    /// Order hits by score, date or words; with `:asc`, least or oldest first [default:
    /// score]
    #[arg(long, value_name = "ORDER", value_parser = order)]
    sort: Option<Order>,
    /// The fields of each hit in JSON, CSV and TSV
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_parser = field)]
    fields: Vec<Field>,
    /// How many different words a wildcard may take in
    #[arg(long, value_name = "WORDS", default_value_t = 10_000)]
    pattern_limit: usize,
    #[command(flatten)]
    format: FormatArguments,
}

pub(super) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    arguments.format.refuse_fields_of_text(&arguments.fields)?;
    let is_news = arguments.new || arguments.again;
    if arguments.most.is_some() && !is_news {
        return Err(Failure::new("`--most` needs `--new` or `--again`"));
    }
    let opened = Opened::nearest(settings)?;
    let mut file = arguments.chosen(&opened)?;
    if file.is_all_refused() {
        return Ok(ExitCode::from(ERROR));
    }
    if is_news {
        arguments.news(&mut file, &opened, settings)?;
    } else {
        let mut out = arguments.output(settings);
        let request = opened.hits_request(
            arguments.limit.map_or(Limit::All, CountOrAll::limit),
            arguments.sort,
            arguments.pattern_limit,
            settings,
        );
        arguments.hits(&opened, settings)?.write_file(&mut out, &mut file, request)?;
        out.finish()?;
    }
    Ok(file.fared.exit_code(&opened))
}

/// What is new of a saved query.
struct News<'q> {
    asked: &'q LabelledQuery,
    matches: Matches,
}

impl Arguments {
    fn output(&self, settings: &Settings) -> Output {
        match self.format.format() {
            Format::Text => Output::paged(settings),
            _ => Output::plain(),
        }
    }

    fn hits<'a>(
        &self,
        opened: &'a Opened,
        settings: &Settings,
    ) -> Result<LabelledHits<'a>, Failure> {
        LabelledHits::new(opened, self.format.format(), &self.fields, true, settings)
    }

    /// The saved queries that were named.
    fn chosen(&self, opened: &Opened) -> Result<QueryFile, Failure> {
        let mut file = saved_queries(&opened.home)?;
        let known = || file.queries.iter().map(|saved| saved.label.clone()).collect();
        let is_known = |name: &&String| file.queries.iter().any(|saved| saved.label == **name);
        if let Some(name) = self.names.iter().find(|name| !is_known(name)) {
            return Err(unknown(name, known()));
        }
        if file.queries.is_empty() && !file.is_all_refused() {
            let failure = Failure::new("there are no saved queries");
            return Err(failure.hint("`newsdex saved add NAME QUERY` keeps one"));
        }
        let names = &self.names;
        file.queries.retain(|saved| names.is_empty() || names.contains(&saved.label));
        Ok(file)
    }

    /// Tells what is new, and then that it was told: if this run ends in between, the
    /// next one tells it again.
    fn news(
        &self,
        file: &mut QueryFile,
        opened: &Opened,
        settings: &Settings,
    ) -> Result<(), Failure> {
        let seen = Seen::of(&opened.home)?;
        // Whether it can be kept, before anything is told.
        let kept = if self.new { Some(seen.file()?) } else { None };
        let mark = Arc::new(Mark::of(&opened.reader, clock::now())?);
        let news = self.find(file, opened, &seen, settings)?;
        self.tell(&news, opened, settings)?;
        let Some(kept) = kept else { return Ok(()) };
        let outcome = |news: &News<'_>| match news.matches.total {
            0 => Outcome::NothingNew,
            _ => Outcome::Told,
        };
        let outcomes: Vec<_> =
            news.iter().map(|news| (news.asked.label.clone(), outcome(news))).collect();
        seen.keep(kept, &outcomes, &mark)
    }

    /// The new articles of each query.
    fn find<'q>(
        &self,
        file: &'q mut QueryFile,
        opened: &Opened,
        seen: &Seen,
        settings: &Settings,
    ) -> Result<Vec<News<'q>>, Failure> {
        let request = opened.count_request(self.pattern_limit, Vec::new(), settings);
        let counter = Counter::new(&opened.reader, &request)?;
        let most = match (self.most, self.again) {
            (Some(most), _) => most.limit(),
            (None, true) => Limit::All,
            (None, false) => Limit::First(MOST),
        };
        // Queries that were last run together have one mark.
        let mut by_mark: Vec<(Option<&Arc<Mark>>, NewArticles)> = Vec::new();
        let QueryFile { name, queries, fared } = file;
        let mut news = Vec::new();
        for asked in queries.iter() {
            let since = match self.again {
                true if seen.last(&asked.label).is_none() => continue,
                true => seen.before(&asked.label),
                false => seen.last(&asked.label),
            };
            let known = by_mark.iter().position(|(mark, _)| match (mark, since) {
                (Some(mark), Some(since)) => Arc::ptr_eq(mark, since),
                (mark, since) => mark.is_none() && since.is_none(),
            });
            let known = match known {
                Some(known) => known,
                None => {
                    by_mark.push((since, counter.new_since(since.map(Arc::as_ref))?));
                    by_mark.len() - 1
                }
            };
            let answer = counter.newest(&asked.query, &by_mark[known].1, most);
            if let Some(mut matches) = fared.note(name, asked, answer)? {
                fared.articles += matches.total;
                if matches.total > matches.ranked.len() as u64 {
                    matches.ranked.truncate(SHOWN_OF_FLOOD);
                }
                news.push(News { asked, matches });
            }
        }
        Ok(news)
    }

    fn tell(&self, news: &[News<'_>], opened: &Opened, settings: &Settings) -> Result<(), Failure> {
        let format = self.format.format();
        let told: Vec<&News<'_>> = news.iter().filter(|news| news.matches.total > 0).collect();
        // Whoever runs it by the clock wants to hear of nothing but what is new; a
        // program that reads JSON wants a document.
        if told.is_empty() && format != Format::Json {
            return Ok(());
        }
        let mut out = self.output(settings);
        let hits = self.hits(opened, settings)?;
        hits.write(&mut out, |give| {
            let _ = told.iter().try_for_each(|news| give(news.question(), news.matches.clone()));
        })?;
        let totals: Vec<_> = news.iter().map(News::wire).collect();
        hits.finish(&mut out, &totals)?;
        out.finish()?;
        if format != Format::Text {
            for flood in told.iter().filter_map(|news| news.flood()) {
                writeln!(io::stderr(), "note: {}", safe_line(&flood))?;
            }
        }
        Ok(())
    }
}

impl News<'_> {
    fn question(&self) -> Question {
        let new = plural(self.matches.total, "new article");
        let heading = self.flood().unwrap_or_else(|| format!("{}  {new}", self.asked.label));
        Question {
            label: self.asked.label.clone(),
            query: self.asked.query.clone(),
            heading,
            shown: self.matches.ranked.len(),
        }
    }

    /// What announces more articles than are shown.
    fn flood(&self) -> Option<String> {
        let Matches { total, ranked, .. } = &self.matches;
        if *total == ranked.len() as u64 {
            return None;
        }
        let new = plural(*total, "new article");
        let shown = match ranked.len() {
            0 => "none is shown".to_owned(),
            1 => "the newest is shown".to_owned(),
            shown => format!("the {shown} newest are shown"),
        };
        // As a shell takes it.
        let name = self.asked.label.replace('\'', r"'\''");
        let label = &self.asked.label;
        Some(format!("{label}  {new}; {shown}, all by: newsdex saved run '{name}' --again"))
    }

    fn wire(&self) -> QueryCountWire {
        QueryCountWire {
            label: self.asked.label.clone(),
            query: self.asked.query.to_string(),
            total: self.matches.total,
            cells: None,
        }
    }
}
