-- What an idempotency key did to an order says which order it was, not what was in it: that is deleted with its customer.
UPDATE operations SET result = convert_to(json_build_object('id', convert_from(result, 'UTF8')::json ->> 'id')::text, 'UTF8')
WHERE result IS NOT NULL AND convert_from(result, 'UTF8')::json ->> 'object' = 'order';
