import type { Density } from './density.ts';
import type { Scheme } from './palette.ts';

/** How a drawing is to look. */
export interface PlotLook extends Density {
  readonly scheme: Scheme;
  readonly isSmall: boolean;
  /** Names of series that are switched off. */
  readonly hidden: ReadonlySet<string>;
  /** px of the drawing. */
  readonly height: number;
  /** Whether the numbers of the last place may still change. */
  readonly isLastIncomplete: boolean;
  /** Whether a slider beneath shows which part of the axis is seen. */
  readonly hasSlider: boolean;
  /** How a series without a name is called. */
  readonly unnamed: string;
}
