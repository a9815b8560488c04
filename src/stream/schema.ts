/** The types that records of any source may hold. */
export type ColumnType = 'string' | 'double';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** One sentence for people, shown in catalogs. */
  readonly description: string;
}
