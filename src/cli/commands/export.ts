import { rename, rm, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { ChartliftError } from '../../errors.ts';
import { exportSources, type KnownReferences, secretFieldsOf } from '../apply/export-file.ts';
import { readCurrentSources } from '../apply/read-current.ts';
import { parseSourcesFile } from '../apply/read-sources-file.ts';
import { isReference } from '../apply/references.ts';
import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { counted } from '../output/quantities.ts';
import { readTextIfThere } from '../read-text.ts';
import { connectService } from '../service/service-api.ts';

/** `chartlift export`: all sources as a file that `apply` takes. */
export async function exportCommand(
  file: string | undefined,
  { json }: { readonly json?: true },
  { terminal }: CommandContext,
): Promise<void> {
  const known = file === undefined ? new Map() : await knownReferences(file);
  const api = await connectService(terminal);
  const current = await readCurrentSources(api);
  const connectors = [...new Set(current.map(({ connector }) => connector))];
  const secretFields = await Promise.all(
    connectors.map(async (name) => [name, secretFieldsOf(await api.getConnector(name))] as const),
  );
  const yaml = exportSources(current, new Map(secretFields), known);
  const text = json ? jsonDocument(parse(yaml)) : yaml;
  if (file === undefined) {
    terminal.out(text);
    return;
  }
  await replaceFile(file, text);
  terminal.err(`${counted(current.length, 'source')} written to ${file}\n`);
}

/**
 * The references of a file that is replaced: who made it chose their names.
 * @throws ChartliftError `usage` for a file that holds something else
 */
async function knownReferences(file: string): Promise<KnownReferences> {
  const text = await readTextIfThere(file);
  if (text === null || text.trim() === '') return new Map();
  try {
    const { sources } = parseSourcesFile(text, file);
    return new Map(
      sources.map(({ name, config }) => [
        name,
        Object.fromEntries(
          Object.entries(config).filter(
            (entry): entry is [string, string] =>
              typeof entry[1] === 'string' && isReference(entry[1]),
          ),
        ),
      ]),
    );
  } catch (cause) {
    throw new ChartliftError(
      'usage',
      `${file} is there and is no file of sources; it was left as it is.`,
      'Give another name, or remove it first.',
      { cause },
    );
  }
}

/** Whoever reads it finds the old text or the new one, never half. */
async function replaceFile(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new ChartliftError(
      'usage',
      `The file ${file} cannot be written.`,
      'Check the path and its permissions.',
      { cause },
    );
  }
}
