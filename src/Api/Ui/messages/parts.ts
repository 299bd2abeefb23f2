// Features of which neither the shell nor home, signing in and the list of distributions say anything.
const later = ['brand', 'campaigns', 'codes', 'connection', 'filter', 'hooks', 'import', 'keys', 'loyalty', 'mail', 'presets', 'products', 'redemptions', 'referrals', 'rewards', 'rules', 'schemas', 'suppressions', 'templates', 'topics', 'webhooks'];

/** Whether a text comes with the first pages. */
export const isFirst = (key: string): boolean => !later.includes(key.slice(0, key.indexOf('.')));
