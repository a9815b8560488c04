import { ActionIcon, Button, NativeSelect, Text, TextInput, Tooltip } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { TbArrowDown, TbDownload, TbSearch } from 'react-icons/tb';
import { CopyButton } from '../parts/copy-button.tsx';
import { Panel } from '../parts/panel.tsx';
import { words } from '../words/run.ts';
import { LogLine } from './log-line.tsx';
import { filterLines, LEVELS, type Level, logText } from './log-lines.ts';
import classes from './run-log.module.css';
import type { RunEvent } from './run-types.ts';
import { useLogScroll } from './use-log-scroll.ts';

/** What happened in a run, line by line; stays at the end while it grows, unless somebody scrolled up. */
export function RunLog({
  log,
  runId,
}: {
  readonly log: readonly RunEvent[];
  readonly runId: string;
}) {
  const [text, setText] = useState('');
  const [level, setLevel] = useState<Level>('info');
  const wanted = useDeferredValue(text);
  const lines = useMemo(() => filterLines(log, { level, text: wanted }), [log, level, wanted]);
  const { frame, virtual, isAtEnd, toEnd } = useLogScroll(lines);
  return (
    <Panel title={words.log} flush>
      <div className={classes.tools}>
        <TextInput
          className={classes.search}
          aria-label={words.logSearch}
          placeholder={words.logSearch}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<TbSearch size={16} strokeWidth={1.7} aria-hidden />}
        />
        <NativeSelect
          aria-label={words.logLevel}
          value={level}
          onChange={({ currentTarget: { value } }) =>
            setLevel(LEVELS.find((known) => known === value) ?? 'info')
          }
          data={LEVELS.map((value) => ({ value, label: words.levels[value] }))}
        />
        <Text size="sm" c="dimmed" style={{ flex: 1 }}>
          {words.lines(lines.length, log.length)}
        </Text>
        <CopyButton text={logText(lines)} label={words.copyLog} />
        <Tooltip label={words.downloadLog}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={words.downloadLog}
            onClick={() => download(`${runId}.log`, logText(lines))}
          >
            <TbDownload size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.frame}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
        <section ref={frame} className={classes.scroll} aria-label={words.logLines} tabIndex={0}>
          {lines.length === 0 ? (
            <Text size="sm" c="dimmed" p="md">
              {log.length === 0 ? words.logEmpty : words.logNoMatch}
            </Text>
          ) : (
            <ol className={classes.lines} style={{ height: virtual.getTotalSize() }}>
              {virtual.getVirtualItems().map(({ index, key, start }) => {
                const line = lines[index];
                return (
                  line !== undefined && (
                    <LogLine
                      key={key}
                      line={line}
                      index={index}
                      count={lines.length}
                      start={start}
                      measure={virtual.measureElement}
                    />
                  )
                );
              })}
            </ol>
          )}
        </section>
        {!isAtEnd && (
          <Button
            className={classes.end}
            size="compact-sm"
            variant="default"
            leftSection={<TbArrowDown size={14} aria-hidden />}
            onClick={toEnd}
          >
            {words.toEnd}
          </Button>
        )}
      </div>
    </Panel>
  );
}

/** Hands a text to the browser as a file. */
function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
