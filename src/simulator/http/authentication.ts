import type { Project } from '../project.ts';
import { KEY_UNKNOWN, type Refusal, SECRET_WRONG } from './refusal.ts';

/** The project whose key pair an Authorization header holds (HTTP Basic, RFC 7617), or why there is none. */
export function authenticate(
  header: string | undefined,
  projects: readonly Project[],
): { readonly project: Project } | { readonly refusal: Refusal } {
  const [apiKey, secretKey] = basicCredentials(header);
  const project = projects.find((candidate) => candidate.apiKey === apiKey);
  // Observed: bad credentials are a 403, never a 401 (reference §2).
  if (!project) return { refusal: KEY_UNKNOWN };
  return project.secretKey === secretKey ? { project } : { refusal: SECRET_WRONG };
}

function basicCredentials(header: string | undefined): readonly [string, string] {
  const [, encoded = ''] = /^basic +(\S+)$/i.exec(header ?? '') ?? [];
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  // The user name holds no colon, the password may (RFC 7617 §2).
  const colon = decoded.indexOf(':');
  return colon === -1 ? [decoded, ''] : [decoded.slice(0, colon), decoded.slice(colon + 1)];
}
