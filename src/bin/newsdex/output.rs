//! Where output goes: standard output, or a pager on a terminal.

use std::io::{self, BufWriter, StdoutLock, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use newsdex::output::{Hyperlinks, Style};

use crate::failure::Failure;
use crate::home::Home;
use crate::settings::Settings;

/// Where results are written.
pub(crate) enum Output {
    Stdout(BufWriter<StdoutLock<'static>>),
    Pager { child: Child, input: BufWriter<ChildStdin> },
}

impl Output {
    /// Standard output.
    pub(crate) fn plain() -> Self {
        Self::Stdout(BufWriter::new(io::stdout().lock()))
    }

    /// The pager, where there is a terminal and one is wanted.
    pub(crate) fn paged(settings: &Settings) -> Self {
        let Some(pager) = &settings.pager else { return Self::plain() };
        let mut words = pager.split_whitespace();
        let Some(program) = words.next() else { return Self::plain() };
        let mut command = Command::new(program);
        command.args(words).stdin(Stdio::piped());
        if !settings.less_is_set {
            // As git does: quit if it fits the screen, keep colours, do not
            // clear the screen.
            command.env("LESS", "FRX");
        }
        let Ok(mut child) = command.spawn() else { return Self::plain() };
        match child.stdin.take() {
            Some(input) => Self::Pager { child, input: BufWriter::new(input) },
            None => Self::plain(),
        }
    }

    /// Hands on what is held back, and waits for the pager's reader.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Stdout(mut stdout) => stdout.flush()?,
            Self::Pager { mut child, mut input } => {
                let flushed = input.flush();
                drop(input);
                child.wait()?;
                flushed?;
            }
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(stdout) => stdout.write(bytes),
            Self::Pager { input, .. } => input.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(stdout) => stdout.flush(),
            Self::Pager { input, .. } => input.flush(),
        }
    }
}

/// The style of text for people.
pub(crate) fn style(settings: &Settings, home: &Home) -> Style {
    let hyperlinks = match settings.hyperlinks {
        true => Hyperlinks::To(home.base.clone()),
        false => Hyperlinks::Off,
    };
    Style { colour: settings.colour, hyperlinks, width: settings.width }
}
