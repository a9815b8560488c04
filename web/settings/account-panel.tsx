import { Button, Group, SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { TbLogout } from 'react-icons/tb';
import { api, read } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import { sessionEnded } from '../api/session-end.ts';
import { Page } from '../parts/page.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/settings.ts';
import { Fact, Facts } from './facts.tsx';
import { PasswordChange } from './password-change.tsx';

const SCHEMES = ['light', 'dark', 'auto'] as const;

/** Who is signed in, and what is theirs: password, colours, session. */
export function AccountPanel() {
  const { user, actor, role } = useSuspenseQuery(sessionQuery).data;
  return (
    <Page title={words.account} lead={words.accountLead}>
      <Stack>
        <Panel title={words.profile}>
          <Facts>
            <Fact name={words.name}>{user?.name ?? actor.name}</Fact>
            {user && <Fact name={words.email}>{user.email}</Fact>}
            <Fact name={words.role}>
              {words.roles[role]}
              <Text component="span" display="block" size="xs" c="dimmed">
                {words.roleHelp[role]}
              </Text>
            </Fact>
          </Facts>
        </Panel>
        <Panel title={words.changePassword}>
          {user ? (
            <PasswordChange email={user.email} />
          ) : (
            <Text size="sm" c="dimmed">
              {words.noPassword}
            </Text>
          )}
        </Panel>
        <Panel title={words.colours}>
          <Colours />
        </Panel>
        <Panel title={words.session}>
          <SignOut />
        </Panel>
      </Stack>
    </Page>
  );
}

function Colours() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label={words.colours}
      value={colorScheme}
      onChange={(chosen) => {
        const scheme = SCHEMES.find((known) => known === chosen);
        if (scheme) setColorScheme(scheme);
      }}
      data={SCHEMES.map((value) => ({ value, label: words.schemes[value] }))}
    />
  );
}

function SignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => read(api.session.$delete()),
    onSuccess: async () => {
      sessionEnded.leave();
      client.clear();
      await navigate({ to: '/sign-in', search: {} });
    },
  });
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="md">{words.signOutHelp}</Text>
        <Button
          variant="default"
          leftSection={<TbLogout size={16} aria-hidden />}
          loading={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          {words.signOut}
        </Button>
      </Group>
      {signOut.error && <ProblemAlert error={signOut.error} />}
    </Stack>
  );
}
