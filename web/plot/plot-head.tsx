import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { TbPhotoDown, TbZoomIn, TbZoomOut, TbZoomReset } from 'react-icons/tb';
import { words } from '../words/plot.ts';
import classes from './plot.module.css';

/** How a plot can be zoomed now. */
export interface PlotZoom {
  /** Whether a closer look would show something. */
  readonly canIn: boolean;
  /** Whether anything is out of view. */
  readonly canOut: boolean;
  /** By which factor; null for all of it. */
  readonly by: (factor: number | null) => void;
}

/** What a plot shows, and what can be done with it. */
export function PlotHead({
  caption,
  zoom,
  onDownload,
}: {
  readonly caption: string;
  /** Null where nothing can be zoomed. */
  readonly zoom: PlotZoom | null;
  readonly onDownload: () => void;
}) {
  const tools = [
    ...(zoom === null ? [] : zoomTools(zoom)),
    { label: words.download, icon: TbPhotoDown, isOff: false, act: onDownload },
  ];
  return (
    <div className={classes.head}>
      <div className={classes.caption}>{caption}</div>
      <Group gap={2} wrap="nowrap">
        {tools.map(({ label, icon: Icon, isOff, act }) => (
          <Tooltip key={label} label={label}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={label}
              className={classes.tool}
              // Not disabled: the keyboard would lose its place.
              {...(isOff ? { 'data-disabled': true, 'aria-disabled': true } : {})}
              onClick={() => {
                if (!isOff) act();
              }}
            >
              <Icon size={17} strokeWidth={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ))}
      </Group>
    </div>
  );
}

function zoomTools({ canIn, canOut, by }: PlotZoom) {
  return [
    { label: words.zoomIn, icon: TbZoomIn, isOff: !canIn, act: () => by(0.5) },
    { label: words.zoomOut, icon: TbZoomOut, isOff: !canOut, act: () => by(2) },
    { label: words.zoomReset, icon: TbZoomReset, isOff: !canOut, act: () => by(null) },
  ];
}
