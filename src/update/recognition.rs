//! With what an update recognises names: what was asked for, and what the index
//! was made with.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::UpdateError;
use crate::annotate::recogniser::{Model, ModelError, Recogniser};
use crate::index::Recognition;
use crate::ingest::Naming;

/// With what names are to be recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RecogniseWith {
    /// With what the index was made with; a new one, with the embedded model.
    #[default]
    AsBefore,
    /// With nothing: only names that files give as metadata are kept.
    Nothing,
    /// With the model that is part of the program.
    Embedded,
    /// With the model in this file; an absolute path.
    File(PathBuf),
}

/// Why a file cannot be used as a model.
#[derive(Debug, thiserror::Error)]
pub enum ModelFileError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is no model of this version.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// The largest file that is read as a model; the sizes of the network and the
/// vocabulary bound models to less than half of it.
const MOST_BYTES: u64 = 64 << 20;

/// The model in the file at `path`.
///
/// # Errors
///
/// When the file cannot be read, or is no whole model of this version.
pub fn read_model(path: &Path) -> Result<Model, ModelFileError> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(Model::new(bytes)?)
}

/// What recognises names, and how commits are to call it. `before` is with what
/// the index was made.
pub(super) fn recogniser(
    wanted: &RecogniseWith,
    before: Option<&Recognition>,
    naming: &Naming,
) -> Result<(Recogniser, Recognition), UpdateError> {
    match (wanted, before) {
        (RecogniseWith::Nothing, _) | (RecogniseWith::AsBefore, Some(Recognition::Nothing)) => {
            Ok((Recogniser::default(), Recognition::Nothing))
        }
        (RecogniseWith::File(path), _) => {
            let model = read_model(path)
                .map_err(|cause| UpdateError::Model { path: path.clone(), cause })?;
            let file = naming.name_of(path);
            let recognition = Recognition::File { file, model: model.id() };
            Ok((Recogniser::new(Arc::new(model)), recognition))
        }
        (RecogniseWith::AsBefore, Some(Recognition::File { file, model: noted })) => {
            let path = naming.path_of(file);
            let model = match read_model(&path) {
                Ok(model) if model.id() == *noted => model,
                Ok(_) => return Err(UpdateError::OtherModel { path }),
                Err(cause) => return Err(UpdateError::ModelGone { path, cause }),
            };
            let recognition = Recognition::File { file: file.clone(), model: *noted };
            Ok((Recogniser::new(Arc::new(model)), recognition))
        }
        (RecogniseWith::Embedded, _)
        | (RecogniseWith::AsBefore, None | Some(Recognition::Embedded { .. })) => {
            let recogniser = Recogniser::embedded();
            let recognition = Recognition::Embedded { model: Model::embedded().id() };
            Ok((recogniser, recognition))
        }
    }
}
