/** How rows can be printed. */
export const SQL_FORMATS = ['table', 'json', 'csv', 'ndjson'] as const;

export type SqlFormat = (typeof SQL_FORMATS)[number];
