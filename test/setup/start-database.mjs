// Runs in plain Node, outside Jest's sandbox: one embedded PostgreSQL for all integration specs of a run.
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetful, startPostgres } from '../../tools/embedded-pg.mjs';
import { freePort } from '../../tools/free-port.mjs';

export default async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kaijisho-test-'));
  await chmod(dir, 0o755);
  const server = await startPostgres({ dataDir: join(dir, 'pg'), port: await freePort(), flags: forgetful });
  process.env.TEST_DATABASE_URL = server.url;
  globalThis.testDatabase = { server, dir };
};
