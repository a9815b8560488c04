import { useLocation, useNavigate } from '@tanstack/react-router';
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { fromHash, toHash } from './query-link.ts';
import type { EditorHandle } from './sql-editor.tsx';

/**
 * Puts the query of the address into the editor, whenever there is another one; it does not run by itself.
 * Once it is edited the address no longer names it, so that a reload brings back what was typed.
 *
 * @param text what stands in the editor
 */
export function useLinkedQuery(
  editor: RefObject<EditorHandle | null>,
  text: string,
): {
  /** Whether there was one. */
  readonly wasLinked: boolean;
  /** What had to make way for the query of the address; null for nothing. */
  readonly replaced: string | null;
  /** Makes the address name a query. */
  readonly link: (query: string) => Promise<void>;
  /** Hears of what was typed. */
  readonly edited: (query: string) => void;
} {
  const hash = useLocation({ select: (location) => location.hash });
  const linked = useMemo(() => fromHash(hash), [hash]);
  const [wasLinked, setLinked] = useState(linked !== null);
  const [replaced, setReplaced] = useState<string | null>(null);
  const navigate = useNavigate();
  const now = useRef({ text, linked });
  now.current = { text, linked };

  const address = useCallback(
    (next: string) =>
      navigate({ to: '/explorer', hash: next, replace: true, hashScrollIntoView: false }),
    [navigate],
  );
  useEffect(() => {
    const before = now.current.text;
    if (linked === null) return;
    setLinked(true);
    if (linked === before) return;
    if (before.trim() !== '') setReplaced(before);
    editor.current?.replace(linked);
  }, [linked, editor]);

  const link = useCallback((query: string) => address(toHash(query)), [address]);
  const edited = useCallback(
    (query: string) => {
      if (now.current.linked === null || query === now.current.linked) return;
      setReplaced(null);
      void address('');
    },
    [address],
  );
  return { wasLinked, replaced, link, edited };
}
