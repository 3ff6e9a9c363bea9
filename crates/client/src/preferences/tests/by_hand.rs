use super::*;
use portal_contract::{Json, ToJson};

fn edits(edits: impl IntoIterator<Item = Edit>) -> Edits {
    edits.into_iter().collect()
}

/// What becomes of one edit that was said on `base`.
fn outcome(base: &Preferences, edit: Edit, theirs: &Preferences) -> Outcome {
    let merged = merge(base, edits([edit]), theirs, Looked::After);
    match (merged.edits.is_empty(), merged.questions.first()) {
        (false, None) => Sent,
        (true, Some(question)) => Asked(question.kind),
        (true, None) => Dropped,
        (false, Some(_)) => panic!("one edit, two fates"),
    }
}

#[derive(Debug, PartialEq)]
enum Outcome {
    Sent,
    Asked(QuestionKind),
    Dropped,
}

use Outcome::{Asked, Dropped, Sent};
use QuestionKind::{BothChanged, OptInOverOptOut};

fn with(edit: Edit, mut document: Preferences) -> Preferences {
    edit.apply(&mut document);
    document
}

#[test]
fn changes_of_different_places_are_brought_together_without_a_question() {
    let base = document(true);
    let theirs = with(off(cell("news", Channel::Sms)), base.clone());
    let mine = edits([off(offers()), Edit::Language(Some("de".into()))]);
    let merged = merge(&base, mine.clone(), &theirs, Looked::After);
    assert_eq!(merged.edits, mine);
    assert_eq!(merged.questions, []);
}

#[test]
fn what_both_said_alike_falls_away() {
    let base = document(true);
    let theirs = with(off(offers()), base.clone());
    assert_eq!(outcome(&base, off(offers()), &theirs), Dropped);
}

#[test]
fn an_opt_out_is_said_again_whatever_happened() {
    let (base, mut theirs) = (document(false), document(true));
    theirs.paused_until = march(4);
    assert_eq!(outcome(&base, off(offers()), &theirs), Sent);
    assert_eq!(outcome(&base, Edit::GlobalOptOut(true), &theirs), Sent);
    assert_eq!(outcome(&base, Edit::PausedUntil(march(9)), &theirs), Sent);
}

#[test]
fn a_choice_that_was_switched_on_and_off_again_here_is_an_opt_out() {
    let mut editing = Editing::new(document(false));
    editing.say(on(offers()));
    editing.say(off(offers()));
    assert_eq!(
        editing.outdated(with(on(offers()), document(false))),
        Settled::Merged
    );
    assert!(
        !editing
            .shown()
            .topics
            .get(&offers().topic)
            .unwrap()
            .get(&Channel::Email)
            .unwrap()
            .enabled
    );
    assert!(editing.next_save(|| "k".parse().unwrap()).is_some());
}

#[test]
fn an_opt_in_over_an_opt_out_is_asked_about() {
    let base = document(false);
    let mut again = base.clone();
    again
        .topics
        .get_mut(&offers().topic)
        .unwrap()
        .get_mut(&Channel::Email)
        .unwrap()
        .off_since = march(2);
    assert_eq!(outcome(&base, on(offers()), &base), Sent);
    assert_eq!(outcome(&base, on(offers()), &again), Asked(OptInOverOptOut));
    // On here by an edit that another took back: the screen showed it on all the while.
    assert_eq!(
        outcome(&document(true), on(offers()), &base),
        Asked(OptInOverOptOut)
    );
}

#[test]
fn everything_off_and_a_pause_are_opt_outs_of_every_choice() {
    let base = document(false);
    let off = with(Edit::GlobalOptOut(true), base.clone());
    let paused = with(Edit::PausedUntil(march(4)), base.clone());
    for theirs in [&off, &paused] {
        assert_eq!(outcome(&base, on(offers()), theirs), Asked(OptInOverOptOut));
        // Whoever saw it and switches on all the same is not asked.
        assert_eq!(outcome(theirs, on(offers()), theirs), Sent);
    }
    assert_eq!(
        outcome(
            &paused,
            Edit::PausedUntil(None),
            &with(Edit::GlobalOptOut(true), paused.clone())
        ),
        Asked(OptInOverOptOut)
    );
}

#[test]
fn everything_back_on_is_asked_about_where_it_was_switched_off_again() {
    let base = with(Edit::GlobalOptOut(true), document(true));
    let mut again = base.clone();
    again.global_opt_out_since = march(2);
    assert_eq!(outcome(&base, Edit::GlobalOptOut(false), &base), Sent);
    assert_eq!(
        outcome(&base, Edit::GlobalOptOut(false), &again),
        Asked(OptInOverOptOut)
    );
}

#[test]
fn of_two_pauses_the_longer_one_holds() {
    let pause = |until| with(Edit::PausedUntil(until), document(true));
    let none = document(true);
    assert_eq!(
        outcome(&none, Edit::PausedUntil(march(9)), &pause(march(4))),
        Sent
    );
    assert_eq!(
        outcome(&none, Edit::PausedUntil(march(4)), &pause(march(9))),
        Dropped
    );
    assert_eq!(
        outcome(&pause(march(4)), Edit::PausedUntil(march(9)), &none),
        Sent
    );
}

#[test]
fn a_pause_that_was_made_longer_is_ended_only_when_the_customer_says_so_again() {
    let pause = |until| with(Edit::PausedUntil(until), document(true));
    let base = pause(march(4));
    assert_eq!(outcome(&base, Edit::PausedUntil(None), &base), Sent);
    assert_eq!(
        outcome(&base, Edit::PausedUntil(None), &pause(march(9))),
        Asked(OptInOverOptOut)
    );
    assert_eq!(
        outcome(&base, Edit::PausedUntil(march(2)), &pause(march(9))),
        Asked(OptInOverOptOut)
    );
    assert_eq!(
        outcome(&base, Edit::PausedUntil(march(2)), &pause(march(3))),
        Asked(BothChanged)
    );
    let mut again = base.clone();
    again.paused_since = march(1);
    assert_eq!(
        outcome(&base, Edit::PausedUntil(None), &again),
        Asked(OptInOverOptOut)
    );
}

#[test]
fn one_place_changed_to_two_things_is_asked_about() {
    let base = document(true);
    let weekly = Edit::Frequency(offers(), Frequency::Weekly);
    let monthly = Edit::Frequency(offers(), Frequency::Monthly);
    assert_eq!(
        outcome(&base, weekly.clone(), &with(monthly, base.clone())),
        Asked(BothChanged)
    );
    assert_eq!(
        outcome(&base, weekly.clone(), &with(off(offers()), base.clone())),
        Sent
    );
    let german = with(Edit::Language(Some("de".into())), base.clone());
    assert_eq!(
        outcome(&base, Edit::Language(Some("ar".into())), &german),
        Asked(BothChanged)
    );
    let work = Edit::ContactPoint(offers(), Some("work".parse().unwrap()));
    let home = Edit::ContactPoint(offers(), Some("home".parse().unwrap()));
    assert_eq!(
        outcome(&base, work, &with(home, base.clone())),
        Asked(BothChanged)
    );
}

#[test]
fn quiet_hours_are_one_place_windows_mean_nothing_without_their_zone() {
    let base = document(true);
    let theirs = with(
        Edit::QuietHours(nights("Europe/Berlin", "22:00")),
        base.clone(),
    );
    let mine = Edit::QuietHours(nights("America/St_Johns", "22:00"));
    assert_eq!(outcome(&base, mine, &theirs), Asked(BothChanged));
    // What the server works out is no change.
    let mut later = theirs.clone();
    later.quiet_hours.next = Some(portal_contract::preferences::QuietSpan {
        starts_at: march(1).unwrap(),
        ends_at: march(2).unwrap(),
    });
    assert_eq!(
        outcome(
            &theirs,
            Edit::QuietHours(nights("Europe/Berlin", "23:00")),
            &later
        ),
        Sent
    );
    assert_eq!(
        outcome(
            &theirs,
            Edit::QuietHours(nights("Europe/Berlin", "22:00")),
            &later
        ),
        Dropped
    );
}

#[test]
fn what_was_said_after_the_look_is_said_though_it_seems_to_stand() {
    let base = document(true);
    let theirs = with(
        off(offers()),
        with(Edit::PausedUntil(march(9)), base.clone()),
    );
    let mine = edits([off(offers()), Edit::PausedUntil(march(4))]);
    let merged = merge(&base, mine, &theirs, Looked::PerhapsBefore);
    assert_eq!(merged.edits, edits([off(offers())]));
    assert_eq!(merged.questions[0].kind, BothChanged);
}

#[test]
fn an_opt_out_that_was_said_while_a_save_was_refused_as_stale_holds() {
    let mut editing = Editing::new(document(false));
    editing.say(on(offers()));
    editing.next_save(|| "k1".parse().unwrap()).unwrap();
    // The server answers with a document in which it is off still; another tab switches it on behind that.
    let mut current = with(Edit::Language(Some("de".into())), document(false));
    current.etag = "v1".parse().unwrap();
    editing.say(off(offers()));
    editing.outdated(current);
    let save = editing.next_save(|| "k2".parse().unwrap()).unwrap();
    assert_eq!(save.patch, edits([off(offers())]).to_patch());
}

#[test]
fn what_is_gone_from_the_catalogue_is_not_insisted_on() {
    let base = document(true);
    let mut theirs = base.clone();
    theirs.topics.remove(&offers().topic);
    assert_eq!(outcome(&base, off(offers()), &theirs), Dropped);
}

#[test]
fn a_patch_says_what_changed_and_nothing_else() {
    let said = edits([
        off(offers()),
        Edit::Frequency(cell("offers", Channel::Email), Frequency::Weekly),
        on(cell("news", Channel::Sms)),
        Edit::ContactPoint(offers(), None),
        Edit::PausedUntil(None),
    ]);
    let patch = serde_json::to_value(said.to_patch()).unwrap();
    let wanted = serde_json::json!({
        "topics": {
            "offers": {"email": {"enabled": false, "frequency": "weekly", "contact_point_id": null}},
            "news": {"sms": {"enabled": true}}
        },
        "paused_until": null
    });
    assert_eq!(patch, wanted);
    let mut hours = nights("Europe/Berlin", "22:00");
    hours.next = None;
    let Json::Object(members) = edits([Edit::QuietHours(hours)]).to_patch() else {
        panic!("a patch is an object")
    };
    assert_eq!(members[0].1.get("next"), &Json::Null);
    assert_eq!(
        members[0].1.get("windows"),
        &nights("", "22:00").windows.to_json()
    );
}

#[test]
fn a_save_without_an_answer_is_sent_again_unchanged() {
    let mut editing = Editing::new(document(true));
    editing.say(off(offers()));
    let first = editing.next_save(|| "k1".parse().unwrap()).unwrap();
    editing.say(Edit::GlobalOptOut(true));
    assert_eq!(
        editing.next_save(|| "k2".parse().unwrap()),
        None,
        "one at a time"
    );
    editing.interrupted();
    assert_eq!(editing.next_save(|| "k2".parse().unwrap()), Some(first));
    let answer = with(off(offers()), document(true));
    editing.saved(answer);
    assert!(editing.shown().global_opt_out);
    let next = editing.next_save(|| "k2".parse().unwrap()).unwrap();
    assert_eq!(next.key.as_str(), "k2");
}

#[test]
fn a_refused_opt_in_takes_no_opt_out_with_it() {
    let say_both = || {
        let mut editing = Editing::new(document(true));
        editing.say(off(offers()));
        editing.say(on(cell("news", Channel::Sms)));
        editing.next_save(|| "k1".parse().unwrap()).unwrap();
        editing
    };
    let refused = edits([on(cell("news", Channel::Sms))]);
    for errors in [vec![error_at("/topics/news/sms/enabled")], Vec::new()] {
        let mut editing = say_both();
        assert_eq!(
            editing.refused(&errors),
            Settled::RolledBack(refused.clone())
        );
        let again = editing.next_save(|| "k2".parse().unwrap()).unwrap();
        assert_eq!(again.patch, edits([off(offers())]).to_patch());
        // Refused by itself it is given up: the screen shows it as the server has it.
        assert_eq!(
            editing.refused(&[]),
            Settled::RolledBack(edits([off(offers())]))
        );
        assert!(editing.is_settled());
    }
}

#[test]
fn a_reading_that_an_answer_overtook_tells_nothing() {
    let mut editing = Editing::new(document(true));
    let reading = editing.reading();
    editing.say(off(offers()));
    editing.next_save(|| "k1".parse().unwrap()).unwrap();
    assert!(
        !editing.refreshed(reading, document(true)),
        "something is on its way"
    );
    let mut answer = with(off(offers()), document(true));
    answer.etag = "v1".parse().unwrap();
    editing.saved(answer.clone());
    assert!(
        !editing.refreshed(reading, document(true)),
        "older than the answer"
    );
    assert!(editing.refreshed(editing.reading(), answer.clone()));
    assert_eq!(editing.shown(), answer);
}

#[test]
fn a_question_is_answered_by_the_customer_or_by_what_happens() {
    let asked = || {
        let mut editing = Editing::new(document(false));
        editing.say(on(offers()));
        let mut theirs = with(Edit::GlobalOptOut(true), document(false));
        theirs.etag = "v1".parse().unwrap();
        editing.outdated(theirs);
        let question = editing.questions()[0].clone();
        (editing, question)
    };
    let (mut editing, question) = asked();
    assert!(
        editing.next_save(|| "k".parse().unwrap()).is_none(),
        "nothing is sent before the answer"
    );
    editing.answer(&question, true);
    assert!(editing.next_save(|| "k".parse().unwrap()).is_some());

    let (mut editing, question) = asked();
    editing.answer(&question, false);
    assert!(editing.is_settled());

    let (mut editing, question) = asked();
    editing.say(off(offers()));
    assert_eq!(editing.questions(), []);
    editing.answer(&question, true);
    assert_eq!(
        editing.shown().topics,
        document(false).topics,
        "an answer that comes late changes nothing"
    );

    let (mut editing, _) = asked();
    let mut on_elsewhere = with(on(offers()), document(false));
    on_elsewhere.etag = "v2".parse().unwrap();
    assert!(editing.refreshed(editing.reading(), on_elsewhere));
    assert!(editing.is_settled());
}
