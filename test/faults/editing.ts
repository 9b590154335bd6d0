import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresEventStore } from '@app/event-store-postgres';
import type request from 'supertest';
import { peopleOf, signIn, until } from '../setup/product';
import type { TestDatabase } from '../setup/database';

const sample = readFileSync(join(__dirname, '..', '..', 'libs', 'importing', 'samples', 'written-by-hand.md'));

/** People who write, each at an item of their own, one edit after the other, as fast as they are answered. */
export type Editing = {
  readonly disclosureId: string;
  /** The texts of edits, all different: of those that were sent, and of those that were answered with 200. */
  readonly sent: readonly string[];
  readonly acknowledged: readonly string[];
  /** Fulfilled when every writer has met a failure of the connection or of the server. */
  readonly writeUntilItFails: () => Promise<void>;
  /** Fulfilled when so many edits were acknowledged in all. */
  readonly untilAcknowledged: (count: number) => Promise<void>;
  /** The text of each writer's item, as the api shows it once it has taken in what was acknowledged. */
  readonly shownTexts: () => Promise<readonly string[]>;
};

const CONFLICT = 409;
/** The read models have not yet taken in what this person wrote. */
const NOT_YET = 503;

type Answer = { readonly status: number; readonly body: { readonly [name: string]: unknown } };
type Item = { readonly itemKey: string; readonly bodyHash: string; readonly body: object };

/** Imports a disclosure, starts a revision, and seats a writer at each of the first items. */
export const editing = async (
  { dataSource, pool }: Pick<TestDatabase, 'dataSource' | 'pool'>,
  address: string,
): Promise<Editing> => {
  const people = peopleOf({ store: new PostgresEventStore(pool), dataSource, clock: () => new Date() });
  const drafter = await signIn(address, await people.register('drafter', '起草 花子', ['drafter']));
  const imported = ok(await drafter.upload('/api/imports?fileName=sample.md&service=faults', sample));
  const disclosureId = String(imported.body['disclosureId']);
  ok(await drafter.post(`/api/disclosures/${disclosureId}/revision`, { causes: [{ type: 'configurationChange' }] }));

  const items = async (): Promise<readonly Item[]> => {
    const answer = await drafter.get(`/api/disclosures/${disclosureId}`);
    if (answer.status === NOT_YET) return items();
    const { body } = ok(answer);
    return (body['parts'] as { items: Item[] }[]).flatMap((part) => part.items);
  };
  const sent: string[] = [];
  const acknowledged: string[] = [];

  const write = async (itemKey: string): Promise<void> => {
    for (;;) {
      const { bodyHash } = (await items()).find((item) => item.itemKey === itemKey) as Item;
      const text = `${itemKey}の${sent.length + 1}番目の文です。`;
      sent.push(text);
      const body = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
      const answer = await drafter.put(`/api/disclosures/${disclosureId}/items/${itemKey}`, {
        body,
        basedOn: bodyHash,
      });
      if (answer.status === CONFLICT) continue; // the text it had read was not the newest
      ok(answer);
      acknowledged.push(text);
    }
  };
  const writers = (await items()).slice(0, 4).map(({ itemKey }) => itemKey);

  return {
    disclosureId,
    sent,
    acknowledged,
    writeUntilItFails: async () => void (await Promise.allSettled(writers.map(write))),
    untilAcknowledged: (count) =>
      until(
        () => acknowledged.length >= count,
        () => `only ${acknowledged.length} edits were acknowledged`,
      ),
    shownTexts: async () =>
      (await items())
        .filter(({ itemKey }) => writers.includes(itemKey))
        .map(({ body }) => /"text":"([^"]*)"/.exec(JSON.stringify(body))?.[1] ?? ''),
  };
};

const ok = (answer: Answer | request.Response): Answer => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
};
