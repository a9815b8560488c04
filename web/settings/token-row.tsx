import { Badge, Button, Code, Text } from '@mantine/core';
import type { Role } from '../../src/state/actor.ts';
import { Ago, Moment } from '../parts/moment.tsx';
import { words } from '../words/settings.ts';
import { Cell, HeadCell, Row } from './records.tsx';
import { type TokenState, tokenState } from './token-state.ts';

/** A token as the API lists it. */
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly role: Role;
  readonly created_at: string;
  readonly created_by: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

const TONES: Record<TokenState, string> = {
  works: 'teal',
  soon: 'yellow',
  expired: 'gray',
  revoked: 'gray',
};

export function TokenRow({
  token,
  maker,
  onRevoke,
}: {
  readonly token: Token;
  /** Who made it, as people call them. */
  readonly maker: string;
  readonly onRevoke: () => void;
}) {
  const state = tokenState(token, Date.now());
  const works = state === 'works' || state === 'soon';
  return (
    <Row isFaded={!works}>
      <HeadCell>
        <Text component="span" display="block" size="md" fw={550}>
          {token.name}
        </Text>
        <Code fz="xs">{`${token.hint}…`}</Code>
      </HeadCell>
      <Cell label={words.role}>{words.roles[token.role]}</Cell>
      <Cell label={words.made}>
        <span>
          <Ago at={token.created_at} />{' '}
          <Text component="span" size="xs" c="dimmed" display="block">
            {words.madeBy(maker)}
          </Text>
        </span>
      </Cell>
      <Cell label={words.lastUsed}>
        {token.last_used_at === null ? words.neverUsed : <Ago at={token.last_used_at} />}
      </Cell>
      <Cell label={words.expires}>
        {token.expires_at === null ? words.neverExpires : <Moment at={token.expires_at} />}
      </Cell>
      <Cell label={words.state}>
        <Badge variant="dot" color={TONES[state]} tt="none" fw={500}>
          {words.tokenStates[state]}
        </Badge>
      </Cell>
      <Cell label="" align="end">
        {works && (
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            aria-label={words.revokeOf(token.name)}
            onClick={onRevoke}
          >
            {words.revoke}
          </Button>
        )}
      </Cell>
    </Row>
  );
}
