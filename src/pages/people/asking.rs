//! Asking to act for somebody: as what, for whom, for what, until when, and why. One press is one question.

use super::begun::{Begun, Entered, draft};
use super::bones;
use super::fields::{self, DATA, EMAIL, KINDS, ROLE, UNTIL, WORDS};
use crate::announce::use_announcer;
use crate::api::{PortalClient, use_api};
use crate::browser::clock;
use crate::forms::{Draft, Problems, Submission, Write, error_summary};
use crate::i18n::{Text, t, text, today};
use crate::loading::{FailedLine, Loaded};
use crate::routes::{Link, NavigateOptions, Route, use_navigate};
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use crate::widgets::{PageHead, data_nav};
use portal_client::ApiError;
use portal_contract::data_request::DataRequestKind;
use portal_contract::data_request_options::OfferedCategory;
use portal_contract::delegation::{Delegation, DelegationRole, DelegationTerms, NewDelegation};
use portal_contract::{
    DelegationId, FieldCode, FieldError, IdempotencyKey, InventoryCategoryId, ProblemKind,
};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};

/// What can be asked for.
#[derive(Clone, PartialEq)]
pub struct Offer {
    pub terms: DelegationTerms,
    pub kinds: Vec<DataRequestKind>,
    pub categories: Vec<OfferedCategory>,
    /// The first and the last day that can be chosen.
    pub days: Option<(String, String)>,
}

/// The form.
#[derive(Clone, Copy)]
pub struct Form {
    pub offer: StoredValue<Offer>,
    pub role: RwSignal<Option<DelegationRole>>,
    pub email: RwSignal<String>,
    pub kinds: RwSignal<Vec<DataRequestKind>>,
    pub is_some: RwSignal<bool>,
    pub categories: RwSignal<Vec<InventoryCategoryId>>,
    pub until: RwSignal<String>,
    pub words: RwSignal<String>,
    problems: RwSignal<Vec<(&'static str, Text)>>,
    attempts: RwSignal<u32>,
    draft: StoredValue<Draft>,
    key: RwSignal<IdempotencyKey>,
}

/// The screen.
pub fn page() -> View {
    let offer = use_api().read(find);
    view! {
        <div class="page" data-width="reading">
            {data_nav()}
            <Link to=Route::People class="page__back">
                <Icon name=IconName::Back />
                {text::PEOPLE_TITLE}
            </Link>
            <Loaded from=offer failed=text::PEOPLE_FAILED is_page=true skeleton=bones let:offer>
                <PageHead title=t(text::PEOPLE_ASK) lede=t(text::PEOPLE_NEW_LEDE) />
                {untrack(|| Form::begin(offer.get()).view())}
            </Loaded>
        </div>
    }
    .alone()
}

async fn find(client: PortalClient) -> Result<Offer, ApiError> {
    let terms = client.capabilities().await?.delegations;
    let terms = terms.ok_or(ApiError::NotFound)?;
    let options = client.data_request_options().await?;
    Ok(Offer {
        days: days(terms.max_days),
        terms,
        kinds: options.kinds.into_iter().map(|offer| offer.kind).collect(),
        categories: options.categories,
    })
}

/// Today and the last day; nothing where the browser cannot say which day it is.
fn days(most: u64) -> Option<(String, String)> {
    let today = today(clock::now())?;
    let last = in_days(&today, most)?;
    Some((today, last))
}

fn in_days(day: &str, days: u64) -> Option<String> {
    let number = clock::day_number(day)?.checked_add_unsigned(days)?;
    Some(clock::day_of_number(number))
}

impl Form {
    /// What was kept of it; the usual end where nothing was.
    fn begin(offer: Offer) -> Self {
        let draft = draft();
        let kept: Option<Begun> = draft.load_as();
        let Begun { intent, entered } = kept.unwrap_or_else(|| {
            let usual = |(first, _): &(String, String)| in_days(first, offer.terms.default_days);
            let until = offer.days.as_ref().and_then(usual);
            Begun {
                intent: use_api().client().new_key(),
                entered: Entered {
                    until: until.into_iter().collect(),
                    ..Entered::default()
                },
            }
        });
        let form = Self {
            role: RwSignal::new(entered.role),
            email: RwSignal::new(entered.email),
            kinds: RwSignal::new(entered.kinds),
            is_some: RwSignal::new(entered.is_some),
            categories: RwSignal::new(entered.categories),
            until: RwSignal::new(entered.until),
            words: RwSignal::new(entered.words),
            problems: RwSignal::new(Vec::new()),
            attempts: RwSignal::new(0),
            draft: StoredValue::new(draft),
            key: RwSignal::new(intent),
            offer: StoredValue::new(offer),
        };
        effect(move || form.keep());
        form
    }

    /// Keeps what stands there; it is watched.
    fn keep(self) {
        let begun = Begun {
            intent: self.key.get(),
            entered: Entered {
                role: self.role.get(),
                email: self.email.get(),
                kinds: self.kinds.get(),
                is_some: self.is_some.get(),
                categories: self.categories.get(),
                until: self.until.get(),
                words: self.words.get(),
            },
        };
        self.draft.with_value(|draft| draft.keep(&begun));
    }

    /// What is asked, or nothing and what is missing is told.
    fn read(self) -> Option<NewDelegation> {
        let wrong = self.wrong();
        let is_right = wrong.is_empty();
        self.problems.set(wrong);
        if !is_right {
            self.attempts.update(|count| *count += 1);
            return None;
        }
        let filled = |words: String| Some(words.trim().to_owned()).filter(|it| !it.is_empty());
        let is_some = self.is_some.get_untracked();
        Some(NewDelegation {
            role: self.role.get_untracked()?,
            email: self.email.get_untracked().trim().to_owned(),
            kinds: self.kinds.get_untracked(),
            categories: self
                .categories
                .get_untracked()
                .into_iter()
                .filter(|_| is_some)
                .collect(),
            until: filled(self.until.get_untracked()),
            text: filled(self.words.get_untracked()),
        })
    }

    fn wrong(self) -> Vec<(&'static str, Text)> {
        let email = self.email.get_untracked();
        let is_address = email
            .trim()
            .split_once('@')
            .is_some_and(|(name, place)| !name.is_empty() && place.contains('.'));
        let until = self.until.get_untracked();
        let outside = |(first, last): &(String, String)| {
            !until.is_empty() && (until < *first || until > *last)
        };
        let days = self.offer.with_value(|offer| offer.days.clone());
        let most = self.offer.with_value(|offer| offer.terms.text_characters);
        let words = self.words.get_untracked();
        let is_executor = self.role.get_untracked() == Some(DelegationRole::Executor);
        let none_chosen =
            self.is_some.get_untracked() && self.categories.with_untracked(Vec::is_empty);
        let checks = [
            (
                self.role.with_untracked(Option::is_none),
                ROLE,
                text::PEOPLE_WRONG_ROLE,
            ),
            (!is_address, EMAIL, text::PEOPLE_WRONG_EMAIL),
            (
                self.kinds.with_untracked(Vec::is_empty),
                KINDS,
                text::PEOPLE_WRONG_KINDS,
            ),
            (none_chosen, DATA, text::DATA_REQUEST_WRONG_CATEGORIES),
            (days.as_ref().is_some_and(outside), UNTIL, self.wrong_day()),
            (
                is_executor && words.trim().is_empty(),
                WORDS,
                text::DATA_REQUEST_WRONG_WORDS,
            ),
            (
                words.chars().count() as u64 > most,
                WORDS,
                text::field_too_long(most),
            ),
        ];
        let wrong = checks.into_iter().filter(|(is_wrong, ..)| *is_wrong);
        wrong.map(|(_, id, words)| (id, words)).collect()
    }

    /// The last day that can be chosen, as people read it.
    pub fn last_day(self) -> Option<String> {
        let days = self.offer.with_value(|offer| offer.days.clone());
        days.map(|(_, last)| crate::i18n::day(&last))
    }

    fn wrong_day(self) -> Text {
        let last = self.last_day();
        last.map_or(text::FIELD_INVALID, text::people_wrong_until)
    }

    /// Shows what the server refused, each at its field.
    fn refuse(self, errors: &[FieldError]) {
        let told = errors.iter().map(|error| {
            let id = field_of(&error.pointer);
            let words = match (id, &error.code, error.limit) {
                (EMAIL, FieldCode::NotOffered, _) => text::PEOPLE_WRONG_OWN,
                (EMAIL, ..) => text::PEOPLE_WRONG_EMAIL,
                (UNTIL, ..) => self.wrong_day(),
                (_, FieldCode::TooLong, Some(limit)) => text::field_too_long(limit),
                (_, FieldCode::Required, _) => text::FIELD_REQUIRED,
                _ => text::FIELD_INVALID,
            };
            (id, words)
        });
        self.problems.set(told.collect());
        self.attempts.update(|count| *count += 1);
    }

    /// What is wrong with an input; it is watched.
    pub fn problem(self, id: &str) -> Option<Text> {
        let of = |all: &Vec<(&'static str, Text)>| {
            let mut all = all.iter();
            all.find(|(at, _)| *at == id)
                .map(|(_, words)| words.clone())
        };
        self.problems.with(of)
    }

    /// What was wrong with an input is being put right.
    pub fn mend(self, id: &str) {
        if self.problem(id).is_some() {
            self.problems.update(|all| all.retain(|(at, _)| *at != id));
        }
    }

    fn asking(self) -> Write<NewDelegation, Delegation> {
        let api = use_api();
        let announcer = use_announcer();
        let navigate = use_navigate();
        let write = Write::new(move |new: NewDelegation| {
            let (client, key) = (api.client(), self.key.get_untracked());
            client.ask_to_act(&new, &key)
        });
        write.on_done(move |asked: Delegation| {
            self.draft.with_value(Draft::forget);
            announcer.show(text::PEOPLE_SENT);
            // Back leads to where the customer came from, and not to an empty form.
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(&Route::Delegation(asked.id).href(), options);
        });
        write.on_failed(move |error| {
            // Something else is meant now than what was sent under that key.
            if is_reused(&error) || matches!(error, ApiError::Validation(_)) {
                self.key.set(api.client().new_key());
            }
            if let ApiError::Validation(errors) = error {
                self.refuse(&errors);
            }
        });
        write
    }

    /// All of it.
    fn view(self) -> View {
        let wrong = memo(move || -> Problems {
            let all = self.problems.get().into_iter();
            all.map(|(id, words)| (id.into(), words)).collect()
        });
        let summary = error_summary("people-problems".to_owned(), wrong, self.attempts);
        let write = self.asking();
        let submission = write.submission();
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            if let Some(new) = self.read() {
                write.send(new);
            }
        };
        let before = move || match submission.get() {
            Submission::Failed(error) => came_before(&error).map(leads),
            Submission::Idle | Submission::Pending | Submission::Done => None,
        };
        // What leads elsewhere is told as that.
        let others = memo(move || match submission.get() {
            Submission::Failed(error) if came_before(&error).is_some() => Submission::Idle,
            other => other,
        });
        let pending = write.pending();
        let word = move || {
            t(if pending.get() {
                text::REPLY_SENDING
            } else {
                text::PEOPLE_NEW_SEND
            })
        };
        view! {
            <form class="form" novalidate on:submit=submit>
                {summary}
                {fields::view(self)}
                <div role="alert">{before}</div>
                <FailedLine submission=others except_fields=true />
                <div class="form__actions">
                    <Button tone=Tone::Primary kind=ButtonKind::Submit pending=pending>
                        {word}
                    </Button>
                    <Link to=Route::People class="button">
                        {text::DATA_REQUEST_LEAVE}
                    </Link>
                </div>
            </form>
        }
        .alone()
    }
}

fn is_reused(error: &ApiError) -> bool {
    matches!(error, ApiError::Refused { kind, .. } if *kind == ProblemKind::IdempotencyKeyReused)
}

/// Whether it was asked before, and which that is, as far as that is told.
fn came_before(error: &ApiError) -> Option<Option<DelegationId>> {
    match error {
        ApiError::Duplicate { existing } => Some(existing.as_ref().and_then(|id| id.parse().ok())),
        // An earlier version of this form was taken, whose answer was lost.
        error if is_reused(error) => Some(None),
        _ => None,
    }
}

fn leads(existing: Option<DelegationId>) -> View {
    let to = existing.map_or(Route::People, Route::Delegation);
    view! {
        <div class="banner" data-tone="warn" data-shape="inline">
            <Icon name=IconName::Alert />
            <p>{text::PEOPLE_DUPLICATE}</p>
            <Link to=to class="button">
                {text::DATA_REQUEST_RUNS_GO}
            </Link>
        </div>
    }
    .alone()
}

/// At which input a member of the body is entered.
fn field_of(pointer: &str) -> &'static str {
    match pointer.split('/').nth(1) {
        Some("role") => ROLE,
        Some("kinds") => KINDS,
        Some("categories") => DATA,
        Some("until") => UNTIL,
        Some("text") => WORDS,
        _ => EMAIL,
    }
}
