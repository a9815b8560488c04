import type { ReadProgress } from '../../../stream/connector.ts';
import type { ReportText } from '../report/report-text.ts';

type WithoutStream<Progress> = Progress extends unknown ? Omit<Progress, 'stream'> : never;

/** What the fetching of one chart does, while it does it. */
export type FetchProgress = WithoutStream<ReadProgress>;

export interface FetchOptions {
  /** Aborting it ends the fetch, with the signal's reason, and frees socket and file. */
  readonly signal: AbortSignal;
  onProgress(progress: FetchProgress): void;
  /** When to give up, in ms since the epoch; default never. A 429 alone never ends a fetch. */
  readonly deadline?: number;
}

/** A report as Amplitude gave it. It holds memory or a temporary file until it is disposed of. */
export interface FetchedReport extends ReportText {
  /** Size of its text in UTF-8. */
  readonly bytes: number;
  /** Requests that were made for it, refused and failed ones included. */
  readonly attempts: number;
  /** Frees what it holds; to be called once it is not needed any more. */
  dispose(): Promise<void>;
}

/** Fetches reports from one project of Amplitude: the seam between talking to Amplitude and reading charts. */
export interface ChartClient {
  /**
   * Fetches the report of one chart. Any number may be asked for at once: they wait their turn, at most
   * five requests of an API key are under way (DESIGN §3).
   *
   * @throws ChartliftError one class per cause: `secret_key_wrong`, `api_key_unknown`, `chart_not_found`,
   * `chart_forbidden`, `chart_invalid`, `rate_limited`, `amplitude_unavailable`, `not_a_chart_report`,
   * `report_too_large`
   */
  fetchReport(chartId: string, options: FetchOptions): Promise<FetchedReport>;
}
