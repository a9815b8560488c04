import { describe, expect, it } from 'vitest';
import type { ApiDescription, JsonSchema } from './api-description.ts';
import { exampleOf } from './example.ts';
import { html, prose } from './html.ts';
import { fieldTexts, limitsText, typeText } from './schema-text.ts';

const api: ApiDescription = {
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  paths: {},
  components: {
    schemas: {
      Table: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    },
  },
};

describe('typeText', () => {
  it.each<[JsonSchema, string]>([
    [{ type: 'string' }, 'text'],
    [{ type: 'string', format: 'date-time' }, 'date-time'],
    [{ type: ['integer', 'null'] }, 'integer or null'],
    [{ type: 'array', items: { $ref: '#/components/schemas/Table' } }, 'list of Table'],
    [{ enum: ['a', 'b'] }, '"a" or "b"'],
    [{ anyOf: [{ $ref: '#/components/schemas/Table' }, { type: 'null' }] }, 'Table or null'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'object of text'],
    [{}, 'any'],
  ])('%j is %s', (schema, text) => expect(typeText(schema)).toBe(text));
});

describe('limitsText', () => {
  it.each<[JsonSchema, string]>([
    [{ minimum: 1, maximum: 200, default: 50 }, '1 to 200; default 50'],
    [{ minLength: 1 }, 'not empty'],
    [{ maxItems: 3 }, 'at most 3 items'],
    [{ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }, ''],
  ])('%j is %j', (schema, text) => expect(limitsText(schema)).toBe(text));
});

describe('fieldTexts', () => {
  it('lists what nameless objects hold, and leads to those with a name', () => {
    const fields = fieldTexts(
      {
        type: 'object',
        required: ['streams'],
        properties: {
          streams: {
            type: 'array',
            items: { type: 'object', properties: { layer: { type: 'string' } } },
          },
          table: { $ref: '#/components/schemas/Table' },
        },
      },
      api,
    );
    expect(fields.map(({ name, schema, isRequired }) => [name, schema, isRequired])).toEqual([
      ['streams', null, true],
      ['streams[].layer', null, false],
      ['table', 'Table', false],
    ]);
  });
});

describe('exampleOf', () => {
  it('gives what is required, with the examples of the schema', () => {
    const schema: JsonSchema = {
      type: 'object',
      required: ['table', 'role', 'rows', 'email'],
      properties: {
        table: { $ref: '#/components/schemas/Table' },
        role: { enum: ['viewer', 'admin'] },
        rows: { type: 'integer', minimum: 3 },
        email: { type: 'string', example: 'ada@example.com' },
        left: { type: 'boolean' },
      },
    };
    expect(exampleOf(schema, api)).toEqual({
      table: { name: '…' },
      role: 'viewer',
      rows: 3,
      email: 'ada@example.com',
    });
  });
});

describe('html', () => {
  it('escapes what is put in', () => {
    const text = '<b onclick="x">\'&';
    expect(html`<p>${text}</p>`.html).toBe('<p>&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;</p>');
    expect(prose('a `<b>` c').html).toBe('a <code>&lt;b&gt;</code> c');
  });
});
