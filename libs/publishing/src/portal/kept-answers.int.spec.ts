import { projectionMigrations } from '@app/projections';
import { sealMigrations } from '@app/sealing';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { KeptAnswers } from './kept-answers';
import { pageAnswer } from './send-page';

describe('the answers of the portal', () => {
  let database: TestDatabase;
  let now: Date;
  let made: string[];
  beforeAll(async () => {
    database = await createTestDatabase([...projectionMigrations, ...sealMigrations]);
  });
  afterAll(() => database?.close());
  beforeEach(() => {
    now = new Date('2031-04-01T14:59:00.000Z'); // a minute before midnight in Japan
    made = [];
  });

  const keeping = (mostBytes?: number): KeptAnswers =>
    new KeptAnswers(database.dataSource, () => now, ...(mostBytes === undefined ? [] : [mostBytes]));
  const asked = async (kept: KeptAnswers, name: string): Promise<string | undefined> => {
    const answer = await kept.of(name, async () => {
      made.push(name);
      return pageAnswer(`${name} ${made.length}`);
    });
    return answer?.body.toString();
  };
  const recorded = (position: string): Promise<unknown> =>
    database.dataSource.query(
      `insert into projection_checkpoint (name, position) values ('disclosures.v1', $1)
       on conflict (name) do update set position = excluded.position`,
      [position],
    );

  it('are made once, each by its name', async () => {
    const kept = keeping();
    for (let i = 0; i < 2; i++) {
      expect(await asked(kept, 'a')).toBe('a 1');
      expect(await asked(kept, 'b')).toBe('b 2');
    }
    expect(made).toEqual(['a', 'b']);
  });

  it('are made anew when a read model has come further, and on the next day', async () => {
    const kept = keeping();
    await asked(kept, 'a');
    await recorded('00000002');
    expect(await asked(kept, 'a')).toBe('a 2');
    now = new Date(now.getTime() + 120_000);
    expect(await asked(kept, 'a')).toBe('a 3');
    expect(await asked(kept, 'a')).toBe('a 3');
  });

  it('are not kept when something changed while they were made', async () => {
    const kept = keeping();
    await recorded('00000003');
    const slow = kept.of('a', async () => {
      await recorded('00000004');
      await asked(kept, 'b');
      return pageAnswer('made of what was there before');
    });
    expect((await slow)?.body.toString()).toBe('made of what was there before');
    expect(await asked(kept, 'a')).toBe('a 2');
  });

  it('are as new as the request for them, however many ask at once', async () => {
    const kept = keeping();
    await asked(kept, 'a');
    for (let position = 10; position < 30; position++) {
      const early = [asked(kept, 'a'), asked(kept, 'a'), asked(kept, 'a')];
      await recorded(String(position));
      const before = made.length;
      const late = await Promise.all([asked(kept, 'b'), asked(kept, 'b')]);
      for (const answer of late) expect(Number(answer?.split(' ')[1])).toBeGreaterThan(before);
      await Promise.all(early);
    }
  });

  it('take no more room than they are given, and nothing is kept of what is not there', async () => {
    const kept = keeping(11);
    for (const name of ['a', 'b', 'c', 'd', 'a']) await asked(kept, name);
    expect(made).toEqual(['a', 'b', 'c', 'd', 'a']);
    expect(await asked(kept, 'far too long to be kept')).toBe('far too long to be kept 6');
    expect(await asked(kept, 'a')).toBe('a 5');
    expect(await kept.of('nothing', async () => null)).toBeNull();
    expect(await asked(kept, 'nothing')).toBe('nothing 7');
  });
});
