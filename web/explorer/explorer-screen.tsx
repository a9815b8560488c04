import { Page } from '../parts/page.tsx';

export function ExplorerScreen() {
  return <Page title="Explorer" />;
}
