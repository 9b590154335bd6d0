import { execFile, execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { EventStore } from '@app/event-sourcing';
import { someEvent } from '@app/event-sourcing/testing';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { sealMigrations } from '../migration';
import { sealText } from '../seal';
import { sealLog } from '../seal-job';
import { newSealKeyPem, sealKeyFromPem } from '../seal-key';
import { sealsFrom } from '../seal-rows';
import { verifyTimeStamp } from './time-stamp';
import { askForTimeStamp, type TimeStampAuthority } from './time-stamp-authority';
import { stampNewest, timeStampJob } from './time-stamp-job';
import { firstTimeStamp, sealsWithoutTimeStamp } from './time-stamp-rows';

const openssl = (): string | null => {
  try {
    return /^OpenSSL 3/.exec(execFileSync('openssl', ['version'], { encoding: 'utf8' }))?.[0] ?? null;
  } catch {
    return null;
  }
};
const missing = openssl() === null;
if (missing) console.warn('Time stamps were not tried against an authority: there is no openssl (3.x) here.');

/** Answers as the real one does, or as it is told. */
type Answering = (request: Buffer, sign: (signer: string) => Promise<Buffer>) => Promise<Buffer | number>;

(missing ? describe.skip : describe)('time stamping', () => {
  let directory: string;
  let server: Server;
  let authority: TimeStampAuthority;
  let answering: Answering;
  let asked: IncomingMessage[];
  let db: TestDatabase;
  let store: EventStore;
  const key = sealKeyFromPem(newSealKeyPem());
  const now = new Date('2030-01-02T09:00:00.000Z');

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'kaijisho-tsa-'));
    execFileSync('sh', [join(__dirname, 'fixtures', 'make.sh'), directory]);
    let turn = Promise.resolve<unknown>(null); // the authority counts its stamps in a file
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      asked.push(request);
      const query = await buffer(request);
      const sign = (signer: string): Promise<Buffer> => {
        const signing = turn.then(() => reply(query, signer));
        turn = signing.catch(() => null);
        return signing;
      };
      const answered = await answering(query, sign);
      if (typeof answered === 'number') response.writeHead(answered).end();
      else response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answered);
    };
    server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = new URL(`http://user:word@127.0.0.1:${(server.address() as AddressInfo).port}/tsr`);
    const root = new X509Certificate(readFileSync(join(directory, 'root.pem'))).raw;
    authority = { url, policy: undefined, roots: [root] };
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    rmSync(directory, { recursive: true });
  });

  const reply = async (query: Buffer, signer: string): Promise<Buffer> => {
    writeFileSync(join(directory, 'asked.tsq'), query);
    const [request, answer, chain] = ['asked.tsq', 'answer.tsr', `${signer}-chain.pem`];
    const signing = ['-signer', `${signer}.pem`, '-inkey', `${signer}.key`, '-chain', chain];
    const args = ['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', request, ...signing, '-out', answer];
    await promisify(execFile)('openssl', args, { cwd: directory });
    return readFileSync(join(directory, answer));
  };

  beforeEach(async () => {
    asked = [];
    answering = (_, sign) => sign('rsa');
    db = await createTestDatabase([...eventStoreMigrations, ...sealMigrations]);
    store = new PostgresEventStore(db.pool);
  });
  afterEach(() => db.close());

  let version = 0;
  beforeEach(() => (version = 0));
  /** One more event, one more seal: again until the log shows the event, which another's open transaction may hold back. */
  const sealOneMore = async (): Promise<void> => {
    await store.append('count-a', version === 0 ? 'no-stream' : version, [someEvent(++version)]);
    const sealing = { store, dataSource: db.dataSource, clock: () => now, key };
    for (;;) {
      await sealLog(sealing);
      const last = (await sealsFrom(db.dataSource, 1, 1_000)).reduce((events, { size }) => events + size, 0);
      if (last === version) return;
    }
  };
  const stamp = () => stampNewest({ dataSource: db.dataSource, authority });
  const missingStamps = () => sealsWithoutTimeStamp(db.dataSource);

  it('has the newest seal stamped, once, and the stamp is over that seal', async () => {
    expect(await stamp()).toBeNull();
    await sealOneMore();
    expect(await missingStamps()).toBe(1);
    expect(await stamp()).toBe(1);
    expect(await stamp()).toBeNull();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers).toMatchObject({
      'content-type': 'application/timestamp-query',
      authorization: `Basic ${Buffer.from('user:word').toString('base64')}`,
    });
    expect(await missingStamps()).toBe(0);

    const [seal] = await sealsFrom(db.dataSource, 1, 1);
    const stored = await firstTimeStamp(db.dataSource, { from: 1, until: 1 });
    expect(await verifyTimeStamp(stored!.token, sealText(seal!), authority.roots)).toMatchObject({
      authority: 'Example TSA, Example Time',
    });
    // Somebody who has nothing of ours checks the same, by the chain hash of the seal.
    writeFileSync(join(directory, 'stored.tst'), stored!.token);
    const args = ['ts', '-verify', '-digest', seal!.chain, '-in', 'stored.tst', '-token_in', '-CAfile', 'root.pem'];
    const { stdout, stderr } = await promisify(execFile)('openssl', args, { cwd: directory });
    expect(stdout + stderr).toContain('Verification: OK');
  });

  it('asks for the policy that is wanted', async () => {
    const data = Buffer.from('data');
    const token = await askForTimeStamp({ ...authority, policy: '1.2.3.4.5' }, data);
    expect(await verifyTimeStamp(token, data, authority.roots)).toMatchObject({ policy: '1.2.3.4.5' });
    await expect(askForTimeStamp({ ...authority, policy: '1.2.3.4.6' }, data)).rejects.toThrow(
      'The authority gives no stamp (status 2: Requested policy is not supported.)',
    );
  });

  it('stamps all that was sealed while the authority was away with one stamp, and sealing went on', async () => {
    answering = async () => 503;
    await sealOneMore();
    await expect(stamp()).rejects.toThrow(/^The time stamping authority 127\.0\.0\.1:\d+ answers 503$/);
    await sealOneMore();
    await sealOneMore();
    expect(await missingStamps()).toBe(3);
    answering = (_, sign) => sign('ec');
    expect(await stamp()).toBe(3);
    expect(await missingStamps()).toBe(0);
    expect(await firstTimeStamp(db.dataSource, { from: 1, until: 2 })).toBeNull();
    expect(await firstTimeStamp(db.dataSource, { from: 1, until: 400 })).toMatchObject({ batch: 3 });
  });

  it('asks less and less often while there is no answer, and every time again afterwards', async () => {
    let clock = now.getTime();
    const { jobs } = timeStampJob({ dataSource: db.dataSource, authority, clock: () => new Date(clock) });
    const run = () => jobs[0]!.run('log.stamp', async () => {});
    answering = async () => 503;
    await sealOneMore();
    let failed = 0;
    for (const end = clock + 24 * 3_600_000; clock < end; clock += 10_000) await run().catch(() => failed++);
    expect(failed).toBe(asked.length);
    expect(failed).toBeGreaterThan(20);
    expect(failed).toBeLessThan(70);
    answering = (_, sign) => sign('rsa');
    clock += 30 * 60_000;
    await run();
    await sealOneMore();
    await run();
    expect(await missingStamps()).toBe(0);
  });

  it('asks once, however many want to', async () => {
    await sealOneMore();
    const stamped = await Promise.all([stamp(), stamp(), stamp(), stamp()]);
    expect(stamped.filter((batch) => batch !== null)).toEqual([1]);
    expect(asked).toHaveLength(1);
  });

  it.each<[what: string, answer: Answering, complaint: string | RegExp]>([
    ['no answer of RFC 3161', async () => Buffer.from('<html>'), 'The answer is none of RFC 3161'],
    ['a signer that is not trusted', (_, sign) => sign('stranger'), 'to a root that is trusted'],
    ['a certificate that has expired', (_, sign) => sign('expired'), 'not valid at that time'],
    ['another host', async () => 302, 'answers 302'],
    ['an error', async () => 500, 'answers 500'],
    ['megabytes', async () => Buffer.alloc(5_000_000), 'answers more than a stamp can be'],
  ])('stores nothing of %s', async (_, answer, complaint) => {
    answering = answer;
    await sealOneMore();
    await expect(stamp()).rejects.toThrow(complaint);
    expect(await missingStamps()).toBe(1);
  });

  it('stores nothing of the answer to another question', async () => {
    let first: Buffer | undefined;
    answering = async (_, sign) => (first ??= await sign('rsa'));
    await sealOneMore();
    await stamp();
    await sealOneMore();
    await expect(stamp()).rejects.toThrow('its nonce is another');
    const other = Buffer.from('other');
    answering = async (query) => {
      // The same nonce over something else: the digest stands in the request as it is.
      const [seal] = await sealsFrom(db.dataSource, 2, 1);
      const at = query.indexOf(Buffer.from(seal!.chain, 'hex'));
      const forged = Buffer.concat([query.subarray(0, at), Buffer.alloc(32, other), query.subarray(at + 32)]);
      return reply(forged, 'rsa');
    };
    await expect(stamp()).rejects.toThrow('over something else');
    expect(await missingStamps()).toBe(1);
  });

  it('does not wait for an authority that does not answer', async () => {
    answering = () => new Promise(() => {});
    await expect(askForTimeStamp(authority, Buffer.from('data'), 50)).rejects.toThrow(
      /^The time stamping authority 127\.0\.0\.1:\d+ does not answer \(in 0\.05 seconds\)$/,
    );
    server.closeAllConnections();
  });

  it('keeps its stamps for ever', async () => {
    await sealOneMore();
    await stamp();
    await expect(db.dataSource.query('delete from time_stamp')).rejects.toThrow();
    await expect(db.asOwner("update time_stamp set token = ''")).rejects.toThrow('never changed');
  });
});
