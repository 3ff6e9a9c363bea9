//! What an API offers. The portal hides what is not here.

use crate::data_request::DataRequestKind;
use crate::delegation::DelegationTerms;
use crate::interaction::Channel;

open_enum! {
    /// A part of the contract that an API passes as a whole.
    pub enum Profile {
        /// Session, capabilities, me, overview, events.
        Core = "core",
        /// The history across every channel.
        Interactions = "interactions",
        /// Topics, channels, quiet hours.
        Preferences = "preferences",
        /// Purposes and consents.
        Consent = "consent",
        /// Feedback and what came of it.
        Feedback = "feedback",
        /// Access, portability, erasure and the other rights.
        DataRights = "data_rights",
        /// Identity in a host's frame.
        Embed = "embed",
        /// Links of email footers.
        Link = "link",
    }
}

open_enum! {
    /// A way to sign in.
    pub enum AuthMode {
        /// A one-time code by email.
        EmailCode = "email_code",
        /// The company's own sign-in, at `login_url`.
        Redirect = "redirect",
    }
}

open_enum! {
    /// A screen's worth of the contract that a company may have or not, whatever the profiles say.
    pub enum Feature {
        /// Ways to get in touch, and beginning an interaction by a message.
        Contact = "contact",
        /// Calls at a time that the customer chooses.
        Callback = "callback",
        /// Guides.
        Guides = "guides",
        /// Feedback, asked for and unasked.
        Feedback = "feedback",
        /// "You said, we did".
        Improvements = "improvements",
        /// Notices on the overview.
        Notices = "notices",
        /// What is held about the customer, down to the records.
        DataInventory = "data_inventory",
        /// Acting for another person.
        Delegations = "delegations",
    }
}

record! {
    /// How customers sign in.
    pub struct Auth {
        /// The ways on offer, the preferred one first.
        pub modes: Vec<AuthMode>,
        /// Where the company's own sign-in begins: an address, or a path of the API. The portal adds `next`, `ui_locales`, and
        /// for a fresh proof `max_age=0`.
        pub login_url: Option<String>,
        /// Where the company's own sign-out stands, alike: the portal goes there after signing out.
        pub logout_url: Option<String>,
        /// Whether a fresh proof can be asked for in place.
        pub step_up: bool,
    }
}

record! {
    /// The bounds that the portal tells before a customer runs into them.
    pub struct Limits {
        /// The largest file, in bytes.
        pub attachment_bytes: u64,
        /// How many files one message can carry.
        pub attachments_per_message: u64,
        /// The media types that are taken (`image/png`); `*/*` takes all.
        pub attachment_types: Vec<String>,
        /// The longest message, in characters.
        pub message_characters: u64,
    }
}

record! {
    /// `GET /v1/capabilities`, public.
    pub struct Capabilities {
        /// The contract's version that the API follows, `1.0`.
        pub contract_version: String,
        /// The profiles that it passes.
        pub profiles: Vec<Profile>,
        /// What is on offer beyond them; the portal hides what is not here.
        pub features: Vec<Feature>,
        /// The channels that interactions can have here.
        pub channels: Vec<Channel>,
        /// BCP 47 tags of the languages that the company writes in.
        pub locales: Vec<String>,
        /// How customers sign in.
        pub auth: Auth,
        /// The kinds of data request on offer.
        pub data_request_kinds: Vec<DataRequestKind>,
        /// What can be asked for on behalf of another, with feature `delegations`.
        pub delegations: Option<DelegationTerms>,
        /// Bounds.
        pub limits: Limits,
    }
}
