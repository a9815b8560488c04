import { type ApiDescription, type JsonSchema, resolve } from './api-description.ts';

/** How deep examples go; schemas that hold themselves would never end. */
const DEEPEST = 6;

/** A value that the schema takes, of its own examples where it has some. */
export function exampleOf(schema: JsonSchema, api: ApiDescription, depth = 0): unknown {
  const resolved = resolve(schema, api);
  const given = resolved.example ?? resolved.examples?.[0] ?? resolved.default ?? resolved.const;
  if (given !== undefined) return given;
  if (resolved.enum) return resolved.enum[0];
  const choice = (resolved.anyOf ?? resolved.oneOf ?? resolved.allOf)?.[0];
  if (choice && depth < DEEPEST) return exampleOf(choice, api, depth + 1);
  return plainExample(resolved, api, depth);
}

function plainExample(schema: JsonSchema, api: ApiDescription, depth: number): unknown {
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type) {
    case 'object':
      return depth < DEEPEST ? objectExample(schema, api, depth) : {};
    case 'array':
      return schema.items && depth < DEEPEST ? [exampleOf(schema.items, api, depth + 1)] : [];
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return '…';
  }
}

function objectExample(schema: JsonSchema, api: ApiDescription, depth: number): object {
  const fields = Object.entries(schema.properties ?? {});
  const shown = fields.filter(([name]) => schema.required?.includes(name));
  return Object.fromEntries(
    (shown.length > 0 ? shown : fields.slice(0, 1)).map(([name, field]) => [
      name,
      exampleOf(field, api, depth + 1),
    ]),
  );
}
