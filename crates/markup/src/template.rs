//! Markup as `view!` writes it down: a text in which each piece begins with a sign. As a text it is a third of what the same calls are as
//! code, and a compressor knows most of it already.

/// What a piece of the text says.
#[derive(Debug, PartialEq)]
pub(crate) enum Step {
    /// An element of HTML begins.
    Open(&'static str),
    /// An element of SVG begins.
    OpenSvg(&'static str),
    /// The open element has an attribute.
    Set(&'static str, &'static str),
    /// A text stands here.
    Text(&'static str),
    /// The open element ends.
    Close,
    /// Something stands here, or in the tag of the open element, that code has to make.
    Hole,
}

/// The first piece, and what comes after it; none at the end. The signs stand in `portal-markup-macro` too.
pub(crate) fn next_step(markup: &'static str) -> Option<(Step, &'static str)> {
    let sign = *markup.as_bytes().first()?;
    let rest = &markup[1..];
    let end = rest.bytes().position(|byte| byte < 8).unwrap_or(rest.len());
    let (words, rest) = rest.split_at(end);
    let step = match sign {
        1 => Step::Open(words),
        2 => Step::OpenSvg(words),
        3 => {
            let (name, value) = words.split_once('=').unwrap_or((words, ""));
            Step::Set(name, value)
        }
        4 => Step::Text(words),
        5 => Step::Close,
        _ => Step::Hole,
    };
    Some((step, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(mut markup: &'static str) -> Vec<Step> {
        let mut steps = Vec::new();
        while let Some((step, rest)) = next_step(markup) {
            steps.push(step);
            markup = rest;
        }
        steps
    }

    #[test]
    fn each_piece_is_what_its_sign_says() {
        assert_eq!(
            steps("\u{1}p\u{3}class=a=b\u{3}hidden=\u{6}\u{4}\u{4} – \u{2}svg\u{5}\u{5}"),
            [
                Step::Open("p"),
                Step::Set("class", "a=b"),
                Step::Set("hidden", ""),
                Step::Hole,
                Step::Text(""),
                Step::Text(" – "),
                Step::OpenSvg("svg"),
                Step::Close,
                Step::Close,
            ]
        );
    }

    #[test]
    fn nothing_says_nothing() {
        assert_eq!(steps(""), []);
    }
}
