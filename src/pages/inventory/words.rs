//! Origins, grounds and places in words.

use crate::i18n::{Text, day, language_name, region_name, t, text};
use crate::routes::Route;
use crate::widgets::plain_words;
use portal_contract::consent::LawfulBasis;
use portal_contract::inventory::{HeldPlace, SeenAt, ValueFormat};
use portal_contract::me::Origin;

/// Where something came from.
pub fn origin(origin: &Origin) -> String {
    t(match origin {
        Origin::ToldUs => text::INVENTORY_ORIGIN_TOLD,
        Origin::Observed => text::INVENTORY_ORIGIN_OBSERVED,
        Origin::Inferred => text::INVENTORY_ORIGIN_INFERRED,
        Origin::ThirdParty => text::INVENTORY_ORIGIN_THIRD,
        Origin::Company => text::INVENTORY_ORIGIN_COMPANY,
        Origin::Other(other) => return plain_words(other),
    })
}

/// What a code says, in the reader's words.
pub fn value(code: &str, format: &ValueFormat) -> String {
    match format {
        _ if code.is_empty() => String::new(),
        ValueFormat::Date => day(code),
        ValueFormat::Language => language_name(code),
        // Of a part of a country the browser knows the country.
        ValueFormat::Country => code.split('-').next().map_or_else(String::new, region_name),
        ValueFormat::TimeZone => code.replace('_', " "),
        ValueFormat::Other(_) => code.to_owned(),
    }
}

/// On which ground data is used.
pub fn basis(basis: &LawfulBasis) -> String {
    t(match basis {
        LawfulBasis::Consent => text::CONSENT_BASIS_CONSENT,
        LawfulBasis::Contract => text::CONSENT_BASIS_CONTRACT,
        LawfulBasis::LegalObligation => text::CONSENT_BASIS_LAW,
        LawfulBasis::VitalInterests => text::CONSENT_BASIS_VITAL,
        LawfulBasis::PublicTask => text::CONSENT_BASIS_PUBLIC,
        LawfulBasis::LegitimateInterests => text::CONSENT_BASIS_INTERESTS,
        LawfulBasis::Other(other) => return plain_words(other),
    })
}

/// The screen on which something is to be seen, and what stands on the link to it; none for a place that is not known here.
pub fn place(seen: &SeenAt) -> Option<(Route, Text)> {
    let id = seen.id.as_deref();
    Some(match seen.place {
        HeldPlace::Profile => (Route::Data, text::INVENTORY_SEE_ABOUT),
        HeldPlace::Interaction => match id {
            Some(id) => (
                Route::Interaction(id.parse().ok()?),
                text::INVENTORY_SEE_INTERACTION,
            ),
            None => (Route::interactions(), text::INVENTORY_SEE_INTERACTIONS),
        },
        HeldPlace::ContactPoints => (Route::ContactPoints, text::INVENTORY_SEE_CONTACT_POINTS),
        HeldPlace::Preferences => (Route::Preferences, text::INVENTORY_SEE_PREFERENCES),
        HeldPlace::PreferenceHistory => (Route::PreferenceHistory, text::INVENTORY_SEE_HISTORY),
        HeldPlace::Consents => (Route::Consents, text::INVENTORY_SEE_CONSENTS),
        HeldPlace::Feedback => match id {
            Some(id) => (
                Route::FeedbackEntry(id.parse().ok()?),
                text::INVENTORY_SEE_FEEDBACK,
            ),
            None => (Route::Feedback, text::INVENTORY_SEE_FEEDBACK),
        },
        HeldPlace::Notices => (Route::Notices, text::INVENTORY_SEE_NOTICES),
        HeldPlace::DataRequest => match id {
            Some(id) => (
                Route::DataRequest(id.parse().ok()?),
                text::INVENTORY_SEE_REQUEST,
            ),
            None => (Route::DataRequests, text::INVENTORY_SEE_REQUESTS),
        },
        HeldPlace::Other(_) => return None,
    })
}
