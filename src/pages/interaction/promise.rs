//! What was promised against what happened. Pure: moments are milliseconds, words are the caller's.

/// A promise and what became of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Promise {
    /// It happened, this many milliseconds after the beginning, within this many promised; kept or not.
    Done {
        after: f64,
        promised: Option<f64>,
        kept: Option<bool>,
    },
    /// It has not happened, and there is time.
    Due,
    /// It has not happened, and the moment has passed.
    Late,
}

/// Judges one promise; nothing when nothing was promised and nothing has happened.
#[must_use]
pub fn judge(started: f64, happened: Option<f64>, by: Option<f64>, now: f64) -> Option<Promise> {
    match (happened, by) {
        (Some(at), by) => Some(Promise::Done {
            after: (at - started).max(0.0),
            promised: by.map(|by| (by - started).max(0.0)),
            kept: by.map(|by| at <= by),
        }),
        (None, Some(by)) if now > by => Some(Promise::Late),
        (None, Some(_)) => Some(Promise::Due),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_kept_to_the_millisecond() {
        let kept = |at| match judge(0.0, Some(at), Some(10.0), 99.0) {
            Some(Promise::Done { kept, .. }) => kept,
            _ => None,
        };
        assert_eq!(kept(10.0), Some(true));
        assert_eq!(kept(11.0), Some(false));
    }

    #[test]
    fn what_has_not_happened_is_due_until_its_moment_has_passed() {
        assert_eq!(judge(0.0, None, Some(10.0), 10.0), Some(Promise::Due));
        assert_eq!(judge(0.0, None, Some(10.0), 11.0), Some(Promise::Late));
        assert_eq!(judge(0.0, None, None, 11.0), None);
    }
}
