import { Button, Loader, Menu } from '@mantine/core';
import { TbDownload, TbX } from 'react-icons/tb';
import { words } from '../words/explorer.ts';
import type { ExportFormat } from './save-result.ts';

const FORMATS: readonly ExportFormat[] = ['csv', 'parquet', 'jsonl', 'arrow'];

/** All rows of a result as a file; while it is made, a way to cancel. */
export function DownloadMenu({
  isBusy,
  onStart,
  onCancel,
}: {
  readonly isBusy: boolean;
  readonly onStart: (format: ExportFormat) => void;
  readonly onCancel: () => void;
}) {
  if (isBusy) {
    return (
      <Button
        size="xs"
        variant="default"
        title={words.downloading}
        leftSection={<Loader size={14} aria-hidden />}
        rightSection={<TbX size={14} aria-hidden />}
        onClick={onCancel}
      >
        {words.cancelDownload}
      </Button>
    );
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<TbDownload size={15} strokeWidth={1.7} aria-hidden />}
        >
          {words.download}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.downloadHelp}</Menu.Label>
        {FORMATS.map((format) => (
          <Menu.Item key={format} onClick={() => onStart(format)}>
            {words.formats[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
