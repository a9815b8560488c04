import { Button, Group, Text } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { TbPlus } from 'react-icons/tb';
import { layersQuery, sessionQuery } from '../api/queries.ts';
import { Page } from '../parts/page.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/settings.ts';
import { AddLayerDialog } from './add-layer-dialog.tsx';
import { type Layer, LayerRow } from './layer-row.tsx';
import { PendingRows, Records } from './records.tsx';
import { RemoveLayerDialog } from './remove-layer-dialog.tsx';
import { RenameLayerDialog } from './rename-layer-dialog.tsx';
import { useDialog } from './use-dialog.ts';

const COLUMNS = [words.layer, words.sqlName, words.tables, words.folders, words.actions];

/** The layers of the catalog. */
export function LayersPanel() {
  const { role } = useSuspenseQuery(sessionQuery).data;
  const layers = useQuery(layersQuery);
  const adding = useDialog<true>();
  const renaming = useDialog<Layer>();
  const removing = useDialog<Layer>();
  const mayChange = role !== 'viewer';
  const names = layers.data?.items.map(({ name }) => name) ?? [];
  return (
    <Page
      title={words.layers}
      lead={words.layersLead}
      actions={
        mayChange && (
          <Button
            leftSection={<TbPlus size={16} aria-hidden />}
            disabled={!layers.data}
            onClick={() => adding.open(true)}
          >
            {words.addLayer}
          </Button>
        )
      }
    >
      {layers.error ? (
        <ProblemAlert error={layers.error} onRetry={() => layers.refetch()} />
      ) : (
        <Panel flush>
          <Records label={words.layers} columns={COLUMNS}>
            {layers.data ? (
              layers.data.items.map((layer) => (
                <LayerRow
                  key={layer.name}
                  layer={layer}
                  mayChange={mayChange}
                  onRename={() => renaming.open(layer)}
                  onRemove={() => removing.open(layer)}
                />
              ))
            ) : (
              <PendingRows columns={COLUMNS.length} />
            )}
          </Records>
        </Panel>
      )}
      {!mayChange && (
        <Group mt="sm">
          <Text size="sm" c="dimmed">
            {words.needsEditor}
          </Text>
        </Group>
      )}
      <AddLayerDialog opened={adding.opened} names={names} onClose={adding.close} />
      <RenameLayerDialog dialog={renaming} names={names} />
      <RemoveLayerDialog dialog={removing} />
    </Page>
  );
}
