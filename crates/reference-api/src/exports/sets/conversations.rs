//! Every matter between the customer and the company: what was said in it, what came with it, what was concluded from it.

use crate::exports::set::Set;
use crate::exports::source::{Order, Source};

/// The interactions, the newest first.
pub const INTERACTIONS: Set = Set {
    category: "interactions",
    name: "interactions",
    sources: &[Source {
        columns: "i.id, i.reference, i.subject, i.lang, i.channel, i.direction, i.status,
            CASE WHEN i.topic_id IS NOT NULL THEN json_object('id', i.topic_id, 'label', coalesce(
                (SELECT l.label FROM topic_labels AS l JOIN customers AS c ON c.id = i.customer_id
                  WHERE l.topic_id = i.topic_id AND (l.locale = c.locale OR c.locale LIKE l.locale || '-%')
                  ORDER BY length(l.locale) DESC LIMIT 1),
                (SELECT t.label FROM topics AS t WHERE t.id = i.topic_id))) END AS \"topic:json\",
            i.started_at AS \"started_at:moment\", i.updated_at AS \"updated_at:moment\", i.ended_at AS \"ended_at:moment\",
            i.first_response_at AS \"first_response_at:moment\", i.first_response_by AS \"first_response_by:moment\",
            i.resolved_at AS \"resolved_at:moment\", i.expected_by AS \"expected_by:moment\",
            i.customer_seen_at AS \"seen_at:moment\", i.feedback_state,
            i.feedback_expires_at AS \"feedback_expires_at:moment\",
            (SELECT json_group_array(json_object('role', p.role, 'display_name', p.display_name))
               FROM (SELECT * FROM participants WHERE interaction_seq = i.seq ORDER BY position) AS p) AS \"participants:json\",
            (SELECT json_group_array(json_object('at', strftime('%Y-%m-%dT%H:%M:%fZ', h.at / 1000.0, 'unixepoch'),
                                                 'from', h.from_whom, 'to', h.to_whom, 'reason', h.reason))
               FROM (SELECT * FROM handoffs WHERE interaction_seq = i.seq ORDER BY at) AS h) AS \"handoffs:json\",
            (SELECT json_group_array(json_object('at', strftime('%Y-%m-%dT%H:%M:%fZ', c.at / 1000.0, 'unixepoch'),
                                                 'from', c.from_channel, 'to', c.to_channel))
               FROM (SELECT * FROM channel_changes WHERE interaction_seq = i.seq ORDER BY at) AS c) AS \"channel_changes:json\",
            (SELECT json_group_array(o.id) FROM related_interactions AS r
               JOIN interactions AS o ON o.seq = r.interaction_seq + r.other_seq - i.seq
              WHERE r.interaction_seq = i.seq OR r.other_seq = i.seq) AS \"related:json\",
            (SELECT json_set(g.answers, '$.guide_id', g.guide_id) FROM interaction_guides AS g WHERE g.interaction_seq = i.seq) AS \"guide:json\",
            coalesce((SELECT n.source FROM ingested AS n WHERE n.interaction_seq = i.seq), i.source) AS imported_from,
            coalesce((SELECT n.source_reference FROM ingested AS n WHERE n.interaction_seq = i.seq), i.source_reference)
                AS imported_as",
        from: "interactions AS i",
        owner: "i.customer_id = :customer",
        order: Order::Newest,
        at: Some("i.started_at"),
        about: Some("i.id"),
    }],
};

/// The messages, thread by thread in the order of the interactions, the oldest of each first.
pub const MESSAGES: Set = Set {
    category: "messages",
    name: "messages",
    sources: &[Source {
        columns: "m.id, (SELECT i.id FROM interactions AS i WHERE i.seq = m.interaction_seq) AS interaction_id,
            json_object('role', m.author_role, 'display_name', m.author_name) AS \"author:json\", m.channel,
            m.sent_at AS \"sent_at:moment\", m.text, m.lang, m.html, m.source_reference AS imported_as,
            (SELECT json_group_array(id) FROM (SELECT id FROM attachments WHERE message_seq = m.seq ORDER BY seq))
                AS \"attachments:json\"",
        from: "messages AS m",
        owner: "m.interaction_seq = :interaction",
        order: Order::Within("m.position"),
        at: Some("m.sent_at"),
        about: Some(""),
    }],
};

const FILE: &str = "a.id, (SELECT i.id FROM interactions AS i WHERE i.seq = a.interaction_seq) AS interaction_id,
    (SELECT m.id FROM messages AS m WHERE m.seq = a.message_seq) AS message_id, a.file_name, a.media_type, a.size_bytes,
    a.sha256, a.created_at AS \"created_at:moment\", a.draft AS \"draft:bool\", a.seq AS _seq, a.stored_as AS _stored_as";

/// The files: of each interaction, then those that were uploaded and belong to none yet. The archive adds where it has each of them.
pub const ATTACHMENTS: Set = Set {
    category: "attachments",
    name: "attachments",
    sources: &[
        Source {
            columns: FILE,
            from: "attachments AS a",
            owner: "a.interaction_seq = :interaction",
            order: Order::Within("a.seq"),
            at: Some("a.created_at"),
            about: Some(""),
        },
        Source {
            columns: FILE,
            from: "attachments AS a",
            owner: "a.draft = 1 AND a.draft_of = :customer AND a.interaction_seq IS NULL",
            order: Order::By("a.seq"),
            at: Some("a.created_at"),
            about: None,
        },
    ],
};

pub const SETS: &[Set] = &[
    INTERACTIONS,
    Set {
        category: "interactions",
        name: "callbacks",
        sources: &[Source {
            columns: "i.id AS interaction_id, c.uid AS calendar_id, c.option_id, c.state, c.starts_at AS \"starts_at:moment\",
                c.ends_at AS \"ends_at:moment\", c.time_zone, c.number_shown AS number, c.language,
                c.changed_at AS \"changed_at:moment\"",
            from: "callbacks AS c JOIN interactions AS i ON i.seq = c.interaction_seq",
            owner: "c.customer_id = :customer",
            order: Order::By("c.seq"),
            at: Some("c.starts_at"),
            about: Some("i.id"),
        }],
    },
    Set {
        category: "interactions",
        name: "guide_outcomes",
        sources: &[Source {
            columns: "g.id, g.guide_id, g.version, g.node, g.solved AS \"solved:bool\", g.words, g.steps AS \"steps:json\",
                g.recorded_at AS \"at:moment\"",
            from: "guide_records AS g",
            owner: "g.customer_id = :customer",
            order: Order::By("g.id"),
            at: Some("g.recorded_at"),
            about: None,
        }],
    },
    MESSAGES,
    ATTACHMENTS,
    Set {
        category: "inferences",
        name: "signals",
        sources: &[Source {
            columns: "s.id, (SELECT i.id FROM interactions AS i WHERE i.seq = s.interaction_seq) AS interaction_id, s.kind,
                s.purpose_id, s.inferred_at AS \"at:moment\", s.content AS \"content:json\",
                s.contested_at AS \"contested_at:moment\", s.contest_words",
            from: "signals AS s",
            owner: "s.interaction_seq = :interaction",
            order: Order::Within("s.seq"),
            at: Some("s.inferred_at"),
            about: Some(""),
        }],
    },
];
