//! How source files become articles of an index: what each commit says, so that
//! the next update does the same, or all anew.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Fields of articles, each with the name that source files give it.
pub type FieldMap = Vec<(String, String)>;

/// How source files become articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// How files are read: fields, each with the name that it has in JSON.
    #[serde(default)]
    pub map: FieldMap,
    /// With what names are recognised.
    #[serde(default)]
    pub recognition: Recognition,
    /// Which files are taken.
    #[serde(default)]
    pub selected: Selected,
}

/// Which files are taken, as they were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selected {
    /// Globs of which one must fit; none is all.
    #[serde(default)]
    pub include: Vec<String>,
    /// Globs to leave out.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Whether hidden files are taken.
    #[serde(default)]
    pub hidden: bool,
}

impl Method {
    /// What the last commit of the index in `folder` says of it, as far as that can be told:
    /// the index may be of another version or damaged.
    #[must_use]
    pub fn noted_in(folder: &Path) -> Option<Self> {
        let bytes = fs::read(folder.join("meta.json")).ok()?;
        // Whatever stands behind the object.
        let mut values = serde_json::Deserializer::from_slice(&bytes).into_iter::<Value>();
        let meta = values.next()?.ok()?;
        let note: Value = serde_json::from_str(meta.get("payload")?.as_str()?).ok()?;
        // Before there was recognition, nothing was said of it.
        note.get("recognition")?;
        serde_json::from_value(note).ok()
    }

    /// Whether articles made by both are the same: all but where a model lies and
    /// which files are taken.
    #[must_use]
    pub fn gives_the_same(&self, other: &Self) -> bool {
        self.map == other.map && self.recognition.model() == other.recognition.model()
    }
}

/// With what names are recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Recognition {
    /// With nothing.
    #[default]
    Nothing,
    /// With the model that was part of the program.
    Embedded {
        /// The model's identifier.
        model: u64,
    },
    /// With the model in a file.
    File {
        /// Its name, by the naming of source files.
        file: String,
        /// The model's identifier.
        model: u64,
    },
}

impl Recognition {
    /// The identifier of the model; none if there is no recognition.
    #[must_use]
    pub const fn model(&self) -> Option<u64> {
        match self {
            Self::Nothing => None,
            Self::Embedded { model } | Self::File { model, .. } => Some(*model),
        }
    }
}
