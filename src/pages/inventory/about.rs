//! "About you": what the company keeps of the customer's own record; what was told is changed in place, one at a time, what was
//! inferred is contested, and the rest put right by a request.

mod contest;
mod entry;
mod form;

use self::contest::{Contesting, contesting};
use self::entry::{Entry, How, entries};
use super::{bones, words};
use crate::announce::use_announcer;
use crate::api::{PortalClient, use_api};
use crate::browser::{focus, task};
use crate::forms::{Press, Write};
use crate::i18n::text;
use crate::live::use_live;
use crate::loading::Loaded;
use crate::routes::{Asked, Link, Route};
use portal_client::{ApiError, Change, MeChanges};
use portal_contract::data_request::DataRequestKind;
use portal_contract::me::Me;
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, effect, memo, view};

/// How often a change that somebody else was faster than is tried again.
const TRIES: usize = 3;

/// A field, what stood there, and what is to stand there; empty for nothing.
type Saving = (String, String, String);

/// What the fields share.
#[derive(Clone, Copy)]
struct Desk {
    /// Which one is being changed or contested.
    open: RwSignal<Option<String>>,
    /// What was typed there.
    raw: RwSignal<String>,
    /// Of which one the button is drawn anew, and has the focus then.
    awaited: StoredValue<Option<String>>,
    save: Press<Saving>,
    contest: Contesting,
}

/// The section.
pub fn section() -> View {
    let me = use_api().read(|client| client.me());
    use_live().on_any_of(&["me"], move || me.refetch());
    view! {
        <section class="section" aria-labelledby="about">
            <div class="section__head">
                <h2 id="about" tabindex="-1">{text::INVENTORY_ABOUT}</h2>
            </div>
            <p class="soft">{text::INVENTORY_ABOUT_LEDE}</p>
            <Loaded from=me failed=text::INVENTORY_ABOUT_FAILED skeleton=bones let:now>
                {untrack(|| fields(now, Callback::new(move |()| me.refetch())))}
            </Loaded>
        </section>
    }
    .alone()
}

fn fields(me: Signal<Me>, refetch: Callback<()>) -> View {
    let desk = desk(me, refetch);
    let all = memo(move || me.with(entries));
    let one = move |entry: Entry| item(&entry, desk);
    // What was saved is drawn anew, and its button with it.
    effect(move || {
        all.track();
        if let Some(name) = desk.awaited.try_update_value(Option::take).flatten() {
            back_to(&name);
        }
    });
    view! {
        <ul class="items">
            <For each=move || all.get() key=Clone::clone children=one />
        </ul>
    }
    .alone()
}

fn desk(me: Signal<Me>, refetch: Callback<()>) -> Desk {
    let api = use_api();
    let announcer = use_announcer();
    let open = RwSignal::new(None);
    let raw = RwSignal::new(String::new());
    let last: RwSignal<Option<Saving>> = RwSignal::new(None);
    let awaited = StoredValue::new(None);
    let write = Write::new(move |saving: Saving| {
        last.set(Some(saving.clone()));
        saved(api.client(), me.get_untracked(), saving)
    });
    write.on_done(move |_: Me| {
        open.set(None);
        refetch.run(());
        let Some((name, before, to)) = last.get_untracked() else {
            return;
        };
        awaited.set_value(Some(name.clone()));
        announcer.offer(text::INVENTORY_SAVED, text::PREFERENCES_UNDO, move || {
            write.send((name.clone(), to.clone(), before.clone()));
        });
    });
    Desk {
        open,
        raw,
        awaited,
        save: write.press(),
        contest: contesting(open, raw, awaited, refetch),
    }
}

/// Saves one field. Where somebody else changed the record meanwhile, it is put upon what stands there now.
async fn saved(client: PortalClient, me: Me, (name, _, to): Saving) -> Result<Me, ApiError> {
    let changes = changes(&name, to);
    let mut etag = me.etag;
    let mut left = TRIES;
    loop {
        // Another version is another change: it has a key of its own.
        let key = client.new_key();
        match client.change_me(&changes, &etag, &key).await {
            Err(ApiError::PreconditionFailed { .. }) if left > 0 => {
                left -= 1;
                etag = client.me().await?.etag;
            }
            answer => return answer,
        }
    }
}

fn changes(name: &str, to: String) -> MeChanges {
    let mut changes = MeChanges::default();
    let value = Some(to).filter(|to| !to.is_empty());
    if let Some(Ok(key)) = name.strip_prefix(entry::ATTRIBUTE).map(str::parse) {
        changes.attributes.insert(key, value);
        return changes;
    }
    let change = value.map_or(Change::Clear, Change::Set);
    match name {
        "preferred_name" => changes.preferred_name = change,
        "pronouns" => changes.pronouns = change,
        "locale" => changes.locale = change,
        "time_zone" => changes.time_zone = change,
        _ => {}
    }
    changes
}

/// The focus goes back to the button of the field, which is drawn after the answer.
fn back_to(name: &str) {
    let id = button_id(name);
    task::run(async move {
        task::pause(0).await;
        if focus::is_lost() {
            focus::id(&id);
        }
    });
}

fn button_id(name: &str) -> String {
    ["change-", name].concat()
}

fn item(entry: &Entry, desk: Desk) -> View {
    let own = entry.clone();
    let form = move || {
        let is_open = desk.open.with(|open| open.as_ref() == Some(&own.name));
        is_open.then(|| match own.how {
            How::Contest | How::Uncontest => contest::form(&own, desk.contest),
            _ => form::form(&own, desk),
        })
    };
    let value = if entry.value.is_empty() {
        view! { <span class="soft">{text::INVENTORY_NOT_GIVEN}</span> }.alone()
    } else {
        view! { <bdi lang=entry.lang.clone()>{entry.shown.clone()}</bdi> }.alone()
    };
    let notes = entry
        .notes
        .iter()
        .map(|note| view! { <p class="item__note">{note.clone()}</p> });
    view! {
        <li class="item">
            <div class="item__head">
                <h3>{entry.label.clone()}</h3>
                {act(entry, desk)}
            </div>
            <p>{value}</p>
            {notes.collect::<Vec<_>>()}
            {form}
        </li>
    }
    .alone()
}

fn act(entry: &Entry, desk: Desk) -> View {
    let about = entry.label.clone();
    match entry.how {
        How::Nothing => View::new(),
        How::Rectify => {
            let to = Route::NewDataRequest(Asked {
                field: Some(entry.field.clone()),
                ..Asked::kind(DataRequestKind::Rectification)
            });
            view! {
                <Link to=to class="link-button">
                    {text::INVENTORY_CORRECT}
                    <span class="visually-hidden">": " <bdi>{about}</bdi></span>
                </Link>
            }
            .alone()
        }
        How::Text | How::Language | How::Zone => {
            let (name, value) = (entry.name.clone(), entry.value.clone());
            let (opened, id) = (entry.name.clone(), button_id(&entry.name));
            let is_open = move || desk.open.with(|open| open.as_ref() == Some(&opened));
            let toggle = move |_| {
                let is_open = desk
                    .open
                    .with_untracked(|open| open.as_ref() == Some(&name));
                desk.raw.set(value.clone());
                desk.open.set((!is_open).then(|| name.clone()));
                form::take_focus();
            };
            view! {
                <button
                    class="button"
                    data-size="small"
                    type="button"
                    id=id
                    aria-expanded=move || if is_open() { "true" } else { "false" }
                    on:click=toggle
                >
                    {text::INVENTORY_CHANGE}
                    <span class="visually-hidden">": " <bdi>{about}</bdi></span>
                </button>
            }
            .alone()
        }
        How::Contest | How::Uncontest => contest::acts(entry, desk.contest),
    }
}

/// Where something came from, in words.
fn origin(of: &portal_contract::me::Origin) -> String {
    words::origin(of)
}
