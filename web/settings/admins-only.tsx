import { TbLock } from 'react-icons/tb';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import { Panel } from '../parts/panel.tsx';
import { words } from '../words/settings.ts';

/** What others see at the address of a section for administrators. */
export function AdminsOnly({ title }: { readonly title: string }) {
  return (
    <Page title={title}>
      <Panel>
        <EmptyState icon={TbLock} title={words.adminsOnly}>
          {words.adminsOnlyHelp}
        </EmptyState>
      </Panel>
    </Page>
  );
}
