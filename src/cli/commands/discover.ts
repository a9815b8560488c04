import { connectAmplitude } from '../../context.ts';
import type { Stream } from '../../stream/stream.ts';
import { readAccount } from '../account.ts';
import type { AccountOptions } from '../account-options.ts';
import type { CommandContext } from '../command-context.ts';
import { textTable } from '../output/text-table.ts';
import { type Terminal, tone } from '../terminal.ts';

/** `chartlift discover`: the streams of a configuration. */
export async function discover(
  options: AccountOptions & { readonly json?: true },
  { terminal }: CommandContext,
): Promise<void> {
  const { config, baseUrl } = await readAccount(options, terminal.env);
  const streams = connectAmplitude(baseUrl).discover(config);
  if (options.json) terminal.out(`${JSON.stringify(streams.map(document), null, 2)}\n`);
  else terminal.out(streams.map((stream) => describe(stream, terminal)).join('\n'));
}

function describe(stream: Stream, terminal: Terminal): string {
  const table = textTable(
    [
      { header: '  COLUMN', align: 'left' },
      { header: 'TYPE', align: 'left' },
      { header: 'KEY', align: 'left' },
      { header: 'DESCRIPTION', align: 'left' },
    ],
    stream.columns.map(({ name, type, nullable, description }) => [
      `  ${name}`,
      nullable ? `${type}, nullable` : type,
      stream.keys.includes(name) ? 'key' : '',
      description,
    ]),
  );
  const name = tone(terminal.stdout, 'strong', stream.name);
  return `${name}  ${stream.syncModes.join(', ')}\n${stream.description}\n${table}`;
}

function document(stream: Stream): Record<string, unknown> {
  const { name, description, columns, keys, syncModes } = stream;
  return { stream: name, description, sync_modes: syncModes, keys, columns };
}
