-- What the sweep looks for, and what a customer's unsent files amount to.

CREATE INDEX events_by_time ON events (occurred_at);

-- Whose file it is while it waits for its message. Meaningless once it is sent.
ALTER TABLE attachments ADD COLUMN draft_of TEXT;

UPDATE attachments
   SET draft_of = (SELECT customer_id FROM interactions AS i WHERE i.seq = attachments.interaction_seq)
 WHERE draft = 1;

CREATE INDEX attachments_unsent ON attachments (draft_of, size_bytes, created_at) WHERE draft = 1;
