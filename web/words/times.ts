export const words = {
  justNow: 'just now',
  soon: 'in less than a minute',
  never: 'never',
  exact: (moment: string, zone: string) => `${moment} (${zone})`,
} as const;
