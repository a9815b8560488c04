import type { Command } from 'commander';

/** What the options of a command say about an Amplitude account and its charts. */
export interface AccountOptions {
  readonly chart?: readonly string[];
  readonly chartsFile?: string;
  readonly config?: string;
  readonly region?: string;
  readonly baseUrl?: string;
}

/** Adds the options that name an account and charts. Keys are never options: other users can see those. */
export function withAccountOptions(command: Command): Command {
  return command
    .option('--chart <id...>', 'chart ids or addresses; may be repeated, and lists are understood')
    .option('--charts-file <file>', 'a file with one chart a line; # starts a comment')
    .option('--config <file>', 'a JSON or YAML file with api_key, secret_key, region, chart_ids')
    .option('--region <region>', 'where the project lives: us or eu (default: us)')
    .option('--base-url <url>', 'send requests elsewhere: a proxy or simulator');
}

/** The same for a command that has a service do the work: its operator alone says where requests go. */
export function withServiceAccountOptions(command: Command): Command {
  return withChartOptions(command)
    .option('--config <file>', 'a JSON or YAML file with api_key, secret_key, region, chart_ids')
    .option('--region <region>', 'where the project lives: us or eu (default: us)');
}

/** Adds the options that name charts. */
export function withChartOptions(command: Command): Command {
  return command
    .option('--chart <id...>', 'chart ids or addresses; may be repeated, and lists are understood')
    .option('--charts-file <file>', 'a file with one chart a line; # starts a comment');
}
