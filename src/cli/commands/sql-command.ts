import type { Command } from 'commander';
import { Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { SQL_FORMATS } from '../output/sql-format.ts';
import { withLakeOption } from '../required-option.ts';
import { wholeNumber } from '../whole-number.ts';
import type { SqlOptions } from './sql.ts';

export function addSqlCommand(program: Command, context: CommandContext): void {
  withLakeOption(program.command('sql'))
    .description('query the tables of a lake; every table is there as layer.table')
    .argument('<query>', 'one SELECT (or EXPLAIN, DESCRIBE); - reads it from standard input')
    .option(
      '--version-of <table=n>',
      'read a table as it was at version n; may be repeated',
      (text: string, others: readonly string[]) => [...others, text],
      [],
    )
    .addOption(
      new Option('--format <format>', 'how rows are printed').choices(SQL_FORMATS).default('table'),
    )
    .option('--timeout <seconds>', 'give up after so long', wholeNumber, 300)
    .addHelpText(
      'after',
      `
Queries only read; they cannot write, and reach nothing outside the lake.

Example:
  chartlift sql --lake ./lake "SELECT segment, sum(value) FROM raw.chart_abc123 GROUP BY ALL"
  chartlift sql --lake ./lake --version-of raw.chart_abc123=3 "FROM raw.chart_abc123"`,
    )
    .action(async (query: string, options: SqlOptions) => {
      const { sql } = await import('./sql.ts');
      await sql(query, options, context);
    });
}
