//! Bringing together what the customer said here and what was changed elsewhere meanwhile.

use super::edit::{Cell, Edit, Edits, same_hours};
use portal_contract::Timestamp;
use portal_contract::preferences::Preferences;

/// What became of the edits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// What is to be sent on the new version.
    pub edits: Edits,
    /// What only the customer can decide; not sent until they did.
    pub questions: Vec<Question>,
}

/// An edit about which the customer is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What was said here.
    pub edit: Edit,
    /// Why it is asked.
    pub kind: QuestionKind,
}

/// Why the customer is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    /// It would bring contact that was switched off elsewhere meanwhile: this choice, or everything, or for a time.
    OptInOverOptOut,
    /// The same place was changed elsewhere meanwhile, to something else.
    BothChanged,
}

/// Whether how things stand was looked up before or after the customer spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    /// Afterwards: what stands so needs no saying.
    After,
    /// Perhaps before: it may have changed again since, so that even what stands so is said.
    PerhapsBefore,
}

/// What becomes of `mine`, which was said on `base`, now that `theirs` is how things stand.
///
/// - What is about something that is gone falls away; so does what stands so anyway, when that was looked up afterwards.
/// - An opt-out is always said again.
/// - An opt-in is asked about where somebody opted out meanwhile; "everything off" and a pause count.
/// - Anything else is asked about where the same place was changed meanwhile.
#[must_use]
pub fn merge(base: &Preferences, mine: Edits, theirs: &Preferences, looked: Looked) -> Merged {
    let mut merged = Merged::default();
    for edit in mine.into_iter().filter(|edit| edit.has_place_in(theirs)) {
        let verdict = if edit.stands_in(theirs) {
            Verdict::Needless
        } else {
            verdict(base, &edit, theirs)
        };
        match (verdict, looked) {
            (Verdict::Needless | Verdict::Contained, Looked::After) => {}
            (Verdict::Send, _) | (Verdict::Needless, Looked::PerhapsBefore) => {
                merged.edits.set(edit);
            }
            (Verdict::Contained, Looked::PerhapsBefore) => {
                let kind = QuestionKind::BothChanged;
                merged.questions.push(Question { edit, kind });
            }
            (Verdict::Ask(kind), _) => merged.questions.push(Question { edit, kind }),
        }
    }
    merged
}

enum Verdict {
    Send,
    /// It stands so anyway.
    Needless,
    /// It is an opt-out that a longer one contains.
    Contained,
    Ask(QuestionKind),
}

fn verdict(base: &Preferences, edit: &Edit, theirs: &Preferences) -> Verdict {
    match edit {
        Edit::Enabled(_, false) | Edit::GlobalOptOut(true) => Verdict::Send,
        Edit::Enabled(cell, true) => opt_in(
            switched_off(base, cell, theirs)
                || everything_off(base, theirs)
                || paused(base, theirs),
        ),
        Edit::GlobalOptOut(false) => opt_in(everything_off(base, theirs)),
        Edit::PausedUntil(until) => {
            let again = set_again(base.paused_since.as_ref(), theirs.paused_since.as_ref());
            match quiet_until(&base.paused_until, until, &theirs.paused_until, again) {
                Verdict::Send if *until < theirs.paused_until => {
                    opt_in(everything_off(base, theirs))
                }
                other => other,
            }
        }
        Edit::SurveySnoozeUntil(until) => quiet_until(
            &base.survey_snooze_until,
            until,
            &theirs.survey_snooze_until,
            false,
        ),
        Edit::Frequency(cell, _) => {
            plain(cell.of(base).map(|c| &c.frequency) == cell.of(theirs).map(|c| &c.frequency))
        }
        Edit::ContactPoint(cell, _) => plain(
            cell.of(base).map(|c| &c.contact_point_id)
                == cell.of(theirs).map(|c| &c.contact_point_id),
        ),
        Edit::Language(_) => plain(base.language == theirs.language),
        Edit::QuietHours(_) => plain(same_hours(&base.quiet_hours, &theirs.quiet_hours)),
    }
}

fn opt_in(opted_out_meanwhile: bool) -> Verdict {
    if opted_out_meanwhile {
        Verdict::Ask(QuestionKind::OptInOverOptOut)
    } else {
        Verdict::Send
    }
}

fn plain(untouched: bool) -> Verdict {
    if untouched {
        Verdict::Send
    } else {
        Verdict::Ask(QuestionKind::BothChanged)
    }
}

/// Two ends of a time without contact. `None`, no such time, is before every moment.
fn quiet_until(
    base: &Option<Timestamp>,
    mine: &Option<Timestamp>,
    theirs: &Option<Timestamp>,
    set_again: bool,
) -> Verdict {
    if mine > theirs {
        return Verdict::Send;
    }
    // From here on the customer asked for contact sooner than it would come now.
    if theirs > base || (theirs.is_some() && set_again) {
        // An opt-out that a longer one contains is not lost.
        return if mine > base {
            Verdict::Contained
        } else {
            Verdict::Ask(QuestionKind::OptInOverOptOut)
        };
    }
    plain(theirs == base)
}

fn switched_off(base: &Preferences, cell: &Cell, theirs: &Preferences) -> bool {
    let (Some(now), before) = (cell.of(theirs), cell.of(base)) else {
        return false;
    };
    !now.enabled
        && before.is_none_or(|before| {
            before.enabled || set_again(before.off_since.as_ref(), now.off_since.as_ref())
        })
}

fn everything_off(base: &Preferences, theirs: &Preferences) -> bool {
    theirs.global_opt_out
        && (!base.global_opt_out
            || set_again(
                base.global_opt_out_since.as_ref(),
                theirs.global_opt_out_since.as_ref(),
            ))
}

fn paused(base: &Preferences, theirs: &Preferences) -> bool {
    theirs.paused_until > base.paused_until
        || (theirs.paused_until.is_some()
            && set_again(base.paused_since.as_ref(), theirs.paused_since.as_ref()))
}

/// Off, on and off again looks like nothing; the moment of the last switch tells. A server that does not say it is taken by the values.
fn set_again(before: Option<&Timestamp>, now: Option<&Timestamp>) -> bool {
    now.is_some() && now != before
}
