//! What is asked of a new contact point, by its kind.

use super::countries;
use crate::forms::{Field, FieldView, InputKind};
use crate::i18n::{Text, text};
use crate::ui::{Icon, IconName};
use portal_contract::contact_point::{
    ContactPoint, ContactPointKind, NewContactPoint, PostalAddress,
};
use portal_contract::{FieldCode, FieldError};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, view};

/// The fields of all kinds; those of the chosen one are shown and read.
#[derive(Clone, Copy)]
pub struct Fields {
    pub kind: RwSignal<ContactPointKind>,
    email: Field<String>,
    phone: Field<String>,
    account: Field<String>,
    handle: Field<String>,
    service: Field<String>,
    lines: Field<String>,
    code: Field<String>,
    pub(super) country: RwSignal<String>,
    label: Field<String>,
    from: Field<String>,
    to: Field<String>,
}

/// Something, without the space around it; what it may be is the server's to say.
fn something(raw: &str) -> Result<String, Text> {
    let raw = raw.trim();
    if raw.is_empty() {
        Err(text::FIELD_REQUIRED)
    } else {
        Ok(raw.to_owned())
    }
}

/// Anything, also nothing.
fn anything(raw: &str) -> Result<String, Text> {
    Ok(raw.trim().to_owned())
}

/// An address that could be one. The server knows the rest.
fn email(raw: &str) -> Result<String, Text> {
    let raw = raw.trim();
    match raw.rsplit_once('@') {
        _ if raw.is_empty() => Err(text::SIGN_IN_EMAIL_REQUIRED),
        Some((local, host)) if !local.is_empty() && host.contains('.') => Ok(raw.to_owned()),
        Some(_) | None => Err(text::SIGN_IN_EMAIL_INVALID),
    }
}

/// A name on a social network. What a name may be is the network's to say; the address of a page is none.
fn handle(raw: &str) -> Result<String, Text> {
    let raw = raw.trim();
    if raw.is_empty() {
        Err(text::CONTACT_POINT_HANDLE_REQUIRED)
    } else if raw.contains('/') {
        Err(text::CONTACT_POINT_HANDLE_INVALID)
    } else {
        Ok(raw.to_owned())
    }
}

/// A number with digits of any script in it. Which numbers there are is the server's to say.
fn phone(raw: &str) -> Result<String, Text> {
    let raw = raw.trim();
    if raw.is_empty() {
        Err(text::CONTACT_POINT_PHONE_REQUIRED)
    } else if raw.chars().any(char::is_numeric) {
        Ok(raw.to_owned())
    } else {
        Err(text::CONTACT_POINT_PHONE_INVALID)
    }
}

impl Fields {
    /// Empty ones, for this kind to begin with.
    pub fn new(kind: ContactPointKind) -> Self {
        let fields = Self {
            kind: RwSignal::new(kind),
            email: Field::new("point-email", email),
            phone: Field::new("point-phone", phone),
            account: Field::new("point-account", something),
            handle: Field::new("point-handle", handle),
            service: Field::new("point-service", something),
            lines: Field::new("point-lines", something),
            code: Field::new("point-code", anything),
            country: RwSignal::new(countries::likely()),
            label: Field::new("point-label", anything),
            from: Field::new("point-from", anything),
            to: Field::new("point-to", anything),
        };
        // What is wrong with a field of another kind is of no matter any more.
        effect(move || {
            fields.kind.track();
            for field in fields.all() {
                field.problem().set(None);
            }
        });
        fields
    }

    /// Label, service and times of the one whose place is taken.
    pub fn begin_with(self, old: &ContactPoint) {
        let set = |field: Field<String>, value: &Option<String>| {
            if let Some(value) = value {
                field.raw().set(value.clone());
            }
        };
        set(self.label, &old.label);
        set(self.service, &old.service);
        if let Some(postal) = &old.postal {
            self.country.set(postal.country.clone());
        }
    }

    /// In the order in which they stand.
    pub(super) fn all(self) -> [Field<String>; 10] {
        [
            self.email,
            self.phone,
            self.service,
            self.account,
            self.handle,
            self.lines,
            self.code,
            self.label,
            self.from,
            self.to,
        ]
    }

    /// The ids of the fields and what is wrong with them, for the summary.
    pub fn problems(self) -> Vec<(&'static str, RwSignal<Option<Text>>)> {
        self.all().map(|it| (it.id(), it.problem())).to_vec()
    }

    /// Reads them; `None` when something is wrong, which then stands at its field.
    pub fn read(self) -> Option<NewContactPoint> {
        let kind = self.kind.get_untracked();
        let label = self.label.check();
        let days = self.days();
        let (value, service, postal) = match &kind {
            ContactPointKind::Email => (self.email.check(), None, None),
            ContactPointKind::Phone => (self.phone.check(), None, None),
            ContactPointKind::Postal => (Some(String::new()), None, Some(self.postal())),
            // What a device is called is known to itself alone.
            ContactPointKind::Push => return None,
            ContactPointKind::Social => {
                let (service, name) = (self.service.check(), self.handle.check());
                (service.as_ref().and(name), service, None)
            }
            ContactPointKind::Messaging | ContactPointKind::Other(_) => {
                let (service, account) = (self.service.check(), self.account.check());
                (service.as_ref().and(account), service, None)
            }
        };
        let postal = match postal {
            Some(asked) => Some(asked?),
            None => None,
        };
        let (value, label, (valid_from, valid_to)) = (value?, label?, days?);
        Some(NewContactPoint {
            kind,
            value: filled(value),
            postal,
            country: None,
            service,
            label: filled(label),
            valid_from,
            valid_to,
            replaces: None,
        })
    }

    fn postal(self) -> Option<PostalAddress> {
        let lines = self.lines.check()?;
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
        Some(PostalAddress {
            lines: lines.map(str::to_owned).collect(),
            postal_code: filled(self.code.check()?),
            country: self.country.get_untracked(),
        })
    }

    fn days(self) -> Option<(Option<String>, Option<String>)> {
        days(self.from, self.to)
    }

    /// Shows what the server refused.
    pub fn refuse(self, errors: &[FieldError]) {
        let kind = self.kind.get_untracked();
        for error in errors {
            let field = self.field(&kind, &error.pointer);
            match refusal(&kind, error) {
                Some(sentence) => field.say(sentence),
                None => field.refuse(error),
            }
        }
    }

    fn field(self, kind: &ContactPointKind, pointer: &str) -> Field<String> {
        match (pointer, kind) {
            ("/label", _) => self.label,
            ("/valid_from", _) => self.from,
            ("/valid_to", _) => self.to,
            ("/service", _) => self.service,
            ("/postal/postal_code", _) => self.code,
            (_, ContactPointKind::Social) => self.handle,
            (_, ContactPointKind::Email) => self.email,
            (_, ContactPointKind::Phone) => self.phone,
            (_, ContactPointKind::Postal) => self.lines,
            (
                _,
                ContactPointKind::Push | ContactPointKind::Messaging | ContactPointKind::Other(_),
            ) => self.account,
        }
    }

    /// The fields of the address itself.
    pub fn address(self) -> View {
        match self.kind.get() {
            ContactPointKind::Email => {
                view! { <FieldView field=self.email kind=InputKind::Email label=text::SIGN_IN_EMAIL_LABEL /> }.alone()
            }
            ContactPointKind::Phone => {
                view! { <FieldView field=self.phone kind=InputKind::Phone label=text::CONTACT_POINT_NUMBER hint=Some(text::CONTACT_POINT_NUMBER_HINT) /> }
                    .alone()
            }
            ContactPointKind::Postal => view! {
                {country_select(self.country)}
                <FieldView field=self.lines kind=InputKind::Lines label=text::CONTACT_POINT_LINES hint=Some(text::CONTACT_POINT_LINES_HINT) />
                <FieldView field=self.code kind=InputKind::Line label=text::CONTACT_POINT_POSTAL_CODE is_optional=true />
            }
            .alone(),
            ContactPointKind::Push => device().alone(),
            ContactPointKind::Social => view! {
                <FieldView field=self.service kind=InputKind::Line label=text::CONTACT_POINT_NETWORK hint=Some(text::CONTACT_POINT_NETWORK_HINT) />
                <FieldView field=self.handle kind=InputKind::Account label=text::CONTACT_POINT_HANDLE hint=Some(text::CONTACT_POINT_HANDLE_HINT) />
            }
            .alone(),
            ContactPointKind::Messaging | ContactPointKind::Other(_) => view! {
                <FieldView field=self.service kind=InputKind::Line label=text::CONTACT_POINT_SERVICE hint=Some(text::CONTACT_POINT_SERVICE_HINT) />
                <FieldView field=self.account kind=InputKind::Account label=text::CONTACT_POINT_ACCOUNT hint=Some(text::CONTACT_POINT_ACCOUNT_HINT) />
            }
            .alone(),
        }
    }

    /// What it is called, and when it is used.
    pub fn more(self) -> View {
        let Self { from, to, .. } = self;
        // Few addresses are used only for a time; what is wrong with a day has to be seen, though.
        let is_open = move || {
            let wrong = from.problem().with(Option::is_some) || to.problem().with(Option::is_some);
            wrong.then_some("")
        };
        view! {
            <FieldView
                field=self.label
                kind=InputKind::Line
                label=text::CONTACT_POINT_LABEL
                hint=Some(text::CONTACT_POINT_LABEL_HINT)
                is_optional=true
            />
            <details class="disclosure" open=is_open>
                <summary>
                    {text::CONTACT_POINT_FOR_A_TIME} " "
                    <Icon name=IconName::ChevronDown />
                </summary>
                <div class="form">{times(from, to)}</div>
            </details>
        }
        .alone()
    }
}

/// Where a device is added: a page cannot speak for it.
fn device() -> View {
    view! {
        <div class="banner" data-tone="info" data-shape="inline">
            <Icon name=IconName::Info />
            <p>{text::CONTACT_POINT_DEVICES}</p>
        </div>
    }
}

/// What it is called and when it is used: the same for a new one and one that is changed.
pub fn details(label: Field<String>, from: Field<String>, to: Field<String>) -> View {
    view! {
        <FieldView field=label kind=InputKind::Line label=text::CONTACT_POINT_LABEL hint=Some(text::CONTACT_POINT_LABEL_HINT) is_optional=true />
        {times(from, to)}
    }
    .alone()
}

fn times(from: Field<String>, to: Field<String>) -> View {
    view! {
        <FieldView field=from kind=InputKind::Day label=text::CONTACT_POINT_FIRST_DAY is_optional=true />
        <FieldView field=to kind=InputKind::Day label=text::CONTACT_POINT_LAST_DAY is_optional=true />
    }
    .alone()
}

/// First and last day, in order.
pub fn days(from: Field<String>, to: Field<String>) -> Option<(Option<String>, Option<String>)> {
    let (first, last) = (filled(from.check()?), filled(to.check()?));
    // Days of the calendar compare as their text does.
    if let (Some(first), Some(last)) = (&first, &last)
        && last < first
    {
        to.say(text::CONTACT_POINT_DAYS_REVERSED);
        return None;
    }
    Some((first, last))
}

/// A text, unless it is empty.
pub fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn country_select(country: RwSignal<String>) -> View {
    let chosen = country.get_untracked();
    let options = countries::all().into_iter().map(|(code, name)| {
        let selected = (code == chosen).then_some("");
        view! { <option value=code selected=selected>{name}</option> }
    });
    view! {
        <div class="field">
            <label class="field__label" for="point-country">
                {text::CONTACT_POINT_COUNTRY}
            </label>
            <select
                class="input"
                id="point-country"
                autocomplete="country"
                on:change=move |event| country.set(event_target_value(&event))
            >
                {options.collect_view()}
            </select>
        </div>
    }
    .alone()
}

/// What the server refused of an address, where its kind says more than "check this".
pub fn refusal(kind: &ContactPointKind, error: &FieldError) -> Option<Text> {
    let pointer = error.pointer.as_str();
    match (&error.code, kind, pointer) {
        (FieldCode::AlreadyThere, _, _) => Some(text::CONTACT_POINT_ALREADY_THERE),
        (FieldCode::Locked, _, _) => Some(text::CONTACT_POINT_DAYS_LOCKED),
        (FieldCode::InvalidFormat, _, "/valid_to" | "/valid_from") => {
            Some(text::CONTACT_POINT_DAYS_REVERSED)
        }
        (_, _, "/label" | "/service" | "/valid_to" | "/valid_from") => None,
        (FieldCode::InvalidFormat, ContactPointKind::Email, _) => Some(text::SIGN_IN_EMAIL_INVALID),
        (FieldCode::Required, ContactPointKind::Phone, _) => {
            Some(text::CONTACT_POINT_PHONE_COUNTRY)
        }
        (FieldCode::Unknown, ContactPointKind::Phone, _) => Some(text::CONTACT_POINT_PHONE_UNKNOWN),
        (FieldCode::TooShort, ContactPointKind::Phone, _) => Some(text::CONTACT_POINT_PHONE_SHORT),
        (FieldCode::TooLong, ContactPointKind::Phone, _) => Some(text::CONTACT_POINT_PHONE_LONG),
        (FieldCode::NotOffered, ContactPointKind::Phone, _) => {
            Some(text::CONTACT_POINT_PHONE_NOT_OFFERED)
        }
        (FieldCode::InvalidFormat, ContactPointKind::Phone, _) => {
            Some(text::CONTACT_POINT_PHONE_INVALID)
        }
        (FieldCode::TooMany, ContactPointKind::Postal, _) => {
            Some(text::contact_point_lines_many(error.limit.unwrap_or(8)))
        }
        _ => None,
    }
}
