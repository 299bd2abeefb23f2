-- A batch that was made with its messages says of them what a lane asks: to whom each goes, and what they have in common. So their rows are
-- not read before they are sent. Null where a batch came about otherwise, or has lost messages since.
ALTER TABLE queue ADD COLUMN customers bigint[], ADD COLUMN channel text COLLATE "C", ADD COLUMN occurrence bigint, ADD COLUMN created_at bigint;
ALTER TABLE queue
    ALTER customers SET STATISTICS 0, ALTER channel SET STATISTICS 0, ALTER occurrence SET STATISTICS 0, ALTER created_at SET STATISTICS 0;
