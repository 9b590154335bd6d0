import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { createDataSource } from '@app/database';
import { handle, SYSTEM, type EventStore } from '@app/event-sourcing';
import type { UserRole } from '@app/http';
import { registerUser } from '@app/identity';
import { officerCodec, officerDecider, OFFICERS_STREAM, type OfficerRegister } from '@app/officers';
import { migrations, openEventStore, type Settings } from '@app/runtime';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import request from 'supertest';
import { v7 as newId } from 'uuid';
import { createApi } from '../../apps/api/src/create-api';
import { startWorker } from '../../apps/worker/src/worker';
import { createTestDatabase } from './database';

export const password = 'correct horse battery';

export type Person = { readonly id: string; readonly name: string; readonly address: string };
type Role = OfficerRegister['offices'][number]['role'];

/** The product as it runs, in this process: api, worker and a mail server, on a database of its own. */
export type Product = Awaited<ReturnType<typeof startProduct>>;

export const startProduct = async (clock: () => Date = () => new Date()) => {
  const database = await createTestDatabase(migrations, { queue: true });
  const mails: Email[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          mails.push(mail);
          done();
        }, done);
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;

  const settings: Settings = {
    databaseUrl: database.url,
    eventStoreUrl: process.env['EVENT_STORE_URL'],
    eventStorePrefix: `spec-${randomUUID()}`,
    smtpUrl: `smtp://127.0.0.1:${port}`,
    mailFrom: 'Kaijisho <kaijisho@example.jp>',
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://kaijisho.example',
  };
  const api = await createApi(settings, clock);
  await api.listen(0, '127.0.0.1');
  const address = await api.getUrl();
  const worker = await startWorker(settings, clock);

  const { store, close: closeStore } = await openEventStore(settings, database.pool);
  const people = peopleOf({ store, dataSource: database.dataSource, clock });

  return {
    address,
    database,
    store,
    mails,
    ...people,
    /** A signed-in browser of that person. */
    signIn: (person: Person) => signIn(address, person),
    /** Waits until the mail that `wanted` looks for has arrived, or fails with what has. */
    mail: async (wanted: (mail: Email) => boolean): Promise<Email> => {
      await until(
        () => mails.some(wanted),
        () => `no such mail among: ${mails.map(({ subject }) => subject).join(' / ')}`,
      );
      return mails.find(wanted) as Email;
    },
    close: async () => {
      await worker.close();
      await api.close();
      await closeStore();
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
      await database.close();
    },
  };
};

/** Waits for a condition, generously: it fails only when the product hangs. */
export const until = async (
  condition: () => boolean | Promise<boolean>,
  otherwise: () => string,
  patienceMs = 30_000,
): Promise<void> => {
  for (const deadline = Date.now() + patienceMs; !(await condition());) {
    if (Date.now() > deadline) throw new Error(otherwise());
    await new Promise((wait) => setTimeout(wait, 50));
  }
};

type Where = {
  readonly store: EventStore;
  readonly dataSource: ReturnType<typeof createDataSource>;
  readonly clock: () => Date;
};

export const peopleOf = ({ store, dataSource, clock }: Where) => ({
  register: async (loginName: string, name: string, roles: readonly UserRole[]): Promise<Person> => {
    const id = randomUUID();
    const address = `${loginName}@example.jp`;
    const user = { id, loginName, name, address, password, roles };
    const { outcome } = await registerUser({ store, dataSource, now: clock }, user);
    if (outcome === 'rejected') throw new Error(`could not register ${loginName}`);
    return { id, name, address };
  },
  appoint: async (person: Person, role: Role, title: string): Promise<void> => {
    const at = clock().toISOString();
    await handle(
      { store, decider: officerDecider, codec: officerCodec, newId },
      {
        stream: OFFICERS_STREAM,
        command: {
          type: 'AppointOfficer',
          role,
          userId: person.id,
          name: person.name,
          department: '事業本部',
          title,
          from: '2025-01-01',
          alongside: false,
          by: SYSTEM,
          at,
        },
        metadata: { actor: SYSTEM, recordedAt: at, correlationId: 'test', causationId: 'test' },
      },
    );
  },
});

export const signIn = async (address: string, person: Person) => {
  const agent = request.agent(address);
  const session = await agent.post('/api/session').send({ address: person.address, password });
  if (session.status !== 200) throw new Error(`could not sign in ${person.name}: ${JSON.stringify(session.body)}`);
  const token: string = session.body.csrfToken;
  let seen: string | null = null;
  const remember = (response: request.Response): request.Response => {
    if (typeof response.body?.position === 'string') seen = response.body.position;
    return response;
  };
  return {
    /** As the screens do, asks again while what was written here cannot be seen yet. */
    get: async (path: string) => {
      for (const deadline = Date.now() + 30_000; ;) {
        const asked = agent.get(path);
        const response = await (seen === null ? asked : asked.set('If-Position-At-Least', seen));
        if (response.body?.title !== 'NotYetVisible' || Date.now() > deadline) return response;
      }
    },
    post: async (path: string, body?: object) => remember(await agent.post(path).set('x-csrf-token', token).send(body)),
    put: async (path: string, body: object) => remember(await agent.put(path).set('x-csrf-token', token).send(body)),
    delete: async (path: string) => remember(await agent.delete(path).set('x-csrf-token', token)),
    upload: async (path: string, bytes: Uint8Array, mediaType = 'application/octet-stream') =>
      remember(
        await agent.post(path).set('x-csrf-token', token).set('content-type', mediaType).send(Buffer.from(bytes)),
      ),
  };
};
