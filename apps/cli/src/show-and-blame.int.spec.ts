import { PostgresEventStore } from '@app/event-store-postgres';
import { disclosureCodec, type DisclosureEvent } from '@app/disclosures';
import { migrations } from '@app/runtime';
import { published, texts } from '../../../libs/disclosures/src/domain/examples';
import { prepareCommands } from '../../../test/setup/command';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { blameItem } from './blame-item';
import { CommandFailed } from './installation';
import { showDisclosure } from './show-disclosure';

const NEW_WORDS = 'クライアント証明書';

/** The life of the examples, some years ago: the third edition is published on 10 January, and takes effect on 1 February. */
const happened = (event: DisclosureEvent): DisclosureEvent => {
  if (event.type === 'DisclosureImported')
    return { ...event, data: { ...event.data, edition: { number: 2, issuedOn: '2023-04-01' } } };
  if (event.type === 'EditionPublished')
    return { ...event, data: { ...event.data, issuedOn: '2024-01-10', effectiveOn: '2024-02-01' } };
  return event;
};
const timeOf = ({ type }: DisclosureEvent, index: number): string =>
  type === 'EditionPublished' ? '2024-01-10T01:00:00.000Z' : `2024-01-02T00:00:${String(index).padStart(2, '0')}.000Z`;

describe('a disclosure at the command line', () => {
  let database: TestDatabase;
  const commands = prepareCommands();
  beforeAll(async () => {
    database = await createTestDatabase(migrations);
    await new PostgresEventStore(database.pool).append(
      'disclosure-d1',
      'no-stream',
      published.map(happened).map((event, index) => ({
        id: `00000000-0000-7000-8000-0000000000${String(index).padStart(2, '0')}`,
        ...disclosureCodec.encode(event),
        metadata: {
          ...{ actor: event.data.by, recordedAt: timeOf(event, index) },
          ...{ correlationId: 'c', causationId: 'c' },
        },
      })),
    );
  });
  beforeEach(() => commands.workOn(database.url));
  afterAll(() => database.close());

  const show = async (asOf: string, clock: string) => {
    await showDisclosure('d1', { asOf, clock, json: true });
    const { text, version } = JSON.parse(commands.printed) as {
      text: { label: string; parts: object };
      version: number;
    };
    return { label: text.label, isNew: JSON.stringify(text.parts).includes(NEW_WORDS), version };
  };

  it.each([
    ['2024-01-20', 'recorded', '第3版', true],
    ['2024-01-20', 'effective', '第2版', false],
    ['2024-01-20', 'public', '第2版', false],
    ['2024-02-01', 'effective', '第3版', true],
    ['2024-02-01', 'public', '第3版', true],
    ['2024-01-31T23:59:59+09:00', 'public', '第2版', false],
  ])('is shown as it stood at %s on the clock %s: %s', async (asOf, clock, label, isNew) =>
    expect(await show(asOf, clock)).toEqual({ label, isNew, version: published.length }),
  );

  it('is shown with the draft that was being written then', async () => {
    const { label, isNew, version } = await show('2024-01-02T00:00:03Z', 'recorded');
    expect([label, isNew, version]).toEqual(['第3版（案、記録4）', true, 4]);
  });

  it('is commands.printed to be read: which time, which clock, which text, and the items', async () => {
    await showDisclosure('d1', { asOf: '2024-02-01', clock: 'effective' });
    expect(commands.printed).toContain('時計：施行されていた版');
    expect(commands.printed).toContain('本文：第3版　施行日 2024-02-01');
    expect(commands.printed).toContain(NEW_WORDS);
  });

  it.each([
    ['2020-01-01', 'recorded', 'まだ登録されていません'],
    ['2024-02-01T09:00', 'recorded', '2024-02-01T09:00'],
    ['2024-02-01', 'sundial', 'sundial'],
  ])('is refused in words for %s on the clock %s', async (asOf, clock, words) => {
    const failed = await showDisclosure('d1', { asOf, clock }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CommandFailed);
    expect((failed as Error).message).toContain(words);
  });

  it('tells of an item of an edition who wrote and who signed it', async () => {
    const blame = async (edition?: string) => {
      commands.printed = '';
      await blameItem('d1', 'II-1', { json: true, ...(edition !== undefined && { edition }) });
      const { blocks, signatures } = JSON.parse(commands.printed) as {
        blocks: { text: string; origin: { kind: string; version: number }; signatures: number[] }[];
        signatures: { signer: { name: string } }[];
      };
      return {
        blocks: blocks.map(({ text, origin }) => [text, origin.kind, origin.version]),
        signed: signatures.length,
      };
    };
    expect(await blame('2')).toEqual({ blocks: [[texts.risk, 'imported', 2]], signed: 0 });
    const third = await blame('3');
    expect(third).toMatchObject({ blocks: [[expect.stringContaining(NEW_WORDS), 'revised', 4]], signed: 2 });
    expect(await blame()).toEqual(third);
  });

  it.each(['9', '第3版'])('has no blame in the edition %s, and says so', async (edition) => {
    const failed = await blameItem('d1', 'II-1', { edition }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CommandFailed);
  });
});
