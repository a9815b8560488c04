/** A project of the made-up company: one key pair, its own charts, its own limits. */
export interface Project {
  /** Which saved charts it owns. */
  readonly id: 'shop' | 'labs';
  readonly name: string;
  readonly apiKey: string;
  readonly secretKey: string;
}

/** Two projects on one host. Their keys are no secrets: they open nothing but this simulator. */
export const DEMO_PROJECTS: readonly Project[] = [
  {
    id: 'shop',
    name: 'Plumvale Shop',
    apiKey: 'demo-api-key',
    secretKey: 'demo-secret-key',
  },
  {
    id: 'labs',
    name: 'Plumvale Labs',
    apiKey: 'labs-api-key',
    secretKey: 'labs-secret-key',
  },
];
