//! Plain texts of messages whose lines flow (RFC 3676).

/// The line before a signature, which does not flow although it ends in a space.
const SIGNATURE: &str = "-- ";

/// `text` with the lines joined that flow on; `is_space_dropped` where the space at
/// the end of such a line is none of the text (`delsp=yes`).
pub(super) fn joined(text: &str, is_space_dropped: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut flows_at_depth = None;
    for line in text.lines() {
        let unquoted = line.trim_start_matches('>');
        let depth = line.len() - unquoted.len();
        let content = unquoted.strip_prefix(' ').unwrap_or(unquoted);
        let is_signature = content == SIGNATURE;
        if flows_at_depth != Some(depth) || is_signature {
            if !joined.is_empty() {
                joined.push('\n');
            }
            joined.push_str(&line[..depth]);
            if depth > 0 {
                joined.push(' ');
            }
        }
        let flows = content.ends_with(' ') && !is_signature;
        let dropped = usize::from(flows && is_space_dropped);
        joined.push_str(&content[..content.len() - dropped]);
        flows_at_depth = flows.then_some(depth);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn lines_flow_on() {
        let cases = [
            ("It \nrains.\n\nStill.", "It rains.\n\nStill."),
            (" From here \n there", "From here there"),
            ("> It \n> rains. \nYes.", "> It rains. \nYes."),
            ("Bye \n-- \nAnn", "Bye \n-- \nAnn"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(joined(text, false), expected);
        }
        assert_eq!(joined("雨が \n降る", true), "雨が降る");
    }
}
