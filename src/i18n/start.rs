//! Loading a language: the sentences of the screens that were opened, the company's own words over them, and English where a
//! language of the company's lacks one.

use super::catalogue::{Catalogue, Fault, Names};
use super::locale::{Dir, Locale, SOURCE, best_match, regional};
use super::state;
use crate::browser::{boot, console, json, page, storage};
use portal_contract::Json;
use std::cell::{Cell, RefCell};
use std::future::Future;

/// What the company sets about languages.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// BCP 47 tags on offer; each has a file in `/locales/`.
    pub offered: &'static [String],
    /// Sentences that the company words otherwise: by language, then by key.
    pub texts: &'static Json,
}

/// Why a language cannot be used: what the console said in more words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocaleError {
    /// Its file could not be had.
    NotLoaded,
    /// Its file is no locale file.
    NotReadable,
}

thread_local! {
    static SETTINGS: Cell<Settings> = const { Cell::new(Settings { offered: &[], texts: &Json::Null }) };
    static ATTEMPTS: Cell<u32> = const { Cell::new(0) };
    static PARTS: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// The sentences that every screen needs. The others have a part for each folder of screens (`cargo xtask` sorts them by where they
/// are used).
const FIRST: &str = "first";

/// The languages: which one is in use, which are on offer, and changing it.
#[derive(Clone, Copy, Debug)]
pub struct I18n(());

/// The languages.
#[must_use]
pub fn use_i18n() -> I18n {
    I18n(())
}

/// Puts the first language on: the one that boot fetched, unless the company offers one that suits better; English when
/// that fails. To be awaited before anything is shown.
///
/// # Errors
/// When not even English could be had: there is nothing to say anything with.
pub async fn provide_i18n(settings: Settings) -> Result<I18n, LocaleError> {
    let wanted = wanted(settings.offered);
    SETTINGS.set(settings);
    PARTS.with_borrow_mut(|parts| parts.push(FIRST));
    let (locale, catalogue) = match load(wanted.as_deref().unwrap_or(SOURCE)).await {
        Ok(loaded) => loaded,
        Err(_) => load(SOURCE).await?,
    };
    put_on(locale, catalogue);
    Ok(use_i18n())
}

/// Brings the sentences of a part, unless they are there: asked for at once, waited for by whoever draws with them.
///
/// # Errors
/// When they could not be had.
pub fn bring(part: &'static str) -> impl Future<Output = Result<(), LocaleError>> {
    let tag = state::read(|state| state.locale.tag.clone());
    let is_there = PARTS.with_borrow(|parts| parts.contains(&part));
    let words = (!is_there).then(|| boot::words(spoken(&tag), part));
    async move {
        let Some(words) = words else {
            return Ok(());
        };
        let mut sentences = read_words(words.await)?;
        // Another language may have been put on meanwhile.
        while spoken(&tag) != state::read(|state| spoken(&state.locale.tag).to_owned()) {
            let now = state::read(|state| state.locale.tag.clone());
            sentences = read_words(boot::words(spoken(&now), part).await)?;
        }
        state::add(|catalogue| catalogue.put_shipped(sentences.get("sentences")));
        PARTS.with_borrow_mut(|parts| parts.push(part));
        Ok(())
    }
}

/// The shipped language that stands below this one: itself, or the source's below one that the company brought.
fn spoken(tag: &str) -> &str {
    if boot::ships(tag) { tag } else { SOURCE }
}

fn wanted(offered: &[String]) -> Option<String> {
    let remembered = storage::get(storage::LOCALE);
    let wishes = remembered
        .into_iter()
        .chain(page::languages())
        .collect::<Vec<_>>();
    best_match(wishes.iter().map(String::as_str), offered).or_else(|| offered.first().cloned())
}

impl I18n {
    /// The language in use. A view or memo that asks runs again when it changes: the root of all views should, and need
    /// nobody below it.
    #[must_use]
    pub fn locale(self) -> Locale {
        state::follow();
        state::read(|state| state.locale.clone())
    }

    /// The tags on offer, in the company's order.
    #[must_use]
    pub fn offered(self) -> &'static [String] {
        SETTINGS.get().offered
    }

    /// Changes the language, and remembers it as the customer's choice. Of several changes at once the last one holds.
    ///
    /// # Errors
    /// When it cannot be used; the one in use stays.
    pub async fn set_locale(self, tag: &str) -> Result<(), LocaleError> {
        if change_to(tag).await? {
            storage::set(storage::LOCALE, tag);
        }
        Ok(())
    }

    /// Speaks the language that the customer's record names, unless one was chosen on this device. A record is no choice made
    /// here, and so it is not remembered; nor does a choice made here change the record, which also says in which language the
    /// company writes.
    pub async fn follow_record(self, record: Option<&str>) {
        let chosen = storage::get(storage::LOCALE);
        let now = state::read(|state| state.locale.tag.clone());
        if let Some(tag) = to_follow(record, chosen.as_deref(), self.offered(), &now) {
            // Where it cannot be had, the one in use stays; the console has said why.
            let _ = change_to(&tag).await;
        }
    }

    /// Shows times in this zone (IANA name) from now on; `None` is the browser's.
    pub fn set_time_zone(self, zone: Option<String>) {
        state::change(|state| state.time_zone = zone);
    }
}

/// The language to change to for a record: one on offer, other than the one in use, and only while none was chosen.
fn to_follow(
    record: Option<&str>,
    chosen: Option<&str>,
    offered: &[String],
    now: &str,
) -> Option<String> {
    let record = record.filter(|_| chosen.is_none());
    best_match(record, offered).filter(|tag| tag != now)
}

/// Puts a language on; `false` when another was asked for meanwhile, which then holds.
async fn change_to(tag: &str) -> Result<bool, LocaleError> {
    let attempt = ATTEMPTS.get().wrapping_add(1);
    ATTEMPTS.set(attempt);
    let (locale, catalogue) = load(tag).await?;
    let is_last = ATTEMPTS.get() == attempt;
    if is_last {
        put_on(locale, catalogue);
    }
    Ok(is_last)
}

fn put_on(locale: Locale, catalogue: Catalogue) {
    page::set_language(&locale.tag, locale.dir.as_str());
    let formats = regional(&locale.tag, &page::languages());
    state::change(|state| {
        state.formats = formats;
        state.locale = locale;
        state.catalogue = catalogue;
    });
}

async fn load(tag: &str) -> Result<(Locale, Catalogue), LocaleError> {
    let spoken = spoken(tag);
    let parts = PARTS.with_borrow(Vec::clone);
    let coming: Vec<_> = parts.iter().map(|part| boot::words(spoken, part)).collect();
    let brought = if spoken == tag {
        Json::Null
    } else {
        read_file(&["/locales/", tag, ".json"].concat()).await?
    };
    let mut catalogue = Catalogue::new(spoken != tag);
    let mut dir = direction(brought.get("meta"));
    for words in coming {
        let words = read_words(words.await)?;
        catalogue.put_shipped(words.get("sentences"));
        if spoken == tag {
            dir = direction(&words);
        }
    }
    let own = SETTINGS.get().texts.get(tag);
    if brought != Json::Null || *own != Json::Null {
        let names = read_words(boot::words(SOURCE, "keys").await)?;
        let faults = put_own(
            &mut catalogue,
            tag,
            brought.get("messages"),
            own,
            &names_of(&names),
        );
        if !faults.is_empty() {
            console::error(&faults.join("\n"));
        }
    }
    let tag = tag.to_owned();
    Ok((Locale { tag, dir }, catalogue))
}

fn direction(file: &Json) -> Dir {
    match file.get("dir").as_str() {
        Some("rtl") => Dir::Rtl,
        _ => Dir::Ltr,
    }
}

fn names_of(keys: &Json) -> Names {
    let keys = match keys {
        Json::Array(keys) => &keys[..],
        _ => &[],
    };
    Names::new(
        keys.iter()
            .filter_map(|key| key.as_str().map(str::to_owned)),
    )
}

fn read_words(text: Option<String>) -> Result<Json, LocaleError> {
    let text = text.ok_or(LocaleError::NotLoaded)?;
    json::parse(&text).ok_or(LocaleError::NotReadable)
}

async fn read_file(path: &str) -> Result<Json, LocaleError> {
    let Some(text) = boot::file(path).await else {
        console::error(&[path, " could not be loaded; the language stays as it is."].concat());
        return Err(LocaleError::NotLoaded);
    };
    json::parse(&text).ok_or_else(|| {
        let why = " is no JSON: look for a missing comma or quotation mark.";
        console::error(&[path, why].concat());
        LocaleError::NotReadable
    })
}

/// A language of the company's and its own words over that, and a line for each sentence that cannot be used.
fn put_own(
    catalogue: &mut Catalogue,
    tag: &str,
    brought: &Json,
    own: &Json,
    names: &Names,
) -> Vec<String> {
    let line =
        |place: &str, fault: &Fault, then: &str| [place, ": ", &fault.to_string(), then].concat();
    let mut lines = Vec::new();
    if *brought != Json::Null {
        let path = ["/locales/", tag, ".json"].concat();
        let faults = catalogue.put_own(brought, names, true);
        lines.extend(faults.iter().map(|fault| line(&path, fault, "")));
    }
    let config = ["config.json, texts.", tag].concat();
    let faults = catalogue.put_own(own, names, false);
    lines.extend(
        faults
            .iter()
            .map(|fault| line(&config, fault, "; the usual sentence stays")),
    );
    lines
}

#[cfg(test)]
#[path = "start_tests.rs"]
mod tests;
