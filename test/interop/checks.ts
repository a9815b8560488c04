import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

const checkSchema = z.object({ name: z.string(), passed: z.boolean(), detail: z.string() });
type Check = z.output<typeof checkSchema>;

/** The checks of one interop run, from both sides; each is printed as it is known. */
export class Checks {
  readonly directory: string;
  readonly #python: string;
  #passed = 0;
  #failed = 0;

  private constructor(directory: string, python: string) {
    this.directory = directory;
    this.#python = python;
  }

  /** Makes a temporary directory with a virtual environment that has delta-rs in it. */
  static async prepare(): Promise<Checks> {
    const directory = await mkdtemp(join(tmpdir(), 'chartlift-interop-'));
    const environment = join(directory, 'venv');
    await run('python3', ['-m', 'venv', environment]);
    const python = join(environment, 'bin', 'python');
    const requirements = join(import.meta.dirname, 'requirements.txt');
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    await run(python, [...pip, '-r', requirements]);
    return new Checks(directory, python);
  }

  /** A check on chartlift's side. */
  equal(name: string, actual: unknown, expected: unknown): void {
    const passed = isDeepStrictEqual(actual, expected);
    const detail = `expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`;
    this.#note({ name, passed, detail: passed ? '' : detail });
  }

  /** Runs a command of delta_rs.py and notes its checks; that it fails is a failed check. */
  async deltaRs(command: string, facts: object): Promise<void> {
    const path = join(this.directory, 'facts.json');
    await writeFile(path, JSON.stringify(facts));
    const script = join(import.meta.dirname, 'delta_rs.py');
    try {
      const { stdout } = await run(this.#python, [script, command, path], { maxBuffer: 2 ** 26 });
      for (const line of stdout.trim().split('\n')) {
        this.#note(checkSchema.parse(JSON.parse(line)));
      }
    } catch (error) {
      this.#note({ name: `delta_rs.py ${command}`, passed: false, detail: String(error) });
    }
  }

  /** Prints the totals; the directory stays when something failed. Returns the exit code. */
  async finish(): Promise<number> {
    process.stdout.write(`${this.#passed} passed, ${this.#failed} failed\n`);
    if (this.#failed === 0) await rm(this.directory, { recursive: true });
    else process.stdout.write(`The tables are in ${this.directory}\n`);
    return this.#failed === 0 && this.#passed > 0 ? 0 : 1;
  }

  #note({ name, passed, detail }: Check): void {
    if (passed) this.#passed += 1;
    else this.#failed += 1;
    process.stdout.write(
      `${passed ? 'ok' : 'FAILED'} ${name}${detail === '' ? '' : `: ${detail}`}\n`,
    );
  }
}
