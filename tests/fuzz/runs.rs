//! What is kept of the runs of saved queries is written so that it is read as the same, or
//! it is refused at one of its lines.

use newsdex::search::SavedRuns;

use super::choice::text;

/// Checks an input.
pub fn check(bytes: &[u8]) {
    let text = text(bytes);
    match text.parse::<SavedRuns>() {
        Ok(runs) => {
            let written = runs.to_string();
            let again = written.parse::<SavedRuns>();
            assert_eq!(again.as_ref(), Ok(&runs), "{text:?}");
            assert_eq!(again.map(|again| again.to_string()), Ok(written), "{text:?}");
        }
        Err(error) => assert!((1..=text.len()).contains(&error.line), "{error:?}"),
    }
}
