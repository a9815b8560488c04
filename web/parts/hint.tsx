import { Tooltip } from '@mantine/core';
import { cloneElement, type PointerEvent, type ReactElement, useState } from 'react';
import { flushSync } from 'react-dom';

/**
 * Words about what is pointed at. A page has hundreds of these: nothing of the tooltip is made for what
 * nobody has pointed at yet.
 */
export function Hint({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactElement<{ onPointerEnter?: (event: PointerEvent<HTMLElement>) => void }>;
}) {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  return (
    <>
      {cloneElement(children, {
        // At once: the tooltip listens to the movement that brought the pointer here.
        onPointerEnter: ({ currentTarget }) => flushSync(() => setTarget(currentTarget)),
      })}
      {target !== null && <Tooltip label={label} target={target} />}
    </>
  );
}
