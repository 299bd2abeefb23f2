export const programTabs = ['members', 'tiers', 'rules', 'rewards', 'redemptions', 'pending', 'transactions'] as const;
export type ProgramTabName = (typeof programTabs)[number];

/** Whether a page of a campaign is one that only loyalty programmes have. */
export function isProgramTab(name: string): name is ProgramTabName {
  return programTabs.some((one) => one === name);
}
