import type { Measured } from '../measured.ts';
import { benchServiceDue } from './service-due.ts';
import { benchServicePreview } from './service-preview.ts';
import { benchServiceSoak } from './service-soak.ts';
import { benchServiceStart } from './service-start.ts';
import { benchServiceStore } from './service-store.ts';

/** What the issue promises of the service. */
export const SERVICE_BENCHES: Readonly<Record<string, () => Promise<Measured[]>>> = {
  'service-start': benchServiceStart,
  'service-store': benchServiceStore,
  'service-due': benchServiceDue,
  'service-preview': benchServicePreview,
  'service-soak': benchServiceSoak,
};
