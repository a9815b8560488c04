import type { ReadProgress } from '../../stream/connector.ts';
import type { RunEvent } from '../../sync/run-events.ts';
import type { StreamResult } from '../../sync/run-result.ts';
import { counted, duration, size } from '../output/quantities.ts';
import { outcomeText } from './outcome-text.ts';

/** What a run looks like at a moment, line by line; kept up to date by the run's events. */
export interface RunPicture {
  take(event: RunEvent): void;
  /** `now`: ms since the epoch; `height`: lines that there is room for. */
  lines(now: number, height: number): readonly PictureLine[];
}

/** One line: how the stream does, its name, and what it does. */
export interface PictureLine {
  readonly mark: 'waiting' | 'active' | 'paused' | 'done' | 'failed' | 'summary';
  readonly name: string;
  readonly text: string;
}

type StreamPicture =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'active'; readonly text: string }
  | { readonly kind: 'paused'; readonly until: number; readonly why: string }
  | { readonly kind: 'ended'; readonly result: StreamResult };

export function createRunPicture(): RunPicture {
  const streams = new Map<string, StreamPicture>();
  return {
    take(event) {
      if (event.type === 'started') {
        for (const stream of event.streams) streams.set(stream, { kind: 'waiting' });
      } else if (event.type === 'reading') {
        streams.set(event.progress.stream, pictureOf(event.progress));
      } else if (event.type === 'rows') {
        streams.set(event.stream, {
          kind: 'active',
          text: `reading ${counted(event.rows, 'row')}`,
        });
      } else if (event.type === 'ended') {
        streams.set(event.result.stream, { kind: 'ended', result: event.result });
      } else if (event.state === 'staged') {
        streams.set(event.stream, { kind: 'active', text: 'committing' });
      }
    },
    lines: (now, height) => draw(streams, now, height),
  };
}

function pictureOf(progress: ReadProgress): StreamPicture {
  switch (progress.phase) {
    case 'waiting':
      return { kind: 'waiting' };
    case 'requesting':
      return {
        kind: 'active',
        text: progress.attempt > 1 ? `requesting, try ${progress.attempt}` : 'requesting',
      };
    case 'fetching':
      return { kind: 'active', text: `reading ${size(progress.bytes)}` };
    case 'fetched':
      return { kind: 'active', text: `read ${size(progress.bytes)}` };
    case 'backing_off':
      return {
        kind: 'paused',
        until: progress.until,
        why: progress.reason === 'rate_limited' ? 'rate limited' : 'no answer',
      };
  }
}

function draw(
  streams: ReadonlyMap<string, StreamPicture>,
  now: number,
  height: number,
): PictureLine[] {
  const lines = [...streams].map(([name, picture]) => drawStream(name, picture, now));
  if (lines.length <= height) return lines;
  // What happens now comes first; of what is over and what is still to come, the numbers.
  const current = lines.filter((line) => line.mark === 'active' || line.mark === 'paused');
  const failed = lines.filter((line) => line.mark === 'failed');
  const number = (mark: PictureLine['mark']) => lines.filter((line) => line.mark === mark).length;
  const summary = `${number('done')} done, ${failed.length} failed, ${current.length} under way, ${number('waiting')} waiting`;
  return [
    { mark: 'summary', name: `${lines.length} streams`, text: summary },
    ...[...current, ...failed].slice(0, Math.max(0, height - 1)),
  ];
}

function drawStream(name: string, picture: StreamPicture, now: number): PictureLine {
  switch (picture.kind) {
    case 'waiting':
      return { mark: 'waiting', name, text: 'waiting' };
    case 'active':
      return { mark: 'active', name, text: picture.text };
    case 'paused': {
      const seconds = Math.ceil((picture.until - now) / 1_000);
      const next = seconds > 0 ? `next try in ${duration(seconds * 1_000)}` : 'waits its turn';
      return { mark: 'paused', name, text: `${picture.why}, ${next}` };
    }
    case 'ended':
      return {
        mark: picture.result.status === 'failed' ? 'failed' : 'done',
        name,
        text: outcomeText(picture.result),
      };
  }
}
