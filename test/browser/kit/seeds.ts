import type { RunStatus } from '../../../src/state/run-record.ts';
import { createSource, runToEnd, type ServiceUnderTest } from '../../service/running-service.ts';

/** Charts of the simulated Amplitude: a funnel over time, one grouped by country, one that is daily. */
export const CHARTS = ['q7m2xk4p', 'g4n8wl3r', 'f2x9kc7w'] as const;

export interface SeededSource {
  readonly id: string;
  readonly name: string;
  /** The run that read it first; null if it was not run. */
  readonly runId: string | null;
}

export interface SourceSeed {
  /** Default: Growth. */
  readonly name?: string;
  /** Default: {@link CHARTS}. */
  readonly charts?: readonly string[];
  /** Whether it is run to the end. Default: it is. */
  readonly run?: boolean;
  /** How that run is to end. Default: success. */
  readonly status?: RunStatus;
  /** Other fields of `POST /sources`, such as `trigger`. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/**
 * Makes a source through the API, as the wizard does: validate, create, run.
 *
 * @throws Error if the run ends otherwise than it should
 */
export async function seedSource(
  service: ServiceUnderTest,
  {
    name = 'Growth',
    charts = CHARTS,
    run = true,
    status = 'success',
    fields = {},
  }: SourceSeed = {},
): Promise<SeededSource> {
  const source = await createSource(service, charts, { name, ...fields });
  const ended = run ? await runToEnd(service, source.id) : null;
  if (ended !== null && ended.status !== status) {
    throw new Error(`The run is to end as ${status}: ${JSON.stringify(ended)}`);
  }
  return {
    id: String(source.id),
    name: String(source.name),
    runId: ended === null ? null : String(ended.id),
  };
}
