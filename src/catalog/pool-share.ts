/**
 * Node has few threads for everything that may wait: files, password hashes and the engine (libuv, "Thread
 * pool work scheduling"; four unless `UV_THREADPOOL_SIZE` says otherwise).
 */
const THREADS = Number(process.env['UV_THREADPOOL_SIZE']) || 4;

/** So many of them are held by one kind of long work at most: half is left to the rest. */
export const POOL_SHARE = Math.max(1, Math.floor(THREADS / 2));
