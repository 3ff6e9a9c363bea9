//! An export of the customer's data, read on the customer's own device: nothing of it is sent anywhere and nothing is kept. Leaving the
//! screen closes it.

mod checking;
mod choosing;
mod conversation;
mod files;
mod finding;
mod history;
mod manifest;
mod opening;
mod records;
mod report;
mod saving;
mod timeline;
mod zip;

use crate::announce::{Announcer, use_announcer};
use crate::browser::bytes::Source;
use crate::browser::files::Upload;
use crate::browser::task::{self, Handle};
use crate::browser::{focus, viewport};
use crate::i18n::{t, text};
use crate::routes::{InExport, Route, export_of, use_location};
use crate::session::use_session;
use crate::widgets::{PageHead, data_nav};
use finding::Finding;
use opening::{NotOpened, Opened, Progress};
use portal_contract::InteractionId;
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, memo_from, view};
use std::rc::Rc;

/// The heading of what was found, which takes the focus when it stands there.
const RESULT: &str = "export-result";

/// The door to what reads a file.
#[derive(Clone, Copy)]
pub struct Reading {
    /// Has it come: what is read here can be read without a connection too.
    pub bring: fn(),
    /// Goes through it; the other stands in its place until then.
    pub draw: fn(ViewFn) -> View,
}

/// The file that is to be read.
#[derive(Clone, Copy)]
struct Chosen(RwSignal<Option<Upload>>);

/// Where the screen is with a file.
#[derive(Clone)]
enum Stage {
    /// It is being opened.
    Opening,
    /// It was not opened.
    Refused(NotOpened),
    /// It is open.
    Open(Rc<Opened>),
}

/// What the parts of the screen share.
#[derive(Clone, Copy)]
struct Viewer {
    announcer: Announcer,
    chosen: Chosen,
    stage: RwSignal<Stage>,
    /// What the file is called.
    name: RwSignal<String>,
    progress: RwSignal<Progress>,
    /// What the address says.
    place: Memo<InExport>,
    finding: Finding,
    /// How many conversations are listed.
    listed: RwSignal<usize>,
    /// The row that leads to the conversation that is read, and how far the list was scrolled there.
    left: StoredValue<Option<(usize, f64)>>,
    /// Opening it; given up with the screen.
    work: StoredValue<Option<Handle>, LocalStorage>,
}

/// The screen.
pub fn page() -> View {
    let chosen = Chosen(RwSignal::new(None));
    provide_context(chosen);
    let Reading { bring, draw } = expect_context();
    bring();
    let is_chosen = memo(move || chosen.0.with(Option::is_some));
    let choose = Callback::new(move |files| chosen.choose(files));
    // Whoever closed a file finds the place where the next is chosen.
    let is_closed = StoredValue::new(false);
    let shown = move || {
        if is_chosen.get() {
            is_closed.set_value(true);
            draw((move || front(true, choosing::waiting(&chosen.name()))).into())
        } else {
            front(is_closed.get_value(), choosing::chooser(choose))
        }
    };
    shown.alone()
}

/// What reads the file.
pub fn viewer() -> View {
    let chosen: Chosen = expect_context();
    let viewer = Viewer::new(chosen);
    viewer.open();
    viewport::keep_place(true);
    on_cleanup(|| viewport::next_frame(|| viewport::keep_place(false)));
    let reading = memo(move || {
        let is_open = viewer.stage.with(|stage| matches!(stage, Stage::Open(_)));
        let asked = viewer.place.with(|place| place.interaction.clone());
        asked.filter(|_| is_open)
    });
    let shown = move || match reading.get() {
        Some(id) => conversation::conversation(viewer, &id),
        None => found(viewer),
    };
    shown.alone()
}

impl Chosen {
    /// Takes the first of the files.
    fn choose(self, files: Vec<Upload>) {
        if let Some(file) = files.into_iter().next() {
            self.0.set(Some(file));
        }
    }

    /// What the file is called.
    fn name(self) -> String {
        let name = |file: &Upload| file.name.clone();
        self.0
            .with_untracked(|file| file.as_ref().map_or_else(String::new, name))
    }
}

/// What the address says. While another screen takes this one's place the address is no longer ours: then it is what it was.
fn place() -> Memo<InExport> {
    let location = use_location();
    let own = Route::Export(InExport::default()).href();
    memo_from(move |before: Option<&InExport>| {
        let here = location
            .pathname
            .with(|path| path.trim_end_matches('/') == own);
        let read = location.search.with(|search| export_of(search));
        before.filter(|_| !here).cloned().unwrap_or(read)
    })
}

impl Viewer {
    fn new(chosen: Chosen) -> Self {
        let stage = RwSignal::new(Stage::Opening);
        let place = place();
        let listed = RwSignal::new(timeline::STEP);
        let finding = Finding::new(stage, place);
        effect(move || {
            finding.found().track();
            listed.set(timeline::STEP);
        });
        Self {
            announcer: use_announcer(),
            chosen,
            stage,
            name: RwSignal::new(String::new()),
            progress: RwSignal::new(Progress::default()),
            place,
            finding,
            listed,
            left: StoredValue::new(None),
            work: StoredValue::new_local(None),
        }
    }

    /// Opens another.
    fn choose(self, files: Vec<Upload>) {
        if !files.is_empty() {
            self.chosen.choose(files);
            self.open();
        }
    }

    /// Opens the file that was chosen.
    fn open(self) {
        let Some(file) = self.chosen.0.get_untracked() else {
            return;
        };
        self.name.set(file.name.clone());
        self.progress.set(Progress::default());
        self.left.set_value(None);
        self.stage.set(Stage::Opening);
        self.announcer.say(text::export_opening(file.name.clone()));
        let announced = self.place.with_untracked(|place| place.sha256.clone());
        let work = task::spawn(async move {
            let opened = opening::open(Source::from(file), announced, move |progress| {
                self.go_on(progress)
            })
            .await;
            self.stage.set(match opened {
                Ok(opened) => Stage::Open(Rc::new(opened)),
                Err(why) => Stage::Refused(why),
            });
            // What took long is told by the focus, wherever that was: the button that began it is gone.
            viewport::next_frame(|| {
                focus::id(RESULT);
            });
        });
        self.work.set_value(Some(work));
    }

    /// A step that nobody would see is not drawn.
    fn go_on(self, next: Progress) {
        let percent = |progress: Progress| progress.done * 100 / progress.of.max(1);
        let now = self.progress.get_untracked();
        if now.of != next.of || percent(now) != percent(next) {
            self.progress.set(next);
        }
    }

    /// Closes it, or gives up opening it.
    fn close(self) {
        self.work.set_value(None);
        self.chosen.0.set(None);
        viewport::next_frame(|| {
            focus::id(choosing::CHOOSE);
        });
    }

    /// The export, while one is open.
    fn opened(self) -> Option<Rc<Opened>> {
        self.stage.with(|stage| match stage {
            Stage::Open(opened) => Some(Rc::clone(opened)),
            Stage::Opening | Stage::Refused(_) => None,
        })
    }

    /// The address of a conversation of it, or of the list.
    fn href(self, interaction: Option<InteractionId>) -> String {
        let place = self.place.get_untracked();
        Route::Export(InExport {
            interaction,
            ..place
        })
        .href()
    }
}

/// Everything but a single conversation.
fn found(viewer: Viewer) -> View {
    let body = move || match viewer.stage.get() {
        Stage::Opening => choosing::progress(viewer),
        Stage::Refused(why) => choosing::refusal(viewer, &why),
        Stage::Open(opened) => view! {
            {report::report(viewer, &opened)}
            {timeline::timeline(viewer, &opened)}
            {files::files(&opened)}
        }
        .alone(),
    };
    // Whoever comes back from a conversation finds the row that led to it; and what takes long is told by the focus when it is done.
    front(true, body.alone())
}

/// The screen's head, and below it how things stand.
fn front(keeps_focus: bool, body: View) -> View {
    // Without signing in there is no other screen to go to.
    let somebody = use_session().customer().is_some();
    view! {
        <div class="page">
            {somebody.then(data_nav)}
            <PageHead title=t(text::EXPORT_TITLE) lede=t(text::EXPORT_LEDE) keeps_focus=keeps_focus />
            {body}
        </div>
    }
    .alone()
}
