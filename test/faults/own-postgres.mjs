// Holds a PostgreSQL that a spec may stop and start; in plain Node, outside Jest's sandbox. Spoken to over IPC.
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../tools/embedded-pg.mjs';
import { freePort } from '../../tools/free-port.mjs';

const dir = await mkdtemp(join(tmpdir(), 'kaijisho-faults-'));
await chmod(dir, 0o755);
const options = { dataDir: join(dir, 'pg'), port: await freePort() };
let server;

const actions = {
  start: async () => (server = await startPostgres(options)).applicationUrl,
  ownerUrl: () => server.url,
  /** As a crash: no goodbye to anybody, and recovery at the next start. */
  crash: () => server.stop('immediate'),
  /** kill -9 of the server itself; its children notice by themselves. */
  kill: () =>
    process.kill(Number(readFileSync(join(options.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL'),
  remove: async () => {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  },
};
process.on('message', async (action) => {
  try {
    process.send({ answer: await actions[action]() });
  } catch (error) {
    process.send({ failure: error.message });
  }
  if (action === 'remove') process.disconnect();
});
process.send({ answer: 'ready' });
