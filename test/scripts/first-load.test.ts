import { expect, it } from 'vitest';
import { filesOfFirstLoad } from '../../scripts/first-load.ts';

it('counts what a screen imports, once, and nothing that it loads later', () => {
  const manifest = {
    'index.html': { file: 'index.js', imports: ['_shared.js'], dynamicImports: ['later.tsx'] },
    '_shared.js': { file: 'shared.js', imports: ['index.html'] },
    'screen.tsx': { file: 'screen.js', imports: ['_shared.js', '_grid.js'] },
    '_grid.js': { file: 'grid.js' },
    'later.tsx': { file: 'later.js' },
  };
  const files = filesOfFirstLoad(manifest, ['index.html', 'screen.tsx']);
  expect(files.toSorted()).toEqual(['grid.js', 'index.js', 'screen.js', 'shared.js']);
  expect(() => filesOfFirstLoad(manifest, ['gone.tsx'])).toThrow('has no gone.tsx');
});
