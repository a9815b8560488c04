import { describe, expect, it } from 'vitest';
import { tellApart } from './tell-apart.ts';

const columns =
  'SELECT dimension_value, segment, value,\n  version, changed_at, source, layer, table_name\nFROM raw.chart_g4n8wl3r';

describe('a query of the history', () => {
  it('is shown on one line', () => {
    expect(tellApart('SELECT 1\n  AS one', [])).toBe('SELECT 1 AS one');
  });

  it('shows what differs from another that begins the same', () => {
    const [one, other] = ['Germany', 'Brazil'].map(
      (country) => `${columns} WHERE dimension_value = '${country}'`,
    );
    const queries = [one ?? '', other ?? ''];
    expect(tellApart(queries[0] ?? '', queries)).toBe(
      "SELECT dimension_value, … layer, table_name FROM raw.chart_g4n8wl3r WHERE dimension_value = 'Germany'",
    );
    expect(tellApart(queries[1] ?? '', queries)).toContain("'Brazil'");
  });

  it('shows the difference, not the end, of what goes on for long', () => {
    const rest = ` AND segment > '2026-01-01'`.repeat(9);
    const queries = ['Germany', 'Brazil'].map(
      (country) => `${columns} WHERE dimension_value = '${country}'${rest}`,
    );
    expect(tellApart(queries[0] ?? '', queries)).toMatch(
      /^SELECT dimension_value, … 'Germany' AND/,
    );
  });

  it('is whole where nothing begins the same for as long', () => {
    const query = `${columns} WHERE segment = 'x'`;
    expect(tellApart(query, [query, 'SELECT dimension_value'])).toBe(query.replace(/\s+/g, ' '));
  });
});
