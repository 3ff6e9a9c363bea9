//! What each right can be about, and whether it asks for a fresh proof of who asks.

use portal_contract::data_request::{DataRequestKind as Kind, Regime, ScopeKind};

/// What a request of this kind can be about, the usual choice first.
#[must_use]
pub(super) fn scopes(kind: &Kind) -> &'static [ScopeKind] {
    use ScopeKind::{Categories, Everything, Field, Interactions};
    match kind {
        Kind::Access | Kind::Portability | Kind::Erasure => &[Everything, Categories, Interactions],
        Kind::Rectification => &[Field, Interactions, Categories],
        Kind::Restriction | Kind::Objection => &[Everything, Categories, Interactions, Field],
        Kind::OptOutSaleSharing | Kind::LimitSensitive => &[Everything],
        Kind::AutomatedDecisionReview => &[Everything, Interactions, Field],
        Kind::Other(_) => &[],
    }
}

/// Whether a fresh proof is needed: for what shows, changes or erases data, and never for asking to be left alone.
#[must_use]
pub(super) fn needs_fresh_proof(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Access | Kind::Portability | Kind::Rectification | Kind::Erasure
    )
}

/// Whether a copy comes of it.
#[must_use]
pub(super) fn is_copy(kind: &Kind) -> bool {
    matches!(kind, Kind::Access | Kind::Portability)
}

/// What gives the right, as people quote it; nothing where no law here does and the company grants it all the same.
#[must_use]
pub(super) fn legal_reference(regime: &Regime, kind: &Kind) -> Option<&'static str> {
    let found = match regime {
        Regime::Ccpa => match kind {
            Kind::Access => "CCPA § 1798.110",
            Kind::Portability => "CCPA § 1798.130",
            Kind::Erasure => "CCPA § 1798.105",
            Kind::Rectification => "CCPA § 1798.106",
            Kind::OptOutSaleSharing => "CCPA § 1798.120",
            Kind::LimitSensitive => "CCPA § 1798.121",
            Kind::Restriction
            | Kind::Objection
            | Kind::AutomatedDecisionReview
            | Kind::Other(_) => return None,
        },
        Regime::Gdpr | Regime::UkGdpr | Regime::Other(_) => match kind {
            Kind::Access => "15",
            Kind::Rectification => "16",
            Kind::Erasure => "17",
            Kind::Restriction => "18",
            Kind::Portability => "20",
            Kind::Objection | Kind::OptOutSaleSharing => "21",
            Kind::AutomatedDecisionReview => "22",
            Kind::LimitSensitive | Kind::Other(_) => return None,
        },
    };
    Some(found)
}

/// The law before an article.
#[must_use]
pub(super) fn law(regime: &Regime) -> &'static str {
    match regime {
        Regime::UkGdpr => "UK GDPR Art. ",
        Regime::Ccpa => "",
        Regime::Gdpr | Regime::Other(_) => "GDPR Art. ",
    }
}
