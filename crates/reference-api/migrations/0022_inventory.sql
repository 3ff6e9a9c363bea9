-- What is kept about a customer beside the usual members: its words by language, and the customer's word against what was inferred.

-- {language: {label, value, source, basis}}, each member only where there is something to say; `label` and `value` of the row
-- stand where a language has none.
ALTER TABLE customer_attributes ADD COLUMN texts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(texts));
ALTER TABLE customer_attributes ADD COLUMN contested_at INTEGER;
ALTER TABLE customer_attributes ADD COLUMN contest_words TEXT;
