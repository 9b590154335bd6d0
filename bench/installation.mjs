// The built product, as it runs in production: processes of its own, on a PostgreSQL of its own, spoken to over HTTP.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startPostgres } from '../tools/embedded-pg.mjs';
import { freePort } from '../tools/free-port.mjs';
import { entryOf, root } from '../tools/places.mjs';
import { frugalEnvironment, frugalFlags } from '../tools/frugal.mjs';
import { withFolder } from './measure.mjs';

/** Lends an empty, migrated database with PostgreSQL's own, durable settings. @param work gets its address */
export const withDatabase = (work) =>
  withFolder(async (folder) => {
    const postgres = await startPostgres({ dataDir: join(folder, 'pg'), port: await freePort() });
    try {
      await command(postgres.url, ['migrate']);
      return await work(postgres.url);
    } finally {
      await postgres.stop();
    }
  });

/** Runs `kaijisho` with these arguments to its end. @returns {Promise<string>} what it printed */
export const command = async (databaseUrl, args, input = '') => {
  const child = spawn(process.execPath, [entryOf('cli'), ...args], {
    ...{ cwd: root, env: { ...process.env, DATABASE_URL: databaseUrl }, stdio: ['pipe', 'pipe', 'inherit'] },
  });
  child.stdin.end(input);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  const code = await new Promise((end) => child.once('close', end));
  if (code !== 0) throw new Error(`kaijisho ${args.join(' ')} ended with ${code}`);
  return output;
};

/** Lends api and worker on an empty database. @param work gets { address, pid, databaseUrl } */
export const withProduct = (work) =>
  withDatabase(async (databaseUrl) => {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const address = { DATABASE_URL: databaseUrl, PORT: '0', PUBLIC_URL: 'http://localhost' };
    const settings = { ...env, ...frugalEnvironment, ...address };
    const start = (app) =>
      spawn(process.execPath, ['--enable-source-maps', ...frugalFlags, entryOf(app)], {
        ...{ cwd: root, env: settings, stdio: ['ignore', 'pipe', 'ignore'] },
      });
    const processes = [start('api'), start('worker')];
    try {
      const [api, worker] = processes;
      const address = await said(api, /^api: (\S+)$/m);
      await said(worker, /^worker: ready$/m);
      return await work({ address, pid: api.pid, databaseUrl });
    } finally {
      await Promise.all(processes.map(ended));
    }
  });

const said = (child, pattern) =>
  new Promise((fulfil, fail) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      const match = pattern.exec(output);
      if (match) fulfil(match[1]);
    });
    child.once('exit', (code) => fail(new Error(`ended with ${code} before it was ready`)));
  });

const ended = (child) =>
  new Promise((fulfil) => {
    if (child.exitCode !== null || child.signalCode !== null) return fulfil();
    child.once('exit', fulfil);
    child.kill();
  });

export const password = 'correct horse battery';

/** A signed-in browser: keeps its cookie and its token. Those who share `seen` read what any of them has written. */
export const signIn = async (address, loginName, seen = {}) => {
  const session = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loginName, password }),
  });
  if (!session.ok) throw new Error(`${loginName} cannot sign in: ${await session.text()}`);
  const cookie = session.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  const { csrfToken } = await session.json();

  const ask = async (method, path, body) => {
    const raw = body instanceof Uint8Array;
    const response = await fetch(`${address}${path}`, {
      method,
      headers: {
        cookie,
        ...(method === 'GET' ? {} : { 'x-csrf-token': csrfToken }),
        ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
        ...(method === 'GET' && seen.position ? { 'if-position-at-least': seen.position } : {}),
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json');
    const answer = { status: response.status, bytes, body: isJson ? JSON.parse(bytes.toString()) : undefined };
    seen.position = answer.body?.position ?? seen.position;
    return answer;
  };
  /** As `ask`, for what has to succeed. */
  const must = async (method, path, body) => {
    const answer = await ask(method, path, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${answer.bytes.toString().slice(0, 500)}`);
    return answer;
  };
  return {
    ask,
    get: (path) => must('GET', path),
    post: (path, body) => must('POST', path, body),
    put: (path, body) => must('PUT', path, body),
  };
};

/** Registers those whom the main job needs, and signs them in. */
export const people = async ({ address, databaseUrl }) => {
  const administrator = ['--login', 'admin', '--name', '管理 者', '--address', 'admin@example.jp'];
  await command(databaseUrl, ['users', 'add', ...administrator, '--role', 'administrator'], `${password}\n`);
  const seen = {};
  const admin = await signIn(address, 'admin', seen);
  const register = async (loginName, role) => {
    const user = { loginName, name: loginName, address: `${loginName}@example.jp`, password, roles: [role] };
    return (await admin.post('/api/users', user)).body.id;
  };
  await register('drafter', 'drafter');
  for (const [loginName, role] of [
    ['privacy', 'privacyOfficer'],
    ['management', 'managementOfficer'],
  ]) {
    const userId = await register(loginName, 'signatory');
    const office = { role, userId, department: '事業本部', title: '部門長', from: '2025-01-01' };
    await admin.post('/api/officers/appointments', office);
  }
  return {
    admin,
    drafter: await signIn(address, 'drafter', seen),
    privacy: await signIn(address, 'privacy', seen),
    management: await signIn(address, 'management', seen),
  };
};
