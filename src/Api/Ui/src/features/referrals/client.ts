import { request, type Customer } from '../../api';
import type { Cursored } from '../../parts/grown.svelte';
import type { CampaignFull, Voucher } from '../campaigns/client';
import type { ReferralProgram } from './program/program';

/** A code of a programme, with the picture of it that can be passed on. */
export interface ReferralCode extends Voucher {
  referrer_id?: string | null;
  assets?: { qr?: { url: string }; barcode?: { url: string } };
}

export interface Referrer extends Customer {
  loyalty: { campaigns?: Record<string, { referred_customers?: number }> };
}

/** Somebody who holds a code: whose it is, or who came or may come by it. */
export interface Holder {
  id: string;
  customer_id: string;
  holder_role: 'REFERRER' | 'REFEREE';
  created_at: string;
}

/** What somebody was given, as their activity tells it. */
export interface Given {
  id: string;
  created_at: string;
  data: { data: { campaign?: { id: string } | null; voucher?: { code: string } | null; balance?: { points?: number; amount?: number } | null; referral_tier?: { banner?: string | null } | null } };
}

interface PageQuery {
  limit: number;
  page: number;
}

const at = encodeURIComponent;
const holdersOf = (program: string, code: string): string => `/v1/referrals/${at(program)}/members/${at(code)}/holders`;

export const changeProgram = (id: string, referral_program: ReferralProgram) => request.json<CampaignFull>('PUT', `/v1/campaigns/${at(id)}`, { body: { referral_program } });

export const codes = (query: PageQuery & { campaign_id: string; code?: string | undefined }, signal?: AbortSignal) => request.json<{ vouchers: ReferralCode[]; total: number }>('GET', '/v1/vouchers', { query: { ...query }, signal });
export const code = (code: string, signal?: AbortSignal) => request.json<ReferralCode>('GET', `/v1/vouchers/${at(code)}`, { signal });
export const referrer = (id: string, signal?: AbortSignal) => request.json<Referrer>('GET', `/v1/customers/${at(id)}`, { signal });

/** Gives a customer a code to pass on. Who has one of a programme with one code each gets the same. */
export const give = (program: string, customer: string, once: string) =>
  request.json<{ voucher: { code: string } }>('POST', '/v1/publications', { body: { campaign: { name: program, count: 1 }, customer: { id: customer } }, once });

export const holders = {
  list: (program: string, code: string, after: string | undefined, signal?: AbortSignal) =>
    request.json<Cursored<Holder> & { total: number }>('GET', holdersOf(program, code), { query: { limit: 20, order: 'id', starting_after_id: after }, signal }),
  add: (program: string, code: string, customer: string, once: string) => request.json<unknown>('POST', holdersOf(program, code), { body: { holders: [{ id: customer }] }, once }),
  remove: (program: string, code: string, holder: string) => request.json<void>('DELETE', `${holdersOf(program, code)}/${at(holder)}`),
};

/** What a customer was given for referrals of a programme, of the newest hundred things they were given. */
export async function givenTo(customer: string, program: string, signal?: AbortSignal): Promise<Given[]> {
  const found = await request.json<{ data: Given[] }>('GET', `/v1/customers/${at(customer)}/activity`, { query: { limit: 100, type: 'customer.rewarded' }, signal });
  return found.data.filter((one) => one.data.data.campaign?.id === program);
}
