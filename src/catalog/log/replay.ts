import type {
  Action,
  AddFile,
  Protocol,
  RemoveFile,
  TableMetadata,
  Transaction,
} from './actions.ts';

/** The state of a table after some of its log (Delta protocol, "Action Reconciliation"). */
export interface TableState {
  readonly protocol: Protocol | null;
  readonly metadata: TableMetadata | null;
  /** Files of the table, by their path as the log spells it. */
  readonly files: ReadonlyMap<string, AddFile>;
  /** Files that were removed, as far as the log still tells. */
  readonly tombstones: ReadonlyMap<string, RemoveFile>;
  readonly transactions: ReadonlyMap<string, Transaction>;
}

/** The state before the first action. */
export const EMPTY_STATE: TableState = {
  protocol: null,
  metadata: null,
  files: new Map(),
  tombstones: new Map(),
  transactions: new Map(),
};

/**
 * Applies the actions of one commit, or of one checkpoint, to a state.
 * In one commit the same path may be removed and added again; the file is then there, since the
 * order of actions inside a commit means nothing and a removal names what was there before.
 */
export function replay(state: TableState, actions: readonly Action[]): TableState {
  let { protocol, metadata } = state;
  const files = new Map(state.files);
  const tombstones = new Map(state.tombstones);
  const transactions = new Map(state.transactions);
  for (const action of actions) {
    if (action.protocol) protocol = action.protocol;
    if (action.metaData) metadata = action.metaData;
    if (action.txn) transactions.set(action.txn.appId, action.txn);
    if (action.remove) {
      files.delete(action.remove.path);
      tombstones.set(action.remove.path, action.remove);
    }
  }
  for (const { add } of actions) {
    if (!add) continue;
    tombstones.delete(add.path);
    files.set(add.path, add);
  }
  return { protocol, metadata, files, tombstones, transactions };
}
