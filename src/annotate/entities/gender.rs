//! The gender that a given name tells, for *Mr* and *Mrs* before a surname that
//! two people share.
//!
//! The names are in `gazetteer/given_names.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::gazetteer::classes;

/// A man or a woman, as far as a name or title tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    /// He.
    Man,
    /// She.
    Woman,
}

/// The gender of who bears the folded given name.
pub(super) fn gender_of(given: &str) -> Option<Gender> {
    GENDERS.get(given).copied()
}

static GENDERS: LazyLock<FxHashMap<&str, Gender>> = LazyLock::new(|| {
    classes(include_str!("gazetteer/given_names.txt"))
        .map(|(class, name)| (name, if class == "man" { Gender::Man } else { Gender::Woman }))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::{GENDERS, Gender, classes, gender_of};

    #[test]
    fn a_given_name_tells_one_gender_or_none() {
        assert_eq!(gender_of("hillary"), Some(Gender::Woman));
        assert_eq!(gender_of("william"), Some(Gender::Man));
        assert_eq!(gender_of("robin"), None);
        let all = classes(include_str!("gazetteer/given_names.txt"));
        assert_eq!(all.count(), GENDERS.len());
    }
}
