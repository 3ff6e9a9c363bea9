//! Every address of the portal. Nothing else knows a path: links come from [`Route::href`], and the route table
//! ([`Screen::at`]) is held against it by a test.

mod area;
mod asked;
mod export;
mod link;
mod next;
mod outside;
mod router;
mod screen;
mod search;
mod way;

pub use area::{Area, AreaSet, Areas, provide_areas, use_areas};
pub use asked::Asked;
pub use export::{InExport, export_of};
pub use link::Link;
pub use next::Next;
pub use outside::outside;
pub use router::{NavigateOptions, provide_router, use_location, use_navigate};
pub use screen::Screen;
pub use search::{
    asked_of, begin_of, filter_of, kind_to_add, next_of, on_behalf_of, problem_of, said_about,
    way_of,
};
pub use way::Way;

use crate::browser::base;
use portal_client::query;
use portal_contract::contact_point::ContactPointKind;
use portal_contract::feedback::FeedbackKind;
use portal_contract::filter::InteractionFilter;
use portal_contract::{
    ContactOptionId, DataRequestId, DelegationId, FeedbackId, FeedbackRequestId, GuideId,
    InteractionId, InventoryCategoryId, TopicId,
};

/// A screen and what its address says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// What waits for the customer and for the company.
    Overview,
    /// What the company tells by itself, and what of it was put aside.
    Notices,
    /// The history, narrowed to this.
    Interactions(InteractionFilter),
    /// One interaction.
    Interaction(InteractionId),
    /// Signing in, and where to go then.
    SignIn {
        /// A path of this portal.
        next: Option<Next>,
    },
    /// What the company may write about, over which channels, how often and when.
    Preferences,
    /// Fewer messages, later, elsewhere, or none: one choice.
    LessContact,
    /// When the customer wants to hear nothing.
    QuietHours,
    /// Who changed what of the preferences.
    PreferenceHistory,
    /// Addresses, numbers and devices.
    ContactPoints,
    /// The same, about to add one of this kind.
    AddContactPoint(ContactPointKind),
    /// What the customer's data may be used for.
    Consents,
    /// What the company asks, what the customer said, and what came of it.
    Feedback,
    /// "You said, we did".
    Improvements,
    /// A request for feedback.
    FeedbackRequest(FeedbackRequestId),
    /// Something said unasked: what sort of thing, and about which interaction.
    NewFeedback(Option<FeedbackKind>, Option<InteractionId>),
    /// What the customer said once.
    FeedbackEntry(FeedbackId),
    /// Every way to reach the company, suited to a topic.
    Contact(Option<TopicId>),
    /// Beginning a conversation by a message.
    NewMessage(Begin),
    /// Asking for a call.
    NewCallback(Begin),
    /// One guide, as far as this way leads.
    Guide(GuideId, Way),
    /// What is held about the customer.
    Data,
    /// The records of one category of it.
    DataCategory(InventoryCategoryId),
    /// The rights over one's data: what was asked, and what can be.
    DataRequests,
    /// Using a right.
    NewDataRequest(Asked),
    /// One request.
    DataRequest(DataRequestId),
    /// The requests that the customer made in another's name.
    RequestsFor(DelegationId),
    /// One of them.
    RequestFor(DelegationId, DataRequestId),
    /// For whom the customer acts, and who acts for them.
    People,
    /// Asking to act for somebody.
    NewDelegation,
    /// One for whom the customer acts, or who acts for them.
    Delegation(DelegationId),
    /// What was asked of a person for whom somebody acts, by a mail's link. What the link says stands in its fragment.
    PeopleLink,
    /// Less contact by the link of a mail's footer, without signing in. What the link says stands in its fragment.
    FooterLink,
    /// How a deletion stands, by its link, without signing in. What the link says stands in its fragment.
    Track,
    /// An export of the customer's data, opened from the device; what of it is looked at.
    Export(InExport),
    /// Keyboard, languages, accessibility statement.
    Help,
}

/// What a conversation begins with that an address says.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Begin {
    /// What it is about.
    pub topic: Option<TopicId>,
    /// By which way of getting in touch.
    pub option: Option<ContactOptionId>,
    /// The conversation that a call is to be about, where there is one already.
    pub interaction: Option<InteractionId>,
}

/// The path segments, so that [`Screen::at`] and [`Route::href`] cannot part.
pub mod segment {
    /// `/notices`.
    pub const NOTICES: &str = "notices";
    /// `/interactions`, and the first part of one interaction's path.
    pub const INTERACTIONS: &str = "interactions";
    /// `/sign-in`.
    pub const SIGN_IN: &str = "sign-in";
    /// `/preferences`, and the first part of the paths below it.
    pub const PREFERENCES: &str = "preferences";
    /// `/preferences/less`.
    pub const LESS: &str = "less";
    /// `/preferences/quiet-hours`.
    pub const QUIET_HOURS: &str = "quiet-hours";
    /// `/preferences/history`.
    pub const HISTORY: &str = "history";
    /// `/preferences/contact-points`.
    pub const CONTACT_POINTS: &str = "contact-points";
    /// The query parameter of the kind to add there.
    pub const ADD: &str = "add";
    /// `/preferences/consents`.
    pub const CONSENTS: &str = "consents";
    /// `/feedback`, and the first part of the paths below it.
    pub const FEEDBACK: &str = "feedback";
    /// `/feedback/improvements`.
    pub const IMPROVEMENTS: &str = "improvements";
    /// `/feedback/requests/…`.
    pub const REQUESTS: &str = "requests";
    /// `/feedback/new`.
    pub const NEW: &str = "new";
    /// The query parameter of its sort there.
    pub const KIND: &str = "kind";
    /// The query parameter of the interaction that it is about.
    pub const INTERACTION: &str = "interaction";
    /// `/contact`, and the first part of the paths below it.
    pub const CONTACT: &str = "contact";
    /// `/contact/message`.
    pub const MESSAGE: &str = "message";
    /// `/contact/callback`.
    pub const CALLBACK: &str = "callback";
    /// The query parameter of the topic there.
    pub const TOPIC: &str = "topic";
    /// The query parameter of the way of getting in touch.
    pub const OPTION: &str = "option";
    /// `/guides/…`.
    pub const GUIDES: &str = "guides";
    /// The query parameter of the question at which a way through a guide began.
    pub const AT: &str = "at";
    /// The query parameters of what was answered in it.
    pub const ANSWER: &str = "answer";
    /// `/p`: short, because mails show it.
    pub const FOOTER_LINK: &str = "p";
    /// The name of the token in its fragment.
    pub const TOKEN: &str = "t";
    /// `/data/…`.
    pub const DATA: &str = "data";
    /// `/data/export`.
    pub const EXPORT: &str = "export";
    /// The query parameter of a search there.
    pub const SEARCH: &str = "q";
    /// The query parameter of a year there.
    pub const YEAR: &str = "year";
    /// The query parameter of the digest under which an export was prepared.
    pub const SHA256: &str = "sha256";
    /// The query parameter of the category of data that a right is used about.
    pub const CATEGORY: &str = "category";
    /// The query parameter of the entry that it is used about.
    pub const FIELD: &str = "field";
    /// `/data/people`, and the first part of the paths below it; `/people` is the page of a mail's link.
    pub const PEOPLE: &str = "people";
    /// The query parameter of whose data it is, where it is another's.
    pub const FOR: &str = "for";
    /// `/track`: short, because it is kept on paper too.
    pub const TRACK: &str = "track";
    /// `/help`.
    pub const HELP: &str = "help";
    /// The query parameter of [`Next`](super::Next).
    pub const NEXT: &str = "next";
    /// The query parameter of what became of the company's own sign-in.
    pub const PROBLEM: &str = "problem";
}

impl Route {
    /// The whole history.
    #[must_use]
    pub fn interactions() -> Self {
        Self::Interactions(InteractionFilter::default())
    }

    /// The address, from the root of this origin.
    #[must_use]
    pub fn href(&self) -> String {
        base::address(&self.path())
    }

    /// The path and the query within the portal, wherever that stands.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Overview => "/".to_owned(),
            Self::Notices => format!("/{}", segment::NOTICES),
            Self::Interactions(filter) => with_query(segment::INTERACTIONS, &filter.to_pairs()),
            Self::Interaction(id) => format!("/{}/{id}", segment::INTERACTIONS),
            Self::SignIn { next } => {
                let pairs = next
                    .iter()
                    .map(|next| (segment::NEXT, next.as_str().to_owned()));
                with_query(segment::SIGN_IN, &pairs.collect::<Vec<_>>())
            }
            Self::Preferences => format!("/{}", segment::PREFERENCES),
            Self::LessContact => below_preferences(segment::LESS),
            Self::QuietHours => below_preferences(segment::QUIET_HOURS),
            Self::PreferenceHistory => below_preferences(segment::HISTORY),
            Self::ContactPoints => below_preferences(segment::CONTACT_POINTS),
            Self::AddContactPoint(kind) => {
                let mut address = below_preferences(segment::CONTACT_POINTS);
                query::add(&mut address, segment::ADD, kind.as_str());
                address
            }
            Self::Consents => below_preferences(segment::CONSENTS),
            Self::Feedback => format!("/{}", segment::FEEDBACK),
            Self::Improvements => format!("/{}/{}", segment::FEEDBACK, segment::IMPROVEMENTS),
            Self::FeedbackRequest(id) => {
                format!("/{}/{}/{id}", segment::FEEDBACK, segment::REQUESTS)
            }
            Self::NewFeedback(kind, interaction) => {
                let mut address = format!("/{}/{}", segment::FEEDBACK, segment::NEW);
                if let Some(kind) = kind {
                    query::add(&mut address, segment::KIND, kind.as_str());
                }
                if let Some(id) = interaction {
                    query::add(&mut address, segment::INTERACTION, id.as_str());
                }
                address
            }
            Self::FeedbackEntry(id) => format!("/{}/{id}", segment::FEEDBACK),
            Self::Contact(topic) => {
                let mut address = format!("/{}", segment::CONTACT);
                if let Some(topic) = topic {
                    query::add(&mut address, segment::TOPIC, topic.as_str());
                }
                address
            }
            Self::NewMessage(begin) => begin.path(segment::MESSAGE),
            Self::NewCallback(begin) => begin.path(segment::CALLBACK),
            Self::Guide(id, way) => {
                let mut address = format!("/{}/{id}", segment::GUIDES);
                way.add_to(&mut address);
                address
            }
            Self::Data => format!("/{}", segment::DATA),
            Self::DataCategory(id) => format!("/{}/{id}", segment::DATA),
            Self::DataRequests => format!("/{}/{}", segment::DATA, segment::REQUESTS),
            Self::NewDataRequest(asked) => asked.path(),
            Self::DataRequest(id) => format!("/{}/{}/{id}", segment::DATA, segment::REQUESTS),
            Self::RequestsFor(id) => Self::DataRequests.in_the_name_of(id),
            Self::RequestFor(id, request) => Self::DataRequest(request.clone()).in_the_name_of(id),
            Self::People => format!("/{}/{}", segment::DATA, segment::PEOPLE),
            Self::NewDelegation => {
                format!("/{}/{}/{}", segment::DATA, segment::PEOPLE, segment::NEW)
            }
            Self::Delegation(id) => format!("/{}/{}/{id}", segment::DATA, segment::PEOPLE),
            Self::PeopleLink => format!("/{}", segment::PEOPLE),
            Self::FooterLink => format!("/{}", segment::FOOTER_LINK),
            Self::Track => format!("/{}", segment::TRACK),
            Self::Export(place) => place.path(),
            Self::Help => format!("/{}", segment::HELP),
        }
    }

    fn in_the_name_of(&self, delegation: &DelegationId) -> String {
        let mut address = self.path();
        query::add(&mut address, segment::FOR, delegation.as_str());
        address
    }
}

impl Begin {
    fn path(&self, segment: &str) -> String {
        let mut address = format!("/{}/{segment}", segment::CONTACT);
        if let Some(topic) = &self.topic {
            query::add(&mut address, segment::TOPIC, topic.as_str());
        }
        if let Some(option) = &self.option {
            query::add(&mut address, segment::OPTION, option.as_str());
        }
        if let Some(interaction) = &self.interaction {
            query::add(&mut address, segment::INTERACTION, interaction.as_str());
        }
        address
    }
}

fn below_preferences(segment: &str) -> String {
    format!("/{}/{segment}", segment::PREFERENCES)
}

fn with_query(path: &str, pairs: &[(&'static str, String)]) -> String {
    let mut address = format!("/{path}");
    for (name, value) in pairs {
        query::add(&mut address, name, value);
    }
    address
}

#[cfg(test)]
mod tests;
