//! What makes contact possible, or easier: large print, a relay service, easy language, an interpreter.

use super::select;
use crate::announce::use_announcer;
use crate::api::{PortalClient, use_api};
use crate::forms::{Submission, Write};
use crate::i18n::{Text, language_name, t, text, use_i18n};
use crate::live::use_live;
use crate::loading::{Loaded, failure};
use crate::ui::{Icon, IconName};
use portal_client::{ApiError, MeChanges};
use portal_contract::me::{Accommodation, AccommodationKind, Me};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};

/// Languages that interpreters are asked for beside those of the portal: the sign languages of its regions first.
const INTERPRETED: [&str; 16] = [
    "bfi", "gsg", "ase", "en", "de", "ar", "es", "fr", "pl", "pt", "ro", "ru", "tr", "uk", "vi",
    "zh",
];

/// How often a change that somebody else was faster than is tried again.
const TRIES: usize = 3;

/// What is wanted, and saving it.
#[derive(Clone, Copy)]
struct Desk {
    wanted: RwSignal<Vec<Accommodation>>,
    save: Write<Vec<Accommodation>, Me>,
}

/// The choices, once the record is there.
pub fn accommodations() -> View {
    let me = use_api().read(|client| client.me());
    use_live().on_any_of(&["me"], move || me.refetch());
    view! {
        <Loaded from=me failed=text::ACCOMMODATION_FAILED skeleton=bones let:me>
            {untrack(|| choices(desk(me)))}
        </Loaded>
    }
    .alone()
}

fn bones() -> View {
    view! {
        <p class="skeleton" aria-hidden="true">
            <span class="bone" data-size="full"></span>
        </p>
    }
    .alone()
}

fn desk(me: Signal<Me>) -> Desk {
    let api = use_api();
    let announcer = use_announcer();
    let first = me.get();
    let wanted = RwSignal::new(first.accommodations.clone());
    let known = RwSignal::new(first);
    let save = Write::new(move |list| saved(api.client(), known.get_untracked(), list));
    let desk = Desk { wanted, save };
    save.on_done(move |me| {
        let before = known.get_untracked().accommodations;
        let sent_since = wanted.get_untracked();
        let changed = merged(&before, &sent_since, &me.accommodations);
        known.set(me);
        // What was chosen while the save was on its way goes with the next one.
        wanted.set(changed.clone());
        if changed != known.get_untracked().accommodations {
            save.send(changed);
            return;
        }
        announcer.say(text::ACCOMMODATION_SAVED);
    });
    save.on_failed(move |_| wanted.set(known.get_untracked().accommodations));
    effect(move || {
        let now = me.get();
        // What is on its way finds by itself how it stands.
        if save.pending().get_untracked() || known.with_untracked(|known| known.etag == now.etag) {
            return;
        }
        let before = known.get_untracked().accommodations;
        wanted.update(|wanted| *wanted = merged(&before, wanted, &now.accommodations));
        known.set(now);
    });
    desk
}

/// Saves the list. Where somebody else was faster, what was changed here is put upon what stands there now.
async fn saved(
    client: PortalClient,
    mut known: Me,
    mut wanted: Vec<Accommodation>,
) -> Result<Me, ApiError> {
    let base = known.accommodations.clone();
    let mut left = TRIES;
    loop {
        let changes = MeChanges {
            accommodations: Some(wanted.clone()),
            ..MeChanges::default()
        };
        let key = client.new_key();
        match client.change_me(&changes, &known.etag, &key).await {
            Err(ApiError::PreconditionFailed { .. }) if left > 0 => {
                left -= 1;
                known = client.me().await?;
                wanted = merged(&base, &wanted, &known.accommodations);
            }
            answer => return answer,
        }
    }
}

fn of<'l>(list: &'l [Accommodation], kind: &AccommodationKind) -> Option<&'l Accommodation> {
    list.iter().find(|one| one.kind == *kind)
}

/// `theirs` with everything that `mine` changed of `base`.
fn merged(
    base: &[Accommodation],
    mine: &[Accommodation],
    theirs: &[Accommodation],
) -> Vec<Accommodation> {
    let mut merged = theirs.to_vec();
    for one in base.iter().chain(mine) {
        let wanted = of(mine, &one.kind);
        if of(base, &one.kind) != wanted {
            set(&mut merged, &one.kind, wanted.cloned());
        }
    }
    merged
}

/// Puts one kind into the list, or takes it out.
fn set(list: &mut Vec<Accommodation>, kind: &AccommodationKind, to: Option<Accommodation>) {
    match (list.iter_mut().find(|one| one.kind == *kind), to) {
        (Some(there), Some(to)) => *there = to,
        (None, Some(to)) => list.push(to),
        (_, None) => list.retain(|one| one.kind != *kind),
    }
}

impl Desk {
    fn put(self, kind: &AccommodationKind, to: Option<Accommodation>) {
        self.wanted.update(|wanted| set(wanted, kind, to));
        self.save.send(self.wanted.get_untracked());
    }
}

fn choices(desk: Desk) -> View {
    let kinds = AccommodationKind::KNOWN;
    let failed = desk.save.submission();
    let refused = move || match failed.get() {
        Submission::Failed(error) => Some(view! {
            <p class="field__error">
                <Icon name=IconName::Alert />
                <span>{text::ACCOMMODATION_REFUSED} " " {failure(&error).sentence}</span>
            </p>
        }),
        _ => None,
    };
    view! {
        <fieldset class="form__group">
            <legend>{text::ACCOMMODATION_LEGEND}</legend>
            <div role="alert">{refused}</div>
            {kinds.iter().map(|kind| choice(desk, kind)).collect::<Vec<_>>()}
            {interpreted(desk)}
        </fieldset>
    }
    .alone()
}

fn word(kind: &AccommodationKind) -> Text {
    match kind {
        AccommodationKind::LargePrint => text::ACCOMMODATION_LARGE_PRINT,
        AccommodationKind::RelayService => text::ACCOMMODATION_RELAY_SERVICE,
        AccommodationKind::EasyLanguage => text::ACCOMMODATION_EASY_LANGUAGE,
        AccommodationKind::Interpreter | AccommodationKind::Other(_) => {
            text::ACCOMMODATION_INTERPRETER
        }
    }
}

fn choice(desk: Desk, kind: &'static AccommodationKind) -> View {
    let is_on = move || desk.wanted.with(|wanted| of(wanted, kind).is_some());
    let change = move |event| {
        let on = event_target_checked(&event);
        let language = (*kind == AccommodationKind::Interpreter).then(spoken);
        let to = Accommodation {
            kind: kind.clone(),
            language,
        };
        desk.put(kind, on.then_some(to));
    };
    view! {
        <label class="choice">
            <input type="checkbox" prop:checked=is_on on:change=change />
            " "
            <span>{word(kind)}</span>
        </label>
    }
    .alone()
}

/// The language of the reader, which an interpreter is most likely for.
fn spoken() -> String {
    let tag = use_i18n().locale().tag;
    tag.split('-').next().unwrap_or(&tag).to_owned()
}

/// The language that an interpreter is wanted for, while one is.
fn interpreted(desk: Desk) -> View {
    let language = memo(move || {
        desk.wanted.with(|wanted| {
            of(wanted, &AccommodationKind::Interpreter).and_then(|one| one.language.clone())
        })
    });
    let is_wanted = memo(move || language.with(Option::is_some));
    let field = move || {
        is_wanted.get().then(|| {
            let chosen = memo(move || language.with(|tag| tag.as_deref().unwrap_or("").to_owned()));
            let mut tags: Vec<String> = INTERPRETED.map(str::to_owned).to_vec();
            let now = chosen.get_untracked();
            if !tags.contains(&now) {
                tags.insert(0, now);
            }
            let named = |tag: String| {
                let name = language_name(&tag);
                (tag, name)
            };
            let change = move |tag: String| {
                let kind = AccommodationKind::Interpreter;
                let to = Accommodation {
                    kind: kind.clone(),
                    language: Some(tag),
                };
                desk.put(&kind, Some(to));
            };
            let label = t(text::ACCOMMODATION_INTERPRETER_LANGUAGE);
            let options = tags.into_iter().map(named).collect();
            select("interpreter", label, options, chosen, Callback::new(change))
        })
    };
    field.alone()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(kinds: &[AccommodationKind]) -> Vec<Accommodation> {
        let one = |kind: &AccommodationKind| Accommodation {
            kind: kind.clone(),
            language: None,
        };
        kinds.iter().map(one).collect()
    }

    #[test]
    fn what_was_changed_here_is_put_upon_what_stands_there() {
        use AccommodationKind::{EasyLanguage, LargePrint, RelayService};
        let base = list(&[LargePrint]);
        let mine = list(&[EasyLanguage]);
        let theirs = list(&[LargePrint, RelayService]);
        assert_eq!(
            merged(&base, &mine, &theirs),
            list(&[RelayService, EasyLanguage])
        );
    }

    #[test]
    fn another_language_of_an_interpreter_takes_the_place_of_the_one_before() {
        let speaks = |tag: &str| Accommodation {
            kind: AccommodationKind::Interpreter,
            language: Some(tag.into()),
        };
        let merged = merged(&[speaks("ar")], &[speaks("bfi")], &[speaks("ar")]);
        assert_eq!(merged, [speaks("bfi")]);
    }
}
