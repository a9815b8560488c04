import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../../src/simulator/simulator.ts';
import { type ServiceUnderTest, startForTest } from '../../service/running-service.ts';

export interface FileServiceOptions {
  /** How the simulated Amplitude of this file answers. */
  readonly simulator?: SimulatorOptions;
  /** Settings of the service. */
  readonly env?: Readonly<Record<string, string>>;
}

interface Started {
  readonly service: ServiceUnderTest;
  readonly simulator: Simulator;
  readonly folder: string;
}

let started: Promise<Started> | undefined;

/**
 * The service of this test file, with a simulated Amplitude and a data folder of its own. It starts at the
 * first call.
 *
 * @param options only at the first call: `beforeAll(() => fileService({ … }))`
 */
export async function fileService(options?: FileServiceOptions): Promise<ServiceUnderTest> {
  if (options !== undefined && started !== undefined) {
    throw new Error(
      'The service of this file has started: give its options before the first test.',
    );
  }
  started ??= start(options ?? {});
  return (await started).service;
}

async function start(options: FileServiceOptions): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'chartlift-browser-'));
  const simulator = await startSimulator(options.simulator);
  const service = await startForTest({ home: folder, simulator, env: options.env ?? {} });
  return { service, simulator, folder };
}

/** Stops it, if this file has one, and removes its data. */
export async function stopFileService(): Promise<void> {
  if (started === undefined) return;
  const { service, simulator, folder } = await started;
  started = undefined;
  await service.stop();
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
}
