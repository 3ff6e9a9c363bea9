//! The link that was followed. It lives in memory alone and ends with the page.

use crate::api::PortalClient;
use crate::browser::page;
use crate::i18n::{Text, use_i18n};
use crate::routes::segment;
use portal_client::ApiError;
use portal_contract::link::{LinkSession, StartLinkSession};
use portal_contract::preference_catalog::PreferenceCatalog;
use portal_contract::preferences::Preferences;
use portal_markup::prelude::*;
use std::cell::RefCell;
use std::future::Future;

thread_local! {
    static TOKEN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Takes the token out of the address, before anything else is done there. Another one takes its place.
pub fn take_token() -> bool {
    let token = page::take_from_fragment(segment::TOKEN);
    let found = token.is_some();
    if found {
        TOKEN.set(token);
    }
    found
}

/// What opening the link came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// It speaks for an address.
    Open(Box<Facts>),
    /// It has run out, or its address was disowned.
    Ended,
    /// It is none.
    Unknown,
    /// There is no link: the page was loaded anew, or opened without one.
    Nothing,
}

/// What the link opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// For which address and topics it speaks, and by which bearer.
    pub link: LinkSession,
    /// What there is to choose from.
    pub catalogue: PreferenceCatalog,
    /// What is chosen.
    pub document: Preferences,
    /// The language that it was read in.
    pub language: String,
}

/// What is told above the acts.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// It was done.
    Done(Text),
    /// Nothing goes to that address any more.
    Disowned,
    /// It was changed elsewhere first.
    Changed,
}

/// What outlives a change of language, which draws the page anew.
#[derive(Clone, Copy)]
pub struct Visit {
    facts: StoredValue<Option<Facts>>,
    pub(super) said: RwSignal<Option<Said>>,
    /// Counts the links that were followed to this page.
    links: RwSignal<u32>,
}

/// Makes the visit known to everything below.
pub fn provide_visit() -> Visit {
    let visit = Visit {
        facts: StoredValue::new(None),
        said: RwSignal::new(None),
        links: RwSignal::new(0),
    };
    provide_context(visit);
    visit
}

/// The visit.
pub(super) fn use_visit() -> Visit {
    expect_context()
}

impl Visit {
    /// Follows each further link that is opened in this page: it takes the place of the one before.
    pub fn follow_links(self) {
        page::on_fragment(move || {
            if take_token() {
                self.facts.set_value(None);
                self.said.set(None);
                self.links.update(|links| *links += 1);
            }
        });
    }

    /// Opens the link, which changes nothing; once it is open, tells what it opened.
    pub(super) fn open(
        self,
        client: PortalClient,
    ) -> impl Future<Output = Result<Opened, ApiError>> {
        self.links.track();
        self.opened(client)
    }

    async fn opened(self, client: PortalClient) -> Result<Opened, ApiError> {
        let before = self.facts();
        if let Some(facts) = &before
            && facts.language == use_i18n().locale().tag
        {
            return Ok(Opened::Open(Box::new(facts.clone())));
        }
        match (read(&client).await, before) {
            // The same in another language; where that cannot be had any more, as it was.
            (Err(_), Some(facts)) => Ok(Opened::Open(Box::new(facts))),
            (answer, _) => self.take(answer).await,
        }
    }

    async fn take(self, answer: Result<Option<Facts>, ApiError>) -> Result<Opened, ApiError> {
        match answer {
            Ok(None) => Ok(Opened::Nothing),
            Ok(Some(facts)) => {
                let language = facts.link.language.clone();
                self.facts.set_value(Some(facts.clone()));
                // The mail was in it. Where that draws the page anew, the page finds what was opened.
                use_i18n().follow_record(language.as_deref()).await;
                Ok(Opened::Open(Box::new(facts)))
            }
            Err(ApiError::LinkExpired) => Ok(Opened::Ended),
            Err(ApiError::NotFound | ApiError::Validation(_)) => Ok(Opened::Unknown),
            Err(error) => Err(error),
        }
    }

    /// The client that speaks for the link; a link that is open no longer has run out.
    pub fn bearing(self, client: &PortalClient) -> Result<PortalClient, ApiError> {
        let bearing = self.with(|facts| client.bearing(&facts.link.bearer));
        bearing.ok_or(ApiError::LinkExpired)
    }

    /// Opens the link once more when its bearer has run out.
    pub async fn renew(self, client: &PortalClient) -> Result<(), ApiError> {
        let Some(token) = token() else {
            return Err(ApiError::LinkExpired);
        };
        let link = client.open_link(&StartLinkSession { token }).await?;
        self.facts.update_value(|facts| {
            if let Some(facts) = facts {
                facts.link = link;
            }
        });
        Ok(())
    }

    /// What the link opened, once it did.
    pub fn facts(self) -> Option<Facts> {
        self.facts.get_value()
    }

    /// Reads something of what the link opened.
    pub fn with<R>(self, read: impl FnOnce(&Facts) -> R) -> Option<R> {
        self.facts.with_value(|facts| facts.as_ref().map(read))
    }

    /// Keeps how the choices stand now.
    pub fn keep(self, document: Preferences) {
        self.facts.update_value(|facts| {
            if let Some(facts) = facts {
                facts.document = document;
            }
        });
    }
}

fn token() -> Option<String> {
    TOKEN.with_borrow(Clone::clone)
}

async fn read(client: &PortalClient) -> Result<Option<Facts>, ApiError> {
    let Some(token) = token() else {
        return Ok(None);
    };
    let language = use_i18n().locale().tag;
    let link = client.open_link(&StartLinkSession { token }).await?;
    let client = client.bearing(&link.bearer);
    let catalogue = client.preference_catalog().await?;
    let document = client.preferences().await?;
    Ok(Some(Facts {
        link,
        catalogue,
        document,
        language,
    }))
}
