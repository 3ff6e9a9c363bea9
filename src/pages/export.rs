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

/// Where the screen is with a file.
#[derive(Clone)]
enum Stage {
    /// None was chosen.
    Choosing,
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
    let viewer = Viewer::new();
    viewport::keep_place(true);
    on_cleanup(|| viewport::next_frame(|| viewport::keep_place(false)));
    let reading = memo(move || {
        let is_open = viewer.stage.with(|stage| matches!(stage, Stage::Open(_)));
        let asked = viewer.place.with(|place| place.interaction.clone());
        asked.filter(|_| is_open)
    });
    let shown = move || match reading.get() {
        Some(id) => conversation::conversation(viewer, &id),
        None => front(viewer),
    };
    shown.alone()
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
    fn new() -> Self {
        let stage = RwSignal::new(Stage::Choosing);
        let place = place();
        let listed = RwSignal::new(timeline::STEP);
        let finding = Finding::new(stage, place);
        effect(move || {
            finding.found().track();
            listed.set(timeline::STEP);
        });
        Self {
            announcer: use_announcer(),
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

    /// Opens the first of the files.
    fn open(self, files: Vec<Upload>) {
        let Some(file) = files.into_iter().next() else {
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
        self.stage.set(Stage::Choosing);
        viewport::next_frame(|| {
            focus::id(choosing::CHOOSE);
        });
    }

    /// The export, while one is open.
    fn opened(self) -> Option<Rc<Opened>> {
        self.stage.with(|stage| match stage {
            Stage::Open(opened) => Some(Rc::clone(opened)),
            Stage::Choosing | Stage::Opening | Stage::Refused(_) => None,
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
fn front(viewer: Viewer) -> View {
    let returns = viewer.left.with_value(Option::is_some);
    let body = move || match viewer.stage.get() {
        Stage::Choosing => choosing::chooser(viewer),
        Stage::Opening => choosing::progress(viewer),
        Stage::Refused(why) => choosing::refusal(viewer, &why),
        Stage::Open(opened) => view! {
            {report::report(viewer, &opened)}
            {timeline::timeline(viewer, &opened)}
            {files::files(&opened)}
        }
        .alone(),
    };
    // Without signing in there is no other screen to go to.
    let somebody = use_session().customer().is_some();
    view! {
        <div class="page">
            {somebody.then(data_nav)}
            <PageHead title=t(text::EXPORT_TITLE) lede=t(text::EXPORT_LEDE) keeps_focus=returns />
            {body}
        </div>
    }
    .alone()
}
