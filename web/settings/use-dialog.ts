import { useState } from 'react';

/** A dialog about something; what it is about stays known while the dialog fades out. */
export interface DialogState<Subject> {
  readonly opened: boolean;
  readonly subject: Subject | null;
  readonly open: (subject: Subject) => void;
  readonly close: () => void;
}

export function useDialog<Subject>(): DialogState<Subject> {
  const [opened, setOpened] = useState(false);
  const [subject, setSubject] = useState<Subject | null>(null);
  return {
    opened,
    subject,
    open(next) {
      setSubject(() => next);
      setOpened(true);
    },
    close: () => setOpened(false),
  };
}
