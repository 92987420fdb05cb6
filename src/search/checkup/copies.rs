//! Articles with the very same text, by the hashes of their texts.

use super::examples::Opener;
use super::run::most;
use super::sweep::TextOf;
use super::{Check, CheckupRequest, Example, Finding};
use crate::search::error::SearchError;

/// The groups of articles with one text: the largest first, then those of the longest
/// text, then by hash. Texts of a few words are not among them: these repeat by themselves.
/// In a group the article with the earliest date comes first.
pub(super) fn copies(
    texts: &[TextOf],
    request: &CheckupRequest,
    opener: &Opener<'_>,
) -> Result<Finding, SearchError> {
    let mut texts = texts.to_vec();
    texts.sort_unstable();
    let mut groups: Vec<&[TextOf]> = texts
        .chunk_by(|one, other| one.hash == other.hash)
        .filter(|group| group.len() > 1)
        .collect();
    groups.sort_by(|one, other| {
        let by_size = other.len().cmp(&one.len());
        by_size.then_with(|| other[0].words.cmp(&one[0].words))
    });
    let superfluous = groups.iter().map(|group| group.len() as u64 - 1).sum();
    let example = |group: &&[TextOf]| {
        let members = group.iter().take(most(request.members));
        let members = members.map(|text| opener.member(Check::Copies, text.address));
        Ok(Example {
            what: format!("{} words", group[0].words),
            count: group.len() as u64,
            members: members.collect::<Result<_, SearchError>>()?,
        })
    };
    let examples = groups
        .iter()
        .take(most(request.examples))
        .map(example)
        .collect::<Result<_, SearchError>>()?;
    Ok(Finding { superfluous, ..Finding::of(Check::Copies, groups.len() as u64, examples) })
}
