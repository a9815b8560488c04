import { Text } from '@mantine/core';
import { TbClockPause } from 'react-icons/tb';
import { Notice } from '../parts/notice.tsx';
import { sayDuration } from '../parts/quantities.tsx';
import { words } from '../words/run.ts';
import { pauseOf, type RunPicture, waitOf } from './run-picture.ts';
import { useNow } from './use-now.ts';

/** Says that nothing moves because the source asked to wait, and for how much longer. */
export function WaitNotice({ picture }: { readonly picture: RunPicture }) {
  const now = useNow(true);
  const pause = pauseOf(picture, now);
  const until = pause ?? waitOf(picture, now);
  if (until === null) return null;
  const left = sayDuration(1_000 * Math.ceil((until - now) / 1_000));
  return (
    <Notice
      tone="warn"
      icon={TbClockPause}
      title={
        <span className="figures">
          {pause === null ? words.waits.other(left) : words.waits.rate_limited(left)}
        </span>
      }
    >
      <Text size="sm">{words.waits.help}</Text>
    </Notice>
  );
}
