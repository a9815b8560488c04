import { ActionIcon, Anchor, Code, Collapse, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import {
  TbChevronDown,
  TbDatabase,
  TbKey,
  TbPlayerPlay,
  TbPlugConnected,
  TbShieldCheck,
  TbStack2,
  TbTimeline,
  TbUser,
} from 'react-icons/tb';
import { Ago, Moment } from '../parts/moment.tsx';
import { words } from '../words/audit.ts';
import classes from './audit-panel.module.css';
import { type AuditEntry, changesOf, plainText, sayEntry } from './audit-sentence.ts';
import { Fact, Facts } from './facts.tsx';

const ICONS: Readonly<Record<string, typeof TbUser>> = {
  source: TbPlugConnected,
  stream: TbTimeline,
  run: TbPlayerPlay,
  table: TbDatabase,
  layer: TbStack2,
  validation: TbShieldCheck,
  token: TbKey,
};

/** One change: its sentence, and what else is known of it on demand. */
export function AuditItem({
  entry,
  sources,
}: {
  readonly entry: AuditEntry;
  /** Names of sources by id. */
  readonly sources: ReadonlyMap<string, string>;
}) {
  const [isOpen, { toggle }] = useDisclosure(false);
  const id = useId();
  const sentence = sayEntry(entry, sources);
  const Icon = ICONS[entry.target.type] ?? TbUser;
  return (
    <li className={classes.item}>
      <Icon size={17} strokeWidth={1.7} aria-hidden className={classes.icon} />
      <div className={classes.sentence}>
        <Text size="md" component="p" m={0}>
          {sentence.map(({ text, isName }, at) =>
            isName ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a sentence does not change
              <strong key={at}>{text}</strong>
            ) : (
              text
            ),
          )}
        </Text>
      </div>
      <Text size="xs" c="dimmed" className={classes.when}>
        <Ago at={entry.at} />
      </Text>
      <Tooltip label={words.details}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={words.detailsOf(plainText(sentence))}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={toggle}
        >
          <TbChevronDown
            size={17}
            aria-hidden
            className={classes.chevron}
            data-open={isOpen || undefined}
          />
        </ActionIcon>
      </Tooltip>
      <Collapse expanded={isOpen} id={id} className={classes.details}>
        <Details entry={entry} />
      </Collapse>
    </li>
  );
}

function Details({
  entry: { at, actor, action, target, details, request_id: request },
}: {
  readonly entry: AuditEntry;
}) {
  const changes = changesOf(details);
  return (
    <div className={classes.facts}>
      <Facts>
        <Fact name={words.at}>
          <Moment at={at} />
        </Fact>
        <Fact name={words.by}>
          {actor.name} ({words.actors[actor.type]} <Code fz="xs">{actor.id}</Code>)
        </Fact>
        <Fact name={words.on}>
          {target.type} <Code fz="xs">{target.id}</Code> <Open target={target} />
        </Fact>
        {changes.map(({ field, before, after }) => (
          <Fact key={field} name={labelOf(field)}>
            <s>{sayValue(before)}</s> <VisuallyHidden>{words.becomes}</VisuallyHidden>
            <span aria-hidden>→</span> {sayValue(after)}
          </Fact>
        ))}
        {changes.length === 0 &&
          Object.entries(details).map(([name, value]) => (
            <Fact key={name} name={labelOf(name)}>
              {sayValue(value)}
            </Fact>
          ))}
        <Fact name={words.code}>
          <Code fz="xs">{action}</Code>
        </Fact>
        {request !== null && (
          <Fact name={words.request}>
            <Code fz="xs">{request}</Code>
          </Fact>
        )}
      </Facts>
    </div>
  );
}

function labelOf(field: string): string {
  const labels: Readonly<Record<string, string>> = words.labels;
  return labels[field] ?? field;
}

function sayValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return words.nothing;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value)) return words.list(value.map(sayValue));
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The way to what was changed, where it has a screen. */
function Open({ target: { type, id } }: { readonly target: AuditEntry['target'] }) {
  if (type === 'source') {
    return (
      <Anchor
        size="sm"
        renderRoot={(props) => <Link to="/sources/$id" params={{ id }} {...props} />}
      >
        {words.openSource}
      </Anchor>
    );
  }
  if (type !== 'run') return null;
  return (
    <Anchor size="sm" renderRoot={(props) => <Link to="/runs/$id" params={{ id }} {...props} />}>
      {words.openRun}
    </Anchor>
  );
}
