//! Where everything of a request's clock stands, in per cent of the line: numbers alone, so that they are tested without a
//! browser.

/// The least room from one numbered mark to the next, in per cent: a mark is 1.5rem wide, and a phone's line about 20rem.
const APART: f64 = 8.0;

/// How near a mark comes to the ends of the line, so that nothing of it is cut off.
const EDGE: f64 = 4.0;

/// What the clock says, in milliseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times {
    /// When the request was received: the line begins there.
    pub received: f64,
    /// The moment of looking.
    pub now: f64,
    /// By when an answer is owed.
    pub due: f64,
    /// By when it was owed at first.
    pub original: f64,
    /// When the clock stopped for good, once it did.
    pub stopped: Option<f64>,
    /// From when to when the clock stood still; the last may not be over.
    pub pauses: Vec<(f64, Option<f64>)>,
    /// What carries a number, the earliest first.
    pub marks: Vec<f64>,
}

/// A stretch of the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Where it begins, seen from the left.
    pub x: f64,
    /// How long it is.
    pub width: f64,
}

/// A numbered mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Where its moment stands on the line.
    pub at: f64,
    /// Where its number stands: as near as its neighbours let it.
    pub badge: f64,
}

/// The clock, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What has passed.
    pub gone: Bar,
    /// When the clock stood still.
    pub still: Vec<Bar>,
    /// What was added to the time at first.
    pub added: Option<Bar>,
    /// What carries a number.
    pub marks: Vec<Placed>,
}

impl Times {
    /// Draws it; `mirrored` where reading runs from right to left.
    #[must_use]
    pub fn picture(&self, mirrored: bool) -> Picture {
        let line = Line {
            from: self.received,
            to: self.end(),
            mirrored,
        };
        let passed = self
            .stopped
            .map_or(self.now, |stopped| stopped.min(self.now));
        let still = self.pauses.iter().map(|(from, to)| {
            let to = to.unwrap_or(passed);
            line.bar(*from, to.min(self.end()))
        });
        let is_extended = self.due > self.original;
        Picture {
            gone: line.bar(self.received, passed),
            still: still.filter(|bar| bar.width > 0.0).collect(),
            added: is_extended.then(|| line.bar(self.original, self.due)),
            marks: line.marks(&self.marks),
        }
    }

    /// Where the line ends: with the last of what it has to show.
    fn end(&self) -> f64 {
        let last = self.marks.iter().copied().fold(self.received, f64::max);
        last.max(self.due).max(self.original)
    }
}

struct Line {
    from: f64,
    to: f64,
    mirrored: bool,
}

impl Line {
    /// Where a moment stands in the direction of reading.
    fn along(&self, at: f64) -> f64 {
        let length = self.to - self.from;
        if length <= 0.0 {
            return 0.0;
        }
        ((at - self.from) * 100.0 / length).clamp(0.0, 100.0)
    }

    fn seen(&self, along: f64) -> f64 {
        if self.mirrored { 100.0 - along } else { along }
    }

    fn bar(&self, from: f64, to: f64) -> Bar {
        let (from, to) = (self.along(from), self.along(to.max(from)));
        let x = if self.mirrored { 100.0 - to } else { from };
        Bar {
            x,
            width: to - from,
        }
    }

    /// Each number as near to its moment as its neighbours let it: pushed on from the beginning, then back from the end.
    fn marks(&self, marks: &[f64]) -> Vec<Placed> {
        let along: Vec<f64> = marks.iter().map(|at| self.along(*at)).collect();
        let mut badges = along.clone();
        let mut least = EDGE;
        for badge in &mut badges {
            *badge = badge.max(least);
            least = *badge + APART;
        }
        let mut most = 100.0 - EDGE;
        for badge in badges.iter_mut().rev() {
            *badge = badge.min(most);
            most = *badge - APART;
        }
        let placed = |(at, badge): (&f64, &f64)| Placed {
            at: self.seen(*at),
            badge: self.seen(*badge),
        };
        along.iter().zip(&badges).map(placed).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn running() -> Times {
        Times {
            received: 0.0,
            now: 10.0,
            due: 40.0,
            original: 40.0,
            marks: vec![0.0, 10.0, 40.0],
            ..Times::default()
        }
    }

    #[test]
    fn what_has_passed_is_the_share_of_the_time() {
        let picture = running().picture(false);
        assert_eq!(
            picture.gone,
            Bar {
                x: 0.0,
                width: 25.0
            }
        );
        assert_eq!(picture.added, None);
        assert_eq!(picture.still, []);
        let places: Vec<f64> = picture.marks.iter().map(|mark| mark.at).collect();
        assert_eq!(places, [0.0, 25.0, 100.0]);
    }

    #[test]
    fn an_extension_is_what_lies_between_the_two_ends() {
        let times = Times {
            due: 100.0,
            ..running()
        };
        let picture = times.picture(false);
        assert_eq!(picture.gone.width, 10.0);
        assert_eq!(
            picture.added,
            Some(Bar {
                x: 40.0,
                width: 60.0
            })
        );
    }

    #[test]
    fn a_pause_that_is_not_over_reaches_to_now() {
        let times = Times {
            pauses: vec![(2.0, Some(4.0)), (8.0, None)],
            ..running()
        };
        let widths = times.picture(false).still;
        assert_eq!(
            widths,
            [
                Bar { x: 5.0, width: 5.0 },
                Bar {
                    x: 20.0,
                    width: 5.0
                }
            ]
        );
    }

    #[test]
    fn a_clock_that_stopped_goes_no_further() {
        let times = Times {
            now: 400.0,
            stopped: Some(20.0),
            ..running()
        };
        assert_eq!(times.picture(false).gone.width, 50.0);
    }

    #[test]
    fn what_is_late_reaches_past_the_day_it_was_due() {
        let times = Times {
            now: 80.0,
            marks: vec![0.0, 40.0, 80.0],
            ..running()
        };
        let picture = times.picture(false);
        assert_eq!(picture.gone.width, 100.0);
        assert_eq!(picture.marks[1].at, 50.0);
    }

    #[test]
    fn right_to_left_everything_stands_mirrored() {
        let picture = running().picture(true);
        assert_eq!(
            picture.gone,
            Bar {
                x: 75.0,
                width: 25.0
            }
        );
        assert_eq!(picture.marks[0].at, 100.0);
        assert_eq!(picture.marks[0].badge, 96.0);
    }

    #[test]
    fn numbers_never_cover_each_other_and_stay_on_the_line() {
        for crowd in [
            vec![0.0; 6],
            vec![40.0; 6],
            vec![0.0, 0.1, 39.0, 39.5, 40.0, 40.0],
        ] {
            let times = Times {
                marks: crowd,
                ..running()
            };
            let marks = times.picture(false).marks;
            for pair in marks.windows(2) {
                assert!(pair[1].badge - pair[0].badge > APART - 1e-9, "{marks:?}");
            }
            for mark in &marks {
                assert!((EDGE - 1e-9..=100.0 - EDGE + 1e-9).contains(&mark.badge));
            }
        }
    }

    #[test]
    fn a_request_that_ended_as_it_began_has_a_line_all_the_same() {
        let times = Times {
            due: 0.0,
            original: 0.0,
            now: 0.0,
            marks: vec![0.0],
            ..running()
        };
        assert_eq!(times.picture(false).gone.width, 0.0);
    }
}
