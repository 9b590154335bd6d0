import { certificateCodec, certificateStream } from '@app/certificates';
import { createDataSource } from '@app/database';
import { SYSTEM } from '@app/event-sourcing';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { advance, checkpointOf, projectionMigrations } from '@app/projections';
import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import { reminderAgenda, reminderCodec, reminderDecider, reminderMigrations, reminderStream } from '.';

const at = '2030-05-01T00:00:00.000Z';
const metadata = { actor: SYSTEM, recordedAt: at, correlationId: 'spec', causationId: 'spec' };
const subject = certificateStream('c1');
const term = { number: 'ZZ-1', body: '審査機関株式会社', validFrom: '2027-07-01', validUntil: '2030-06-30' };

describe('the agenda of an installation that remembered certificates in an older shape', () => {
  it('is filled anew, and not on top of what was remembered', async () => {
    const before = reminderMigrations.filter(({ name }) => !/^(Agenda|Ledger)Anew/.test(name));
    const installed = [...eventStoreMigrations, ...projectionMigrations];
    const database = await createTestDatabase([...installed, ...before]);
    const { dataSource, pool } = database;
    const store = new PostgresEventStore(pool);
    const registered = certificateCodec.encode({
      type: 'CertificateRegistered',
      data: {
        ...{ certificateId: 'c1', kind: 'isms', name: 'ISMS認証', citedBy: [], ...term },
        ...{ by: { id: 'dora', name: '起草 土良' }, at },
      },
    });
    await store.append(subject, 'no-stream', [{ ...registered, id: randomUUID(), metadata }]);
    const rung = { rungId: `${subject}:2030-06-30:2m`, rung: '2m', label: '2か月前', sendOn: '2030-04-30' };
    const decision = reminderDecider.decide(
      {
        ...{ type: 'Remind', on: '2030-05-01', latest: rung, earlier: [], missed: false, recipients: ['mio'], at },
        deadline: { subject, matter: 'renewal', ladder: 'isms', dueOn: '2030-06-30', knownOn: '2030-05-01' },
        about: { title: 'ISMS認証', detail: '', path: '/certificates/c1', citedBy: [] },
      },
      reminderDecider.initialState,
    );
    if (decision.outcome !== 'accepted') throw new Error(JSON.stringify(decision));
    await store.append(
      reminderStream(subject),
      'no-stream',
      decision.events.map((event) => ({ ...reminderCodec.encode(event), id: randomUUID(), metadata })),
    );
    await logShowsAll(dataSource);
    const log = await store.readAll(null, 10);
    // As it was left: this subject, and one of which the log knows nothing.
    const old = { status: 'Registered', id: 'c1', kind: 'isms', term, filedOn: null, surveillance: null };
    const remembered = decision.events.reduce(reminderDecider.evolve, reminderDecider.initialState);
    await dataSource.query(
      `insert into reminder_agenda (subject, state, ledger, known_on, next_on)
       select unnest($1::text[]), $2, $3, '2030-05-01', '2030-05-31'`,
      [[subject, 'certificate-c0'], JSON.stringify(old), JSON.stringify(remembered)],
    );
    await dataSource.query(`insert into reminder_deadline select subject, '2030-06-30' from reminder_agenda`);
    await dataSource.query(`insert into projection_checkpoint values ('reminder-agenda.v3', $1)`, [
      log.at(-1)?.position,
    ]);

    const owner = await createDataSource(database.ownerUrl, [...installed, ...reminderMigrations], 1).initialize();
    await owner.runMigrations();
    await owner.destroy();
    await advance(dataSource, reminderAgenda, await checkpointOf(dataSource, reminderAgenda.name), log);
    expect(
      await dataSource.query(
        `select subject, jsonb_array_length(ledger->'reminders') as reminders, state ? 'audits' as "hasAudits", key
           from reminder_agenda left join reminder_deadline using (subject)`,
      ),
    ).toEqual([{ subject, reminders: 1, hasAudits: true, key: '2030-06-30' }]);
    expect(await dataSource.query('select name from projection_checkpoint')).toEqual([{ name: reminderAgenda.name }]);
    await database.close();
  });
});
