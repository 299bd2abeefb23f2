import { ApiFailure, distributions, keyAfter, type Distribution, type DistributionRow, type Draft } from '../../../api';

/** A draft that is usual for a campaign, and what it was made into: a distribution of the campaign with its trigger, as long as that was not stopped. */
export interface Preset {
  draft: Draft;
  made: DistributionRow | null;
  /** Made with its draft, so that it is made once, whichever tab asks. */
  once: string;
}

/** Of distributions with the preset's trigger, the newest first. */
export function presetOf(draft: Draft, campaign: string, rows: readonly DistributionRow[]): Preset {
  const own = rows.filter((row) => row.trigger?.type === draft.trigger?.type && row.trigger?.campaign_id === campaign);
  const made = own.find((row) => row.status !== 'stopped') ?? null;
  return { draft, made, once: ['preset', campaign, draft.trigger?.type, own[0]?.id].filter(Boolean).join(' ') };
}

/** One distribution of it, whoever presses how often. What was made before and deleted is made again. */
export async function make({ draft, once }: Preset): Promise<Distribution> {
  try {
    return (await distributions.create(draft, once)).value;
  } catch (wrong) {
    if (!(wrong instanceof ApiFailure && (wrong.status === 404 || wrong.status === 409))) throw wrong;
    return (await distributions.create(draft, keyAfter(wrong, once))).value;
  }
}
