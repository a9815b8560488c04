import { useMemo, useState } from 'react';
import { DeleteDialog } from './delete-dialog.tsx';
import { DuplicateDialog } from './duplicate-dialog.tsx';
import type { SourceDetail } from './source-data.ts';

/** Opens the dialogs of a source. */
export interface SourceDialogs {
  readonly duplicate: () => void;
  readonly remove: () => void;
}

/** The dialogs that copy and delete a source, and what opens them. */
export function useSourceDialogs(source: Pick<SourceDetail, 'id' | 'name'> | undefined) {
  const [opened, open] = useState<'duplicate' | 'remove' | null>(null);
  const dialogs = useMemo(
    (): SourceDialogs => ({ duplicate: () => open('duplicate'), remove: () => open('remove') }),
    [],
  );
  const close = () => open(null);
  const nodes = source !== undefined && (
    <>
      <DuplicateDialog source={source} opened={opened === 'duplicate'} onClose={close} />
      <DeleteDialog source={source} opened={opened === 'remove'} onClose={close} />
    </>
  );
  return { dialogs, nodes };
}
