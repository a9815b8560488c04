import { readCharts } from '../account.ts';
import type { AccountOptions } from '../account-options.ts';
import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { chooseStreams } from '../service/choose-streams.ts';
import { findSource } from '../service/find-source.ts';
import { connectService } from '../service/service-api.ts';
import { apiCheckText, watchValidation } from '../service/watch-validation.ts';
import { type PlaceOptions, placeOf } from './source-create.ts';

export interface SourceAddStreamsOptions
  extends Pick<AccountOptions, 'chart' | 'chartsFile'>,
    PlaceOptions {
  readonly json?: true;
}

/** `chartlift source add-streams`: more charts for a source. */
export async function sourceAddStreams(
  name: string,
  options: SourceAddStreamsOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const charts = await readCharts(options);
  const api = await connectService(terminal);
  const source = await findSource(api, name);
  const started = await api.createSourceValidation(source.id, { chart_ids: charts });
  const validation = await watchValidation(api, started, (check) =>
    terminal.err(apiCheckText(check, terminal.stderr)),
  );
  const streams = chooseStreams(validation, {
    only: options.stream ?? null,
    skipFailed: options.skipFailed ?? false,
  });
  const { items } = await api.addStreams(source.id, {
    validation_id: validation.id,
    ...placeOf(options),
    streams: streams.map((stream) => ({ stream })),
  });
  if (options.json) {
    terminal.out(jsonDocument(items));
    return;
  }
  for (const stream of items.filter((item) => streams.includes(item.name))) {
    terminal.out(`added ${stream.name} → ${stream.layer}.${stream.table}\n`);
  }
}
