//! Two tabs of one customer over a network that delays, repeats and loses: thousands of courses, none of which loses an opt-out
//! or makes an opt-in that nobody said.

use super::server::{Answer, Server};
use super::*;
use portal_contract::IdempotencyKey;
use proptest::prelude::*;
use std::collections::HashMap;

/// What can happen next, in tab 0 or 1.
#[derive(Clone, Debug)]
enum Step {
    /// The customer switches or chooses something.
    Say(usize, Edit),
    /// The customer answers the first question.
    Decide(usize, bool),
    /// The tab sends what it has to send.
    Send(usize),
    /// A request arrives at the server; not always the oldest.
    Arrive(usize, bool),
    /// An answer arrives at the tab.
    Deliver(usize),
    /// The connection breaks: what is under way to the server is lost, or an answer.
    Break(usize, bool),
    /// The tab waits no longer; what is under way arrives all the same, some time.
    GiveUp(usize),
    /// The tab begins to read the document.
    Read(usize),
    /// What it read arrives.
    HaveRead(usize),
}

/// The last word of a tab about a place, and the version that was on the screen.
#[derive(Clone, Debug)]
struct Word {
    edit: Edit,
    seen: u64,
}

struct Tab {
    editing: Editing,
    words: Vec<Word>,
    to_server: Vec<Save>,
    to_tab: Vec<(IdempotencyKey, Answer)>,
    outstanding: Option<IdempotencyKey>,
    reading: Option<(Reading, Preferences)>,
    keys: u32,
}

/// An opt-out that the server took: where, from which tab, as which version.
struct Taken {
    edit: Edit,
    tab: usize,
    version: u64,
}

struct World {
    server: Server,
    tabs: [Tab; 2],
    /// What each save was sent on, by its key.
    sent_on: HashMap<String, Vec<Word>>,
    taken: Vec<Taken>,
    /// Opt-outs that were said and have not held at the server yet.
    owed: Vec<(usize, Edit)>,
}

fn cells() -> [Cell; 2] {
    [offers(), cell("news", Channel::Sms)]
}

fn edits() -> impl Strategy<Value = Edit> {
    // Mostly one cell: courses in which the tabs meet are the ones that tell.
    let cell = prop_oneof![4 => Just(offers()), 1 => Just(cells()[1].clone())];
    let until = prop::sample::select(vec![None, march(4), march(9)]);
    prop_oneof![
        8 => (cell, any::<bool>()).prop_map(|(cell, on)| Edit::Enabled(cell, on)),
        2 => any::<bool>().prop_map(Edit::GlobalOptOut),
        2 => until.prop_map(Edit::PausedUntil),
        1 => prop::sample::select(vec![Frequency::Daily, Frequency::Weekly])
            .prop_map(|often| Edit::Frequency(offers(), often)),
        1 => prop::sample::select(vec!["de", "ar"])
            .prop_map(|language| Edit::Language(Some(language.to_owned()))),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let tab = || 0..2_usize;
    let step = prop_oneof![
        6 => (tab(), edits()).prop_map(|(tab, edit)| Step::Say(tab, edit)),
        2 => (tab(), any::<bool>()).prop_map(|(tab, mine)| Step::Decide(tab, mine)),
        6 => tab().prop_map(Step::Send),
        5 => (tab(), any::<bool>()).prop_map(|(tab, newest)| Step::Arrive(tab, newest)),
        5 => tab().prop_map(Step::Deliver),
        1 => (tab(), any::<bool>()).prop_map(|(tab, answer)| Step::Break(tab, answer)),
        1 => tab().prop_map(Step::GiveUp),
        1 => tab().prop_map(Step::Read),
        2 => tab().prop_map(Step::HaveRead),
    ];
    prop::collection::vec(step, 1..60)
}

/// Whether `document` has at most as much contact at the place of the opt-out.
fn holds(opt_out: &Edit, document: &Preferences) -> bool {
    match opt_out {
        Edit::PausedUntil(until) => document.paused_until >= *until,
        other => other.stands_in(document),
    }
}

fn version_of(document: &Preferences) -> u64 {
    document.etag.as_str()[1..].parse().unwrap()
}

/// Every place that has a direction, as it stands.
fn places(document: &Preferences) -> Vec<Edit> {
    let cells = cells().into_iter();
    let mut all: Vec<Edit> = cells
        .map(|cell| Edit::Enabled(cell.clone(), cell.of(document).unwrap().enabled))
        .collect();
    all.push(Edit::GlobalOptOut(document.global_opt_out));
    all.push(Edit::PausedUntil(document.paused_until.clone()));
    all
}

/// Whether an opt-out forbids an opt-in that did not know of it: about the same place, or about more.
fn covers(opt_out: &Edit, opt_in: &Edit) -> bool {
    opt_out.same_place(opt_in)
        || match opt_in {
            Edit::Enabled(..) => matches!(opt_out, Edit::GlobalOptOut(_) | Edit::PausedUntil(_)),
            Edit::PausedUntil(_) => matches!(opt_out, Edit::GlobalOptOut(_)),
            _ => false,
        }
}

impl World {
    fn new(all_on: bool) -> Self {
        let document = document(all_on);
        let tab = || Tab {
            editing: Editing::new(document.clone()),
            words: Vec::new(),
            to_server: Vec::new(),
            to_tab: Vec::new(),
            outstanding: None,
            reading: None,
            keys: 0,
        };
        Self {
            tabs: [tab(), tab()],
            server: Server::new(document),
            sent_on: HashMap::new(),
            taken: Vec::new(),
            owed: Vec::new(),
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Say(tab, edit) => self.say(tab, edit),
            Step::Decide(tab, mine) => self.decide(tab, mine),
            Step::Send(tab) => self.send(tab),
            Step::Arrive(tab, newest) => self.arrive(tab, newest),
            Step::Deliver(tab) => self.deliver(tab),
            Step::Break(tab, answer) => {
                let tab = &mut self.tabs[tab];
                if answer {
                    tab.to_tab.clear();
                } else {
                    tab.to_server.clear();
                }
                tab.editing.interrupted();
            }
            Step::GiveUp(tab) => self.tabs[tab].editing.interrupted(),
            Step::Read(tab) => {
                let mark = self.tabs[tab].editing.reading();
                self.tabs[tab].reading = Some((mark, self.server.document.clone()));
            }
            Step::HaveRead(tab) => {
                if let Some((mark, document)) = self.tabs[tab].reading.take() {
                    let _told = self.tabs[tab].editing.refreshed(mark, document);
                }
            }
        }
        let document = &self.server.document;
        self.owed.retain(|(_, opt_out)| !holds(opt_out, document));
    }

    fn say(&mut self, at: usize, edit: Edit) {
        let tab = &mut self.tabs[at];
        let shown = tab.editing.shown();
        // Nobody switches on what is shown as on.
        if edit.stands_in(&shown) {
            return;
        }
        let opt_out = edit.is_opt_out(&shown);
        self.remember(at, &edit);
        if opt_out {
            self.owed.push((at, edit.clone()));
        }
        self.tabs[at].editing.say(edit);
    }

    /// The customer's last word about a place, said on what the screen shows now.
    fn remember(&mut self, at: usize, edit: &Edit) {
        // Whoever speaks again about a place takes back what they said before.
        self.owed
            .retain(|(tab, owed)| *tab != at || !owed.same_place(edit));
        let tab = &mut self.tabs[at];
        tab.words.retain(|word| !word.edit.same_place(edit));
        let seen = version_of(tab.editing.confirmed());
        tab.words.push(Word {
            edit: edit.clone(),
            seen,
        });
    }

    fn decide(&mut self, at: usize, mine: bool) {
        let Some(question) = self.tabs[at].editing.questions().first().cloned() else {
            return;
        };
        if mine {
            self.remember(at, &question.edit);
        } else {
            // What stands is what the customer wants after all.
            let edit = &question.edit;
            self.owed
                .retain(|(tab, owed)| *tab != at || !owed.same_place(edit));
        }
        self.tabs[at].editing.answer(&question, mine);
    }

    fn send(&mut self, at: usize) {
        let tab = &mut self.tabs[at];
        tab.keys += 1;
        let key = format!("tab{at}-{}", tab.keys);
        if let Some(save) = tab.editing.next_save(|| key.parse().unwrap()) {
            // A repetition says what was said when it was first sent.
            self.sent_on
                .entry(save.key.as_str().to_owned())
                .or_insert_with(|| tab.words.clone());
            tab.outstanding = Some(save.key.clone());
            tab.to_server.push(save);
        }
    }

    fn arrive(&mut self, at: usize, newest: bool) {
        let waiting = &mut self.tabs[at].to_server;
        if waiting.is_empty() {
            return;
        }
        let save = waiting.remove(if newest { waiting.len() - 1 } else { 0 });
        let before = self.server.document.clone();
        let answer = self.server.take(&save);
        self.judge(at, &save, &before);
        self.tabs[at].to_tab.push((save.key, answer));
    }

    /// What a save changed was said by the customer, in the knowledge of every opt-out that it touches.
    fn judge(&mut self, at: usize, save: &Save, before: &Preferences) {
        let after = self.server.document.clone();
        for (was, is) in places(before).into_iter().zip(places(&after)) {
            if was == is {
                continue;
            }
            let said = &self.sent_on[save.key.as_str()];
            let word = said.iter().find(|word| word.edit == is);
            let word = word.unwrap_or_else(|| panic!("nobody said {is:?}"));
            if is.is_opt_out(before) {
                let version = self.server.version;
                self.taken.push(Taken {
                    edit: is,
                    tab: at,
                    version,
                });
                continue;
            }
            for taken in &self.taken {
                let unseen = taken.tab != at && taken.version > word.seen;
                assert!(
                    !(unseen && covers(&taken.edit, &is)),
                    "{is:?}, said on version {}, over {:?} of version {}",
                    word.seen,
                    taken.edit,
                    taken.version
                );
            }
            // Taken back by a word of the customer, it forbids nothing any more; a shorter pause is a pause still.
            if !matches!(is, Edit::PausedUntil(Some(_))) {
                self.taken.retain(|taken| !taken.edit.same_place(&is));
            }
        }
    }

    fn deliver(&mut self, at: usize) {
        let tab = &mut self.tabs[at];
        if tab.to_tab.is_empty() {
            return;
        }
        let (key, answer) = tab.to_tab.remove(0);
        // An answer to what is no longer waited for is not heard.
        if tab.outstanding.as_ref() != Some(&key) {
            return;
        }
        tab.outstanding = None;
        match answer {
            Answer::Saved(document) => tab.editing.saved(document),
            Answer::Outdated(current) => tab.editing.outdated(current),
        };
    }

    /// The network recovers, and every question is answered with what stands.
    fn settle(&mut self) {
        for _ in 0..40 {
            for at in 0..2 {
                while !self.tabs[at].editing.questions().is_empty() {
                    self.step(Step::Decide(at, false));
                }
                self.step(Step::GiveUp(at));
                self.step(Step::Send(at));
                while !self.tabs[at].to_server.is_empty() {
                    self.step(Step::Arrive(at, false));
                }
                while !self.tabs[at].to_tab.is_empty() {
                    self.step(Step::Deliver(at));
                }
            }
        }
        for at in 0..2 {
            assert!(self.tabs[at].editing.is_settled(), "tab {at} never rests");
            self.step(Step::Read(at));
            self.step(Step::HaveRead(at));
            assert_eq!(self.tabs[at].editing.shown(), self.server.document);
        }
        assert!(
            self.owed.is_empty(),
            "opt-outs that never held: {:?}",
            self.owed
        );
    }
}

/// `PROPTEST_CASES` asks for more.
fn thousands() -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig {
        cases: config.cases.max(5_000),
        failure_persistence: None,
        ..config
    }
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn two_tabs_lose_no_opt_out_and_make_no_opt_in(all_on in any::<bool>(), steps in steps()) {
        let mut world = World::new(all_on);
        for step in steps {
            world.step(step);
        }
        world.settle();
    }
}
