import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listLayers } from '../../src/catalog/lake-directory.ts';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import { createLayer, removeLayer, renameLayer } from '../../src/catalog/layers.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

async function lakeWithVisits(): Promise<string> {
  const lake = await privateLake();
  await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(10))]);
  return lake;
}

describe('a layer', () => {
  it('is made, renamed with its tables, and removed', async () => {
    const lake = await lakeWithVisits();
    await createLayer(lake, 'marketing');
    expect(await listLayers(lake)).toEqual(['raw', 'trusted', 'service', 'marketing']);
    await renameLayer(lake, 'raw', 'landing');
    await removeLayer(lake, 'marketing');
    expect(await listLayers(lake)).toEqual(['trusted', 'service', 'landing']);
    expect(await queryRows(lake, 'SELECT count(*) FROM landing.chart_visits')).toEqual([[10]]);
    expect(await readdir(join(lake, '.chartlift', 'staging'))).toEqual([]);
  });

  it.each(['', 'Raw', '../x', 'chartlift', 'information_schema', '.chartlift', 'a/b', '1a'])(
    'is never called %j',
    async (name) => {
      const lake = await lakeWithVisits();
      const invalid = { code: 'layer_name_invalid' };
      await expect(createLayer(lake, name)).rejects.toMatchObject(invalid);
      await expect(renameLayer(lake, 'raw', name)).rejects.toMatchObject(invalid);
      const unknown = { code: 'layer_unknown' };
      await expect(renameLayer(lake, name, 'new')).rejects.toMatchObject(unknown);
      await expect(removeLayer(lake, name)).rejects.toMatchObject(unknown);
    },
  );

  it('takes no name that is taken', async () => {
    const lake = await lakeWithVisits();
    await expect(createLayer(lake, 'trusted')).rejects.toMatchObject({ code: 'layer_taken' });
    await expect(renameLayer(lake, 'raw', 'trusted')).rejects.toMatchObject({
      code: 'layer_taken',
    });
    await writeFile(join(lake, 'notes'), '');
    await expect(createLayer(lake, 'notes')).rejects.toMatchObject({ code: 'layer_taken' });
    await renameLayer(lake, 'raw', 'raw');
  });

  it('is only removed when nothing is in it', async () => {
    const lake = await lakeWithVisits();
    await expect(removeLayer(lake, 'raw')).rejects.toMatchObject({
      code: 'layer_not_empty',
      message: 'Layer raw holds chart_visits.',
    });
    await writeFile(join(lake, 'trusted', 'notes.txt'), '');
    await expect(removeLayer(lake, 'trusted')).rejects.toMatchObject({ code: 'layer_not_empty' });
    // What a first sync that failed left is nothing.
    await mkdir(join(lake, 'service', 'left', '_delta_log'), { recursive: true });
    await removeLayer(lake, 'service');
    expect(await listLayers(lake)).toEqual(['raw', 'trusted']);
  });
});

describe('a layer that is renamed while a run writes into it', () => {
  it.each([
    ['chart_visits', 'commit_conflict'],
    ['new_table', 'layer_unknown'],
  ])('is not brought back: %s gets %s', async (table, code) => {
    const lake = await lakeWithVisits();
    const writer = await openLakeWriter(lake, { runId: 'slow' });
    const target = { ...visitsTable, id: { layer: 'raw', table } };
    const writing = await writer.openTable(target);
    await writing.write(batchOf(visits, visitRows(20)));
    await renameLayer(lake, 'raw', 'landing');
    await expect(writing.commit()).rejects.toMatchObject({ code });
    await writer.close();
    expect(await listLayers(lake)).toEqual(['trusted', 'service', 'landing']);
    expect(await queryRows(lake, 'SELECT count(*) FROM landing.chart_visits')).toEqual([[10]]);
    expect(await readdir(join(lake, '.chartlift', 'staging'))).toEqual([]);
  });

  it('waits for commits at work, and takes them along', async () => {
    const lake = await lakeWithVisits();
    let renaming: Promise<void> | null = null;
    await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(20))], {
      onStep(step) {
        if (step === 'files_moved') renaming = renameLayer(lake, 'raw', 'landing');
      },
    });
    await renaming;
    expect(await listLayers(lake)).toEqual(['trusted', 'service', 'landing']);
    expect(await queryRows(lake, 'SELECT count(*) FROM landing.chart_visits')).toEqual([[20]]);
  });
});
