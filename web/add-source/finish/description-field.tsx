import { Group, Text, Textarea, VisuallyHidden } from '@mantine/core';
import { countCharacters, MAX_DESCRIPTION } from '../../../src/service/description.ts';
import { words } from '../../words/finish.ts';

/** Counting ends here: a whole book pasted by mistake takes no time. */
const ENOUGH = 9_999;
/** With so many characters left it is also said aloud. */
const FEW = 20;

/** What the source is for, in 140 characters as people count them. */
export function DescriptionField({
  value,
  onChange,
  error,
}: {
  readonly value: string;
  readonly onChange: (description: string) => void;
  readonly error: string | undefined;
}) {
  const count = countCharacters(value, ENOUGH);
  const left = MAX_DESCRIPTION - count;
  const tooMany = left < 0 ? words.tooMany(-left) : undefined;
  return (
    <div>
      <Textarea
        label={words.description}
        description={words.descriptionHelp}
        autosize
        minRows={1}
        maxRows={6}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={tooMany ?? error}
      />
      <Group justify="flex-end" mt={4}>
        <Text size="xs" c={left < 0 ? 'var(--bad)' : 'dimmed'} className="figures">
          {words.count(count, MAX_DESCRIPTION)}
        </Text>
        <VisuallyHidden role="status">
          {left <= FEW && (tooMany ?? words.left(left))}
        </VisuallyHidden>
      </Group>
    </div>
  );
}
