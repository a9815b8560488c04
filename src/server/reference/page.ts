import { ERROR_FACTS, type ErrorKind } from '../../errors.ts';
import {
  type ApiDescription,
  type JsonSchema,
  type Operation,
  type Parameter,
  resolve,
} from './api-description.ts';
import { curlOf } from './curl.ts';
import { type Html, html, prose } from './html.ts';
import { fieldTexts, limitsText, typeText } from './schema-text.ts';
import { STYLE } from './style.ts';

interface Listed {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The reference for people: one page without scripts, made from the description. */
export function renderReference(api: ApiDescription): string {
  const nouns = (api.tags ?? []).map((tag) => ({
    ...tag,
    operations: listedOf(api).filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  const [lead = '', ...more] = (api.info.description ?? '').split('\n\n');
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${api.info.title}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<nav aria-label="Operations">
<p><a href="#top"><strong>${api.info.title}</strong></a> ${api.info.version}</p>
<p><a href="/api/openapi.json">OpenAPI description</a></p>
${nouns.map(
  ({ name, operations }) => html`<h2><a href="#${name}">${name}</a></h2>
<ul>${operations.map(({ operation }) => html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`)}</ul>
`,
)}
<h2><a href="#errors">Errors</a></h2>
<h2><a href="#schemas">Objects</a></h2>
</nav>
<main id="top">
<h1>${api.info.title}</h1>
<p>${prose(lead)}</p>
${more.map((text) => html`<p>${prose(text)}</p>`)}
<p>The examples take the address and a token from the environment: <code>export CHARTLIFT_URL=http://127.0.0.1:4860 CHARTLIFT_TOKEN=cl_…</code></p>
${nouns.map(
  ({ name, description, operations }) => html`<section aria-labelledby="${name}">
<h2 id="${name}">${name}</h2>
<p>${description ?? ''}</p>
${operations.map((listed) => renderOperation(listed, api))}
</section>
`,
)}
${renderErrors()}
<section aria-labelledby="schemas">
<h2 id="schemas">Objects</h2>
${Object.entries(api.components.schemas).map(([name, schema]) => renderSchema(name, schema, api))}
</section>
</main>
</body>
</html>
`;
  return page.html;
}

const KINDS: Readonly<Record<ErrorKind, string>> = {
  config: 'Something has to be changed first; `help` says what.',
  transient: 'The same request can work later.',
  data: 'What was read cannot be understood.',
  bug: 'A fault in chartlift: its log has more under `request_id`.',
};

/** Every `code` of a problem; the `type` of a problem leads here. */
function renderErrors(): Html {
  return html`<section aria-labelledby="errors">
<h2 id="errors">Errors</h2>
<table><thead><tr><th>Code</th><th>Status</th><th>What to make of it</th></tr></thead><tbody>
${Object.entries(ERROR_FACTS).map(
  ([
    code,
    { httpStatus, kind },
  ]) => html`<tr id="error-${code}"><td><code>${code}</code></td><td>${httpStatus}</td><td>${prose(KINDS[kind])}</td></tr>
`,
)}</tbody></table>
</section>`;
}

function listedOf(api: ApiDescription): Listed[] {
  return Object.entries(api.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method, path, operation })),
  );
}

function renderOperation({ method, path, operation }: Listed, api: ApiDescription): Html {
  const role = operation['x-chartlift-role'];
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  return html`<article aria-labelledby="${operation.operationId}">
<h3 id="${operation.operationId}"><a href="#${operation.operationId}">${operation.summary}</a></h3>
<p class="request"><code><b>${method.toUpperCase()}</b> ${path}</code></p>
<p>${prose(operation.description ?? '')} <span class="role">${role === 'anyone' ? 'For anyone.' : `Needs the role ${role}.`}</span></p>
${renderParameters(operation.parameters ?? [])}
${body ? html`<h4>Body</h4>${renderFields(body, api)}` : ''}
<h4>Answers</h4>
<dl>${Object.entries(operation.responses).map(([status, answer]) => {
    const [type, content] = Object.entries(answer.content ?? {})[0] ?? [];
    const label = status === 'default' ? 'else' : status;
    return html`<dt>${label}</dt><dd>${prose(answer.description)} ${content?.schema ? renderType(content.schema) : ''} ${type && type !== 'application/json' ? html`<code>${type}</code>` : ''}</dd>`;
  })}</dl>
<h4>Example</h4>
<pre tabindex="0"><code>${curlOf(method, path, operation, api)}</code></pre>
</article>
`;
}

function renderParameters(parameters: readonly Parameter[]): Html | string {
  if (parameters.length === 0) return '';
  return html`<h4>Parameters</h4>
<table><thead><tr><th>Name</th><th>Where</th><th>Type</th><th>What it is</th></tr></thead><tbody>
${parameters.map(
  (
    parameter,
  ) => html`<tr><td><code>${parameter.name}</code>${parameter.required ? ' (required)' : ''}</td><td>${parameter.in}</td><td>${typeText(parameter.schema)}</td><td>${prose(
    [parameter.description ?? parameter.schema.description ?? '', limitsText(parameter.schema)]
      .filter(Boolean)
      .join(' — '),
  )}</td></tr>
`,
)}</tbody></table>`;
}

function renderFields(schema: JsonSchema, api: ApiDescription): Html {
  const resolved = resolve(schema, api);
  const variants = (resolved.oneOf ?? resolved.anyOf ?? []).filter(
    (variant) => resolve(variant, api).properties,
  );
  if (variants.length > 1) {
    return html`<p>One of these:</p>
${variants.map((variant) => renderTable(variant, api))}`;
  }
  return renderTable(schema, api);
}

function renderTable(schema: JsonSchema, api: ApiDescription): Html {
  const fields = fieldTexts(schema, api);
  if (fields.length === 0) return html`<p>${renderType(schema)}</p>`;
  return html`<table><thead><tr><th>Field</th><th>Type</th><th>What it is</th></tr></thead><tbody>
${fields.map(
  (
    field,
  ) => html`<tr><td><code>${field.name}</code>${field.isRequired ? '' : ' (optional)'}</td><td>${
    field.schema === null ? field.type : html`<a href="#schema-${field.schema}">${field.type}</a>`
  }</td><td>${prose(field.description)}</td></tr>
`,
)}</tbody></table>`;
}

function renderType(schema: JsonSchema): Html {
  const name = typeText(schema.items ?? schema);
  return schema.$ref || schema.items?.$ref
    ? html`<a href="#schema-${name}">${typeText(schema)}</a>`
    : html`${inlineType(schema)}`;
}

/** Pages of a list have no name of their own; what they list has. */
function inlineType(schema: JsonSchema): Html {
  const items = schema.properties?.['items']?.items;
  return items?.$ref
    ? html`A page of <a href="#schema-${typeText(items)}">${typeText(items)}</a>: <code>items</code>, <code>next_cursor</code>`
    : html`${typeText(schema)}`;
}

function renderSchema(name: string, schema: JsonSchema, api: ApiDescription): Html {
  return html`<article aria-labelledby="schema-${name}">
<h3 id="schema-${name}">${name}</h3>
<p>${prose(schema.description ?? '')}</p>
${renderFields(schema, api)}
</article>
`;
}
