//! What counts as a record of each category, as SQL: what is counted is what is listed.
//!
//! Every arm gives the same columns (see [`super::row`]): `at` and `inner` by which it is ordered, the record's name, what it is
//! (a word of `default.toml`), its content, the language of that, its origin, who that was, when it was collected, where it is to
//! be seen (place, of what, what of it), and when it was contested. `?1` is the customer.

use super::Category;

/// The arms of a category. Where rows of two have one moment, those of the later arm come first.
pub(super) const fn of(category: Category) -> &'static [&'static str] {
    match category {
        Category::Profile => &[ATTRIBUTES, ACCOMMODATIONS, FIELDS],
        Category::ContactPoints => &[NOT_MINE, VERIFICATIONS, CONTACT_POINTS],
        Category::Interactions => &[GUIDE_ANSWERS, GUIDE_RECORDS, CALLBACKS, INTERACTIONS],
        Category::Messages => &[MESSAGES],
        Category::Attachments => &[FILES, UNSENT_FILES],
        Category::Preferences => &[FOOTER_LINKS, CHANGES, CHOICES],
        Category::Consents => &[DECISIONS],
        Category::Feedback => &[FEEDBACK_REQUESTS, FEEDBACK],
        Category::Notices => &[NOTICES],
        Category::Inferences => &[SIGNALS, INFERRED],
        Category::SignIn => &[EVENTS, ONCE, MAILS, CODES, DEVICES, SESSIONS],
        Category::DataRequests => &[DELEGATIONS, DATA_REQUESTS],
    }
}

const FIELDS: &str = "
SELECT created_at AS at, n AS inner, name AS id, name AS what, value, NULL AS lang, origin, NULL AS source,
       created_at AS collected, 'profile' AS place, NULL AS place_id, NULL AS part, NULL AS contested
  FROM (
    SELECT created_at, 9 AS n, 'display_name' AS name, display_name AS value, 'told_us' AS origin FROM customers WHERE id = ?1
    UNION ALL SELECT created_at, 8, 'preferred_name', preferred_name, 'told_us' FROM customers WHERE id = ?1
    UNION ALL SELECT created_at, 7, 'pronouns', pronouns, 'told_us' FROM customers WHERE id = ?1
    UNION ALL SELECT created_at, 6, 'date_of_birth', date_of_birth, 'told_us' FROM customers WHERE id = ?1
    UNION ALL SELECT created_at, 5, 'locale', locale, 'told_us' FROM customers WHERE id = ?1
    UNION ALL SELECT created_at, 4, 'time_zone', time_zone, 'told_us' FROM customers WHERE id = ?1
    UNION ALL SELECT created_at, 3, 'jurisdiction', jurisdiction_code,
                     iif(jurisdiction_source = 'told_us', 'told_us', 'inferred') FROM customers WHERE id = ?1
  ) WHERE value IS NOT NULL AND value <> ''";

const ACCOMMODATIONS: &str = "
SELECT c.created_at AS at, -a.key AS inner, 'accommodation.' || json_extract(a.value, '$.kind') AS id,
       'accommodation' AS what, json_extract(a.value, '$.kind') AS value, NULL AS lang, 'told_us' AS origin, NULL AS source,
       c.updated_at AS collected, 'profile' AS place, NULL AS place_id, NULL AS part, NULL AS contested
  FROM customers AS c, json_each(c.accommodations) AS a WHERE c.id = ?1";

const ATTRIBUTES: &str = "
SELECT coalesce(collected_at, 0) AS at, -position AS inner, key AS id, 'attribute' AS what,
       json_object('label', label, 'value', value, 'texts', json(texts), 'editable', editable) AS value, NULL AS lang, origin,
       NULL AS source, collected_at AS collected, 'profile' AS place, NULL AS place_id, key AS part, contested_at AS contested
  FROM customer_attributes WHERE customer_id = ?1 AND origin <> 'inferred' AND (value <> '' OR texts LIKE '%\"value\":\"%')";

const INFERRED: &str = "
SELECT coalesce(collected_at, 0) AS at, -position AS inner, key AS id, 'attribute' AS what,
       json_object('label', label, 'value', value, 'texts', json(texts), 'editable', editable) AS value, NULL AS lang, origin,
       NULL AS source, collected_at AS collected, 'profile' AS place, NULL AS place_id, key AS part, contested_at AS contested
  FROM customer_attributes WHERE customer_id = ?1 AND origin = 'inferred'";

const SIGNALS: &str = "
SELECT s.inferred_at AS at, s.seq AS inner, s.id AS id, 'inferred' AS what, s.content AS value, NULL AS lang,
       'inferred' AS origin, NULL AS source, s.inferred_at AS collected, 'interaction' AS place, i.id AS place_id, s.id AS part,
       s.contested_at AS contested
  FROM interactions AS i CROSS JOIN signals AS s ON s.interaction_seq = i.seq WHERE i.customer_id = ?1";

const CONTACT_POINTS: &str = "
SELECT created_at AS at, seq AS inner, id, kind AS what, value, NULL AS lang, 'told_us' AS origin, NULL AS source,
       created_at AS collected, 'contact_points' AS place, id AS place_id, NULL AS part, NULL AS contested
  FROM contact_points WHERE customer_id = ?1";

const VERIFICATIONS: &str = "
SELECT v.created_at AS at, p.seq AS inner, v.id AS id, 'verification' AS what, '' AS value, NULL AS lang, 'company' AS origin,
       NULL AS source, v.created_at AS collected, 'contact_points' AS place, p.id AS place_id, NULL AS part, NULL AS contested
  FROM contact_points AS p CROSS JOIN contact_point_verifications AS v ON v.contact_point_seq = p.seq WHERE p.customer_id = ?1";

const NOT_MINE: &str = "
SELECT noticed_at AS at, seq AS inner, 'report-' || noticed_at AS id, 'not_mine' AS what, '' AS value, NULL AS lang,
       'third_party' AS origin, NULL AS source, noticed_at AS collected, 'contact_points' AS place, contact_point_id AS place_id,
       NULL AS part, NULL AS contested
  FROM company_notices WHERE customer_id = ?1";

const INTERACTIONS: &str = "
SELECT started_at AS at, seq AS inner, id, 'interaction' AS what, reference || ' · ' || subject AS value, lang,
       iif(direction = 'outbound', 'company', 'told_us') AS origin, NULL AS source, started_at AS collected,
       'interaction' AS place, id AS place_id, NULL AS part, NULL AS contested
  FROM interactions WHERE customer_id = ?1";

const CALLBACKS: &str = "
SELECT c.changed_at AS at, c.seq AS inner, c.uid AS id, 'callback' AS what, i.reference || ' · ' || c.number_shown AS value,
       NULL AS lang, 'told_us' AS origin, NULL AS source, c.changed_at AS collected, 'interaction' AS place, i.id AS place_id,
       NULL AS part, NULL AS contested
  FROM callbacks AS c JOIN interactions AS i ON i.seq = c.interaction_seq WHERE c.customer_id = ?1";

const GUIDE_RECORDS: &str = "
SELECT recorded_at AS at, recorded_at AS inner, id, 'guide_record' AS what,
       coalesce(words, iif(solved, '#guide_solved_value', '#guide_unsolved_value')) AS value, NULL AS lang, 'told_us' AS origin,
       NULL AS source, recorded_at AS collected, NULL AS place, NULL AS place_id, NULL AS part, NULL AS contested
  FROM guide_records WHERE customer_id = ?1";

const GUIDE_ANSWERS: &str = "
SELECT i.started_at AS at, i.seq AS inner, 'guide.' || i.id AS id, 'guide_answers' AS what,
       coalesce((SELECT group_concat(json_extract(a.value, '$.question') || ' ' || json_extract(a.value, '$.answer'), ' · ')
                   FROM json_each(g.answers, '$.answers') AS a), g.guide_id) AS value,
       NULL AS lang, 'told_us' AS origin, NULL AS source, i.started_at AS collected, 'interaction' AS place, i.id AS place_id,
       NULL AS part, NULL AS contested
  FROM interactions AS i CROSS JOIN interaction_guides AS g ON g.interaction_seq = i.seq WHERE i.customer_id = ?1";

const MESSAGES: &str = "
SELECT i.started_at AS at, (i.seq << 20) + m.position AS inner, m.id AS id,
       iif(m.author_role = 'customer', 'message_yours', 'message_ours') AS what, substr(m.text, 1, 280) AS value, m.lang AS lang,
       iif(m.author_role = 'customer', 'told_us', 'company') AS origin, NULL AS source, m.sent_at AS collected,
       'interaction' AS place, i.id AS place_id, m.id AS part, NULL AS contested
  FROM interactions AS i CROSS JOIN messages AS m ON m.interaction_seq = i.seq WHERE i.customer_id = ?1";

const FILES: &str = "
SELECT i.started_at AS at, (i.seq << 20) + a.seq AS inner, a.id AS id, 'file' AS what, a.file_name AS value, NULL AS lang,
       iif(m.author_role = 'customer', 'told_us', 'company') AS origin, NULL AS source, a.created_at AS collected,
       'interaction' AS place, i.id AS place_id, a.id AS part, NULL AS contested
  FROM interactions AS i CROSS JOIN attachments AS a ON a.interaction_seq = i.seq LEFT JOIN messages AS m ON m.seq = a.message_seq
 WHERE i.customer_id = ?1 AND a.draft = 0";

const UNSENT_FILES: &str = "
SELECT created_at AS at, seq AS inner, id, 'file_unsent' AS what, file_name AS value, NULL AS lang, 'told_us' AS origin,
       NULL AS source, created_at AS collected, NULL AS place, NULL AS place_id, NULL AS part, NULL AS contested
  FROM attachments WHERE draft = 1 AND draft_of = ?1";

const CHOICES: &str = "
SELECT coalesce(p.updated_at, 0) AS at, -s.id AS inner, replace(substr(s.key, 2), '/', '.') AS id, 'choice' AS what,
       json_object('pointer', s.key, 'value', json(s.value_json)) AS value, NULL AS lang, 'told_us' AS origin, NULL AS source,
       p.updated_at AS collected, 'preferences' AS place, NULL AS place_id, NULL AS part, NULL AS contested
  FROM preferences AS p,
       (SELECT id, key, iif(type IN ('text'), json_quote(value), iif(type IN ('true', 'false', 'null'), type, value)) AS value_json
          FROM preferences AS q, json_each(q.settings) WHERE q.customer_id = ?1) AS s
 WHERE p.customer_id = ?1";

const CHANGES: &str = "
SELECT changed_at AS at, seq AS inner, id, 'change' AS what, '#' || subject || '_value' AS value, NULL AS lang,
       CASE WHEN route IN ('portal', 'link', 'one_click') THEN 'told_us' WHEN route = 'import' THEN 'third_party'
            WHEN route = 'signal' THEN 'observed' ELSE 'company' END AS origin, NULL AS source, changed_at AS collected,
       'preference_history' AS place, id AS place_id, NULL AS part, NULL AS contested
  FROM preference_changes WHERE customer_id = ?1";

const FOOTER_LINKS: &str = "
SELECT created_at AS at, created_at AS inner, 'link-' || created_at AS id, 'footer_link' AS what, '' AS value, NULL AS lang,
       'company' AS origin, NULL AS source, created_at AS collected, NULL AS place, NULL AS place_id, NULL AS part,
       NULL AS contested
  FROM link_bindings WHERE customer_id = ?1";

const DECISIONS: &str = "
SELECT decided_at AS at, seq AS inner, id, 'decision' AS what, json_array(purpose_id, status) AS value, NULL AS lang,
       CASE route WHEN 'import' THEN 'third_party' WHEN 'signal' THEN 'observed' ELSE 'told_us' END AS origin, NULL AS source,
       decided_at AS collected, 'consents' AS place, purpose_id AS place_id, id AS part, NULL AS contested
  FROM consent_decisions WHERE customer_id = ?1";

const FEEDBACK: &str = "
SELECT given_at AS at, seq AS inner, id, 'feedback' AS what, coalesce(substr(text, 1, 280), '') AS value, NULL AS lang,
       'told_us' AS origin, NULL AS source, given_at AS collected, 'feedback' AS place, id AS place_id, NULL AS part,
       NULL AS contested
  FROM feedback WHERE customer_id = ?1";

const FEEDBACK_REQUESTS: &str = "
SELECT r.requested_at AS at, r.seq AS inner, r.id AS id, 'feedback_request' AS what, coalesce(i.subject, '') AS value,
       i.lang AS lang, 'company' AS origin, NULL AS source, r.requested_at AS collected, 'feedback' AS place, NULL AS place_id,
       NULL AS part, NULL AS contested
  FROM feedback_requests AS r LEFT JOIN interactions AS i ON i.seq = r.interaction_seq WHERE r.customer_id = ?1";

const NOTICES: &str = "
SELECT n.since AS at, d.seq AS inner, d.id AS id, 'notice' AS what, json_extract(n.content, '$.texts') AS value, NULL AS lang,
       'company' AS origin, NULL AS source, n.since AS collected, 'notices' AS place, d.id AS place_id, NULL AS part,
       NULL AS contested
  FROM notice_deliveries AS d JOIN notices AS n ON n.seq = d.notice_seq WHERE d.customer_id = ?1";

const SESSIONS: &str = "
SELECT created_at AS at, id AS inner, 'session-' || created_at AS id, 'session' AS what, '' AS value, NULL AS lang,
       'observed' AS origin, NULL AS source, created_at AS collected, NULL AS place, NULL AS place_id, NULL AS part,
       NULL AS contested
  FROM sessions WHERE customer_id = ?1";

const DEVICES: &str = "
SELECT seen_at AS at, seen_at AS inner, 'browser-' || seen_at AS id, 'device' AS what, '' AS value, NULL AS lang,
       'observed' AS origin, NULL AS source, seen_at AS collected, NULL AS place, NULL AS place_id, NULL AS part,
       NULL AS contested
  FROM known_devices WHERE customer_id = ?1";

const CODES: &str = "
SELECT created_at AS at, created_at AS inner, 'code-' || created_at AS id, 'code' AS what, '' AS value, NULL AS lang,
       'company' AS origin, NULL AS source, created_at AS collected, NULL AS place, NULL AS place_id, NULL AS part,
       NULL AS contested
  FROM challenges WHERE customer_id = ?1";

// A code is a secret, and stands in the subject as well: whoever reads here need not be who reads the mailbox.
const MAILS: &str = "
SELECT sent_at AS at, id AS inner, 'mail-' || sent_at || '-' || length(subject) AS id, 'mail' AS what,
       iif(code IS NULL, subject, '') AS value,
       locale AS lang, 'company' AS origin, NULL AS source, sent_at AS collected, NULL AS place, NULL AS place_id, NULL AS part,
       NULL AS contested
  FROM outbox WHERE customer_id = ?1";

// When it was made is not kept, so that they stand at the end. The key itself is a secret: with it an answer is given once more.
const ONCE: &str = "
SELECT expires_at - 604800000 AS at, row_number() OVER (ORDER BY key) AS inner,
       'once-' || expires_at || '-' || row_number() OVER (ORDER BY key) AS id, 'once' AS what,
       '' AS value, NULL AS lang, 'company' AS origin, NULL AS source, NULL AS collected, NULL AS place, NULL AS place_id,
       NULL AS part, NULL AS contested
  FROM idempotency_records WHERE customer_id = ?1";

const EVENTS: &str = "
SELECT occurred_at AS at, seq AS inner, id, 'event' AS what, kind AS value, 'en' AS lang, 'company' AS origin, NULL AS source,
       occurred_at AS collected, iif(resource = 'interaction', 'interaction', NULL) AS place,
       iif(resource = 'interaction', resource_id, NULL) AS place_id, NULL AS part, NULL AS contested
  FROM events WHERE customer_id = ?1";

const DELEGATIONS: &str = "
SELECT requested_at AS at, seq AS inner, id, 'delegation' AS what, '#' || role AS value, NULL AS lang,
       iif(delegate_id = ?1, 'told_us', 'third_party') AS origin, NULL AS source, requested_at AS collected, NULL AS place,
       NULL AS place_id, NULL AS part, NULL AS contested
  FROM delegations WHERE delegate_id = ?1 OR person_id = ?1";

const DATA_REQUESTS: &str = "
SELECT submitted_at AS at, seq AS inner, id, 'data_request' AS what, '#' || kind AS value, NULL AS lang, 'told_us' AS origin,
       NULL AS source, submitted_at AS collected, 'data_request' AS place, id AS place_id, NULL AS part, NULL AS contested
  FROM data_requests WHERE customer_id = ?1";
