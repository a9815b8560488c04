export const words = {
  copy: 'Copy',
  copied: 'Copied',
  cancel: 'Cancel',
  close: 'Close',
  details: 'What happened',
  typeToConfirm: (text: string) => `Type ${text} to confirm`,
  statuses: {
    queued: 'Queued',
    running: 'Running',
    success: 'Success',
    partial: 'Partial',
    failed: 'Failed',
    canceling: 'Canceling',
    canceled: 'Canceled',
  },
  results: {
    success: 'Success',
    unchanged: 'Unchanged',
    empty: 'Empty',
    failed: 'Failed',
  },
} as const;
