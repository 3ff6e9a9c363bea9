//! Where the company can reach the customer: an email address, a telephone number, a postal address, a device, an account.

use crate::interaction::Channel;
use crate::{ContactPointId, Etag, PreferenceTopicId, Timestamp, VerificationId};

open_enum! {
    /// What sort of place it is.
    pub enum ContactPointKind {
        /// An email address; also an international one (RFC 6531).
        Email = "email",
        /// A telephone number: for calls and for text messages.
        Phone = "phone",
        /// A postal address.
        Postal = "postal",
        /// The app on one device.
        Push = "push",
        /// An account with a messaging service.
        Messaging = "messaging",
        /// An account with a social network.
        Social = "social",
    }
}

impl ContactPointKind {
    /// The kind that a channel of the preference matrix needs; none for channels that nothing is sent over.
    #[must_use]
    pub fn reached_by(channel: &Channel) -> Option<Self> {
        match channel {
            Channel::Email => Some(Self::Email),
            Channel::Sms | Channel::Phone => Some(Self::Phone),
            Channel::Push => Some(Self::Push),
            Channel::Messaging => Some(Self::Messaging),
            Channel::Post => Some(Self::Postal),
            Channel::Social => Some(Self::Social),
            Channel::Chat
            | Channel::Web
            | Channel::MobileApp
            | Channel::Store
            | Channel::Other(_) => None,
        }
    }
}

open_enum! {
    /// Whether the customer has shown that it is theirs.
    pub enum VerificationStatus {
        /// Not shown.
        Unverified = "unverified",
        /// A code is on its way.
        Pending = "pending",
        /// Shown.
        Verified = "verified",
    }
}

record! {
    /// Whether the customer has shown that it is theirs, and when.
    pub struct VerificationState {
        /// Whether.
        pub status: VerificationStatus,
        /// When; absent until it is.
        pub verified_at: Option<Timestamp>,
        /// The code that is on its way, while it can be entered: who comes back with it (a letter takes days) goes on with it.
        pub under_way: Option<Verification>,
    }
}

open_enum! {
    /// Whether what is sent there arrives.
    pub enum DeliverabilityState {
        /// Nothing speaks against it.
        Ok = "ok",
        /// What was sent came back; it is tried again now and then.
        Bouncing = "bouncing",
        /// Nothing is sent there any more.
        Blocked = "blocked",
    }
}

open_enum! {
    /// Why nothing arrives.
    pub enum DeliverabilityReason {
        /// The mailbox is full.
        MailboxFull = "mailbox_full",
        /// There is no such mailbox, number or account.
        NoSuchAddress = "no_such_address",
        /// The provider did not answer for days.
        ProviderUnreachable = "provider_unreachable",
        /// The provider refuses what the company sends.
        RefusedByProvider = "refused_by_provider",
        /// A message of the company was reported as unwanted there.
        ReportedAsUnwanted = "reported_as_unwanted",
        /// The number belongs to somebody else now.
        NumberReassigned = "number_reassigned",
        /// Letters come back: nobody of that name lives there.
        Moved = "moved",
        /// The device no longer lets the app notify.
        PermissionWithdrawn = "permission_withdrawn",
        /// Somebody who was written to there said: this isn't me.
        NotThisPerson = "not_this_person",
    }
}

record! {
    /// Whether what is sent there arrives, since when, and why not.
    pub struct Deliverability {
        /// Whether.
        pub state: DeliverabilityState,
        /// Since when it is `bouncing` or `blocked`; absent when `ok`.
        pub since: Option<Timestamp>,
        /// Why; absent when `ok`, or when the company does not know.
        pub reason: Option<DeliverabilityReason>,
    }
}

record! {
    /// A postal address as its country writes it. Nothing but a line and a country is asked of anybody.
    pub struct PostalAddress {
        /// From the name or street downwards, in the order in which the country writes them: 1 to 8 lines of at most 100
        /// characters, without the country. Town and region stand among them.
        pub lines: Vec<String>,
        /// The postal code, where the country has them and it is known apart from the lines.
        pub postal_code: Option<String>,
        /// ISO 3166-1 alpha-2, `DE`.
        pub country: String,
    }
}

open_enum! {
    /// What the customer may do with a contact point at this moment; the server decides.
    pub enum ContactPointAction {
        /// Have a code sent, and enter it.
        Verify = "verify",
        /// Change its label or the time in which it is good.
        Edit = "edit",
        /// Make it the one that is used unless a choice says otherwise.
        Prefer = "prefer",
        /// Put another in its place.
        Replace = "replace",
        /// Remove it.
        Remove = "remove",
    }
}

open_enum! {
    /// Why a contact point cannot be removed.
    pub enum RemovalObstacle {
        /// A topic that the company must send goes there, and nowhere else: `needed_by`.
        RequiredTopic = "required_topic",
        /// It is the last verified address by which the customer can sign in.
        LastSignIn = "last_sign_in",
        /// A matter that is open needs it.
        OpenMatter = "open_matter",
    }
}

record! {
    /// A place at which the company can reach the customer.
    pub struct ContactPoint {
        /// Its id.
        pub id: ContactPointId,
        /// What sort of place it is.
        pub kind: ContactPointKind,
        /// The address as it is shown: an email address as it was typed, a number in international form (`+49 30 901820`), a
        /// postal address as lines joined by line feeds, a device or an account by its name.
        pub value: String,
        /// The postal address in its parts; absent for other kinds.
        pub postal: Option<PostalAddress>,
        /// The service of a messaging or social account (`whatsapp`, `mastodon`); absent for other kinds.
        pub service: Option<String>,
        /// What the customer calls it ("at work").
        pub label: Option<String>,
        /// Whether it is the one of its kind that is used unless a choice says otherwise. At most one a kind.
        pub preferred: bool,
        /// The first day on which it is used (`YYYY-MM-DD`, in the customer's zone); absent for "from the beginning".
        pub valid_from: Option<String>,
        /// The last day on which it is used, that day included; absent for "for good".
        pub valid_to: Option<String>,
        /// Whether the customer has shown that it is theirs.
        pub verification: VerificationState,
        /// Whether what is sent there arrives.
        pub deliverability: Deliverability,
        /// Whether the customer can sign in with it.
        pub signs_in: bool,
        /// The one in whose place it comes as soon as it is verified.
        pub replaces: Option<ContactPointId>,
        /// What the customer may do with it now.
        pub allowed_actions: Vec<ContactPointAction>,
        /// Why it cannot be removed, when `remove` is not allowed.
        pub removal_obstacle: Option<RemovalObstacle>,
        /// The required topics that go there alone, with `required_topic`; otherwise empty.
        pub needed_by: Vec<PreferenceTopicId>,
        /// When it was added.
        pub created_at: Timestamp,
        /// The version, for `If-Match`.
        pub etag: Etag,
    }
}

record! {
    /// `POST /v1/contact-points`: a new one, not yet verified.
    pub struct NewContactPoint {
        /// What sort of place it is.
        pub kind: ContactPointKind,
        /// The address as the customer typed it; a number in any way of typing. Absent for a postal address, which has `postal`.
        pub value: Option<String>,
        /// The postal address; absent for other kinds.
        pub postal: Option<PostalAddress>,
        /// The country (ISO 3166-1 alpha-2) of a number that was typed without one; the customer's own when absent.
        pub country: Option<String>,
        /// The service of a messaging or social account; absent for other kinds.
        pub service: Option<String>,
        /// What the customer calls it; at most 60 characters.
        pub label: Option<String>,
        /// The first day on which it is used, `YYYY-MM-DD`.
        pub valid_from: Option<String>,
        /// The last day on which it is used.
        pub valid_to: Option<String>,
        /// The one in whose place it comes, of the same kind. As soon as the new one is verified it takes over label,
        /// preference, sign-in and every choice that names the old one; the old one is told and then removed.
        pub replaces: Option<ContactPointId>,
    }
}

record! {
    /// `PATCH /v1/contact-points/{id}`: a JSON merge patch (RFC 7396). A member that is absent stays, `null` clears it. The
    /// address itself is never changed in place: another address is another contact point, by `replaces`.
    pub struct ContactPointPatch {
        /// What the customer calls it.
        pub label: Option<String>,
        /// `true` makes it the preferred one of its kind; the one before no longer is. `false` leaves the kind without one.
        pub preferred: Option<bool>,
        /// The first day on which it is used, `YYYY-MM-DD`.
        pub valid_from: Option<String>,
        /// The last day on which it is used.
        pub valid_to: Option<String>,
    }
}

record! {
    /// `POST /v1/contact-points/{id}/verifications`: send a code there.
    pub struct NewVerification {
        /// How a number is to be told the code (`sms`, or `phone` for a voice); the server's choice when absent.
        pub channel: Option<Channel>,
    }
}

record! {
    /// A code was sent there. A new one ends the one before.
    pub struct Verification {
        /// Its id.
        pub id: VerificationId,
        /// Over which channel the code came.
        pub channel: Channel,
        /// From when another code can be asked for.
        pub resend_after: Timestamp,
        /// Until when the code is good.
        pub expires_at: Timestamp,
        /// How many tries remain.
        pub attempts_left: u64,
    }
}

record! {
    /// `POST /v1/contact-points/{id}/verifications/{verification_id}/confirm`: the code that arrived.
    pub struct ConfirmVerification {
        /// The digits; spaces and dashes between them are passed over.
        pub code: String,
    }
}
