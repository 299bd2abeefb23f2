-- What an idempotency key did to an order says which order it was, not what was in it: that is deleted with its customer.
UPDATE operations SET result = CAST(json_object('id', json_extract(CAST(result AS TEXT), '$.id')) AS BLOB)
WHERE result IS NOT NULL AND json_extract(CAST(result AS TEXT), '$.object') = 'order';
