export const words = {
  justNow: 'just now',
  never: 'never',
  exact: (moment: string, zone: string) => `${moment} (${zone})`,
} as const;
