import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import { systemClock } from '../../src/clock.ts';
import { connectAmplitude } from '../../src/context.ts';
import { DEMO_PROJECTS } from '../../src/simulator/project.ts';
import { amplitudeSpec } from '../../src/source/amplitude/spec.ts';
import { planStreams } from '../../src/sync/plan.ts';
import { runSync } from '../../src/sync/run-sync.ts';

interface SyncInSteps {
  /** Of the simulator. */
  readonly url: string;
  readonly lake: string;
  readonly chart: string;
  readonly runId: string;
  /** Called as each step is passed, before the sync goes on. */
  readonly onStep?: (step: string) => void;
}

const ignore = () => undefined;

/** One sync of one chart, which tells each step that it passes. Gives how it ended. */
export async function syncInSteps({ url, lake, chart, runId, onStep = ignore }: SyncInSteps) {
  const [shop] = DEMO_PROJECTS;
  const config = amplitudeSpec.parse({
    api_key: shop?.apiKey,
    secret_key: shop?.secretKey,
    chart_ids: chart,
  });
  const connector = connectAmplitude(url);
  const writer = await openLakeWriter(lake, {
    runId,
    create: true,
    onStep: (step) => onStep(`write:${step}`),
  });
  try {
    return await runSync({
      connector,
      config,
      plan: planStreams(connector.discover(config), { layer: 'raw', folder: null, prefix: '' }),
      writer,
      clock: systemClock,
      signal: new AbortController().signal,
      deadline: Number.POSITIVE_INFINITY,
      onEvent: (event) => {
        if (event.type === 'reading') onStep(`read:${event.progress.phase}`);
        else if (event.type === 'state') onStep(`state:${event.state}`);
        else onStep(`run:${event.type}`);
      },
    });
  } finally {
    await writer.close();
  }
}
