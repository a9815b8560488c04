import { BUILT_MAIN } from '../../scripts/built-part.ts';
import { DEMO_PROJECTS } from '../../src/simulator/project.ts';
import { type Ended, type RunningProcess, startProcess } from './run-process.ts';

const [shop] = DEMO_PROJECTS;
export const SHOP_KEYS: Readonly<Record<string, string>> = {
  AMPLITUDE_API_KEY: shop?.apiKey ?? '',
  AMPLITUDE_SECRET_KEY: shop?.secretKey ?? '',
};

/** Starts the built command line in a process of its own, as a user would; with the simulator's keys unless told. */
export function startCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = SHOP_KEYS,
  input = '',
): RunningProcess {
  return startProcess(process.execPath, [BUILT_MAIN, ...args], { env, input });
}

export interface Served {
  readonly process: RunningProcess;
  readonly url: string;
}

/** Starts the built service in a process of its own, as {@link startCli} does, and waits until it answers. */
export async function startServing(
  env: Readonly<Record<string, string>>,
  port = '0',
): Promise<Served> {
  const process = startCli(['serve', '--port', port], env);
  const [, url = ''] = await process.untilMatch(/^address +(\S+)$/m);
  return { process, url };
}

export function runCli(
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
  input?: string,
): Promise<Ended> {
  return startCli(args, env, input).ended;
}
