import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Ago, Ahead } from './moment.tsx';

afterEach(cleanup);

test('what has happened is never ahead, what is to come is', () => {
  const at = new Date(Date.now() + 20_000).toISOString();
  render(
    <MantineProvider env="test">
      <Ago at={at} />
      <Ahead at={at} />
    </MantineProvider>,
  );
  expect(screen.getByText('just now')).toBeTruthy();
  expect(screen.getByText('in less than a minute')).toBeTruthy();
});
