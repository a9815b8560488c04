import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { sourceQuery } from '../api/queries.ts';
import { words } from '../words/trigger.ts';
import { type TriggerChoice, triggerGap } from './trigger-choice.ts';
import { TYPING_MS, triggerPreviewQuery } from './trigger-queries.ts';

/** What a trigger means, in one sentence; a dash while something is missing. */
export function TriggerSentence({
  trigger,
  validationId,
}: {
  readonly trigger: TriggerChoice;
  readonly validationId: string | null;
}) {
  const [asked] = useDebouncedValue(trigger, TYPING_MS);
  const isWhole = triggerGap(asked) === null;
  const about = { validationId: validationId ?? undefined };
  const advice = useQuery({ ...triggerPreviewQuery(asked, about), enabled: isWhole });
  const after = asked.type === 'after' ? asked.source_id : '';
  const followed = useQuery({ ...sourceQuery(after), enabled: after !== '' });
  if (!isWhole || advice.data === undefined) return words.unknown;
  return followed.data === undefined
    ? advice.data.description
    : words.afterNamed(followed.data.name);
}
