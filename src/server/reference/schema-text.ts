import { type ApiDescription, type JsonSchema, referredName, resolve } from './api-description.ts';

/** One field of a body, as the reference lists it. */
export interface FieldText {
  /** Such as `streams[].table`. */
  readonly name: string;
  readonly type: string;
  /** The name of a schema that is described on its own; null if the type says all. */
  readonly schema: string | null;
  readonly isRequired: boolean;
  readonly description: string;
}

/** How deep the fields of nameless objects are listed. */
const DEEPEST = 4;

/** What a value of the schema is, in a few words. */
export function typeText(schema: JsonSchema): string {
  const name = referredName(schema);
  if (name !== null) return name;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(typeText))].join(' or ');
  if (schema.allOf) return schema.allOf.map(typeText).join(' and ');
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['any']);
  return types.map((type) => oneTypeText(type, schema)).join(' or ');
}

function oneTypeText(type: string, schema: JsonSchema): string {
  if (type === 'array') return `list of ${typeText(schema.items ?? {})}`;
  if (type === 'string') return schema.format ?? 'text';
  if (type === 'object' && typeof schema.additionalProperties === 'object') {
    return `object of ${typeText(schema.additionalProperties)}`;
  }
  return type;
}

/** The limits of a value, in words; empty if there are none. */
export function limitsText(schema: JsonSchema): string {
  const limits = [
    range('', schema.minimum, schema.maximum),
    range(' characters', schema.minLength, schema.maxLength),
    range(' items', schema.minItems, schema.maxItems),
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
  ];
  return limits.filter((text) => text !== '').join('; ');
}

function range(unit: string, least: number | undefined, most: number | undefined): string {
  // What zod writes for a whole number without limits.
  const lowest = least === undefined || least <= Number.MIN_SAFE_INTEGER ? undefined : least;
  const highest = most === undefined || most >= Number.MAX_SAFE_INTEGER ? undefined : most;
  if (lowest !== undefined && highest !== undefined) return `${lowest} to ${highest}${unit}`;
  if (highest !== undefined) return `at most ${highest}${unit}`;
  if (lowest === undefined || lowest === 0) return '';
  return lowest === 1 && unit !== '' ? 'not empty' : `at least ${lowest}${unit}`;
}

/** The fields of an object; those of nameless objects inside it follow theirs. */
export function fieldTexts(schema: JsonSchema, api: ApiDescription): FieldText[] {
  return fieldsBelow(resolve(schema, api), '', 0);
}

function fieldsBelow(schema: JsonSchema, prefix: string, depth: number): FieldText[] {
  const choices = schema.anyOf ?? schema.oneOf ?? [];
  const inner = choices.flatMap((choice) => fieldsBelow(choice, prefix, depth));
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const text: FieldText = {
      name: path,
      type: typeText(field),
      schema: namedSchema(field),
      isRequired: schema.required?.includes(name) ?? false,
      description: [field.description ?? '', limitsText(field)].filter(Boolean).join(' — '),
    };
    return depth < DEEPEST ? [text, ...nested(field, path, depth)] : [text];
  });
  return [...own, ...inner];
}

function nested(field: JsonSchema, path: string, depth: number): FieldText[] {
  if (namedSchema(field) !== null) return [];
  if (field.items) {
    return namedSchema(field.items) === null
      ? fieldsBelow(field.items, `${path}[].`, depth + 1)
      : [];
  }
  return fieldsBelow(field, `${path}.`, depth + 1);
}

/** The one schema with a name that a field holds, whether alone, in a list, or beside null. */
function namedSchema(field: JsonSchema): string | null {
  const inner = [field, ...(field.items ? [field.items] : []), ...(field.anyOf ?? [])];
  return inner.map(referredName).find((name) => name !== null) ?? null;
}
