import type { Fault } from '../faults/fault.ts';
import type { SavedChart } from './saved-chart.ts';
import { plainChart } from './spelling-charts.ts';

/** A chart whose answers go wrong from the start, as its fault says. */
export interface FailingChart {
  readonly chart: SavedChart;
  readonly fault: Fault;
}

/** One chart per way to fail, so that whoever runs the simulator can watch each (issue 2 §7). */
export const FAILING_CHARTS: readonly FailingChart[] = [
  failing('x500err1', 'Always an internal error', { kind: 'status', status: 500 }),
  failing('x503bsy2', 'Unavailable twice, then well', { kind: 'status', status: 503, times: 2 }),
  failing('x504slo3', 'Always too slow for its gateway', { kind: 'status', status: 504 }),
  failing('x429all4', 'Always over the rate limit', { kind: 'rate_limited' }),
  failing('x429one5', 'Over the rate limit once, for a second', {
    kind: 'rate_limited',
    retryAfterSeconds: 1,
    times: 1,
  }),
  failing('xhang6zz', 'Never answers', { kind: 'hang' }),
  failing('xreset7q', 'Ends the connection without an answer', { kind: 'reset' }),
  failing('xcut8abc', 'Ends the connection half way', { kind: 'cut' }),
  failing('xdrip9mm', 'Comes in drops', { kind: 'drip' }),
  failing('xhtml10p', 'A web page in its place', { kind: 'html' }),
  failing('xjson11k', 'JSON without an end', { kind: 'broken_json' }),
  failing('xutf812n', 'Bytes that are not UTF-8', { kind: 'invalid_utf8' }),
  failing('xmove13j', 'Sends its reader elsewhere', { kind: 'redirect' }),
  failing('xhuge14g', 'A gigabyte of report', { kind: 'oversized' }),
  failing('xbomb15z', 'Two gigabytes, compressed to two megabytes', { kind: 'zip_bomb' }),
];

function failing(id: string, title: string, fault: Fault): FailingChart {
  return { chart: plainChart({ id, title, layout: 'daily' }), fault };
}
