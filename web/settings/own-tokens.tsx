import { Text } from '@mantine/core';
import { TbKey } from 'react-icons/tb';
import { EmptyState } from '../parts/empty-state.tsx';
import { Panel } from '../parts/panel.tsx';
import { words } from '../words/settings.ts';
import { Records } from './records.tsx';
import { type Token, TokenRow } from './token-row.tsx';

/** The headings of a list of tokens. */
export const TOKEN_COLUMNS = [
  words.token,
  words.role,
  words.made,
  words.lastUsed,
  words.expires,
  words.state,
  words.actions,
];

/** Tokens that somebody has just made who may not list all: the service does not list them their own. */
export function OwnTokens({
  tokens,
  onRevoke,
}: {
  readonly tokens: readonly Token[];
  readonly onRevoke: (token: Token) => void;
}) {
  if (tokens.length === 0) {
    return (
      <Panel>
        <EmptyState icon={TbKey} title={words.tokensHidden}>
          {words.tokensHiddenHelp}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <>
      <Panel flush>
        <Records label={words.tokens} columns={TOKEN_COLUMNS}>
          {tokens.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              maker={words.you}
              onRevoke={() => onRevoke(token)}
            />
          ))}
        </Records>
      </Panel>
      <Text size="sm" c="dimmed" mt="sm">
        {words.tokensHiddenHelp}
      </Text>
    </>
  );
}
