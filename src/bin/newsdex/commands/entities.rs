//! `newsdex entities`: who and what the articles name, with whom, and how
//! unusually.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use newsdex::annotate::EntityKind;
use newsdex::output::{
    EntitiesWire, NetworkWire, Record, RowFormat, RowWriter, SuggestionsWire, WIRE_VERSION,
    edge_record, entity_record, suggestion_record, write_entities, write_graphml, write_json_line,
    write_network, write_suggestions,
};
use newsdex::search::{
    EntityOrder, EntityRequest, EntitySort, Limit, list_entities, network, suggest_merges,
};

use crate::args::{CountOrAll, QueryArguments, count_or_all};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::output::{Output, style};
use crate::settings::Settings;

/// Names unless another number is given; a screenful.
const NAMES: usize = 20;
/// Nodes of a network unless another number is given: as many as a picture of it
/// has room for.
const NODES: usize = 100;

/// List the people, organizations and places that the articles name
///
/// With how many articles name each, how often it is mentioned, from when to
/// when, and its other forms. One person is one name: aliases.tsv beside the
/// index says more (see the guide).
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex entities 'iran date:2024' --kind person\n  newsdex entities --with \"Joe Biden\" --kind org\n  newsdex entities 'port strike' --over-represented\n  newsdex entities 'port strike' --format graphml > network.graphml\n  newsdex entities --suggest-merges >> .newsdex/aliases.tsv"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    query: QueryArguments,
    /// Only these kinds: person, org, place
    #[arg(long = "kind", value_name = "KINDS", value_delimiter = ',')]
    kinds: Vec<Kind>,
    /// Who is named in one article with this one: a name, or `org:NATO`
    #[arg(long, value_name = "NAME")]
    with: Option<String>,
    /// Who is named more often in the matching articles than in the others, by
    /// the log-likelihood ratio G² (Dunning 1993)
    #[arg(long)]
    over_represented: bool,
    /// Who is named together, as pairs; `--format graphml` gives the same
    #[arg(long, conflicts_with = "suggest_merges")]
    network: bool,
    /// Suggest lines for aliases.tsv: names that may be one
    #[arg(long, conflicts_with_all = ["with", "over_represented", "prefix", "sort"])]
    suggest_merges: bool,
    /// Only names of which a word begins so
    #[arg(long, value_name = "LETTERS")]
    prefix: Option<String>,
    /// How many, or `all` [default: 20; of a network: 100]
    #[arg(short = 'n', long, value_name = "N", value_parser = count_or_all)]
    limit: Option<CountOrAll>,
    /// Order by articles, mentions, name, first or last; with `:asc` or `:desc`
    /// [default: articles; with --over-represented: g2]
    #[arg(long, value_name = "ORDER", value_parser = order)]
    sort: Option<EntityOrder>,
    /// The form of the results
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with = "json")]
    format: EntityFormat,
    /// The same as --format json
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Person,
    Org,
    Place,
}

/// The form of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EntityFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// The network, for Gephi and the like
    Graphml,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let format = if arguments.json { EntityFormat::Json } else { arguments.format };
    if arguments.suggest_merges && format == EntityFormat::Graphml {
        return Err(Failure::new("`--suggest-merges` does not go with `--format graphml`"));
    }
    let is_network = arguments.network || format == EntityFormat::Graphml;
    let asked = Asked::new(&arguments.query, settings)?;
    let request = arguments.request(&asked, settings, is_network)?;
    let answer = Answer { asked: &asked, settings, format };
    let (out, found) = if arguments.suggest_merges {
        answer.suggestions(&request)?
    } else if is_network {
        answer.network(&request)?
    } else {
        answer.list(&request)?
    };
    out.finish()?;
    Ok(asked.exit_code(found))
}

impl Arguments {
    fn request(
        &self,
        asked: &Asked,
        settings: &Settings,
        is_network: bool,
    ) -> Result<EntityRequest, Failure> {
        let search = asked.request(&self.query, settings);
        let by = if self.over_represented { EntitySort::Surprise } else { EntitySort::Articles };
        let order = self.sort.unwrap_or(EntityOrder { by, ascending: false });
        if order.by == EntitySort::Surprise && !self.over_represented {
            return Err(Failure::new("`--sort g2` needs `--over-represented`"));
        }
        Ok(EntityRequest {
            query: search.query,
            today: search.today,
            pattern_limit: search.pattern_limit,
            aliases: Arc::clone(&asked.aliases),
            kinds: self
                .kinds
                .iter()
                .map(|kind| match kind {
                    Kind::Person => EntityKind::Person,
                    Kind::Org => EntityKind::Organization,
                    Kind::Place => EntityKind::Place,
                })
                .collect(),
            with: self.with.clone(),
            over_represented: self.over_represented,
            prefix: self.prefix.clone(),
            order,
            limit: match self.limit {
                Some(CountOrAll::Count(count)) => Limit::First(count),
                Some(CountOrAll::All) => Limit::All,
                None if is_network => Limit::First(NODES),
                None => Limit::First(NAMES),
            },
        })
    }
}

/// What was asked, and the form of the answer.
struct Answer<'a> {
    asked: &'a Asked,
    settings: &'a Settings,
    format: EntityFormat,
}

impl Answer<'_> {
    fn query(&self) -> String {
        self.asked.query.to_string()
    }

    fn list(&self, request: &EntityRequest) -> Result<(Output, u64), Failure> {
        let list = list_entities(&self.asked.reader, request)?;
        let mut out;
        match self.format {
            EntityFormat::Text => {
                out = Output::paged(self.settings);
                write_entities(&mut out, &style(self.settings, &self.asked.home), &list)?;
            }
            EntityFormat::Json => {
                out = Output::plain();
                out.write_all(&self.asked.document(&EntitiesWire::new(self.query(), &list))?)?;
            }
            _ => out = self.records(list.rows.iter().map(entity_record), &EMPTY_LIST)?,
        }
        Ok((out, list.distinct))
    }

    fn network(&self, request: &EntityRequest) -> Result<(Output, u64), Failure> {
        let network = network(&self.asked.reader, request)?;
        let mut out;
        match self.format {
            EntityFormat::Text => {
                out = Output::paged(self.settings);
                write_network(&mut out, &style(self.settings, &self.asked.home), &network)?;
            }
            EntityFormat::Json => {
                out = Output::plain();
                out.write_all(&self.asked.document(&NetworkWire::new(self.query(), &network))?)?;
            }
            EntityFormat::Graphml => {
                out = Output::plain();
                write_graphml(&mut out, &network)?;
            }
            _ => {
                let edges = network.edges.iter().map(|edge| edge_record(&network, *edge));
                out = self.records(edges, &EMPTY_NETWORK)?;
            }
        }
        Ok((out, network.nodes.len() as u64))
    }

    fn suggestions(&self, request: &EntityRequest) -> Result<(Output, u64), Failure> {
        let found = suggest_merges(&self.asked.reader, request)?;
        let mut out;
        match self.format {
            EntityFormat::Text => {
                out = Output::paged(self.settings);
                write_suggestions(&mut out, &style(self.settings, &self.asked.home), &found)?;
            }
            EntityFormat::Json => {
                out = Output::plain();
                out.write_all(&self.asked.document(&SuggestionsWire::new(self.query(), &found))?)?;
            }
            _ => {
                let records = found.suggestions.iter().map(suggestion_record);
                out = self.records(records, &EMPTY_SUGGESTIONS)?;
            }
        }
        Ok((out, found.distinct))
    }

    /// Records as lines of JSON or as a table, whose header is that of the first
    /// record or, where there is none, `header`.
    fn records(
        &self,
        records: impl Iterator<Item = Record>,
        header: &[&'static str],
    ) -> Result<Output, Failure> {
        let mut out = Output::plain();
        if self.format == EntityFormat::Jsonl {
            for mut record in records {
                record.values.insert(0, ("version", WIRE_VERSION.into()));
                write_json_line(&mut out, &record)?;
            }
            return Ok(out);
        }
        let format = if self.format == EntityFormat::Csv { RowFormat::Csv } else { RowFormat::Tsv };
        let mut rows = RowWriter::new(&mut out, format, self.settings.cells);
        let mut records = records.peekable();
        match records.peek() {
            Some(first) => {
                rows.write(&first.values.iter().map(|(name, _)| *name).collect::<Vec<_>>())?
            }
            None => rows.write(header)?,
        }
        for record in records {
            rows.write_record(&record)?;
        }
        rows.flush()?;
        drop(rows);
        Ok(out)
    }
}

/// The header of a list without names.
const EMPTY_LIST: [&str; 8] =
    ["kind", "name", "partial", "articles", "mentions", "first", "last", "forms"];
/// The header of a network without pairs.
const EMPTY_NETWORK: [&str; 5] = ["source", "source_kind", "target", "target_kind", "articles"];
/// The header where nothing is suggested.
const EMPTY_SUGGESTIONS: [&str; 9] = [
    "kind",
    "name",
    "other",
    "articles",
    "other_articles",
    "together",
    "likeness",
    "company",
    "shared",
];

fn order(text: &str) -> Result<EntityOrder, String> {
    let (key, direction) = text.split_once(':').unwrap_or((text, ""));
    let by = match key {
        "articles" => EntitySort::Articles,
        "mentions" => EntitySort::Mentions,
        "g2" => EntitySort::Surprise,
        "name" => EntitySort::Name,
        "first" => EntitySort::First,
        "last" => EntitySort::Last,
        _ => return Err("expected articles, mentions, name, first, last or g2".to_owned()),
    };
    let ascending = match direction {
        // Names begin at `a`, dates at the first; all else with the most.
        "" => matches!(by, EntitySort::Name | EntitySort::First),
        "asc" => true,
        "desc" => false,
        _ => return Err("expected `asc` or `desc` after the colon".to_owned()),
    };
    Ok(EntityOrder { by, ascending })
}
