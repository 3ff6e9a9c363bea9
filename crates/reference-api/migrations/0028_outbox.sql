-- Whose record a letter belongs to is said by whoever writes it (0018 guessed it from whoever knows the address, which anybody may
-- enter). What waits is given to the one who has proven the address; what nobody has goes: a code in it is void by now.
UPDATE outbox SET customer_id =
    (SELECT min(customer_id) FROM contact_points WHERE value = outbox.recipient AND verified_at IS NOT NULL HAVING count(DISTINCT customer_id) = 1);
DELETE FROM outbox WHERE customer_id IS NULL;
