//! How the customer can reach the company: every way, what it costs, when it is open, how long an answer takes.
//!
//! The server decides the order, and computes every moment: whoever shows it needs neither a calendar nor a database of zones.

use crate::contact_point::PostalAddress;
use crate::interaction::{Channel, Topic};
use crate::preferences::Weekday;
use crate::{ContactOptionId, Timestamp, TopicId};

open_enum! {
    /// What sort of way it is.
    pub enum ContactOptionKind {
        /// A message written in the portal: it begins an interaction.
        Message = "message",
        /// The company calls at a time that the customer chooses: it begins an interaction.
        Callback = "callback",
        /// The customer calls.
        Phone = "phone",
        /// The customer writes an email.
        Email = "email",
        /// Live chat.
        Chat = "chat",
        /// A messaging service.
        Messaging = "messaging",
        /// A shop or a branch to go to.
        Store = "store",
        /// A letter.
        Post = "post",
        /// A social network.
        Social = "social",
    }
}

open_enum! {
    /// What makes a way possible for somebody, or easier.
    pub enum Accessibility {
        /// Calls through a relay service are welcome.
        RelayService = "relay_service",
        /// Text over the telephone network, as it is typed (ITU-T T.140).
        RealTimeText = "real_time_text",
        /// Sign language; which ones stand in the description.
        SignLanguage = "sign_language",
        /// Easy language.
        EasyLanguage = "easy_language",
        /// Large print.
        LargePrint = "large_print",
        /// Braille.
        Braille = "braille",
        /// An interpreter can be had.
        Interpreter = "interpreter",
        /// A way in without steps.
        StepFree = "step_free",
        /// A hearing loop.
        HearingLoop = "hearing_loop",
    }
}

open_enum! {
    /// What the customer pays.
    pub enum CostKind {
        /// Nothing.
        Free = "free",
        /// What a call within the country costs by the customer's own contract.
        BasicRate = "basic_rate",
        /// What a local call costs.
        LocalRate = "local_rate",
        /// More; how much stands in `detail`.
        Charged = "charged",
    }
}

open_enum! {
    /// How sure an expected time is.
    pub enum ExpectationBasis {
        /// The company promises it.
        Promised = "promised",
        /// It is what it usually takes.
        Typical = "typical",
    }
}

open_enum! {
    /// Why a way stands where it stands.
    pub enum OptionReason {
        /// It suits the topic that was asked about.
        SuitsTopic = "suits_topic",
        /// The customer gets what the company writes over this channel.
        PreferredChannel = "preferred_channel",
        /// It offers what the customer's record asks for (`Me.accommodations`).
        MeetsNeeds = "meets_needs",
        /// The customer's language is spoken.
        SpeaksLanguage = "speaks_language",
        /// It is open.
        OpenNow = "open_now",
        /// It costs nothing.
        Free = "free",
    }
}

record! {
    /// Where a way leads to.
    pub struct ContactAddress {
        /// As people read it: a number with its gaps, a mail address, a name, the lines of a postal address joined by newlines.
        pub value: String,
        /// What a press opens: `tel:` with a number by E.164 (RFC 3966), `mailto:` (RFC 6068) or `https:`. Absent where nothing is
        /// pressed (a letter).
        pub uri: Option<String>,
        /// The parts of a postal address.
        pub postal: Option<PostalAddress>,
    }
}

record! {
    /// Hours on some days of the week, as the company states them.
    pub struct OpeningWindow {
        /// On which days it begins.
        pub days: Vec<Weekday>,
        /// When it opens, `HH:MM` on the clock of the zone.
        pub start: String,
        /// When it closes; at or before `start` on the next day (`20:00` to `02:00`; `00:00` to `00:00` is a whole day).
        pub end: String,
    }
}

record! {
    /// Hours of one day that is unlike the others.
    pub struct OpeningTime {
        /// When it opens, `HH:MM` on the clock of the zone.
        pub start: String,
        /// When it closes; at or before `start` on the next day.
        pub end: String,
    }
}

record! {
    /// A day with hours of its own: a holiday, an inventory, a late evening.
    pub struct OpeningException {
        /// Which day in the zone, `2026-12-24`.
        pub date: String,
        /// When it is open on it; none when it is closed.
        pub times: Vec<OpeningTime>,
        /// Why, in the customer's language.
        pub reason: Option<String>,
    }
}

record! {
    /// A stretch of time in which it is open.
    pub struct OpeningSpan {
        /// When it begins; before now when it runs.
        pub starts_at: Timestamp,
        /// When it ends.
        pub ends_at: Timestamp,
    }
}

record! {
    /// When a way is open.
    pub struct OpeningHours {
        /// IANA name of the zone in which the company states them.
        pub time_zone: String,
        /// The usual week.
        pub week: Vec<OpeningWindow>,
        /// The days of the next five weeks that are unlike it, in order.
        pub exceptions: Vec<OpeningException>,
        /// Every stretch of at least the next eight days in which it is open, in order, exceptions and clock changes counted in;
        /// stretches that touch are one. What is open at this moment comes first.
        pub spans: Vec<OpeningSpan>,
    }
}

record! {
    /// When a first answer is to be expected.
    pub struct FirstAnswer {
        /// How many minutes it takes, counted while the way is open.
        pub minutes: u64,
        /// Whether that is promised or usual.
        pub basis: ExpectationBasis,
        /// When it would be, of something sent now; absent where it cannot be said (closed until further notice).
        pub by: Option<Timestamp>,
    }
}

record! {
    /// How long the wait is at this moment.
    pub struct CurrentWait {
        /// In minutes; 0 for none.
        pub minutes: u64,
        /// When that was measured.
        pub as_of: Timestamp,
    }
}

record! {
    /// What it costs the customer.
    pub struct ContactCost {
        /// What sort of cost.
        pub kind: CostKind,
        /// How much, in the customer's language ("20 ct a minute").
        pub detail: Option<String>,
    }
}

record! {
    /// That a way is closed, whatever its hours say.
    pub struct Closure {
        /// Why, in the customer's language.
        pub reason: Option<String>,
        /// Until when; absent while nobody knows.
        pub until: Option<Timestamp>,
    }
}

record! {
    /// What can be booked where the company calls back.
    pub struct CallbackOffer {
        /// How long a call is planned for, in minutes.
        pub minutes: u64,
        /// IANA name of the zone in which the company plans.
        pub time_zone: String,
        /// When the first free slot begins; absent when none is left.
        pub next_at: Option<Timestamp>,
        /// Slots begin before this moment.
        pub until: Timestamp,
    }
}

record! {
    /// One way to reach the company.
    pub struct ContactOption {
        /// Its id.
        pub id: ContactOptionId,
        /// What sort of way.
        pub kind: ContactOptionKind,
        /// The channel on which an interaction that begins by it stands.
        pub channel: Channel,
        /// What people call it, in the customer's language.
        pub label: String,
        /// A sentence about it, in the customer's language.
        pub description: Option<String>,
        /// Where it leads to; absent for what happens in the portal (`message`, `callback`).
        pub address: Option<ContactAddress>,
        /// Whether it is open at this moment. What takes things in at any time (`message`, `callback`, `email`, `post`) is always open.
        pub open_now: bool,
        /// When that changes; absent when it does not, or nobody knows.
        pub changes_at: Option<Timestamp>,
        /// When it is open, or answered, where it takes things in at any time; absent when always.
        pub hours: Option<OpeningHours>,
        /// That it is closed for the moment, whatever the hours say.
        pub closure: Option<Closure>,
        /// When a first answer is to be expected.
        pub first_answer: Option<FirstAnswer>,
        /// How long the wait is now; absent where nobody waits in line, and while it is closed.
        pub wait: Option<CurrentWait>,
        /// What it costs.
        pub cost: Option<ContactCost>,
        /// BCP 47 tags of the languages that it is offered in; none when the company does not say.
        pub languages: Vec<String>,
        /// What makes it possible, or easier.
        pub accessibility: Vec<Accessibility>,
        /// What can be booked, with `callback`.
        pub callback: Option<CallbackOffer>,
        /// Whether it suits the topic that was asked about; true when none was.
        pub suits_topic: bool,
        /// Why it stands where it stands, the weightiest first.
        pub reasons: Vec<OptionReason>,
    }
}

record! {
    /// `GET /v1/contact-options`: every way to reach the company, in the order in which the server suggests them.
    pub struct ContactOptions {
        /// What a matter can be about.
        pub topics: Vec<Topic>,
        /// The topic that was asked about.
        pub topic_id: Option<TopicId>,
        /// The ways, the best suited first.
        pub options: Vec<ContactOption>,
        /// The moment at which all of this holds.
        pub as_of: Timestamp,
    }
}
