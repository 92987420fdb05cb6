//! Articles as tests show them.

use crate::article::{Article, Status};

/// The fields of `article` that have a value, one a line; then its body.
pub(in crate::ingest) fn shown(article: &Article) -> String {
    let published = article.published.map(|(date, from)| format!("{date} ({})", from.name()));
    let status = Some(article.status).filter(|status| *status != Status::Usable);
    let until = article.embargoed_until.map(|date| date.to_string());
    let version = Some(article.version).filter(|version| *version != 0);
    let fields = [
        ("part", article.part.clone()),
        ("title", article.title.clone()),
        ("url", article.url.clone()),
        ("outlet", article.outlet.clone()),
        ("authors", article.authors.join("; ")),
        ("section", article.section.clone()),
        ("tags", article.tags.join("; ")),
        ("lang", article.lang.clone()),
        ("published", published.unwrap_or_default()),
        ("date_text", article.date_text.clone()),
        ("dateline", article.dateline.clone()),
        ("people", article.people.join("; ")),
        ("organizations", article.organizations.join("; ")),
        ("places", article.places.join("; ")),
        ("guid", article.guid.clone()),
        ("version", version.map(|version| version.to_string()).unwrap_or_default()),
        ("status", status.map(|status| status.name().to_owned()).unwrap_or_default()),
        ("embargoed_until", until.unwrap_or_default()),
    ];
    let known = fields.iter().filter(|(_, value)| !value.is_empty());
    let lines: Vec<String> = known.map(|(name, value)| format!("{name} = {value}\n")).collect();
    format!("{}\n{}", lines.concat(), article.body)
}
