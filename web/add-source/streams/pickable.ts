import type { Check, Validation } from '../access/validation.ts';

/** A stream that a source can have, with what was found out about it. */
export interface Pickable {
  readonly name: string;
  readonly title: string | null;
  readonly columns: Validation['streams'][number]['columns'];
  /** Null for a stream that is not of one chart. */
  readonly check: Check | null;
  /** Whether the source has it already. */
  readonly configured: boolean;
  /** Whether it can be chosen. */
  readonly canPick: boolean;
}

/** The streams of a validation, in its order. */
export function pickableOf({
  streams,
  checks,
}: Pick<Validation, 'streams' | 'checks'>): Pickable[] {
  const byStream = new Map(checks.map((check) => [check.stream, check]));
  const discovered = new Set(streams.map(({ stream }) => stream));
  const found = streams.map(({ stream, columns, configured }) => {
    const check = byStream.get(stream) ?? null;
    return {
      name: stream,
      title: check?.title ?? null,
      columns,
      check,
      configured,
      canPick: !configured && check?.ok !== false,
    };
  });
  // A chart that cannot be read is shown, too, with the reason.
  const others = checks.filter(({ stream }) => stream !== null && !discovered.has(stream));
  return [
    ...found,
    ...others.map((check) => ({
      name: check.stream ?? '',
      title: check.title,
      columns: [],
      check,
      configured: false,
      canPick: false,
    })),
  ];
}

/** The streams whose name or title has the text, in any case. */
export function findStreams(streams: readonly Pickable[], text: string): readonly Pickable[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return streams;
  return streams.filter(({ name, title }) =>
    `${name} ${title ?? ''}`.toLowerCase().includes(wanted),
  );
}

/** What is selected before anybody chose: all that can be. */
export function allOf(streams: readonly Pickable[]): readonly string[] {
  return streams.filter(({ canPick }) => canPick).map(({ name }) => name);
}
