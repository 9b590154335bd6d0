import { readSettings } from './settings';

const DATABASE_URL = 'postgres://u:p@localhost/db';

describe('the settings of an installation', () => {
  it('need only a database', () =>
    expect(readSettings({ DATABASE_URL })).toMatchObject({
      databaseUrl: DATABASE_URL,
      port: 3000,
      publicUrl: 'http://localhost:3000',
    }));

  it('take an empty variable for one that is not set', () =>
    expect(
      readSettings({
        ...{ DATABASE_URL, MIGRATION_DATABASE_URL: '', EVENT_STORE_URL: '', EVENT_STORE_PREFIX: '', REDIS_URL: '' },
        ...{ SMTP_URL: '', MAIL_FROM: '', HOST: '', PORT: '', PUBLIC_URL: '', TRUST_PROXY: '', METRICS_TOKEN: '' },
      }),
    ).toEqual(readSettings({ DATABASE_URL })));

  it('keep the log in the database unless a KurrentDB is named', () => {
    expect(readSettings({ DATABASE_URL, EVENT_STORE_URL: '' })).toMatchObject({
      eventStoreUrl: undefined,
      eventStorePrefix: 'kaijisho',
    });
    const url = 'kurrentdb+discover://u:p@db.example:2113?nodePreference=leader';
    expect(readSettings({ DATABASE_URL, EVENT_STORE_URL: url, EVENT_STORE_PREFIX: 'clinic' })).toMatchObject({
      eventStoreUrl: url,
      eventStorePrefix: 'clinic',
    });
    expect(() => readSettings({ DATABASE_URL, EVENT_STORE_URL: 'esdb://db' })).toThrow(/EVENT_STORE_URL.*kurrentdb:/);
    // A prefix with a point could be the beginning of another.
    expect(() => readSettings({ DATABASE_URL, EVENT_STORE_PREFIX: 'a.b' })).toThrow(/EVENT_STORE_PREFIX/);
  });

  it('know their public address without a slash at the end', () =>
    expect(readSettings({ DATABASE_URL, PUBLIC_URL: 'https://k.example/' }).publicUrl).toBe('https://k.example'));

  it('name every variable that is wrong', () => {
    const wrong = () => readSettings({ DATABASE_URL: 'mysql://x', PORT: 'abc', REDIS_URL: 'http://x' });
    expect(wrong).toThrow(/DATABASE_URL/);
    expect(wrong).toThrow(/PORT/);
    expect(wrong).toThrow(/REDIS_URL/);
  });
});
