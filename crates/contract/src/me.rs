//! The customer's own record.

use crate::{AttributeKey, Entries, Etag, Timestamp};

open_enum! {
    /// Where a datum came from.
    pub enum Origin {
        /// The customer said so.
        ToldUs = "told_us",
        /// It was seen in what the customer did.
        Observed = "observed",
        /// The company concluded it.
        Inferred = "inferred",
        /// Somebody else told the company.
        ThirdParty = "third_party",
        /// The company made it: its answers, its receipts, its bills.
        Company = "company",
    }
}

open_enum! {
    /// What the customer may do with an attribute now; the server decides.
    pub enum AttributeAction {
        /// Change it in place.
        Edit = "edit",
        /// Ask for it to be corrected (a request for rectification).
        Rectify = "rectify",
        /// "That's not right", of what was inferred.
        Contest = "contest",
        /// Take that back.
        Uncontest = "uncontest",
    }
}

record! {
    /// One datum that the company keeps about the customer.
    pub struct Attribute {
        /// Its stable name.
        pub key: AttributeKey,
        /// What people call it, in the customer's language.
        pub label: String,
        /// The value, as people read it; empty when the customer took it out.
        pub value: String,
        /// BCP 47 tag of the language of label, value, `inferred_by` and `basis`.
        pub lang: Option<String>,
        /// Where it came from.
        pub origin: Origin,
        /// Who or what inferred it, or who told the company, in plain words ("Comparison portal").
        pub source: Option<String>,
        /// From what it was inferred, in plain words ("your consumption of the last year").
        pub basis: Option<String>,
        /// The purpose that it is kept for.
        pub purpose_id: Option<String>,
        /// When it was collected.
        pub collected_at: Option<Timestamp>,
        /// Whether the customer can change it in place.
        pub editable: bool,
        /// Whether the company uses it; never when it is contested.
        pub in_use: bool,
        /// When the customer said that it is not right.
        pub contested_at: Option<Timestamp>,
        /// What the customer said of it.
        pub contest_words: Option<String>,
        /// What the customer may do now.
        pub allowed_actions: Vec<AttributeAction>,
    }
}

open_enum! {
    /// What makes contact possible, or easier.
    pub enum AccommodationKind {
        /// Letters in large print.
        LargePrint = "large_print",
        /// Calls by way of a relay service.
        RelayService = "relay_service",
        /// Easy language.
        EasyLanguage = "easy_language",
        /// An interpreter, in `language`.
        Interpreter = "interpreter",
    }
}

record! {
    /// One thing that the company should heed whenever it contacts the customer.
    pub struct Accommodation {
        /// What.
        pub kind: AccommodationKind,
        /// BCP 47 tag of the language to interpret into (`ar`, or a sign language: `gsg`); needed with `interpreter`, absent otherwise.
        pub language: Option<String>,
    }
}

record! {
    /// Which law's rules apply to the customer.
    pub struct Jurisdiction {
        /// ISO 3166 code (`DE`, `US-CA`).
        pub code: String,
        /// The regime (`gdpr`, `uk_gdpr`, `ccpa`).
        pub regime: String,
        /// What the company concluded it from (`address`, `told_us`).
        pub source: String,
    }
}

record! {
    /// `GET /v1/me`.
    pub struct Me {
        /// The name as the company writes it.
        pub display_name: String,
        /// The name that the customer wants to be called by.
        pub preferred_name: Option<String>,
        /// Pronouns, in the customer's words.
        pub pronouns: Option<String>,
        /// BCP 47 tag.
        pub locale: Option<String>,
        /// IANA name.
        pub time_zone: Option<String>,
        /// `YYYY-MM-DD`.
        pub date_of_birth: Option<String>,
        /// What makes contact possible; each kind once.
        pub accommodations: Vec<Accommodation>,
        /// Which law's rules apply.
        pub jurisdiction: Option<Jurisdiction>,
        /// The members above that the customer changes in place, by name (`preferred_name`). Any other is put right by a request for
        /// rectification.
        pub editable: Vec<String>,
        /// What else is kept.
        pub attributes: Vec<Attribute>,
        /// The version, for `If-Match`.
        pub etag: Etag,
    }
}

record! {
    /// `PATCH /v1/me`: a JSON merge patch (RFC 7396) of the members that can be changed in place. A member that is absent
    /// from the request stays as it is; `null` clears it. The server reads the difference from the raw document.
    pub struct MePatch {
        /// The name that the customer wants to be called by.
        pub preferred_name: Option<String>,
        /// Pronouns, in the customer's words.
        pub pronouns: Option<String>,
        /// BCP 47 tag.
        pub locale: Option<String>,
        /// IANA name.
        pub time_zone: Option<String>,
        /// What makes contact possible; written whole.
        pub accommodations: Option<Vec<Accommodation>>,
        /// Values of attributes that are `editable`, by key; `null` takes one out.
        #[cfg_attr(
            feature = "openapi",
            schema(value_type = Option<std::collections::BTreeMap<String, Option<String>>>)
        )]
        pub attributes: Option<Entries<AttributeKey, Option<String>>>,
    }
}
