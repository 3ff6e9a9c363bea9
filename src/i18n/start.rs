//! Loading a language: the file, the company's own words over it, and English where something is missing.

use super::catalogue::{Catalogue, Fault};
use super::locale::{Dir, Locale, SOURCE, best_match, regional};
use super::state;
use crate::browser::{boot, console, json, page, storage, transport};
use portal_contract::Json;
use std::cell::{Cell, RefCell};

/// What the company sets about languages.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// BCP 47 tags on offer; each has a file in `/locales/`.
    pub offered: Vec<String>,
    /// Sentences that the company words otherwise: by language, then by key.
    pub texts: Json,
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
    static SETTINGS: RefCell<Settings> = const { RefCell::new(Settings { offered: Vec::new(), texts: Json::Null }) };
    static ATTEMPTS: Cell<u32> = const { Cell::new(0) };
}

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
    let wanted = wanted(&settings.offered);
    SETTINGS.set(settings);
    let i18n = use_i18n();
    let mut fetched = boot::locale().await;
    let first = wanted.as_deref().unwrap_or(SOURCE);
    let (locale, catalogue) = match load(first, text_of(&mut fetched, first)).await {
        Ok(loaded) => loaded,
        Err(_) => load(SOURCE, text_of(&mut fetched, SOURCE)).await?,
    };
    put_on(locale, catalogue);
    Ok(i18n)
}

/// The text that boot fetched, if it is that language's.
fn text_of(fetched: &mut Option<(String, String)>, tag: &str) -> Option<String> {
    fetched
        .take_if(|(fetched, _)| fetched == tag)
        .map(|(_, text)| text)
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
    pub fn offered(self) -> Vec<String> {
        SETTINGS.with_borrow(|settings| settings.offered.clone())
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
        if let Some(tag) = to_follow(record, chosen.as_deref(), &self.offered(), &now) {
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
    let (locale, catalogue) = load(tag, None).await?;
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

async fn load(tag: &str, fetched: Option<String>) -> Result<(Locale, Catalogue), LocaleError> {
    let (locale, mut catalogue) = read_file(tag, fetched).await?;
    if !catalogue.is_whole() && tag != SOURCE {
        // One that is incomplete is spoken as far as it goes; the rest is English.
        if let Ok((_, source)) = read_file(SOURCE, None).await {
            catalogue.fill_from(&source);
        }
    }
    catalogue.fill_with_keys();
    Ok((locale, catalogue))
}

async fn read_file(tag: &str, fetched: Option<String>) -> Result<(Locale, Catalogue), LocaleError> {
    let path = ["/locales/", tag, ".json"].concat();
    let text = match fetched {
        Some(text) => Some(text),
        None => transport::file(&path).await,
    };
    let Some(text) = text else {
        console::error(&[&path, " could not be loaded; the language stays as it is."].concat());
        return Err(LocaleError::NotLoaded);
    };
    let Some(json) = json::parse(&text) else {
        console::error(
            &[
                &path,
                " is no JSON: look for a missing comma or quotation mark.",
            ]
            .concat(),
        );
        return Err(LocaleError::NotReadable);
    };
    let overrides = SETTINGS.with_borrow(|settings| settings.texts.get(tag).clone());
    let (locale, catalogue, faults) = assemble(tag, &path, &json, &overrides);
    if !faults.is_empty() {
        console::error(&faults.join("\n"));
    }
    Ok((locale, catalogue))
}

/// A locale file and the company's own words over it, and a line for each sentence that cannot be used.
fn assemble(
    tag: &str,
    path: &str,
    file: &Json,
    overrides: &Json,
) -> (Locale, Catalogue, Vec<String>) {
    let dir = match file.get("meta").get("dir").as_str() {
        Some("rtl") => Dir::Rtl,
        _ => Dir::Ltr,
    };
    let (mut catalogue, in_file) = Catalogue::read(file.get("messages"));
    let in_config = catalogue.put_over(overrides);
    let line =
        |place: &str, fault: &Fault, then: &str| [place, ": ", &fault.to_string(), then].concat();
    let config = ["config.json, texts.", tag].concat();
    let faults = in_file.iter().map(|fault| line(path, fault, "")).chain(
        in_config
            .iter()
            .map(|fault| line(&config, fault, "; the usual sentence stays")),
    );
    let faults = faults.collect();
    (
        Locale {
            tag: tag.to_owned(),
            dir,
        },
        catalogue,
        faults,
    )
}

#[cfg(test)]
#[path = "start_tests.rs"]
mod tests;
