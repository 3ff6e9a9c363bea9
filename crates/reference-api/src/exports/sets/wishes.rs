//! What the customer wants, agreed to, said about the company and was told by it.

use crate::exports::set::Set;
use crate::exports::source::{Order, Source};

pub const SETS: &[Set] = &[
    Set {
        category: "preferences",
        name: "preferences",
        sources: &[Source {
            columns: "p.settings AS \"settings:json\",
                (SELECT json_group_object(key, strftime('%Y-%m-%dT%H:%M:%fZ', value / 1000.0, 'unixepoch'))
                   FROM json_each(p.off_since)) AS \"off_since:json\",
                p.updated_at AS \"updated_at:moment\"",
            from: "preferences AS p",
            owner: "p.customer_id = :customer",
            order: Order::By("p.customer_id"),
            at: None,
            about: None,
        }],
    },
    Set {
        category: "preferences",
        name: "preference_history",
        sources: &[Source {
            columns: "c.id, c.changed_at AS \"at:moment\", c.route, c.subject, c.actor_role, c.actor_name,
                c.changes AS \"changes:json\", c.undoes, c.undone_by,
                c.restores AS \"restores:json\"",
            from: "preference_changes AS c",
            owner: "c.customer_id = :customer",
            order: Order::By("c.seq"),
            at: Some("c.changed_at"),
            about: None,
        }],
    },
    Set {
        category: "preferences",
        name: "email_links",
        sources: &[Source {
            columns: "l.contact_point_id, l.topics AS \"topics:json\", l.created_at AS \"created_at:moment\",
                l.revoked_at AS \"revoked_at:moment\", l.revoked_because",
            from: "link_bindings AS l",
            owner: "l.customer_id = :customer",
            order: Order::By("l.id"),
            at: Some("l.created_at"),
            about: None,
        }],
    },
    Set {
        category: "consents",
        name: "consent_decisions",
        sources: &[Source {
            columns: "d.id, d.purpose_id, d.decision, d.status_before, d.status, d.decided_at AS \"at:moment\", d.route,
                d.actor_role, d.actor_name, d.notice_version, d.language, d.receipt AS \"receipt:json\"",
            from: "consent_decisions AS d",
            owner: "d.customer_id = :customer",
            order: Order::By("d.seq"),
            at: Some("d.decided_at"),
            about: None,
        }],
    },
    Set {
        category: "feedback",
        name: "feedback_requests",
        sources: &[Source {
            columns: "r.id, i.id AS interaction_id, v.survey_id, v.questions AS \"questions:json\", r.state,
                r.requested_at AS \"at:moment\", r.expires_at AS \"expires_at:moment\"",
            from: "feedback_requests AS r JOIN survey_versions AS v ON v.hash = r.survey_hash
                   LEFT JOIN interactions AS i ON i.seq = r.interaction_seq",
            owner: "r.customer_id = :customer",
            order: Order::By("r.seq"),
            at: Some("r.requested_at"),
            about: Some("i.id"),
        }],
    },
    Set {
        category: "feedback",
        name: "feedback",
        sources: &[Source {
            columns: "f.id, f.kind, (SELECT r.id FROM feedback_requests AS r WHERE r.seq = f.request_seq) AS request_id,
                i.id AS interaction_id, f.service_id, f.questions AS \"questions:json\", f.answers AS \"answers:json\", f.text,
                f.contact_allowed AS \"contact_allowed:bool\", f.given_at AS \"given_at:moment\",
                f.edited_at AS \"edited_at:moment\", f.editable_until AS \"editable_until:moment\", f.status,
                f.reply_at AS \"reply_at:moment\", f.reply_by, f.reply_text, f.reply_lang,
                (SELECT m.id FROM improvements AS m WHERE m.seq = f.improvement_seq) AS improvement_id,
                (SELECT json_group_array(json_object('status', s.status, 'note', s.note,
                            'at', strftime('%Y-%m-%dT%H:%M:%fZ', s.at / 1000.0, 'unixepoch')))
                   FROM (SELECT * FROM feedback_steps WHERE feedback_seq = f.seq ORDER BY seq) AS s) AS \"steps:json\",
                f.customer_seen_at AS \"seen_at:moment\"",
            from: "feedback AS f LEFT JOIN interactions AS i ON i.seq = f.interaction_seq",
            owner: "f.customer_id = :customer",
            order: Order::By("f.seq"),
            at: Some("f.given_at"),
            about: Some("i.id"),
        }],
    },
    Set {
        category: "notices",
        name: "notices",
        sources: &[Source {
            columns: "d.id, n.kind, n.severity, n.topic_id, i.id AS interaction_id, n.since AS \"since:moment\",
                n.until AS \"until:moment\", n.content AS \"content:json\", d.dismissed_at AS \"dismissed_at:moment\",
                d.snoozed_until AS \"snoozed_until:moment\", d.answer, d.answered_at AS \"answered_at:moment\"",
            from: "notice_deliveries AS d JOIN notices AS n ON n.seq = d.notice_seq
                   LEFT JOIN interactions AS i ON i.seq = d.interaction_seq",
            owner: "d.customer_id = :customer",
            order: Order::By("d.seq"),
            at: Some("n.since"),
            about: Some("i.id"),
        }],
    },
];
