import { Anchor, Badge, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { TbExternalLink } from 'react-icons/tb';
import { ZONE } from '../parts/moment.tsx';
import { Page } from '../parts/page.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/settings.ts';
import { healthQuery, versionQuery } from './about-queries.ts';
import { Fact, Facts } from './facts.tsx';

const LINKS = [
  { href: '/api/docs', name: words.reference, help: words.referenceHelp },
  { href: '/api/openapi.json', name: words.openapi, help: words.openapiHelp },
  { href: '/metrics', name: words.metrics, help: words.metricsHelp },
] as const;

/** What is running, and what programs find here. */
export function AboutPanel() {
  const version = useQuery(versionQuery);
  const health = useQuery(healthQuery);
  const error = version.error ?? health.error;
  return (
    <Page title={words.about} lead={words.aboutLead}>
      <Stack>
        {error && (
          <ProblemAlert
            error={error}
            onRetry={() => Promise.all([version.refetch(), health.refetch()])}
          />
        )}
        <Panel title={words.service}>
          <Facts>
            <Fact name={words.version}>{version.data ?? <Waiting isOver={version.isError} />}</Fact>
            <Fact name={words.health}>
              {health.data ? <Health reasons={health.data} /> : <Waiting isOver={health.isError} />}
            </Fact>
            <Fact name={words.address}>{window.location.origin}</Fact>
            <Fact name={words.zone}>{ZONE}</Fact>
            <Fact name={words.licence}>
              <Outward href={words.licenceUrl}>{words.licenceName}</Outward>
            </Fact>
          </Facts>
        </Panel>
        <Panel title={words.links}>
          <Facts>
            {LINKS.map(({ href, name, help }) => (
              <Fact key={href} name={name}>
                <Outward href={href}>{href}</Outward>
                <Text component="span" display="block" size="xs" c="dimmed">
                  {help}
                </Text>
              </Fact>
            ))}
          </Facts>
        </Panel>
      </Stack>
    </Page>
  );
}

function Health({ reasons }: { readonly reasons: readonly string[] }) {
  if (reasons.length > 0) return reasons.join(' ');
  return (
    <Badge variant="dot" color="teal" tt="none" fw={500}>
      {words.healthy}
    </Badge>
  );
}

function Waiting({ isOver }: { readonly isOver: boolean }) {
  return isOver ? '–' : <Skeleton height={18} width={90} my={2} />;
}

function Outward({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" size="md">
      {children} <TbExternalLink size={14} strokeWidth={1.7} aria-hidden />
    </Anchor>
  );
}
