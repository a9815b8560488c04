import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import type { Fault } from '../../src/simulator/faults/fault.ts';
import type { Project } from '../../src/simulator/project.ts';
import type { SimulatorOptions } from '../../src/simulator/simulator.ts';

const statsSchema = z.object({ requests: z.number(), refused: z.number() });

/** A simulated Amplitude in a process of its own, so that answering costs the service nothing. */
export interface SimulatorProcess {
  readonly url: string;
  readonly projects: readonly Project[];
  stats(): Promise<z.output<typeof statsSchema>>;
  setFault(target: string, fault: Fault | null): Promise<void>;
  restate(target: string): Promise<void>;
  stop(): Promise<void>;
}

/** As many projects as there are keys, which own the same charts and have limits of their own. */
export function projectsOf(keys: number): Project[] {
  return Array.from({ length: keys }, (_, at) => ({
    id: 'shop',
    name: `Project ${at + 1}`,
    apiKey: `bench-api-key-${at + 1}`,
    secretKey: `bench-secret-key-${at + 1}`,
  }));
}

export async function startSimulatorProcess(
  options: Omit<SimulatorOptions, 'now'>,
): Promise<SimulatorProcess> {
  const simulator = join(import.meta.dirname, '../../src/simulator/simulator.ts');
  const program = `
    import { startSimulator } from ${JSON.stringify(simulator)};
    const simulator = await startSimulator(${JSON.stringify(options)});
    console.log(JSON.stringify({ url: simulator.url, projects: simulator.projects }));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const { url, projects } = JSON.parse(String(line));
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/simulator/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  return {
    url,
    projects,
    stats: async () => statsSchema.parse(await control('GET', 'stats')),
    async setFault(target, fault) {
      if (fault === null) await control('DELETE', `faults/${target}`);
      else await control('PUT', `faults/${target}`, fault);
    },
    async restate(target) {
      await control('POST', `restatements/${target}`, {});
    },
    async stop() {
      const closed = once(child, 'close');
      child.kill();
      await closed;
    },
  };
}
