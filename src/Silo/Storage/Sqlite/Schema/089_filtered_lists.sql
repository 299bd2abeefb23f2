-- Of campaigns and codes there may be very many redemptions, publications and codes: they are listed as the index has them. What few rows have has an index of those rows.
DROP INDEX redemptions_campaign;
DROP INDEX redemptions_voucher;
CREATE INDEX redemptions_campaign_created ON redemptions (project, campaign, created_at, no) WHERE campaign IS NOT NULL;
CREATE INDEX redemptions_voucher_created ON redemptions (project, voucher, created_at, no) WHERE voucher IS NOT NULL;
CREATE INDEX redemptions_failed ON redemptions (project, created_at, no) WHERE status = 1;

DROP INDEX publications_campaign;
DROP INDEX publications_voucher;
CREATE INDEX publications_campaign_created ON publications (project, campaign, created_at, no) WHERE campaign IS NOT NULL;
CREATE INDEX publications_voucher_created ON publications (project, voucher, created_at, no) WHERE voucher IS NOT NULL;
CREATE INDEX publications_failed ON publications (project, created_at, no) WHERE result = 'FAILURE';

CREATE INDEX vouchers_campaign_created ON vouchers (project, campaign, created_at, no) WHERE campaign IS NOT NULL;

DROP INDEX loyalty_pending_points_waiting_in;
CREATE INDEX loyalty_pending_points_waiting_in_created ON loyalty_pending_points (project, waiting_in, created_at, no) WHERE waiting_in IS NOT NULL;
