//! The names that files of labelled words have for kinds.

use super::CorpusError;
use crate::annotate::recogniser::NameKind;

/// Names of kinds in the files that people have, in lower case: CoNLL 2002 and
/// 2003, OntoNotes, MUC, Worldwide, `CrossNER`, re3d, UNER.
const KNOWN: [(&str, Option<NameKind>); 51] = [
    ("per", Some(NameKind::Person)),
    ("pers", Some(NameKind::Person)),
    ("person", Some(NameKind::Person)),
    ("politician", Some(NameKind::Person)),
    ("org", Some(NameKind::Organization)),
    ("organization", Some(NameKind::Organization)),
    ("organisation", Some(NameKind::Organization)),
    ("politicalparty", Some(NameKind::Organization)),
    ("loc", Some(NameKind::Place)),
    ("location", Some(NameKind::Place)),
    ("place", Some(NameKind::Place)),
    ("gpe", Some(NameKind::Place)),
    ("geo", Some(NameKind::Place)),
    ("country", Some(NameKind::Place)),
    ("fac", Some(NameKind::Place)),
    ("facility", Some(NameKind::Place)),
    ("misc", Some(NameKind::Miscellaneous)),
    ("miscellaneous", Some(NameKind::Miscellaneous)),
    ("norp", Some(NameKind::Miscellaneous)),
    ("nationality", Some(NameKind::Miscellaneous)),
    ("gpe-adj", Some(NameKind::Miscellaneous)),
    ("event", Some(NameKind::Miscellaneous)),
    ("eve", Some(NameKind::Miscellaneous)),
    ("election", Some(NameKind::Miscellaneous)),
    ("product", Some(NameKind::Miscellaneous)),
    ("work_of_art", Some(NameKind::Miscellaneous)),
    ("art", Some(NameKind::Miscellaneous)),
    ("law", Some(NameKind::Miscellaneous)),
    ("language", Some(NameKind::Miscellaneous)),
    ("militaryplatform", Some(NameKind::Miscellaneous)),
    ("weapon", Some(NameKind::Miscellaneous)),
    ("nat", Some(NameKind::Miscellaneous)),
    ("date", None),
    ("time", None),
    ("tim", None),
    ("temporal", None),
    ("money", None),
    ("percent", None),
    ("quantity", None),
    ("cardinal", None),
    ("ordinal", None),
    ("number", None),
    ("duration", None),
    ("set", None),
    ("documentreference", None),
    ("commsidentifier", None),
    ("coordinate", None),
    ("frequency", None),
    ("url", None),
    ("email", None),
    ("title", None),
];

/// What the names of kinds in a file mean: the known ones, and what the user
/// says of others.
#[derive(Clone, Debug, Default)]
pub struct KindNames {
    own: Vec<(String, Option<NameKind>)>,
}

impl KindNames {
    /// The known names and these mappings, each written `TYPE=kind`.
    ///
    /// # Errors
    ///
    /// When a mapping is not written so.
    pub fn new<'a>(mappings: impl IntoIterator<Item = &'a str>) -> Result<Self, CorpusError> {
        let own = mappings.into_iter().map(|mapping| {
            let (name, kind) =
                mapping.split_once('=').ok_or_else(|| CorpusError::Mapping(mapping.to_owned()))?;
            let kind = kind.trim().to_lowercase();
            let kind = if kind == "none" {
                None
            } else {
                let known = known(&kind).flatten();
                Some(known.ok_or_else(|| CorpusError::Mapping(mapping.to_owned()))?)
            };
            Ok((name.trim().to_lowercase(), kind))
        });
        Ok(Self { own: own.collect::<Result<_, _>>()? })
    }

    /// What `name` means; none within for what is no name of ours, none at all
    /// for a kind that is not known.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<Option<NameKind>> {
        let name = name.to_lowercase();
        let own = self.own.iter().rev().find(|(own, _)| *own == name);
        own.map(|(_, kind)| *kind).or_else(|| known(&name))
    }
}

fn known(name: &str) -> Option<Option<NameKind>> {
    KNOWN.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::KindNames;
    use crate::annotate::recogniser::NameKind;

    #[test]
    fn mappings_come_before_what_is_known() {
        let names = KindNames::new(["GPE=none", "band=org"]).expect("two mappings");
        assert_eq!(names.kind("gpe"), Some(None));
        assert_eq!(names.kind("Band"), Some(Some(NameKind::Organization)));
        assert_eq!(names.kind("PER"), Some(Some(NameKind::Person)));
        assert_eq!(names.kind("spaceship"), None);
        for wrong in ["band", "band=group"] {
            assert!(KindNames::new([wrong]).is_err(), "{wrong}");
        }
    }
}
