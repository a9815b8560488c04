import { expect, test } from 'vitest';
import { answerBody } from './answer-body.ts';

test('the pieces are one JSON document', () => {
  const lines = ['"\tSay ""hi"" 🎉\\n"\r\n', '\r\n', '"\tA","1"\r\n'];
  expect(JSON.parse([...answerBody(lines)].join(''))).toEqual({ data: lines.join('') });
});

test('a report without lines is an empty text', () => {
  expect([...answerBody([])].join('')).toBe('{"data":""}');
});

test('lines are made as the body is taken', () => {
  let made = 0;
  function* endless() {
    for (;;) {
      made += 1;
      yield 'x'.repeat(1000);
    }
  }
  const body = answerBody(endless());
  body.next();
  expect(made).toBe(0);
  const piece = body.next().value ?? '';
  expect(piece.length).toBe(made * 1000);
  expect(made).toBeLessThan(100);
});
