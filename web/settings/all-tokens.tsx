import { Button, Group } from '@mantine/core';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TbKey } from 'react-icons/tb';
import { sessionQuery } from '../api/queries.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/settings.ts';
import { TOKEN_COLUMNS } from './own-tokens.tsx';
import { PendingRows, Records } from './records.tsx';
import { tokensQuery, usersQuery } from './settings-queries.ts';
import { ShowMore } from './show-more.tsx';
import { type Token, TokenRow } from './token-row.tsx';
import { tokenState } from './token-state.ts';

/** All tokens of the installation; those that no longer work only when asked for. */
export function AllTokens({ onRevoke }: { readonly onRevoke: (token: Token) => void }) {
  const tokens = useInfiniteQuery(tokensQuery);
  const makerOf = useMakers();
  const [showsEnded, setShowsEnded] = useState(false);
  if (tokens.error) {
    return <ProblemAlert error={tokens.error} onRetry={() => tokens.refetch()} />;
  }
  const all = tokens.data?.pages.flatMap(({ items }) => items) ?? [];
  const ended = all.filter((token) =>
    ['expired', 'revoked'].includes(tokenState(token, Date.now())),
  );
  const shown = showsEnded ? all : all.filter((token) => !ended.includes(token));
  return (
    <>
      <Panel flush>
        {tokens.data && shown.length === 0 ? (
          <EmptyState icon={TbKey} title={ended.length > 0 ? words.noneWorks : words.noTokens}>
            {words.noTokensHelp}
          </EmptyState>
        ) : (
          <Records label={words.tokens} columns={TOKEN_COLUMNS}>
            {tokens.data ? (
              shown.map((token) => (
                <TokenRow
                  key={token.id}
                  token={token}
                  maker={makerOf(token.created_by)}
                  onRevoke={() => onRevoke(token)}
                />
              ))
            ) : (
              <PendingRows columns={TOKEN_COLUMNS.length} />
            )}
          </Records>
        )}
      </Panel>
      {ended.length > 0 && !showsEnded && (
        <Group mt="sm">
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => setShowsEnded(true)}
          >
            {words.showEnded(ended.length)}
          </Button>
        </Group>
      )}
      <ShowMore query={tokens} />
    </>
  );
}

/** Says who a user is by their id. */
function useMakers(): (id: string) => string {
  const { actor, user } = useSuspenseQuery(sessionQuery).data;
  const users = useInfiniteQuery(usersQuery);
  const names = new Map(
    users.data?.pages.flatMap(({ items }) => items).map(({ id, name }) => [id, name]),
  );
  return (id) => {
    if (id === user?.id || id === actor.id) return words.you;
    if (id === 'environment') return words.madeByEnvironment;
    return names.get(id) ?? (users.data ? words.madeByUnknown : '…');
  };
}
