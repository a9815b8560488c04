import type { Command } from 'commander';

/** What the options of a command say about when a source runs. */
export interface TriggerOptions {
  /** Minute of the hour; true: 0. */
  readonly hourly?: string | true;
  readonly every12Hours?: string;
  readonly daily?: string;
  readonly weekly?: string;
  readonly cron?: string;
  /** Id or name of a source. */
  readonly after?: string;
  readonly timezone?: string;
}

/** Adds the options that say when a source runs. */
export function withTriggerOptions(command: Command): Command {
  return command
    .option('--hourly [minute]', 'run every hour, at this minute (default: 0)')
    .option('--every-12-hours <time>', 'run twice a day, at HH:MM and twelve hours later')
    .option('--daily <time>', 'run every day at HH:MM')
    .option('--weekly <days@time>', 'run on days of the week, such as mon,thu@06:30')
    .option('--cron <expression>', 'run by a cron expression of five fields')
    .option('--after <source>', 'run after each success of another source')
    .option(
      '--timezone <zone>',
      'time zone of the time, such as Europe/Berlin (default: of this machine)',
    );
}
