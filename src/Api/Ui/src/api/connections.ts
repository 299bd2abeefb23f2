import { json } from './http';

/** A named way out of the project: a mail server, a gateway, an account with a tool. */
export interface Connection {
  id: string;
  name: string;
  type: string;
  provider: string;
  status: string;
  default: boolean;
}

export const connections = {
  list: () => json<{ data: Connection[]; total: number }>('GET', '/v1/channels'),
};

export interface SmsCount {
  encoding: string;
  segments: number;
  length: number;
  per_segment: number;
  left: number;
  ucs2_characters: string[];
}

export const sms = {
  count: (text: string, signal?: AbortSignal) => json<SmsCount>('POST', '/v1/sms/count', { body: { text: text.slice(0, 10_000) }, signal }),
};
