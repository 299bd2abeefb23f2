import type { DistributionRow, DistributionStatus } from '../../api';

export const statuses: DistributionStatus[] = ['draft', 'waiting_for_segment', 'scheduled', 'sending', 'live', 'paused', 'sent', 'stopped'];

export const kinds: Record<DistributionStatus, 'plain' | 'good' | 'warn' | 'bad' | 'info' | 'accent'> = {
  draft: 'plain', waiting_for_segment: 'info', scheduled: 'info', sending: 'accent', live: 'good', paused: 'warn', sent: 'plain', stopped: 'plain', unreadable: 'bad',
};

export type Action = 'edit' | 'pause' | 'resume' | 'stop' | 'duplicate' | 'delete';

const allowed: Record<DistributionStatus, Action[]> = {
  draft: ['edit', 'duplicate', 'delete'],
  waiting_for_segment: ['edit', 'pause', 'stop', 'duplicate'],
  scheduled: ['edit', 'pause', 'stop', 'duplicate'],
  sending: ['pause', 'stop', 'duplicate'],
  live: ['edit', 'pause', 'stop', 'duplicate'],
  paused: ['resume', 'edit', 'stop', 'duplicate', 'delete'],
  sent: ['duplicate', 'delete'],
  stopped: ['duplicate', 'delete'],
  unreadable: ['edit', 'stop'],
};

/** What may be done with it, the most likely first. */
export function actionsOf(status: DistributionStatus): Action[] {
  return allowed[status] ?? [];
}

/** Whether its figures may change without anybody doing anything here. */
export function isMoving(status: DistributionStatus): boolean {
  return status === 'waiting_for_segment' || status === 'scheduled' || status === 'sending' || status === 'live';
}

/** The moment a list shows, and what it is: when it is sent, since when it is live, when it was written. */
export function moment(row: Pick<DistributionRow, 'status' | 'sends_at' | 'starts_at' | 'activated_at' | 'updated_at' | 'created_at'>): { kind: 'sends' | 'started' | 'starts' | 'edited'; at: string } {
  if (row.status === 'draft' || !row.activated_at) return { kind: 'edited', at: row.updated_at ?? row.created_at };
  if (row.sends_at) return { kind: row.status === 'scheduled' ? 'sends' : 'started', at: row.sends_at };
  if (row.status === 'live' && row.starts_at && Date.parse(row.starts_at) > Date.now()) return { kind: 'starts', at: row.starts_at };
  return { kind: 'started', at: row.activated_at };
}
