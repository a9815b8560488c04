import { Hint } from './hint.tsx';

const whole = new Intl.NumberFormat();
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A number in the reader's locale; `compact` shortens it and shows all of it on hover. */
export function Count({
  n,
  compact: isCompact = false,
}: {
  readonly n: number;
  readonly compact?: boolean;
}) {
  if (!isCompact || Math.abs(n) < 10_000) return <span className="figures">{whole.format(n)}</span>;
  return (
    <Hint label={whole.format(n)}>
      <span className="figures">{compact.format(n)}</span>
    </Hint>
  );
}

/** A size in bytes, as people read it, with the exact one on hover. */
export function Size({ bytes }: { readonly bytes: number }) {
  return (
    <Hint label={formatUnit(bytes, 'byte', 'long')}>
      <span className="figures">{saySize(bytes)}</span>
    </Hint>
  );
}

/** A duration in ms, as people read it ("1 min 20 s"), with the exact one on hover. */
export function Duration({ ms }: { readonly ms: number }) {
  return (
    <Hint label={formatUnit(ms, 'millisecond', 'long')}>
      <span className="figures">{sayDuration(ms)}</span>
    </Hint>
  );
}

/** A size in bytes with three figures at most. */
export function saySize(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  return formatUnit(bytes / 1000 ** step, UNITS[step] ?? 'byte', 'short');
}

/** A duration in ms in its one or two largest units. */
export function sayDuration(ms: number): string {
  if (ms < 1_000) return formatUnit(Math.round(ms), 'millisecond', 'narrow');
  const seconds = ms / 1_000;
  if (seconds < 60) return formatUnit(seconds, 'second', 'narrow');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return join([minutes, 'minute'], [Math.floor(seconds % 60), 'second']);
  return join([Math.floor(minutes / 60), 'hour'], [minutes % 60, 'minute']);
}

function join(...parts: readonly (readonly [number, string])[]): string {
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => formatUnit(amount, unit, 'narrow'))
    .join(' ');
}

function formatUnit(
  amount: number,
  unit: string,
  unitDisplay: 'short' | 'long' | 'narrow',
): string {
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit,
    unitDisplay,
    maximumFractionDigits: amount < 10 ? 1 : 0,
  }).format(amount);
}
