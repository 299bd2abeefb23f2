import { t } from '../../i18n.svelte';
import { number } from '../../values/format';
import { money } from '../../values/money';
import { nameOf } from '../distributions/lookup';
import { points } from '../loyalty/words';
import type { Assignment, Reward } from './client';

export const rewardName = (reward: { id: string; name?: string | null }): string => reward.name || reward.id;

/** What a reward gives, in a sentence; with the names of what it is of. */
export async function givesWords({ parameters: { campaign, product, coin } }: Reward): Promise<string> {
  if (coin) return t('rewards.gives.coin', { worth: money(Math.round(coin.exchange_ratio * 100)), points: points(coin.points_ratio) });
  if (product) return t('rewards.gives.product', { product: await nameOf('product', product.id) });
  const name = campaign ? await nameOf('campaign', campaign.id) : '';
  if (campaign?.type === 'GIFT_VOUCHERS') return t('rewards.gives.credits', { amount: money(campaign.balance ?? 0), campaign: name });
  if (campaign?.type === 'LOYALTY_PROGRAM') return t('rewards.gives.points', { points: points(campaign.balance ?? 0), campaign: name });
  return t('rewards.gives.code', { campaign: name });
}

export const stockWords = ({ type, stock }: Pick<Reward, 'type' | 'stock'>): string => (type !== 'MATERIAL' ? '–' : stock == null ? t('rewards.unlimited') : number(stock));

/** What it costs in a programme. */
export const costWords = (assignment: Assignment): string => (assignment.parameters ? points(assignment.parameters.loyalty.points) : t('rewards.cost.coin'));
