//! The arguments that say with what names are recognised.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use newsdex::annotate::recogniser::{Model, Recogniser};
use newsdex::update::{RecogniseWith, UpdateError, read_model};

use crate::failure::Failure;

/// How the model inside the program is called where a file could be named.
const EMBEDDED: &str = "embedded";

#[derive(Clone, Debug, Args)]
pub(crate) struct RecognitionArguments {
    /// Recognise names with the model in this file; `embedded` is the one inside
    /// newsdex
    #[arg(long, value_name = "FILE", conflicts_with = "no_recognition")]
    model: Option<PathBuf>,
    /// Recognise no names; keep those that files give as metadata
    #[arg(long)]
    no_recognition: bool,
}

impl RecognitionArguments {
    /// Refuses them where no folder is named, and so nothing is indexed.
    pub(crate) fn refuse_without_folder(&self) -> Result<(), Failure> {
        match self.given() {
            None => Ok(()),
            Some(name) => {
                Err(Failure::new(format_args!("`{name}` needs a folder to index or refresh")))
            }
        }
    }

    /// The first of them that was given.
    pub(crate) fn given(&self) -> Option<&'static str> {
        match (&self.model, self.no_recognition) {
            (Some(_), _) => Some("--model"),
            (_, true) => Some("--no-recognition"),
            _ => None,
        }
    }

    /// With what an index is to be made.
    pub(crate) fn wanted(&self) -> Result<RecogniseWith, Failure> {
        Ok(match &self.model {
            _ if self.no_recognition => RecogniseWith::Nothing,
            None => RecogniseWith::AsBefore,
            Some(path) if path == Path::new(EMBEDDED) => RecogniseWith::Embedded,
            Some(path) => {
                let real = path.canonicalize();
                RecogniseWith::File(real.map_err(|cause| Failure::unreadable_path(path, &cause))?)
            }
        })
    }

    /// What recognises names where there is no index.
    pub(crate) fn recogniser(&self) -> Result<Recogniser, Failure> {
        if self.no_recognition {
            return Ok(Recogniser::default());
        }
        Ok(Recogniser::new(model(self.model.as_deref())?))
    }
}

/// The model in this file, or the one inside the program.
pub(crate) fn model(path: Option<&Path>) -> Result<Arc<Model>, Failure> {
    match path.filter(|path| *path != Path::new(EMBEDDED)) {
        None => Ok(Arc::clone(Model::embedded())),
        Some(path) => match read_model(path) {
            Ok(model) => Ok(Arc::new(model)),
            Err(cause) => Err(UpdateError::Model { path: path.to_owned(), cause }.into()),
        },
    }
}
