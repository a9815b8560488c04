import type { ApiDescription, Operation } from './api-description.ts';
import { exampleOf } from './example.ts';

/** A command that carries out the operation. */
export function curlOf(
  method: string,
  path: string,
  operation: Operation,
  api: ApiDescription,
): string {
  const lines = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"$CHARTLIFT_URL${fill(path)}"`,
  ];
  if (operation['x-chartlift-role'] !== 'anyone') {
    lines.push(`-H "Authorization: Bearer $CHARTLIFT_TOKEN"`);
  }
  const body = operation.requestBody?.content['application/json']?.schema;
  if (body) {
    lines.push(`-H "Content-Type: application/json"`);
    lines.push(`-d ${quoted(JSON.stringify(exampleOf(body, api)))}`);
  }
  return lines.join(' \\\n  ');
}

/** Shells read `{id}` as it is, but people are to see that it stands for something. */
function fill(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase());
}

/** In single quotes of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
