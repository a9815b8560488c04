import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconDownload, IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react';
import { words } from '../words/plot.ts';
import classes from './plot.module.css';

/** What a plot shows, and what can be done with it. */
export function PlotHead({
  caption,
  onZoom,
  onDownload,
}: {
  readonly caption: string;
  /** By which factor; null for all of it. Without it nothing can be zoomed. */
  readonly onZoom: ((factor: number | null) => void) | null;
  readonly onDownload: () => void;
}) {
  const zooms = onZoom === null ? [] : zoomTools(onZoom);
  const tools = [...zooms, { label: words.download, icon: IconDownload, act: onDownload }];
  return (
    <div className={classes.head}>
      <div className={classes.caption}>{caption}</div>
      <Group gap={2} wrap="nowrap">
        {tools.map(({ label, icon: Icon, act }) => (
          <Tooltip key={label} label={label}>
            <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={act}>
              <Icon size={17} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ))}
      </Group>
    </div>
  );
}

function zoomTools(zoom: (factor: number | null) => void) {
  return [
    { label: words.zoomIn, icon: IconZoomIn, act: () => zoom(0.5) },
    { label: words.zoomOut, icon: IconZoomOut, act: () => zoom(2) },
    { label: words.zoomReset, icon: IconZoomReset, act: () => zoom(null) },
  ];
}
