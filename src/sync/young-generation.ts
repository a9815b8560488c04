import { setFlagsFromString } from 'node:v8';

/** V8 multiplies the size of its young generation by this as objects survive in it; 2 by default. */
const growthFlag = (factor: number): string => `--semi-space-growth-factor=${factor}`;

let atWork = 0;

/**
 * Does work that leaves many small objects behind, such as the cells of a report, while V8's young
 * generation keeps the size that it has. By default it grows with all that has ever survived in it, to
 * 64 MB and as much again in freed pages that V8 holds ready. Such work is no slower without
 * (docs/benchmarks.md).
 *
 * The flag holds for the whole process, so it is taken back as soon as no such work is going on. It is
 * also part of the key of V8's compiled code: left as it is here, code would not be found at the next start.
 */
export async function withoutYoungGrowth<Result>(work: () => Promise<Result>): Promise<Result> {
  if (atWork === 0) setFlagsFromString(growthFlag(1));
  atWork += 1;
  try {
    return await work();
  } finally {
    atWork -= 1;
    if (atWork === 0) setFlagsFromString(growthFlag(2));
  }
}
