// `npm start`: from a fresh clone to a running product, and back to nothing running on Ctrl-C.
// Only Node's own modules until the packages are installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureBuilt } from './build.mjs';
import { checkPort, freePort, preferablyPort } from './free-port.mjs';
import { ensureInstalled } from './install.mjs';
import { dataDir, entryOf, root } from './places.mjs';
import { Child } from './processes.mjs';
import { endOrphans, recordChildren, releaseLock, takeLock } from './run-record.mjs';
import { checkNode, orTrouble, Trouble } from './trouble.mjs';

const DATABASE_WATCH_MS = 2_000;
const START_MS = 90_000;
/** npm and the terminal both pass on one Ctrl-C; only a later one is the user's second. */
const SAME_CTRL_C_MS = 1_000;

const { env } = process;
const host = env.HOST || '127.0.0.1';
const port = Number(env.PORT || 3000);
const url = `http://localhost:${port}`;
const ownDatabase = Boolean(env.DATABASE_URL);
const ownMail = Boolean(env.SMTP_URL);

let postgres;
let databaseRestart;
let stopping;
const children = new Map();

const say = (text) => console.log(text);
const record = () => recordChildren(dataDir, [...children.values()]);

async function start() {
  const orphans = await endOrphans(dataDir);
  if (orphans.length > 0)
    say(`前回の残りを片付けました / ended what an earlier start left behind: ${orphans.join(', ')}`);
  await checkPort(port, host, 'PORT');
  ensureInstalled({ onInstall: () => say('パッケージを取得しています… / installing packages…') });
  await ensureBuilt({ onBuild: () => say('ビルドしています… / building…') });

  const database = ownDatabase ? {} : await startDatabase();
  const mailbox = ownMail ? undefined : await startMailbox();
  const settings = {
    ...env,
    DATA_DIR: dataDir,
    ...database,
    HOST: host,
    PORT: String(port),
    PUBLIC_URL: env.PUBLIC_URL || url,
    SMTP_URL: ownMail ? env.SMTP_URL : mailbox.smtpUrl,
  };
  // People with known passwords have no place in somebody's own database, unless they are asked for.
  const demo = env.DEMO ? env.DEMO !== '0' : !ownDatabase;
  const accounts = accountsIn(await command([demo ? 'demo' : 'migrate'], settings));
  if (stopping) return;
  // The processes that listen to others know the application's role only.
  const withoutOwner = { ...settings, MIGRATION_DATABASE_URL: '' };
  startChild('api', withoutOwner);
  startChild('worker', withoutOwner);
  await untilHealthy();
  say(summary(accounts, mailbox?.url));
}

async function startDatabase() {
  const { startPostgres } = await import('./embedded-pg.mjs');
  const options = { dataDir: join(dataDir, 'pg'), port: await freePort() };
  postgres = await startPostgres(options);
  void watchDatabase(() => startPostgres({ ...options, port: postgres.port }));
  return { DATABASE_URL: postgres.applicationUrl, MIGRATION_DATABASE_URL: postgres.url };
}

/** Starts PostgreSQL again whenever it has stopped, for as long as the product runs. */
async function watchDatabase(restart) {
  for (; !stopping; await pause(DATABASE_WATCH_MS)) {
    if (postgres.alive()) continue;
    console.error('PostgreSQL が止まったため、起動し直します / PostgreSQL has stopped, starting it again');
    databaseRestart = restart().catch((error) => console.error(error.message));
    await databaseRestart;
  }
}

async function startMailbox() {
  const chosen = async (variable, preferred) => {
    if (!env[variable]) return preferablyPort(preferred);
    await checkPort(Number(env[variable]), '127.0.0.1', variable);
    return Number(env[variable]);
  };
  const httpPort = await chosen('MAILBOX_HTTP_PORT', 8025);
  const smtpPort = await chosen('MAILBOX_SMTP_PORT', 1025);
  const settings = { MAILBOX_HTTP_PORT: String(httpPort), MAILBOX_SMTP_PORT: String(smtpPort), DATA_DIR: dataDir };
  startChild('mailbox', { ...env, ...settings });
  return { url: `http://localhost:${httpPort}`, smtpUrl: `smtp://127.0.0.1:${smtpPort}` };
}

function startChild(name, settings) {
  const child = new Child({
    name,
    script: entryOf(name),
    env: settings,
    dataDir,
    onStart: () => setImmediate(record),
    onDeath: ({ logFile }, why, wait) =>
      console.error(
        `${name} が止まりました（${why}）。${wait / 1000} 秒後に起動し直します / ${name} has stopped (${why}); starting it again in ${wait / 1000} s. ${logFile}`,
      ),
  });
  children.set(name, child);
}

/** Runs a command of the command line to its end. @returns {Promise<string>} what it printed */
async function command(args, settings) {
  const child = spawn(process.execPath, ['--enable-source-maps', entryOf('cli'), ...args], {
    cwd: root,
    env: settings,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
  const code = await new Promise((end) => child.once('close', end));
  if (code === 0) return output;
  throw new Trouble(
    `「${args.join(' ')}」に失敗しました。データベース: ${withoutPassword(settings.DATABASE_URL)}\n${(errors || output).trim()}`,
    `"${args.join(' ')}" failed; the reason stands above.`,
  );
}

const withoutPassword = (address) => address.replace(/:[^:@/]*@/, '@');

function accountsIn(output) {
  try {
    return JSON.parse(output.trim().split('\n').at(-1)).accounts ?? [];
  } catch {
    return [];
  }
}

async function untilHealthy() {
  const api = children.get('api');
  const address = `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}/api/health`;
  for (const deadline = Date.now() + START_MS; !stopping; await pause(100)) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() < deadline && api.failures < 3) continue;
    throw new Trouble(
      `api が応答しません。記録の終わり（${api.logFile}）:\n${lastLines(api.logFile)}`,
      'The api does not answer; the end of its log stands above.',
    );
  }
}

const lastLines = (file) =>
  existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n') : '';

function summary(accounts, mailbox) {
  const width = (text) => [...text].reduce((sum, character) => sum + (character.codePointAt(0) > 0x2e7f ? 2 : 1), 0);
  const padded = (text, to) => text + ' '.repeat(Math.max(0, to - width(text)));
  const column = (key) => Math.max(0, ...accounts.map((account) => width(String(account[key] ?? '')))) + 2;
  const row = ({ loginName, password, name, role }) =>
    `    ${padded(loginName, column('loginName'))}${padded(password, column('password'))}${padded(name, column('name'))}${role ?? ''}`;
  const lines = [
    '',
    '  Kaijisho が動いています / Kaijisho is running',
    '',
    `    ${url}`,
    ...(mailbox ? [`    ${mailbox}   届いたメール / the mails it sends`] : []),
    `    ${dataDir}   データと記録 / data and logs`,
    ...(accounts.length === 0
      ? []
      : [
          '',
          '  試す人 / who you can be   （ログイン名・パスワード・氏名・役割）',
          ...accounts.map(row),
          '',
          '  試してみること / what to try',
          '    1. 高橋、次に山本でサインインし、審査を待つ第7版に署名する / sign edition 7 as takahashi, then as yamamoto',
          '    2. 起草者の佐藤で公開し、公開ページと PDF を見る / publish it as sato; look at the public page and the PDF',
          '    3. 佐藤で開示書を取り込むか改訂を始め、項目を直して提出する / as sato import or revise a disclosure, edit it, submit it',
        ]),
    '',
    '  Ctrl-C で終わります / Ctrl-C ends it',
    '',
  ];
  return lines.join('\n');
}

function onSignal() {
  if (!stopping) {
    say('\n終了しています… / stopping…');
    void stopAll().then(() => process.exit(0));
  } else if (Date.now() - stopping > SAME_CTRL_C_MS) {
    for (const child of children.values()) child.kill();
    void Promise.resolve(postgres?.stop('immediate')).finally(() => process.exit(130));
  }
}

/** Those who use the database first, then the database. */
async function stopAll() {
  stopping = Date.now();
  for (const name of ['api', 'worker', 'mailbox']) await children.get(name)?.stop();
  await databaseRestart; // a server that is just starting has to be stopped as well
  await postgres?.stop().catch((error) => console.error(error.message));
  releaseLock(dataDir);
}

await orTrouble(async () => {
  checkNode();
  takeLock(dataDir, url);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, onSignal);
  process.on('exit', () => releaseLock(dataDir));
  try {
    await start();
  } catch (error) {
    if (stopping) return; // what failed, failed because it was told to stop
    await stopAll();
    throw error;
  }
});
