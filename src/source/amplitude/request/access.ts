import type { Secret } from '../secret.ts';

/** Where and as whom charts are requested: one project of Amplitude (reference §1.2). */
export interface Access {
  /** From `resolveBaseUrl`. */
  readonly baseUrl: string;
  readonly apiKey: Secret;
  readonly secretKey: Secret;
}

/** The header's value: RFC 7617, with the API key as user and the secret key as password (reference §1.2). */
export function basicAuthorization(access: Access): string {
  return `Basic ${base64Credentials(access)}`;
}

/** The text without the keys, should an answer repeat them (proxies' error pages do). */
export function concealKeys(text: string, access: Access): string {
  return [base64Credentials(access), access.apiKey.reveal(), access.secretKey.reveal()]
    .filter((secret) => secret !== '')
    .reduce((concealed, secret) => concealed.replaceAll(secret, '[secret]'), text);
}

function base64Credentials({ apiKey, secretKey }: Access): string {
  return Buffer.from(`${apiKey.reveal()}:${secretKey.reveal()}`).toString('base64');
}
