//! Opaque ids. Only the API that issued one reads it; the portal keeps it, compares it and sends it back.

use crate::{FromJson, Place};
use std::fmt;

/// The longest id that is taken, in bytes. Longer ones are refused before they reach a URL or a query.
pub const MAX_LENGTH: usize = 128;

/// Why a text is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidId {
    /// There was nothing.
    Empty,
    /// It is longer than [`MAX_LENGTH`] bytes.
    TooLong,
    /// It holds a character other than `A-Z a-z 0-9 - _ . ~` (the unreserved set of RFC 3986, so that an id stands in
    /// a path as it is).
    Character(char),
}

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("an id cannot be empty"),
            Self::TooLong => write!(f, "an id has at most {MAX_LENGTH} bytes"),
            Self::Character(character) => write!(f, "an id cannot hold {character:?}"),
        }
    }
}

impl std::error::Error for InvalidId {}

/// The text of the id at a place.
pub(crate) fn read(place: &Place) -> String {
    let raw = String::read(place);
    if check(&raw).is_err() {
        place.expected("an id");
    }
    raw
}

/// Checks the shape that all ids share.
pub(crate) fn check(raw: &str) -> Result<(), InvalidId> {
    if raw.is_empty() {
        return Err(InvalidId::Empty);
    }
    if raw.len() > MAX_LENGTH {
        return Err(InvalidId::TooLong);
    }
    match raw
        .chars()
        .find(|c| !(c.is_ascii_alphanumeric() || "-_.~".contains(*c)))
    {
        Some(character) => Err(InvalidId::Character(character)),
        None => Ok(()),
    }
}

id! {
    /// One interaction: a matter between the customer and the company, on whatever channel.
    InteractionId,
    /// One message of an interaction's thread.
    MessageId,
    /// One file of an interaction.
    AttachmentId,
    /// A topic of the company's catalogue ("Billing").
    TopicId,
    /// A place at which the company can reach the customer.
    ContactPointId,
    /// A code that was sent to a contact point.
    VerificationId,
    /// Something that the company writes about ("Offers"), of the preference catalogue.
    PreferenceTopicId,
    /// Topics of the preference catalogue that belong together.
    TopicGroupId,
    /// An entry in the history of preferences.
    PreferenceChangeId,
    /// Something that the company uses personal data for.
    PurposeId,
    /// A decision about a purpose, as it was recorded.
    ConsentRecordId,
    /// A way to get in touch with the company.
    ContactOptionId,
    /// A guide: a decision tree for one matter.
    GuideId,
    /// A question or an outcome of a guide.
    GuideNodeId,
    /// An answer of a guide's question, unique within it.
    GuideAnswerId,
    /// The content of a guide at one time.
    GuideVersion,
    /// What a customer said about an outcome of a guide.
    GuideRecordId,
    /// Something that the company tells a customer by itself.
    NoticeId,
    /// An answer that a notice offers.
    NoticeAnswerId,
    /// Something that the company inferred from an interaction.
    SignalId,
    /// A request of the company for feedback.
    FeedbackRequestId,
    /// What the customer said about the company.
    FeedbackId,
    /// A question, within the request that asks it.
    QuestionId,
    /// Something that changed because of feedback.
    ImprovementId,
    /// A sort of data that the company holds about the customer (`profile`, `messages`).
    InventoryCategoryId,
    /// A record within a category of the inventory.
    InventoryRecordId,
    /// One datum of the customer's own record.
    AttributeKey,
    /// The use of a right over one's data.
    DataRequestId,
    /// A step in the timeline of a data request.
    DataRequestEventId,
    /// Something that was said about a data request.
    DataRequestMessageId,
    /// A file that a data request brought.
    ArtifactId,
    /// That somebody acts for another, or asked to.
    DelegationId,
    /// A step in the history of that.
    DelegationEventId,
    /// A one-time code that was sent and waits to be entered.
    ChallengeId,
    /// An event of the change feed.
    EventId,
    /// The version of an object as `ETag` and `If-Match` carry it (RFC 9110), without its quotes.
    Etag,
    /// A place in a list. Opaque, and good for one customer only.
    Cursor,
    /// One intent of the customer: a UUID made with the form and kept with its draft, so that a repeated `POST` is one act.
    IdempotencyKey,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_unreserved_text_of_bounded_length() {
        assert!("int_01J-x.~".parse::<InteractionId>().is_ok());
        assert_eq!("".parse::<InteractionId>(), Err(InvalidId::Empty));
        assert_eq!(
            "a/b".parse::<InteractionId>(),
            Err(InvalidId::Character('/'))
        );
        assert_eq!(
            "x".repeat(MAX_LENGTH + 1).parse::<InteractionId>(),
            Err(InvalidId::TooLong)
        );
    }
}
