import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RunEvent } from './run-types.ts';

/** Height of a line that has not been measured yet, in px. */
const LINE = 25;
/** Nearer to the end than this, in px, is at the end. */
const NEAR = 24;

/** Draws only the lines that are seen, and keeps to the end until somebody scrolls up. */
export function useLogScroll(lines: readonly RunEvent[]) {
  const frame = useRef<HTMLElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const wantsEnd = useRef(true);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => LINE,
    getItemKey: (index) => lines[index]?.seq ?? index,
    overscan: 12,
  });
  const height = virtual.getTotalSize();
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let last = element.scrollTop;
    const look = () => {
      const { scrollTop, scrollHeight, clientHeight } = element;
      const isNear = scrollHeight - scrollTop - clientHeight < NEAR;
      // Lines that grow as they are measured move the end away; only somebody's hand goes up.
      if (isNear) wantsEnd.current = true;
      else if (scrollTop < last) wantsEnd.current = false;
      last = scrollTop;
      setAtEnd(isNear || wantsEnd.current);
    };
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end moves with the height
  useLayoutEffect(() => {
    const element = frame.current;
    if (element !== null && wantsEnd.current) element.scrollTop = element.scrollHeight;
  }, [height]);
  function toEnd() {
    wantsEnd.current = true;
    setAtEnd(true);
    const element = frame.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }
  return { frame, virtual, isAtEnd, toEnd };
}
