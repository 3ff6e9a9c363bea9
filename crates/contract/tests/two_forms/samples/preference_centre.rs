//! The types of the preference centre.

use super::{Checks, MOMENT, participant, session};
use serde_json::{Value, json};

fn postal() -> Value {
    json!({"lines": ["Noor Haddad", "12 Rue du Lac"], "postal_code": "1000", "country": "TN"})
}

fn contact_point() -> Value {
    json!({
        "id": "p1", "kind": "postal", "value": "Noor Haddad\n12 Rue du Lac", "postal": postal(), "service": "whatsapp",
        "label": "At work", "preferred": true, "valid_from": "2026-03-01", "valid_to": "2026-09-30",
        "verification": {"status": "verified", "verified_at": MOMENT, "under_way": null},
        "deliverability": {"state": "bouncing", "since": MOMENT, "reason": "moved"}, "signs_in": false,
        "replaces": "p0", "allowed_actions": ["replace"], "removal_obstacle": "required_topic",
        "needed_by": ["security"], "created_at": MOMENT, "etag": "v1"
    })
}

fn new_contact_point() -> Value {
    json!({
        "kind": "phone", "value": "030 901820", "postal": postal(), "country": "DE", "service": "whatsapp",
        "label": "At work", "valid_from": "2026-03-01", "valid_to": "2026-09-30", "replaces": "p0"
    })
}

fn required() -> Value {
    json!({"channels": ["email"], "reason": "The law says so."})
}

fn topic_channel() -> Value {
    json!({"channel": "email", "frequencies": ["at_once", "weekly"]})
}

fn preference_topic() -> Value {
    json!({
        "id": "prices", "label": "Prices", "description": "When a price changes", "required": required(),
        "urgent": false, "channels": [topic_channel()], "purpose_id": "marketing"
    })
}

fn group() -> Value {
    json!({"id": "money", "label": "Money", "description": "Bills and prices", "topics": [preference_topic()]})
}

fn choice() -> Value {
    json!({
        "enabled": false, "off_since": MOMENT, "frequency": "weekly", "contact_point_id": "p1", "locked": true,
        "locked_reason": "no_contact_point"
    })
}

fn window() -> Value {
    json!({"days": ["fri", "sat"], "start": "22:00", "end": "07:00"})
}

fn span() -> Value {
    json!({"starts_at": MOMENT, "ends_at": MOMENT})
}

fn quiet_hours() -> Value {
    json!({
        "enabled": true, "time_zone": "America/St_Johns", "windows": [window()], "channels": ["sms"],
        "outside": "hold", "next": span()
    })
}

fn propagation() -> Value {
    json!({"state": "pending", "effective_by": MOMENT})
}

fn preferences() -> Value {
    json!({
        "etag": "v1", "global_opt_out": true, "global_opt_out_since": MOMENT, "paused_until": MOMENT,
        "paused_since": MOMENT, "language": "de",
        "topics": {"offers": {"email": choice(), "sms": choice()}, "prices": {}},
        "quiet_hours": quiet_hours(), "survey_snooze_until": MOMENT, "propagation": propagation()
    })
}

fn choice_patch() -> Value {
    json!({"enabled": false, "frequency": "daily", "contact_point_id": "p1"})
}

fn quiet_hours_patch() -> Value {
    json!({
        "enabled": true, "time_zone": "Europe/Berlin", "windows": [window()], "channels": [], "outside": "drop"
    })
}

fn preferences_patch() -> Value {
    json!({
        "global_opt_out": true, "paused_until": MOMENT, "language": "de",
        "topics": {"offers": {"email": choice_patch()}}, "quiet_hours": quiet_hours_patch(),
        "survey_snooze_until": MOMENT
    })
}

fn value_change() -> Value {
    json!({"pointer": "/topics/offers/email/enabled", "before": true, "after": {"any": ["thing", 1, null]}})
}

fn change() -> Value {
    json!({
        "id": "h1", "at": MOMENT, "route": "one_click", "subject": "preferences", "actor": participant(),
        "changes": [value_change()], "undoable": true, "undone_by": "h2", "undoes": "h0"
    })
}

fn reason() -> Value {
    json!({
        "code": "digest", "effect": "delays", "until": MOMENT, "contact_point_id": "p1", "purpose_id": "marketing"
    })
}

fn reach() -> Value {
    json!({
        "topic": "offers", "channel": "email", "asked_for": MOMENT, "answer": "later", "at": MOMENT,
        "contact_point_id": "p1", "reasons": [reason()]
    })
}

fn category() -> Value {
    json!({"id": "contact", "label": "How to reach you", "sensitive": false})
}

fn recipient() -> Value {
    json!({"name": "A printer", "role": "prints letters", "country": "CH", "safeguard": "adequacy decision"})
}

fn notice() -> Value {
    json!({
        "version": "2026-03", "effective_from": MOMENT, "url": "https://example.com/notice", "changes": "A new printer"
    })
}

fn purpose() -> Value {
    json!({
        "id": "marketing", "label": "Offers", "description": "We write to you about offers.",
        "lawful_basis": "legitimate_interests", "basis_detail": "Selling more", "data_categories": [category()],
        "recipients": [recipient()], "retention": "Two years", "sale_or_sharing": true, "notices": [notice()]
    })
}

fn consent() -> Value {
    json!({
        "purpose_id": "marketing", "status": "objected", "decided_at": MOMENT, "route": "signal",
        "notice_version": "2026-03", "expires_at": MOMENT, "record_id": "r1",
        "allowed_decisions": ["end_objection"], "signal_honoured_since": MOMENT
    })
}

fn record() -> Value {
    json!({
        "id": "r1", "purpose_id": "marketing", "decision": "object", "status_before": "in_use",
        "status": "objected", "at": MOMENT, "route": "portal", "actor": participant(),
        "notice_version": "2026-03", "language": "en"
    })
}

fn pii() -> Value {
    json!({"pii_type": "contact", "sensitive": false, "pii_optional": true})
}

fn receipt_recipient() -> Value {
    json!({"party_name": "A printer", "country": "CH", "safeguard": "adequacy decision"})
}

fn receipt_purpose() -> Value {
    json!({
        "purpose_id": "marketing", "purpose": "Offers", "description": "We write to you about offers.",
        "lawful_basis": "consent", "pii_information": [pii()], "pii_controllers": ["company"],
        "collection_method": "given", "processing_method": "writing letters", "storage_locations": ["DE"],
        "retention_period": "Two years", "jurisdictions": ["DE"], "recipient_third_parties": [receipt_recipient()],
        "withdrawal_method": "In the portal", "privacy_rights": ["access"]
    })
}

fn receipt_processing() -> Value {
    json!({
        "privacy_notice": "https://example.com/notice", "notice_version": "2026-03", "language": "en",
        "purposes": [receipt_purpose()]
    })
}

fn party() -> Value {
    json!({
        "party_id": "company", "party_role": "pii_controller", "party_name": "Lumenfold",
        "party_address": "1 Light Street", "party_email": "privacy@example.com", "party_url": "https://example.com",
        "party_phone": "+4930901820", "party_contact": "Data protection"
    })
}

fn receipt_event() -> Value {
    json!({
        "event_time": MOMENT, "event_type": "grant", "event_state": "granted", "entity_id": "pii_principal",
        "route": "portal", "validity_duration": "P2Y"
    })
}

fn receipt() -> Value {
    json!({
        "schema_version": "ISO/IEC TS 27560:2023", "receipt_id": "rc1", "record_id": "r1",
        "pii_principal_id": "s1", "pii_processing": receipt_processing(), "party_identification": [party()],
        "events": [receipt_event()]
    })
}

fn link_topic() -> Value {
    json!({"id": "offers", "label": "Offers"})
}

pub fn every_record(checks: &mut impl Checks) {
    macro_rules! records {
        ($($module:ident::$name:ident = $sample:expr),* $(,)?) => { $(
            checks.check::<portal_contract::$module::$name>(stringify!($name), &$sample);
        )* };
    }
    records! {
        consent::Consent = consent(),
        consent::ConsentRecord = record(),
        consent::DataCategory = category(),
        consent::NewDecision = json!({"decision": "grant", "notice_version": "2026-03", "language": "de"}),
        consent::NoticeVersion = notice(),
        consent::Purpose = purpose(),
        consent::Recipient = recipient(),
        contact_point::ConfirmVerification = json!({"code": "123456"}),
        contact_point::ContactPoint = contact_point(),
        contact_point::ContactPointPatch = json!({
            "label": "At work", "preferred": true, "valid_from": "2026-03-01", "valid_to": "2026-09-30"
        }),
        contact_point::Deliverability = json!({"state": "blocked", "since": MOMENT, "reason": "mailbox_full"}),
        contact_point::NewContactPoint = new_contact_point(),
        contact_point::NewVerification = json!({"channel": "phone"}),
        contact_point::PostalAddress = postal(),
        contact_point::Verification = json!({
            "id": "v1", "channel": "sms", "resend_after": MOMENT, "expires_at": MOMENT, "attempts_left": 5
        }),
        contact_point::VerificationState = json!({
            "status": "pending", "verified_at": MOMENT, "under_way": {
                "id": "v1", "channel": "post", "resend_after": MOMENT, "expires_at": MOMENT, "attempts_left": 5
            }
        }),
        link::LinkSession = json!({
            "bearer": "b.1", "session": session(), "kind": "email", "address": "m•••@example.com", "language": "en",
            "topics": [link_topic()]
        }),
        link::LinkTopic = link_topic(),
        link::StartLinkSession = json!({"token": "t.1"}),
        link::Unsubscribe = json!({
            "address": "m•••@example.com", "topics": [link_topic()], "unsubscribed": true,
            "manage_url": "https://example.com/p#t=t.1"
        }),
        preference_catalog::PreferenceCatalog = json!({"channels": ["email"], "groups": [group()]}),
        preference_catalog::PreferenceTopic = preference_topic(),
        preference_catalog::RequiredTopic = required(),
        preference_catalog::TopicChannel = topic_channel(),
        preference_catalog::TopicGroup = group(),
        preference_history::PreferenceChange = change(),
        preference_history::ValueChange = value_change(),
        preferences::ChannelChoice = choice(),
        preferences::ChannelChoicePatch = choice_patch(),
        preferences::Preferences = preferences(),
        preferences::PreferencesPatch = preferences_patch(),
        preferences::Propagation = propagation(),
        preferences::QuietHours = quiet_hours(),
        preferences::QuietHoursPatch = quiet_hours_patch(),
        preferences::QuietSpan = span(),
        preferences::QuietWindow = window(),
        reach::Reach = reach(),
        reach::ReachReason = reason(),
        receipt::ConsentReceipt = receipt(),
        receipt::ReceiptEvent = receipt_event(),
        receipt::ReceiptParty = party(),
        receipt::ReceiptPii = pii(),
        receipt::ReceiptProcessing = receipt_processing(),
        receipt::ReceiptPurpose = receipt_purpose(),
        receipt::ReceiptRecipient = receipt_recipient(),
    }
}
