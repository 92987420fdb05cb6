//! A small archive of original articles that the tests of the commands share.

use crate::harness::Archive;

/// Four articles of two outlets and a note, in three files.
pub(crate) const WIRE: &str = concat!(
    r#"{"title": "Dockers strike at the port", "text": "Dockers walked out on Monday.\n\nThe US and the WHO watch the strike.", "date": "2024-04-14", "source": "Northern Wire", "people": ["Ann Lee", "Joe Biden"], "organizations": ["NATO"], "places": ["Iran"], "authors": ["Bo Lind"], "tags": ["labour", "port"], "section": "Business", "language": "en", "url": "https://example.org/strike"}"#,
    "\n",
    r#"{"title": "Port strike ends", "text": "The strikes are over, who knows why, and it is up to us.", "date": "2024-04-18T09:30:00+02:00", "source": "Harbour Times", "people": ["Ann Lee"], "tags": ["port"], "language": "en"}"#,
    "\n",
    r#"{"title": "Fog", "text": "Fog closed the bridge.", "date": "soon", "source": "Harbour Times", "language": "en"}"#,
    "\n",
);

const STORM: &str =
    "Title: Storm over the town\nDate: 2024-03-02\nLanguage: en\n\nThe storm took roofs off.\n";

const NOTE: &str = "---\ntitle: Grève au port\ndate: 2024-04\nlang: fr\noutlet: Le Phare\n---\n\nLes grèves continuent.\n";

/// The archive, not yet indexed.
pub(crate) fn unindexed() -> Archive {
    Archive::with(&[("wire.jsonl", WIRE), ("2024/storm.txt", STORM), ("2024/notes/greve.md", NOTE)])
}

/// The archive and its index.
pub(crate) fn indexed() -> Archive {
    let archive = unindexed();
    archive.index();
    archive
}
