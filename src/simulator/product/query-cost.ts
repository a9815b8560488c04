/** What Amplitude has to compute for a chart. */
export interface Query {
  readonly kind: 'segmentation' | 'funnel' | 'retention' | 'sessions' | 'other';
  /** Days in the range. */
  readonly days: number;
  readonly segments: number;
  /** Conditions inside the segments; 0 unless given. */
  readonly conditions?: number;
  /** Properties that the segments are grouped by; 0 unless given. */
  readonly groupBys?: number;
  /** Events, for event segmentation and funnels; 1 unless given. */
  readonly events?: number;
  /** Properties that the events are grouped by, over all events; 0 unless given. */
  readonly eventGroupBys?: number;
}

/** The cost of a query in Amplitude's units, after the documented formula (reference §1.3). */
export function queryCost(query: Query): number {
  const conditions = query.segments + (query.conditions ?? 0) + 4 * (query.groupBys ?? 0);
  return query.days * conditions * costOfKind(query);
}

function costOfKind(query: Query): number {
  const events = query.events ?? 1;
  const groups = 4 * (query.eventGroupBys ?? 0);
  switch (query.kind) {
    case 'segmentation':
      return events + groups;
    case 'funnel':
      return 2 * events + groups;
    case 'retention':
      return 8;
    case 'sessions':
      return 4;
    case 'other':
      return 1;
  }
}
