import { describe, expect, it } from 'vitest';
import { ChartliftError } from '../../../errors.ts';
import { createEnvelopeDecoder } from './envelope.ts';

function decode(body: string | Uint8Array, pieceBytes = Number.POSITIVE_INFINITY): string {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const decoder = createEnvelopeDecoder();
  const size = Math.min(pieceBytes, bytes.length || 1);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    pieces.push(Buffer.from(decoder.push(bytes.subarray(at, at + size))));
  }
  decoder.end();
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(pieces));
}

function refusal(body: string | Uint8Array, pieceBytes?: number): ChartliftError {
  try {
    decode(body, pieceBytes);
  } catch (error) {
    if (error instanceof ChartliftError) return error;
    throw error;
  }
  throw new Error(`${String(body).slice(0, 50)} was accepted`);
}

const everyCut = [1, 2, 3, 5, 1000];

describe('a report inside JSON', () => {
  const texts = [
    '',
    '"\tTitle"\r\n\r\n"\tSegment","1"\r\n',
    'quote " backslash \\ slash / \b\f\n\r\t end',
    'é ß 漢字 🚀 👩‍🚀 \u0000 \u001f \u007f \u2028 \uffff',
    'brackets }{][ and , : inside',
  ];

  it.each(everyCut)('comes back as JSON.parse gives it, in pieces of %i bytes', (pieceBytes) => {
    for (const text of texts) {
      expect(decode(JSON.stringify({ data: text }), pieceBytes)).toBe(text);
    }
  });

  it.each(everyCut)('may use any escape, in pieces of %i bytes', (pieceBytes) => {
    const body = String.raw`{"data":"\u0041\u00e9\u6F22\ud83d\ude80\/\b\f\n\r\t\"\\"}`;
    expect(decode(body, pieceBytes)).toBe('Aé漢🚀/\b\f\n\r\t"\\');
  });

  it.each([
    [String.raw`"\ud83dx"`, '\ufffdx'],
    [String.raw`"\ud83d\n"`, '\ufffd\n'],
    [String.raw`"\ud83d\ud83d\ude80"`, '\ufffd🚀'],
    [String.raw`"\ude80\ud83d"`, '\ufffd\ufffd'],
    [String.raw`"\ud83d\u0041"`, '\ufffdA'],
    [String.raw`"\udbff\udfff"`, '\u{10ffff}'],
    [String.raw`"\ud800\udc00"`, '\u{10000}'],
  ])('puts the replacement character for half a surrogate pair: %s', (literal, text) => {
    for (const pieceBytes of everyCut) expect(decode(`{"data":${literal}}`, pieceBytes)).toBe(text);
  });

  it.each(everyCut)('may stand among other members, in pieces of %i bytes', (pieceBytes) => {
    const body = ` \n{ "a" : [1, {"b": "} ] \\" ,"}, []], "c":"data", "n": -1.5e3, "t" :true,
      "dat\\u0061" : "report" , "z": {"data": "other"}, "last": null } \r\n`;
    expect(decode(body, pieceBytes)).toBe('report');
  });

  it('may follow a byte order mark', () => {
    expect(decode('\ufeff{"data":"x"}')).toBe('x');
    expect(decode('\ufeff{"data":"x"}', 1)).toBe('x');
  });
});

describe('a report as it stands', () => {
  it.each(everyCut)('comes through unchanged, in pieces of %i bytes', (pieceBytes) => {
    const report = ' \r\n"\tTitle ü"\r\n\r\n"\tSegment","\t2026-01-01"\r\n';
    expect(decode(report, pieceBytes)).toBe(report);
    expect(decode(`\ufeff${report}`, pieceBytes)).toBe(`\ufeff${report}`);
  });

  it('may hold lists and quotes further on', () => {
    const report = 'Title [1]\n\nA,B\nx,1\n';
    expect(decode(report)).toBe(report);
    expect(() => decode('text that ends with "quotes"')).toThrow('it is plain text');
  });

  it('may be unquoted, and its title may start with a bracket', () => {
    expect(decode('[Prod] Title\n\nA,B\n1,2\n')).toContain('[Prod]');
  });
});

describe('anything else is refused', () => {
  it.each([
    ['', 'it is empty'],
    [' \r\n\t ', 'it is empty'],
    ['<!DOCTYPE html><html>', 'it is a web page'],
    ['\n  <html>', 'it is a web page'],
    ['["a"]', 'it is a list'],
    ['[{"data":"x"}]', 'it is a list'],
    ['[1,\n2]', 'it is a list'],
    ['[ [] ]', 'it is a list'],
    ['[]', 'it is a list'],
    ['upstream timed out', 'it is plain text'],
    ['first line\nsecond line', 'it is plain text'],
    ['one, two', 'it is plain text'],
    ['{}', 'it has no "data"'],
    ['{"error":{"http_code":400}}', 'it has no "data"'],
    ['{"data":null}', 'its "data" is not one text'],
    ['{"data":{"series":[]}}', 'its "data" is not one text'],
    ['{"data":"a","data":"b"}', 'its "data" is not one text'],
    ['{"data":"a"', 'it ends in the middle'],
    ['{"data":"a', 'it ends in the middle'],
    ['{"data":"a\\', 'it ends in the middle'],
    ['{"da', 'it ends in the middle'],
    ['{"data":"a"}}', 'it is not valid JSON ("}")'],
    ['{"data":"a"} {"data":"b"}', 'it is not valid JSON ("{")'],
    ['{data:"a"}', 'it is not valid JSON ("d")'],
    ['{"data" "a"}', 'it is not valid JSON ("\\"")'],
    ['{"data":"a";}', 'it is not valid JSON (";")'],
    ['{"a":1,}', 'it is not valid JSON ("}")'],
    ['{"data":"a\nb"}', 'it is not valid JSON (a raw control character)'],
    ['{"data":"a\\x"}', 'it is not valid JSON (an unknown escape)'],
    ['{"data":"a\\u00g0"}', 'it is not valid JSON (an unfinished \\u escape)'],
    ['{"data":"a\\u00"}', 'it is not valid JSON (an unfinished \\u escape)'],
  ])('%j', (body, what) => {
    for (const pieceBytes of everyCut) {
      const error = refusal(body, pieceBytes);
      expect(error.code).toBe('not_a_chart_report');
      expect(error.hint).toContain('region');
      expect(error.message).toContain(`is not a chart report: ${what}. It starts with:`);
    }
  });

  it('quotes the first 200 characters', () => {
    const page = `<html>${'é'.repeat(1000)}`;
    expect(refusal(page, 64).message.split('It starts with: ')[1]?.slice(0, 30)).toBe(
      page.slice(0, 30),
    );
    expect(refusal(page).message.endsWith(`It starts with: ${page.slice(0, 200)}`)).toBe(true);
  });

  it('quotes in one line', () => {
    const { message } = refusal('<html>\r\n  <body>\n');
    expect(message.endsWith('It starts with: <html> <body> ')).toBe(true);
  });

  it('does not keep a key that has no end', () => {
    const decoder = createEnvelopeDecoder();
    decoder.push(new TextEncoder().encode('{"'));
    for (let at = 0; at < 1_000; at += 1) decoder.push(new Uint8Array(1_000).fill(0x61));
    expect(() => decoder.end()).toThrow('it ends in the middle');
  });
});
