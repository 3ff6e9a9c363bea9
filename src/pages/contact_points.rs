//! Where the company reaches the customer: addresses, numbers, devices and accounts, each with how it stands and what can be
//! done about it.

mod adding;
mod countries;
mod editing;
mod fields;
mod item;
mod kept;
mod removing;
mod verifying;
mod words;

use crate::api::{PortalClient, Read, use_api};
use crate::i18n::{t, text};
use crate::live::use_live;
use crate::loading::Loaded;
use crate::routes::{kind_to_add, use_location};
use crate::session::use_session;
use crate::ui::{Button, Dialog, Icon, IconName, Size, Tone};
use crate::widgets::{Elsewhere, PageHead, StepUp, StepUpDialog, section_nav};
use kept::Keeper;
use portal_client::ApiError;
use portal_contract::ContactPointId;
use portal_contract::contact_point::{ContactPoint, ContactPointKind};
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, effect, memo, view};

/// The id of the button that adds one: the focus goes there when what it was on is gone.
const ADD: &str = "add-contact-point";

/// What every part of the screen shares.
#[derive(Clone, Copy)]
struct Desk {
    points: Read<Vec<ContactPoint>>,
    /// What the dialog is about, while one stands open.
    task: RwSignal<Option<Task>>,
    /// What was to be said of one of them, in its place.
    told: RwSignal<Option<(ContactPointId, Told)>>,
    proof: StepUp,
    /// Whether anything of it can be changed here.
    may_change: bool,
    /// Where a half-filled form is kept.
    keeper: StoredValue<Keeper>,
}

/// What a dialog is about.
#[derive(Clone, PartialEq)]
enum Task {
    /// Another one, of this kind to begin with.
    Add(ContactPointKind),
    /// Another one in the place of this one.
    Replace(ContactPoint),
    Verify(ContactPoint),
    Edit(ContactPoint),
    Remove(ContactPoint),
}

/// What a dialog does, for whoever draws it.
#[derive(Clone)]
struct Doing {
    desk: Desk,
    task: Task,
}

/// The door to what a dialog does, which comes when the first one is opened.
#[derive(Clone, Copy)]
pub struct Tasks(pub fn() -> View);

/// What stands in the place of an act that was not done.
#[derive(Clone, Copy, PartialEq)]
enum Told {
    /// It cannot be removed; the contact point says why.
    NotRemoved,
    /// It was changed elsewhere first; it is shown as it is now.
    Changed,
}

/// The screen.
pub fn page() -> View {
    let points = use_api().read(every_one);
    use_live().on_any_of(&["contact_point"], move || points.refetch());
    let wanted = use_location().search.with_untracked(|it| kind_to_add(it));
    let keeper = Keeper::here();
    let kept = keeper.kept();
    let begun = kept.as_ref().filter(|kept| kept.replaces.is_none());
    let begun = begun.map(|kept| Task::Add(kept.kind.clone()));
    let wanted = wanted.filter(|_| use_session().may_change_contact_points());
    let desk = Desk {
        points,
        task: RwSignal::new(begun.or(wanted.map(Task::Add))),
        told: RwSignal::new(None),
        proof: StepUp::new(),
        may_change: use_session().may_change_contact_points(),
        keeper: StoredValue::new(keeper),
    };
    if let Some(id) = kept.and_then(|kept| kept.replaces) {
        desk.go_on_replacing(id);
    }
    let add = Callback::new(move |()| desk.task.set(Some(Task::Add(ContactPointKind::Email))));
    view! {
        <div class="page" data-width="reading">
            {section_nav()}
            <PageHead title=t(text::CONTACT_POINT_TITLE) lede=t(text::CONTACT_POINT_LEDE)>
                {desk.may_change.then(|| view! {
                    <Button id=ADD tone=Tone::Primary on_press=add>
                        <Icon name=IconName::Add />
                        {text::CONTACT_POINT_ADD}
                    </Button>
                })}
            </PageHead>
            {(!desk.may_change).then(|| view! { <Elsewhere why=text::ELSEWHERE_CONTACT_POINTS /> })}
            <Loaded from=points failed=text::CONTACT_POINT_FAILED skeleton=bones let:points>
                {sections(desk, points)}
            </Loaded>
            {move || desk.task.get().map(|task| dialog(desk, task))}
            <StepUpDialog of=desk.proof why=text::STEP_UP_BODY />
        </div>
    }
    .alone()
}

/// All of them: a customer has dozens at most.
async fn every_one(client: PortalClient) -> Result<Vec<ContactPoint>, ApiError> {
    let mut all = Vec::new();
    let mut cursor = None;
    loop {
        let page = client.contact_points(cursor.as_ref()).await?;
        all.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(all);
        }
    }
}

/// One section a kind. Those by which most people are reached stand there even while they are empty.
fn sections(desk: Desk, points: Signal<Vec<ContactPoint>>) -> View {
    let known = ContactPointKind::KNOWN.iter().cloned().map(Some);
    known
        .chain([None])
        .map(|kind| section(desk, points, kind))
        .collect_view()
        .alone()
}

/// The section of a kind; `None` is for kinds that this portal does not know.
fn section(desk: Desk, points: Signal<Vec<ContactPoint>>, kind: Option<ContactPointKind>) -> View {
    let (id, title) = words::heading(kind.as_ref());
    let none = kind.as_ref().and_then(words::none_yet);
    let always = none.is_some();
    let ids = memo(move || {
        points.with(|all| {
            let of_kind = |point: &&ContactPoint| match &kind {
                Some(kind) => point.kind == *kind,
                None => !ContactPointKind::KNOWN.contains(&point.kind),
            };
            let ids = all.iter().filter(of_kind).map(|point| point.id.clone());
            ids.collect::<Vec<_>>()
        })
    });
    let is_empty = memo(move || ids.with(Vec::is_empty));
    let row = move |id: ContactPointId| {
        let point =
            memo(move || points.with(|all| all.iter().find(|point| point.id == id).cloned()));
        view! { <li class="item">{move || point.get().map(|point| item::item(desk, &point))}</li> }
    };
    let row = StoredValue::new(row);
    let list = move || {
        if is_empty.get() {
            return none
                .clone()
                .map(|none| view! { <p class="card__empty">{none}</p> })
                .alone();
        }
        view! {
            <ul class="items">
                <For each=move || ids.get() key=|id: &ContactPointId| id.clone() children=move |id| row.with_value(|row| row(id)) />
            </ul>
        }
        .alone()
    };
    let list = StoredValue::new_local(list);
    let shown = move || {
        (always || !is_empty.get()).then(|| {
            view! {
                <section class="section" aria-labelledby=id>
                    <div class="section__head">
                        <h2 id=id>{title.clone()}</h2>
                    </div>
                    {move || list.with_value(|list| list())}
                </section>
            }
        })
    };
    shown.alone()
}

/// The dialog of a task. It begins anew with each.
fn dialog(desk: Desk, task: Task) -> View {
    let title = match &task {
        Task::Add(_) => text::CONTACT_POINT_ADD_TITLE,
        Task::Replace(point) => text::contact_point_replace_title(words::line(point)),
        Task::Verify(point) => text::contact_point_verify_title(words::line(point)),
        Task::Edit(point) => text::contact_point_edit_title(words::line(point)),
        Task::Remove(point) => text::contact_point_remove_title(words::line(point)),
    };
    provide_context(Doing { desk, task });
    let Tasks(doing) = expect_context();
    view! {
        <Dialog
            id="contact-point"
            open=Signal::stored(true)
            title=t(title)
            close_label=t(text::CLOSE)
            on_close=Callback::new(move |()| desk.close())
        >
            <div class="dialog__body">{doing()}</div>
        </Dialog>
    }
    .alone()
}

/// What stands in the dialog.
pub fn task() -> View {
    let Doing { desk, task } = expect_context();
    match task {
        Task::Add(kind) => adding::form(desk, kind, None),
        Task::Replace(point) => adding::form(desk, point.kind.clone(), Some(point)),
        Task::Verify(point) => verifying::steps(desk, point),
        Task::Edit(point) => editing::form(desk, point),
        Task::Remove(point) => removing::question(desk, point),
    }
}

impl Desk {
    /// The page was loaded anew while this one was being replaced: that goes on once it is known, if it is still there.
    fn go_on_replacing(self, id: ContactPointId) {
        let is_over = StoredValue::new(false);
        effect(move || {
            let Some(Ok(points)) = self.points.get() else {
                return;
            };
            if is_over.get_value() {
                return;
            }
            is_over.set_value(true);
            match points.into_iter().find(|point| point.id == id) {
                Some(point) => self.task.set(Some(Task::Replace(point))),
                None => self.keeper.with_value(Keeper::forget),
            }
        });
    }

    /// Puts the dialog away, and with it what was typed there.
    fn close(self) {
        self.keeper.with_value(Keeper::forget);
        self.task.set(None);
    }

    /// Opens a dialog; what was said before is over.
    fn begin(self, task: Task) {
        self.told.set(None);
        self.task.set(Some(task));
    }

    /// Says something of one of them in its place, and shows how all of them stand now.
    fn tell(self, id: ContactPointId, told: Told) {
        self.told.set(Some((id, told)));
        self.points.refetch();
    }
}

/// A small button that leaves a dialog as it is.
fn cancel(desk: Desk) -> View {
    view! {
        <Button tone=Tone::Quiet on_press=Callback::new(move |()| desk.close())>
            {text::CANCEL}
        </Button>
    }
    .alone()
}

/// A button of one contact point: its word is seen, and heard together with which one it is about.
fn small_button(
    word: &str,
    about: &str,
    tone: Tone,
    pending: Signal<bool>,
    act: Callback<()>,
) -> View {
    let (word, about) = (word.to_owned(), about.to_owned());
    view! {
        <Button size=Size::Small tone=tone pending=pending on_press=act>
            {word}
            <span class="visually-hidden">": " <bdi>{about}</bdi></span>
        </Button>
    }
    .alone()
}

fn bones() -> View {
    let one = || {
        view! {
            <div class="item">
                <div class="item__head">
                    <h3><span class="bone" data-size="large"></span></h3>
                    <span class="status"><span class="bone"></span></span>
                </div>
                <p class="item__note"><span class="bone" data-size="large"></span></p>
            </div>
        }
    };
    view! { <div class="skeleton items" aria-hidden="true">{one()} {one()} {one()} {one()} {one()}</div> }.alone()
}
