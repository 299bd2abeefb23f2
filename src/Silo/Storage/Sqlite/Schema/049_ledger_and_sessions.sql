-- Changes of many accounts are listed together: those of the cards of a campaign.
ALTER TABLE ledger ADD COLUMN listed TEXT;
UPDATE ledger SET listed = (
    SELECT 'campaign/' || v.campaign || '/credits' FROM vouchers v
    WHERE v.no = CAST(substr(ledger.account, 9) AS INTEGER) AND v.project = ledger.project AND v.campaign IS NOT NULL)
WHERE account LIKE 'voucher/%/credits' AND type <> 'HELD';
CREATE INDEX ledger_listed ON ledger (project, listed, created_at, no) WHERE listed IS NOT NULL;

-- Sessions end when their time is over, also where nobody wants what they hold.
DROP INDEX redemption_sessions_expires;
CREATE INDEX redemption_sessions_expires ON redemption_sessions (expires_at);
