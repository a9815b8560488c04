/** Opens the database, says so on one line, and ends: HOME [URL]. */
import { openDatabase } from '../../../src/state/database.ts';

const [home = '', url] = process.argv.slice(2);
const database = await openDatabase({ home, url });
const { length } = await database.db.selectFrom('schema_migrations').selectAll().execute();
await database.close();
process.stdout.write(`${length}\n`);
