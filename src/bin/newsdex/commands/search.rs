//! `newsdex search`: which articles match, and why.

use std::collections::HashSet;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use clap::Args;
use newsdex::index::{IndexError, IndexReader};
use newsdex::ingest::ReadOptions;
use newsdex::output::{
    FacetWire, Field, HitText, Record, RowFormat, RowWriter, SearchWire, WIRE_VERSION, hit_record,
    safe_line, to_json, write_facets, write_failures, write_json_line, write_total,
};
use newsdex::query::{Query, parse};
use newsdex::search::{
    Aliases, Drill, FacetField, FacetRequest, Limit, Matches, Names, Order, Search, SearchRequest,
    SortKey,
};
use newsdex::update::UpdateError;

use crate::args::{
    CountOrAll, DrillArgument, FacetArguments, Format, FormatArguments, QueryArguments,
    WantedFacet, count_or_all, field,
};
use crate::failure::{Failure, INTERRUPTED, NOTHING_FOUND, SOME_UNREAD, is_forbidden};
use crate::home::Home;
use crate::interrupt::stop_on_ctrl_c;
use crate::output::{Output, style};
use crate::refresh::refresh;
use crate::settings::Settings;

/// Hits unless another number is given.
const HITS: usize = 10;
/// Values of a facet of names unless another number is given.
const FACET_VALUES: usize = 10;

/// Find articles
///
/// Prints the best matches with the piece of text that shows why. With a
/// folder, indexes it first, or brings its index up to date.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex search 'strike port' ~/news --facet person,org\n  newsdex search '\"take the win\" OR ceasefire' --sort date\n  newsdex search 'outlet:bbc iran' -n all --format csv --fields published,title,url"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    query: QueryArguments,
    /// How many hits, or `all` [default: 10; with -l: all]
    #[arg(short = 'n', long, value_name = "N", value_parser = count_or_all)]
    limit: Option<CountOrAll>,
    /// Leave out the first so many hits
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Order by score, date or words; with `:asc`, least or oldest first
    #[arg(long, value_name = "ORDER", default_value = "score", value_parser = order)]
    sort: Order,
    #[command(flatten)]
    facets: FacetArguments,
    /// The fields of each hit in JSON, CSV and TSV
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_parser = field)]
    fields: Vec<Field>,
    /// Print only the paths of source files with matches
    #[arg(short = 'l', long = "paths", conflicts_with_all = ["count", "quiet"])]
    paths: bool,
    /// End each path with a NUL byte, for `xargs -0`
    #[arg(short = '0', long = "null", requires = "paths")]
    null: bool,
    /// Print only how many articles match
    #[arg(short = 'c', long, conflicts_with = "quiet")]
    count: bool,
    /// Print nothing; the exit code tells whether anything matches
    #[arg(short = 'q', long)]
    quiet: bool,
    #[command(flatten)]
    format: FormatArguments,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    arguments.refuse_the_unshowable()?;
    let asked = Asked::new(&arguments.query, settings)?;
    let mut request = asked.request(&arguments.query, settings);
    request.order = arguments.sort;
    request.offset = arguments.offset;
    request.facets = facet_requests(&arguments.facets, &[]);
    request.limit = match arguments.limit {
        _ if arguments.count || arguments.quiet => Limit::First(0),
        Some(CountOrAll::Count(count)) => Limit::First(count),
        Some(CountOrAll::All) => Limit::All,
        // Paths are for scripts, which want them all.
        None if arguments.paths => Limit::All,
        None => Limit::First(HITS),
    };
    let matches = asked.run(&request)?;
    if arguments.quiet {
        let found = matches.total > 0;
        return Ok(if found { ExitCode::SUCCESS } else { asked.exit_code(0) });
    }
    let typed = &arguments.query.query;
    let answer = Answer { asked: &asked, typed, request: &request, matches: &matches, settings };
    let out = if arguments.count {
        let mut out = Output::plain();
        writeln!(out, "{}", matches.total)?;
        out
    } else if arguments.paths {
        answer.paths(if arguments.null { 0 } else { b'\n' })?
    } else {
        match arguments.format.format() {
            Format::Text => answer.text()?,
            Format::Json => answer.json(&arguments.fields)?,
            Format::Jsonl => answer.json_lines(&arguments.fields)?,
            Format::Csv => answer.rows(RowFormat::Csv, &arguments.fields)?,
            Format::Tsv => answer.rows(RowFormat::Tsv, &arguments.fields)?,
        }
    };
    out.finish()?;
    Ok(asked.exit_code(matches.total))
}

impl Arguments {
    /// Refuses what the wanted form has no place for, rather than ignore it.
    fn refuse_the_unshowable(&self) -> Result<(), Failure> {
        let format = self.format.format();
        let has_facets = !self.facets.facets.is_empty();
        let has_fields = !self.fields.is_empty();
        let alone = match (self.count, self.paths) {
            (true, _) => Some("-c"),
            (_, true) => Some("-l"),
            _ => None,
        };
        if let Some(alone) = alone {
            let others = [
                (has_facets, "--facet"),
                (has_fields, "--fields"),
                (format != Format::Text, "--format"),
            ];
            if let Some((_, other)) = others.iter().find(|(given, _)| *given) {
                let failure = Failure::new(format_args!("`{alone}` does not go with `{other}`"));
                return Err(if self.count && !has_fields {
                    failure.hint("`newsdex count` and `newsdex facets` take `--format`")
                } else {
                    failure
                });
            }
        }
        self.facets.refuse_without_facet()?;
        let is_rows = matches!(format, Format::Jsonl | Format::Csv | Format::Tsv);
        if is_rows && has_facets {
            let name = format.name();
            return Err(Failure::new(format_args!(
                "`--facet` does not go with `--format {name}`; use `newsdex facets`"
            )));
        }
        refuse_fields_of_text(&self.fields, format)
    }
}

/// Refuses a choice of fields where text for people is wanted.
pub(super) fn refuse_fields_of_text(fields: &[Field], format: Format) -> Result<(), Failure> {
    if format == Format::Text && !fields.is_empty() {
        return Err(Failure::new("`--fields` needs `--format` json, jsonl, csv or tsv"));
    }
    Ok(())
}

/// A query, parsed, and the index that it is asked of, up to date.
pub(super) struct Asked {
    pub(super) home: Home,
    pub(super) query: Query,
    /// The folder that was named, as the index knows it; empty if that is all of
    /// it.
    folder: String,
    pub(super) reader: IndexReader,
    pub(super) aliases: Arc<Aliases>,
    /// Whether source files could not be read.
    some_unread: bool,
}

impl Asked {
    pub(super) fn new(arguments: &QueryArguments, settings: &Settings) -> Result<Self, Failure> {
        arguments.refuse_several_words()?;
        arguments.refuse_without_folder()?;
        let query =
            parse(&arguments.query).map_err(|error| Failure::query(&arguments.query, &error))?;
        let Some(folder) = &arguments.folder else {
            let home = Home::to_read(settings)?;
            let reader = home.open()?;
            let aliases = home.aliases()?;
            return Ok(Self {
                home,
                folder: String::new(),
                query,
                reader,
                aliases,
                some_unread: false,
            });
        };
        let (home, roots) = Home::to_index(std::slice::from_ref(folder), settings)
            .map_err(|failure| arguments.hint_at_quotes(failure))?;
        let name = home.naming().name_of(&roots[0]);
        let recognition = arguments.recognition.wanted()?;
        let stop = stop_on_ctrl_c()?;
        let read = ReadOptions::default();
        let some_unread = match refresh(&home, roots, read, recognition, None, settings, stop) {
            Ok(report) if report.interrupted => return Err(Failure::interrupted()),
            Ok(report) => {
                write_failures(&mut io::stderr().lock(), &report)?;
                !report.failed.is_empty()
            }
            Err(error) => {
                search_as_it_is(&home, error)?;
                false
            }
        };
        // Nothing is left to be committed: from now on one Ctrl-C ends at once.
        stop.store(true, Ordering::Relaxed);
        let reader = home.open()?;
        let aliases = home.aliases()?;
        Ok(Self { home, query, folder: name, reader, aliases, some_unread })
    }

    /// A query in the folder that was named.
    pub(super) fn within(&self, query: Query) -> Query {
        if self.folder.is_empty() { query } else { query.below(&self.folder) }
    }

    /// What is asked unless the arguments say more.
    pub(super) fn request(&self, arguments: &QueryArguments, settings: &Settings) -> SearchRequest {
        SearchRequest {
            query: self.within(self.query.clone()),
            today: settings.today,
            order: Order { key: SortKey::Score, ascending: false },
            offset: 0,
            limit: Limit::First(0),
            facets: Vec::new(),
            aliases: Arc::clone(&self.aliases),
            pattern_limit: arguments.pattern_limit,
        }
    }

    pub(super) fn run(&self, request: &SearchRequest) -> Result<Matches, Failure> {
        Ok(Search::run(&self.reader, request)?)
    }

    pub(super) fn exit_code(&self, total: u64) -> ExitCode {
        match total {
            _ if self.some_unread => ExitCode::from(SOME_UNREAD),
            0 => ExitCode::from(NOTHING_FOUND),
            _ => ExitCode::SUCCESS,
        }
    }
}

/// Warns that an index is searched without being brought up to date: another
/// process writes it, or nobody may. Without an index there, or where something
/// else is wrong, hands the error on.
fn search_as_it_is(home: &Home, error: UpdateError) -> Result<(), Failure> {
    let reason = match &error {
        UpdateError::Index(IndexError::Locked { holder, .. }) => format!("{holder} is writing it"),
        UpdateError::Index(IndexError::Io { cause, .. }) if is_forbidden(cause) => {
            "permission denied".to_owned()
        }
        _ => return Err(error.into()),
    };
    if IndexReader::open(&home.index()).is_err() {
        return Err(error.into());
    }
    // Where standard error is closed nobody can be told.
    let _ = writeln!(
        io::stderr(),
        "warning: the index is not brought up to date: {reason}; searching what it holds"
    );
    Ok(())
}

/// What to count, from the arguments or by default.
pub(super) fn facet_requests(
    arguments: &FacetArguments,
    default: &[WantedFacet],
) -> Vec<FacetRequest> {
    let wanted = if arguments.facets.is_empty() { default } else { &arguments.facets };
    let request = |facet: &WantedFacet| FacetRequest {
        field: facet.field,
        limit: facet.limit.or(match (arguments.facet_limit, facet.field) {
            (Some(CountOrAll::Count(count)), _) => Some(count),
            (Some(CountOrAll::All), _) | (None, FacetField::Date(_)) => None,
            (None, FacetField::Name(_)) => Some(FACET_VALUES),
        }),
        prefix: arguments.prefix.clone(),
        drill: match arguments.drill {
            None | Some(DrillArgument::Sideways) => Drill::Sideways,
            Some(DrillArgument::Down) => Drill::Down,
        },
    };
    wanted.iter().map(request).collect()
}

/// An answer, ready to be written in any form.
struct Answer<'a> {
    asked: &'a Asked,
    /// The query as typed.
    typed: &'a str,
    request: &'a SearchRequest,
    matches: &'a Matches,
    settings: &'a Settings,
}

impl Answer<'_> {
    fn search(&self) -> Search<'_> {
        Search::new(&self.asked.reader, &self.asked.query)
    }

    fn text(&self) -> Result<Output, Failure> {
        let mut out = Output::paged(self.settings);
        let style = style(self.settings, &self.asked.home);
        write_total(&mut out, self.matches.total)?;
        let first = self.request.offset + 1;
        let mut hits = HitText::new(&style, first, first + self.matches.ranked.len());
        let search = self.search();
        for ranked in &self.matches.ranked {
            hits.write(&mut out, &search.hit(ranked)?)?;
        }
        if !self.matches.facets.is_empty() {
            writeln!(out)?;
            write_facets(&mut out, &style, &self.matches.facets)?;
        }
        self.advise()?;
        Ok(out)
    }

    /// Says what the query may have been meant to be.
    fn advise(&self) -> io::Result<()> {
        if has_or_between_words(self.typed) {
            writeln!(
                io::stderr(),
                "hint: `or` is a word like any other; `OR` in capitals finds either"
            )?;
        }
        if self.matches.total > 0 {
            return Ok(());
        }
        for word in self.search().acronyms() {
            let (lower, word) = (safe_line(&word), safe_line(&word).to_uppercase());
            writeln!(
                io::stderr(),
                "hint: `{word}` in capitals finds only the acronym; `{lower}` finds the word too"
            )?;
        }
        Ok(())
    }

    fn json(&self, fields: &[Field]) -> Result<Output, Failure> {
        let hits = self.records(fields, &Field::OF_HIT)?.collect::<Result<Vec<_>, _>>()?;
        let mut out = Output::plain();
        out.write_all(&to_json(&SearchWire {
            version: WIRE_VERSION,
            query: self.asked.query.to_string(),
            total: self.matches.total,
            offset: self.request.offset,
            hits,
            facets: self.matches.facets.iter().map(FacetWire::from).collect(),
        })?)?;
        Ok(out)
    }

    fn json_lines(&self, fields: &[Field]) -> Result<Output, Failure> {
        let mut out = Output::plain();
        for record in self.records(fields, &Field::OF_HIT)? {
            let mut record = record?;
            record.values.insert(0, ("version", WIRE_VERSION.into()));
            write_json_line(&mut out, &record)?;
        }
        Ok(out)
    }

    fn rows(&self, format: RowFormat, fields: &[Field]) -> Result<Output, Failure> {
        let fields = if fields.is_empty() { &Field::OF_ROW } else { fields };
        let mut out = Output::plain();
        let mut rows = RowWriter::new(&mut out, format, self.settings.stdout_is_terminal);
        rows.write(&fields.iter().map(|field| field.name()).collect::<Vec<_>>())?;
        for record in self.records(fields, fields)? {
            rows.write(&record?.cells())?;
        }
        rows.flush()?;
        drop(rows);
        Ok(out)
    }

    /// The hits, read one by one.
    fn records(
        &self,
        fields: &[Field],
        default: &[Field],
    ) -> Result<impl Iterator<Item = Result<Record, Failure>>, Failure> {
        let fields = if fields.is_empty() { default } else { fields }.to_vec();
        let search = self.search();
        let names = match fields.iter().any(|field| field.is_of_entities()) {
            true => Some(Names::open(&self.asked.reader, &self.asked.aliases)?),
            false => None,
        };
        Ok(self.matches.ranked.iter().map(move |ranked| {
            let mut hit = search.hit(ranked)?;
            if let Some(names) = &names {
                names.apply_to(&mut hit.article);
            }
            Ok(hit_record(&hit, &fields))
        }))
    }

    fn paths(&self, end: u8) -> Result<Output, Failure> {
        let mut out = Output::plain();
        let mut seen = HashSet::new();
        for name in Search::paths(&self.asked.reader, &self.matches.ranked)? {
            if !seen.insert(name.clone()) {
                continue;
            }
            let path = self.asked.home.path_from(&self.settings.working_folder, &name);
            if self.settings.stdout_is_terminal {
                out.write_all(safe_line(&path.to_string_lossy()).as_bytes())?;
            } else {
                out.write_all(path.as_os_str().as_encoded_bytes())?;
            }
            out.write_all(&[end])?;
        }
        Ok(out)
    }
}

/// Whether `or` stands in a query as if it were the operator.
fn has_or_between_words(query: &str) -> bool {
    let query = query.trim();
    // Every second piece is between quotes.
    let mut outside = query.split('"').step_by(2).flat_map(str::split_whitespace);
    query != "or"
        && !query.starts_with("or ")
        && !query.ends_with(" or")
        && outside.any(|word| word == "or")
}

fn order(text: &str) -> Result<Order, String> {
    let (key, direction) = text.split_once(':').unwrap_or((text, ""));
    let key = match key {
        "score" => SortKey::Score,
        "date" => SortKey::Date,
        "words" => SortKey::Words,
        _ => return Err("expected score, date or words".to_owned()),
    };
    match direction {
        "" | "desc" => Ok(Order { key, ascending: false }),
        "asc" => Ok(Order { key, ascending: true }),
        _ => Err("expected `asc` or `desc` after the colon".to_owned()),
    }
}

impl Failure {
    fn interrupted() -> Self {
        Self::Told { message: "interrupted".to_owned(), hints: Vec::new(), code: INTERRUPTED }
    }
}
