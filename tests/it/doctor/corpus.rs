//! Indexes of articles in which something is odd, written without source files.

use std::sync::Arc;

use jiff::civil::{Date, date};
use newsdex::annotate::Annotator;
use newsdex::annotate::recogniser::RecogniserMemory;
use newsdex::article::{Article, DateFrom, Doubt, Published, Status};
use newsdex::index::{
    Budget, DocumentBuilder, Editions, Fields, Forget, IndexWriter, Method, SourceRecord,
    SourceUpdate, Stage, WriterLock, WriterOptions,
};

use crate::harness::Archive;

/// An article in which nothing is odd.
pub(super) fn article(title: &str) -> Article {
    Article {
        title: title.to_owned(),
        body: format!("{title}. {}", "The ferry left the harbour in the evening. ".repeat(5)),
        outlet: "Harbour Times".to_owned(),
        published: Some((Published::day(date(2024, 4, 1)), DateFrom::Metadata)),
        ..Article::default()
    }
}

fn on(day: Date) -> Option<(Published, DateFrom)> {
    Some((Published::day(day), DateFrom::Metadata))
}

/// Writes an index of these articles, each of its source file, and of these records; with
/// a commit after every few.
pub(super) fn written(
    articles: &[(&str, Article)],
    records: &[SourceRecord],
    few: usize,
) -> Archive {
    let archive = Archive::new();
    let lock = WriterLock::take(&archive.path(".newsdex/index"), 0).unwrap();
    let options = WriterOptions { threads: 1, bytes_per_thread: 15_000_000 };
    let mut writer =
        IndexWriter::open(lock, options, Method::default(), Editions::default()).unwrap();
    let mut builder = DocumentBuilder::new(Fields::new());
    let (annotator, budget) = (Annotator::default(), Budget::new(1 << 30));
    let mut memory = RecogniserMemory::default();
    let update = |path: &str, documents, record| SourceUpdate {
        path: path.to_owned(),
        stage: Stage::Whole,
        forget: Forget::Nothing,
        documents,
        record,
        bytes: 0,
    };
    for (number, (path, article)) in articles.iter().enumerate() {
        let annotations = annotator.annotate(article, &mut memory);
        let share = Arc::new(budget.take(1));
        let document = builder.build(article, &annotations, path, 0, &share).unwrap();
        writer.apply(update(path, vec![document], None)).unwrap();
        if number % few == few - 1 {
            writer.commit().unwrap();
        }
    }
    for record in records {
        writer.apply(update(&record.name, Vec::new(), Some(record.clone()))).unwrap();
    }
    writer.commit().unwrap();
    writer.close().unwrap();
    archive
}

fn record(name: &str, articles: u64, trouble: Option<&str>) -> SourceRecord {
    let trouble = trouble.map(str::to_owned);
    SourceRecord { name: name.to_owned(), articles, trouble, ..SourceRecord::default() }
}

/// One or two of everything that is looked for.
pub(super) fn odd_articles() -> Vec<(&'static str, Article)> {
    let with = |title: &str, change: fn(&mut Article)| {
        let mut article = article(title);
        change(&mut article);
        article
    };
    vec![
        ("fine.txt", article("A plain report")),
        ("undated.txt", with("No day at all", |it| it.published = None)),
        (
            "unread.txt",
            with("Two ways to read it", |it| {
                it.published = None;
                it.date_text = "03/04/2024".to_owned();
                it.doubt(Doubt::UnreadDate);
            }),
        ),
        ("tomorrow.txt", with("Early in the east", |it| it.published = on(date(2024, 4, 21)))),
        ("future.txt", with("Not yet", |it| it.published = on(date(2050, 1, 1)))),
        (
            "television.txt",
            with("Before television", |it| {
                it.outlet = "CNN (Web News)".to_owned();
                it.published = on(date(1950, 6, 1));
            }),
        ),
        ("zero.txt", with("In the year one", |it| it.published = on(date(1, 1, 1)))),
        (
            "conflict.txt",
            with("Two days", |it| {
                it.rival_dates = vec![(Published::day(date(2024, 4, 3)), DateFrom::Url)];
                it.doubt(Doubt::DateConflict);
            }),
        ),
        ("headless.txt", with("Removed", |it| it.title.clear())),
        ("nobody.txt", with("By nobody", |it| it.outlet.clear())),
        ("empty.txt", with("Only a headline", |it| it.body.clear())),
        ("tiny.txt", with("A flash", |it| it.body = "Fog.".to_owned())),
        ("list.html", with("All our news", |it| it.doubt(Doubt::IndexPage))),
        ("wall.html", with("Read on for money", |it| it.doubt(Doubt::Paywall))),
        ("latin.txt", with("Odd letters", |it| it.doubt(Doubt::GuessedEncoding))),
        ("cnn.txt", with("Of the same outlet", |it| it.outlet = "cnn.com".to_owned())),
        ("copy-1.txt", with("The first", |it| it.body = article("Copied").body)),
        (
            "copy-2.txt",
            with("The second", |it| {
                it.body = article("Copied").body;
                it.published = on(date(2024, 3, 1));
            }),
        ),
        ("copy-3.txt", with("The third", |it| it.body = article("Copied").body)),
        ("pair-1.txt", with("A pair", |it| it.body = article("Paired").body)),
        ("pair-2.txt", with("A pair", |it| it.body = article("Paired").body)),
        ("again.txt", with("Another flash", |it| it.body = "Fog.".to_owned())),
        ("v1.xml", with("Version 1", |it| it.guid = "tag:1".to_owned())),
        (
            "v2.xml",
            with("Version 2", |it| {
                it.guid = "tag:1".to_owned();
                it.version = 2;
            }),
        ),
        (
            "gone.xml",
            with("Taken back", |it| {
                it.guid = "tag:2".to_owned();
                it.status = Status::Canceled;
            }),
        ),
        (
            "later.xml",
            with("For tomorrow", |it| {
                it.status = Status::Embargoed;
                it.embargoed_until = Some(Published::day(date(2024, 4, 30)));
            }),
        ),
    ]
}

pub(super) fn odd_records() -> Vec<SourceRecord> {
    vec![
        record("fine.txt", 1, None),
        record("report.pdf", 0, Some("`.pdf` files are not read")),
        record("other.pdf", 0, Some("`.pdf` files are not read")),
        record("cut.jsonl", 0, Some("line 7: neither a title nor a text")),
        record("half.jsonl", 12, Some("line 13: neither a title nor a text")),
        record("dump.jsonl", 1_000, None),
        record("nearly.jsonl", 999, None),
    ]
}
