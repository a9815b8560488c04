import { createHash } from 'node:crypto';
import type { Part } from './part.ts';

/** Changes whenever what is hashed changes, so that digests of two forms never compare equal. */
const FORM = 'chartlift-content-1';

/**
 * A digest of a table's whole content, row order included: equal digests mean equal content, so
 * that an unchanged table costs no comparison. Different digests prove nothing (rows in another
 * order are the same content); then the rows themselves are compared.
 *
 * Each distinct text is hashed once a part; rows count as numbers of four or eight bytes.
 */
export class ContentDigest {
  readonly #hash = createHash('sha256').update(FORM);

  /** Adds a part. Parts must be added in their order. */
  add(part: Part): void {
    this.#hash.update(
      JSON.stringify([part.rows, part.columns.map(({ name, type }) => [name, type])]),
    );
    for (const vector of part.vectors) {
      if (vector.kind === 'number') {
        this.#hash.update(vector.values);
        continue;
      }
      this.#hash.update(JSON.stringify(vector.texts));
      const constant = vector.texts.length === 1 && vector.nulls === 0;
      if (!constant) this.#hash.update(vector.ids);
    }
  }

  /** `sha256:` and 64 hexadecimal digits. To be called once. */
  finish(): string {
    return `sha256:${this.#hash.digest('hex')}`;
  }
}
