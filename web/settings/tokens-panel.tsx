import { Button } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TbPlus } from 'react-icons/tb';
import { sessionQuery } from '../api/queries.ts';
import { Page } from '../parts/page.tsx';
import { words } from '../words/settings.ts';
import { AllTokens } from './all-tokens.tsx';
import { MakeTokenDialog } from './make-token-dialog.tsx';
import { OwnTokens } from './own-tokens.tsx';
import { RevokeTokenDialog } from './revoke-token-dialog.tsx';
import type { Token } from './token-row.tsx';
import { useDialog } from './use-dialog.ts';

/** Tokens for programs: administrators see all, others those that they make while they are here. */
export function TokensPanel() {
  const { role } = useSuspenseQuery(sessionQuery).data;
  const [made, setMade] = useState<readonly Token[]>([]);
  const making = useDialog<true>();
  const revoking = useDialog<Token>();
  return (
    <Page
      title={words.tokens}
      lead={words.tokensLead}
      actions={
        <Button leftSection={<TbPlus size={16} aria-hidden />} onClick={() => making.open(true)}>
          {words.makeToken}
        </Button>
      }
    >
      {role === 'admin' ? (
        <AllTokens onRevoke={revoking.open} />
      ) : (
        <OwnTokens tokens={made} onRevoke={revoking.open} />
      )}
      <MakeTokenDialog
        opened={making.opened}
        onMade={(token) => setMade((before) => [token, ...before])}
        onClose={making.close}
      />
      <RevokeTokenDialog
        dialog={revoking}
        onRevoked={(id) => setMade((before) => before.filter((token) => token.id !== id))}
      />
    </Page>
  );
}
