import { afterAll } from 'vitest';
import { closeRestingPages } from './file-page.ts';
import { stopFileService } from './file-service.ts';

// Files share workers and what these have loaded; pages and services are each file's own.
afterAll(async () => {
  await closeRestingPages();
  await stopFileService();
});
