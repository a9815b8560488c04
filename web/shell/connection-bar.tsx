import { Text } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { useSyncExternalStore } from 'react';
import { TbPlugConnectedX, TbWifiOff } from 'react-icons/tb';
import { reachability } from '../api/reachability.ts';
import { Notice } from '../parts/notice.tsx';
import { words } from '../words/shell.ts';
import classes from './app-frame.module.css';

/** Over every screen while the service cannot be reached: why, and that nothing is lost. */
export function ConnectionBar() {
  const { online } = useNetwork();
  const isReachable = useSyncExternalStore(reachability.subscribe, reachability.isReachable);
  if (online && isReachable) return null;
  return (
    <div className={classes.connection}>
      <Notice tone="warn" icon={online ? TbPlugConnectedX : TbWifiOff} role="status">
        <Text size="sm">{online ? words.unreachable : words.offline}</Text>
      </Notice>
    </div>
  );
}
