import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { runQuery } from '../api/queries.ts';
import { Moment } from '../parts/moment.tsx';
import { Duration } from '../parts/quantities.tsx';
import { RunStatus } from '../parts/status.tsx';
import { RunCause } from '../run/run-cause.tsx';
import { isActive, type Run } from '../run/run-types.ts';
import { sayOutcome } from '../sources/outcome.ts';
import { durationOf } from '../sources/spark-bars.ts';
import { words } from '../words/source.ts';
import classes from './source.module.css';

/** An ended run does not change any more. */
const NEVER = Number.POSITIVE_INFINITY;

/** Runs as a table, for windows that are wide enough. */
export function RunsTable({ runs }: { readonly runs: readonly Run[] }) {
  const { columns } = words;
  return (
    <Table aria-label={words.runs} className={classes.table} highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{columns.started}</Table.Th>
          <Table.Th scope="col">{columns.status}</Table.Th>
          <Table.Th scope="col">{columns.cause}</Table.Th>
          <Table.Th scope="col">{columns.results}</Table.Th>
          <Table.Th scope="col" ta="right">
            {columns.duration}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {runs.map((run) => (
          <Table.Tr key={run.id}>
            <Table.Th scope="row" fw={500}>
              <RunLink run={run} />
            </Table.Th>
            <Table.Td>
              <RunStatus status={run.status} />
            </Table.Td>
            <Table.Td>
              <RunCause run={run} />
            </Table.Td>
            <Table.Td>
              <RunResults run={run} />
            </Table.Td>
            <Table.Td ta="right">
              <RunDuration run={run} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Runs as a list, for narrow windows. */
export function RunsCards({ runs }: { readonly runs: readonly Run[] }) {
  return (
    <ul className={classes.cards} aria-label={words.runs}>
      {runs.map((run) => (
        <li key={run.id}>
          <Text component="div" size="sm" fw={500}>
            <RunLink run={run} />
          </Text>
          <RunStatus status={run.status} />
          <div className={classes.cardFacts}>
            <span>
              <RunCause run={run} />
            </span>
            <span>
              <RunResults run={run} />
            </span>
            <span>
              <RunDuration run={run} />
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}

function RunLink({ run }: { readonly run: Run }) {
  return (
    <Link to="/runs/$id" params={{ id: run.id }} className={classes.link}>
      <Moment at={run.started_at ?? run.queued_at} />
    </Link>
  );
}

function RunDuration({ run }: { readonly run: Run }) {
  const duration = durationOf(run);
  return duration === null ? words.none : <Duration ms={duration} />;
}

/** What came of the streams: the list of runs does not say it, so that each run is asked. */
function RunResults({ run }: { readonly run: Run }) {
  const detail = useQuery({
    ...runQuery(run.id),
    staleTime: isActive(run.status) ? 0 : NEVER,
  });
  if (detail.data === undefined) return words.none;
  return sayOutcome(detail.data) || words.none;
}
