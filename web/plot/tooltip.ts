import { words } from '../words/plot.ts';
import { markOf } from './marks.ts';
import { colourOf, type Scheme } from './palette.ts';
import classes from './plot.module.css';
import { sayTime, sayValue } from './plot-numbers.ts';
import type { PlotView } from './plot-spec.ts';

/** More lines than this do not fit beside a pointer. */
const LINES = 12;
const SVG = 'http://www.w3.org/2000/svg';

/**
 * What stands beside the pointer: the place and the value of each series there, the largest first. Made of
 * elements, as names come from outside and must not be read as HTML.
 */
export function tooltipOf(
  drawing: PlotView['drawing'],
  at: number,
  hidden: ReadonlySet<string>,
  scheme: Scheme,
): HTMLElement {
  const box = element('div', '', classes.tip);
  const time = drawing.kind === 'time' ? drawing.times[at] : undefined;
  const place =
    drawing.kind === 'categories'
      ? drawing.categories[at] || words.unnamed
      : time === undefined
        ? ''
        : sayTime(time, drawing.hasHours);
  box.append(element('div', place, classes.tipPlace));
  const lines = drawing.series
    .map((series, index) => ({ name: series.name, index, value: series.values[at] ?? null }))
    .filter(({ name }) => !hidden.has(name));
  const valued = lines.filter(({ value }) => value !== null).length;
  lines.sort((one, other) => (other.value ?? -Infinity) - (one.value ?? -Infinity));
  for (const { name, index, value } of lines.slice(0, LINES)) {
    const line = element('div', '', classes.tipLine);
    line.append(
      drawing.mark === 'line' ? sign(index, scheme) : patch(index, scheme),
      element('span', name || words.value, classes.tipName),
      element('span', value === null ? words.noValue : sayValue(value), classes.tipValue),
    );
    box.append(line);
  }
  const rest = Math.max(0, Math.max(lines.length, valued) - LINES);
  if (rest > 0) box.append(element('div', words.moreValues(rest), classes.tipMore));
  return box;
}

function patch(index: number, scheme: Scheme): Element {
  const made = element('span', '', classes.tipSwatch);
  made.style.background = colourOf(index, scheme);
  return made;
}

/** The sign that a series has on its line. */
function sign(index: number, scheme: Scheme): Element {
  const { path, isHollow } = markOf(index);
  const color = colourOf(index, scheme);
  const made = document.createElementNS(SVG, 'svg');
  made.setAttribute('viewBox', '-1 -1 12 12');
  made.setAttribute('class', classes.tipSign ?? '');
  const outline = document.createElementNS(SVG, 'path');
  outline.setAttribute('d', path);
  outline.setAttribute('fill', isHollow ? 'none' : color);
  outline.setAttribute('stroke', color);
  outline.setAttribute('stroke-width', '1.5');
  made.append(outline);
  return made;
}

function element(tag: 'div' | 'span', text: string, className: string | undefined): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className !== undefined) made.className = className;
  return made;
}
