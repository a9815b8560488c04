/** Words for what goes wrong outside the service's own answers. */
export const words = {
  unreachable: 'chartlift does not answer.',
  unreachableHelp: 'Check that the service is running and that you are online, then try again.',
  offline: 'You are offline.',
  offlineHelp: 'Nothing is lost. Try again when the connection is back.',
  strange: 'Unexpected answer',
  strangeDetail: (status: number) =>
    `Something other than chartlift answered (HTTP status ${status}).`,
  strangeHelp: 'Check the proxy in front of the service, then try again.',
  broken: 'This page could not be shown.',
  brokenHelp: 'This is a fault in chartlift. Reload the page; what you saved is safe.',
  tryAgain: 'Try again',
  requestId: (id: string) => `Request ${id}`,
} as const;
