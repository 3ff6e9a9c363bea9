//! Who the customer is, where they are reached, how they sign in, what they asked for.

use crate::exports::set::Set;
use crate::exports::source::{Order, Source};

pub const SETS: &[Set] = &[
    Set {
        category: "profile",
        name: "profile",
        sources: &[Source {
            columns: "c.id, c.reference AS customer_number, c.display_name, c.preferred_name, c.pronouns, c.locale AS language,
                c.time_zone, c.date_of_birth, c.accommodations AS \"accommodations:json\", c.jurisdiction_code,
                c.jurisdiction_regime, c.jurisdiction_source, c.created_at AS \"created_at:moment\",
                c.updated_at AS \"updated_at:moment\"",
            from: "customers AS c",
            owner: "c.id = :customer",
            order: Order::By("c.rowid"),
            at: None,
            about: None,
        }],
    },
    Set {
        category: "profile",
        name: "profile_attributes",
        sources: &[attributes("a.customer_id = :customer AND a.origin <> 'inferred'")],
    },
    Set {
        category: "contact_points",
        name: "contact_points",
        sources: &[Source {
            columns: "p.id, p.kind, p.value, p.service, p.postal_lines AS \"postal_lines:json\", p.postal_code, p.country, p.label,
                p.preferred AS \"preferred:bool\", p.valid_from, p.valid_to, p.verified_at AS \"verified_at:moment\",
                p.deliverability, p.deliverability_since AS \"deliverability_since:moment\", p.deliverability_reason,
                (SELECT o.id FROM contact_points AS o WHERE o.seq = p.replaces) AS replaces,
                p.created_at AS \"created_at:moment\", p.updated_at AS \"updated_at:moment\"",
            from: "contact_points AS p",
            owner: "p.customer_id = :customer",
            order: Order::By("p.seq"),
            at: None,
            about: None,
        }],
    },
    Set {
        category: "contact_points",
        name: "contact_point_codes",
        sources: &[Source {
            columns: "v.id, p.id AS contact_point_id, v.channel, v.created_at AS \"created_at:moment\",
                v.expires_at AS \"expires_at:moment\", v.attempts_left, v.consumed AS \"used:bool\"",
            from: "contact_points AS p CROSS JOIN contact_point_verifications AS v ON v.contact_point_seq = p.seq",
            owner: "p.customer_id = :customer",
            order: Order::By("v.id"),
            at: Some("v.created_at"),
            about: None,
        }],
    },
    Set {
        category: "contact_points",
        name: "contact_point_reports",
        sources: &[Source {
            columns: "n.kind, n.contact_point_id, n.noticed_at AS \"at:moment\"",
            from: "company_notices AS n",
            owner: "n.customer_id = :customer",
            order: Order::By("n.seq"),
            at: Some("n.noticed_at"),
            about: None,
        }],
    },
];

/// What comes after the interactions and the wishes.
pub const AFTERWARDS: &[Set] = &[
    Set {
        category: "inferences",
        name: "inferred_attributes",
        sources: &[attributes("a.customer_id = :customer AND a.origin = 'inferred'")],
    },
    Set {
        category: "sign_in",
        name: "sessions",
        sources: &[Source {
            columns: "s.created_at AS \"created_at:moment\", s.auth_time AS \"proven_at:moment\",
                s.last_seen_at AS \"last_seen_at:moment\", s.ends_at AS \"ends_at:moment\", s.gpc AS \"gpc:bool\",
                s.in_frame AS \"in_frame:bool\", s.company_subject AS company_account,
                s.company_sid AS company_session",
            from: "sessions AS s",
            owner: "s.customer_id = :customer",
            order: Order::By("s.id"),
            at: Some("s.created_at"),
            about: None,
        }],
    },
    Set {
        category: "sign_in",
        name: "sign_in_codes",
        sources: &[Source {
            columns: "c.purpose, c.created_at AS \"created_at:moment\", c.expires_at AS \"expires_at:moment\", c.attempts_left,
                c.consumed AS \"used:bool\"",
            from: "challenges AS c",
            owner: "c.customer_id = :customer",
            order: Order::By("c.id"),
            at: Some("c.created_at"),
            about: None,
        }],
    },
    Set {
        category: "sign_in",
        name: "devices",
        sources: &[Source {
            columns: "d.seen_at AS \"last_seen_at:moment\"",
            from: "known_devices AS d",
            owner: "d.customer_id = :customer",
            order: Order::By("d.token_hash"),
            at: Some("d.seen_at"),
            about: None,
        }],
    },
    Set {
        category: "sign_in",
        name: "sent_mail",
        sources: &[Source {
            // A code is a secret, also in the words around it, and stands in the subject as well.
            columns: "o.channel, o.recipient, CASE WHEN o.code IS NULL THEN o.subject END AS subject,
                CASE WHEN o.code IS NULL THEN o.body END AS body, o.locale AS language, o.headers, o.sent_at AS \"sent_at:moment\"",
            from: "outbox AS o",
            owner: "o.customer_id = :customer",
            order: Order::By("o.id"),
            at: Some("o.sent_at"),
            about: None,
        }],
    },
    Set {
        category: "sign_in",
        name: "changes",
        sources: &[Source {
            columns: "e.id, e.kind, e.resource, e.resource_id, e.occurred_at AS \"at:moment\"",
            from: "events AS e",
            owner: "e.customer_id = :customer",
            order: Order::By("e.seq"),
            at: Some("e.occurred_at"),
            about: None,
        }],
    },
];

const fn attributes(owner: &'static str) -> Source {
    Source {
        columns: "a.key, a.label, a.value, a.origin, a.purpose_id, a.collected_at AS \"collected_at:moment\",
            a.editable AS \"editable:bool\", a.texts AS \"texts:json\", a.contested_at AS \"contested_at:moment\", a.contest_words",
        from: "customer_attributes AS a",
        owner,
        order: Order::By("a.key"),
        at: None,
        about: None,
    }
}
