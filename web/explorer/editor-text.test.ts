import { beforeEach, describe, expect, it } from 'vitest';
import { keepText, readText } from './editor-text.ts';

describe('the text of the editor', () => {
  beforeEach(() => sessionStorage.clear());

  it('is kept for who wrote it', () => {
    keepText(sessionStorage, 'ada', 'SELECT 1');
    expect(readText(sessionStorage, 'ada')).toBe('SELECT 1');
    expect(readText(sessionStorage, 'vera')).toBe('');
  });

  it('that does not fit is forgotten instead of kept half', () => {
    keepText(sessionStorage, 'ada', 'SELECT 1');
    const full = {
      setItem() {
        throw new DOMException('full', 'QuotaExceededError');
      },
      removeItem: (key: string) => sessionStorage.removeItem(key),
    };
    keepText(full, 'ada', 'SELECT 2');
    expect(readText(sessionStorage, 'ada')).toBe('');
  });
});
