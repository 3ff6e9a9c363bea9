-- Steps of a data request that its customer is still to be told of by mail. Entered in the transaction of the step, by whichever
-- program takes it, and taken out by the one that hands the mail in: nobody is told twice.

CREATE TABLE data_request_letters (
    event_seq INTEGER PRIMARY KEY REFERENCES data_request_events (seq) ON DELETE CASCADE
) STRICT;

CREATE TRIGGER steps_of_data_requests_are_told AFTER INSERT ON data_request_events
WHEN CASE new.kind
         -- What takes effect with the request is told once, as done.
         WHEN 'submitted' THEN NOT EXISTS (SELECT 1 FROM data_requests WHERE seq = new.request_seq
                                              AND kind IN ('opt_out_sale_sharing', 'limit_sensitive'))
         WHEN 'question' THEN 1
         WHEN 'artifact_ready' THEN 1
         -- More time, with its reason; a clock that goes on has none.
         WHEN 'due_changed' THEN new.note IS NOT NULL
         WHEN 'state_changed' THEN
             new.to_state IN ('scheduled', 'denied', 'expired')
             -- Of a copy, that it can be fetched was told.
             OR (new.to_state IN ('completed', 'partially_completed')
                 AND NOT EXISTS (SELECT 1 FROM data_requests WHERE seq = new.request_seq AND kind IN ('access', 'portability')))
         ELSE 0
     END
BEGIN
    INSERT INTO data_request_letters (event_seq) VALUES (new.seq);
END;
