//! The use of one's rights: what was asked, what happened, what was said, what came of it.

use crate::exports::set::Set;
use crate::exports::source::{Order, Source};

pub const SETS: &[Set] = &[
    Set {
        category: "data_requests",
        name: "data_requests",
        sources: &[Source {
            columns: "r.id, r.reference, r.kind, r.scope AS \"scope:json\", r.formats AS \"formats:json\",
                r.proposed AS \"proposed:json\", r.text, r.locale AS language, r.state, r.status_reason, r.status_note, r.regime,
                r.region, r.time_zone, r.submitted_at AS \"submitted_at:moment\", r.updated_at AS \"updated_at:moment\",
                r.confirmed_at AS \"confirmed_at:moment\", r.closed_at AS \"closed_at:moment\",
                r.acknowledge_by AS \"acknowledge_by:moment\", r.acknowledged_at AS \"acknowledged_at:moment\",
                r.due_at AS \"due_at:moment\", r.original_due_at AS \"original_due_at:moment\",
                r.extension AS \"extension:json\", r.clock_state, r.clock_since AS \"clock_since:moment\", r.clock_reason,
                r.expires_at AS \"expires_at:moment\", r.runs_at AS \"runs_at:moment\", r.outcome AS \"outcome:json\",
                r.seen_at AS \"seen_at:moment\", r.filed_role AS filed_by_role, d.id AS delegation_id,
                r.delegate_seen_at AS \"delegate_seen_at:moment\"",
            from: "data_requests AS r LEFT JOIN delegations AS d ON d.seq = r.delegation_seq",
            owner: "r.customer_id = :customer",
            order: Order::By("r.seq"),
            at: Some("r.submitted_at"),
            about: None,
        }],
    },
    Set {
        category: "data_requests",
        name: "data_request_messages",
        sources: &[Source {
            columns: "m.id, r.id AS request_id, m.at AS \"at:moment\", m.role, m.author AS author_name, m.text, m.question,
                m.answer_by AS \"answer_by:moment\", m.answered_at AS \"answered_at:moment\", m.answers AS answers_message",
            from: "data_requests AS r JOIN data_request_messages AS m ON m.request_seq = r.seq",
            owner: "r.customer_id = :customer",
            order: Order::By("m.seq"),
            at: Some("m.at"),
            about: None,
        }],
    },
    Set {
        category: "data_requests",
        name: "data_request_events",
        sources: &[Source {
            columns: "e.id, r.id AS request_id, e.at AS \"at:moment\", e.kind, e.actor, e.from_state, e.to_state,
                e.due_at AS \"due_at:moment\", e.previous_due_at AS \"previous_due_at:moment\", e.clock_reason, e.note,
                e.message_id, e.artifact_id",
            from: "data_requests AS r JOIN data_request_events AS e ON e.request_seq = r.seq",
            owner: "r.customer_id = :customer",
            order: Order::By("e.seq"),
            at: Some("e.at"),
            about: None,
        }],
    },
    Set {
        category: "data_requests",
        name: "artifacts",
        sources: &[Source {
            columns: "a.id, r.id AS request_id, a.file_name, a.media_type, a.state, a.created_at AS \"created_at:moment\",
                a.size_bytes, a.sha256, a.expires_at AS \"expires_at:moment\", a.downloaded_at AS \"downloaded_at:moment\"",
            from: "data_requests AS r JOIN data_request_artifacts AS a ON a.request_seq = r.seq",
            owner: "r.customer_id = :customer",
            order: Order::By("a.seq"),
            at: Some("a.created_at"),
            about: None,
        }],
    },
    Set {
        category: "data_requests",
        name: "artifact_downloads",
        sources: &[Source {
            columns: "d.artifact_id, d.created_at AS \"created_at:moment\", d.expires_at AS \"expires_at:moment\",
                d.used_at AS \"used_at:moment\"",
            from: "data_requests AS r JOIN data_request_artifacts AS a ON a.request_seq = r.seq
                   JOIN export_downloads AS d ON d.artifact_id = a.id",
            owner: "r.customer_id = :customer",
            order: Order::By("d.token_hash"),
            at: Some("d.created_at"),
            about: None,
        }],
    },
    // That the person said no is told to nobody else, in a copy neither.
    Set {
        category: "data_requests",
        name: "delegations",
        sources: &[Source {
            columns: "d.id, iif(d.delegate_id = :customer, 'delegate', 'person') AS side, d.role,
                iif(d.state = 'refused' AND d.closed_by = 'person' AND d.delegate_id = :customer,
                    iif(d.ran_out, 'expired', iif(d.role = 'executor', 'awaiting_company', 'awaiting_person')), d.state) AS state,
                d.kinds AS \"kinds:json\", d.categories AS \"categories:json\", d.text, d.note, d.address,
                d.requested_at AS \"requested_at:moment\", d.decide_by AS \"decide_by:moment\",
                d.began_at AS \"began_at:moment\", d.ends_at AS \"ends_at:moment\",
                iif(d.state = 'refused' AND d.closed_by = 'person' AND d.delegate_id = :customer, NULL, d.closed_at)
                    AS \"closed_at:moment\",
                iif(d.state = 'refused' AND d.closed_by = 'person' AND d.delegate_id = :customer, NULL, d.closed_by) AS closed_by",
            from: "delegations AS d",
            owner: "(d.delegate_id = :customer OR d.person_id = :customer)",
            order: Order::By("d.seq"),
            at: Some("d.requested_at"),
            about: None,
        }],
    },
    Set {
        category: "data_requests",
        name: "delegation_events",
        sources: &[Source {
            columns: "e.id, d.id AS delegation_id, e.at AS \"at:moment\", e.kind, e.actor, r.id AS request_id, e.note",
            from: "delegations AS d JOIN delegation_events AS e ON e.delegation_seq = d.seq
                   LEFT JOIN data_requests AS r ON r.seq = e.request_seq",
            owner: "((d.delegate_id = :customer AND (e.side IS NULL OR e.side = 'delegate'))
                     OR (d.person_id = :customer AND (e.side IS NULL OR e.side = 'person')))",
            order: Order::By("e.seq"),
            at: Some("e.at"),
            about: None,
        }],
    },
    Set {
        category: "data_requests",
        name: "rights_in_force",
        sources: &[Source {
            columns: "f.request_id, f.kind, f.category, i.id AS interaction_id, f.field, f.purpose_id,
                f.since AS \"since:moment\", f.ended_at AS \"ended_at:moment\"",
            from: "rights_in_force AS f LEFT JOIN interactions AS i ON i.seq = f.interaction_seq",
            owner: "f.customer_id = :customer",
            order: Order::By("(f.request_id || printf(' %09d', f.position))"),
            at: Some("f.since"),
            about: Some("i.id"),
        }],
    },
    Set {
        category: "data_requests",
        name: "erasures",
        sources: &[Source {
            columns: "e.request_id, e.whole AS \"whole_account:bool\", e.began_at AS \"began_at:moment\",
                e.done_at AS \"done_at:moment\"",
            from: "erasures AS e",
            owner: "e.customer_id = :customer",
            order: Order::By("e.request_id"),
            at: Some("e.began_at"),
            about: None,
        }],
    },
];
