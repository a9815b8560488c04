/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Gives the next page; null on the last one. Opaque to whoever receives it. */
  readonly nextCursor: string | null;
}

/** Which page of a list. */
export interface PageRequest {
  /** Items at most. */
  readonly limit: number;
  /** As a page before gave it; absent for the first page. */
  readonly cursor?: string | undefined;
}
