import { textOf, type Body } from '@app/content';
import fc from 'fast-check';
import { stateAfter, livedThrough } from '../as-of/life';
import { randomLife, storeWith } from '../as-of/random-life';
import type { DisclosureEvent, Person } from '../domain/disclosure';
import { hashBody } from '@app/content';
import {
  approved,
  colleague,
  drafter,
  imported,
  management,
  newRisk,
  privacy,
  published,
  registered,
  started,
  textBody,
  texts,
} from '../domain/examples';
import { itemOf } from '../domain/lint';
import { blameOf } from './blame';
import { blameViewOf } from './blame-item';

const lifeWith = async (events: readonly DisclosureEvent[]) => livedThrough((await storeWith(events)).history);
const bodyOf = (...lines: readonly string[]): Body => ({
  type: 'doc',
  content: lines.flatMap((line) => textBody(line).content),
});
const revision = (from: Body, to: Body, by: Person = drafter, restoredFrom?: number): DisclosureEvent => ({
  type: 'ItemRevised',
  data: {
    ...{
      itemKey: 'II-1',
      body: to,
      bodyHash: hashBody(to),
      basedOn: hashBody(from),
      by,
      at: '2030-01-02T00:00:00.000Z',
    },
    ...(restoredFrom === undefined ? {} : { restoredFrom }),
  },
});
const blamed = async (events: readonly DisclosureEvent[], version = events.length) =>
  (blameOf(await lifeWith(events), 'II-1', version) ?? []).map(({ leaf, origin }) => [
    leaf.text,
    origin.version,
    origin.by.name,
  ]);

const first = textBody(texts.risk);
const second = bodyOf(texts.risk, '委託先を点検します。');
const third = bodyOf('見直しました。', texts.risk, '委託先を毎年点検します。');

describe('the blame of an item', () => {
  it('is made of the blocks of its text, at every moment of any life', () =>
    fc.assert(
      fc.asyncProperty(randomLife, async ({ events, times }) => {
        const life = livedThrough((await storeWith(events, times)).history);
        for (const version of [2, Math.ceil(events.length / 2), events.length]) {
          const state = stateAfter(life, Math.max(2, version));
          for (const itemKey of ['I-1', 'I-2', 'II-1']) {
            const blocks = blameOf(life, itemKey, Math.max(2, version)) ?? [];
            const item = state.status === 'Registered' ? itemOf(state.parts, itemKey) : undefined;
            expect(blocks.map(({ leaf }) => leaf.text).join('\n')).toBe(item && textOf(item.body));
            // A block names the newest event that could have written it, and that event did have it.
            for (const { leaf, origin } of blocks) {
              const written = events[origin.version - 1];
              const body =
                written?.type === 'ItemRevised'
                  ? written.data.body
                  : written?.type === 'DisclosureImported'
                    ? itemOf(written.data.parts, itemKey)?.body
                    : undefined;
              expect(body && JSON.stringify(body)).toContain(JSON.stringify(leaf.node));
            }
          }
        }
      }),
      { numRuns: 60 },
    ));

  it('names for each block the event that gave it its words', async () => {
    const events = [registered, imported, started, revision(first, second, colleague), revision(second, third)];
    expect(await blamed(events)).toEqual([
      ['見直しました。', 5, drafter.name],
      [texts.risk, 2, drafter.name],
      ['委託先を毎年点検します。', 5, drafter.name],
    ]);
    expect(await blamed(events, 4)).toEqual([
      [texts.risk, 2, drafter.name],
      ['委託先を点検します。', 4, colleague.name],
    ]);
  });

  it('follows a block that moved', async () => {
    const turned = bodyOf('委託先を点検します。', texts.risk);
    const events = [registered, imported, started, revision(first, second, colleague), revision(second, turned)];
    expect((await blamed(events)).map(([, version]) => version).sort()).toEqual([2, 4]);
  });

  it('sees a change of formatting alone', async () => {
    const bold: Body = {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: texts.risk, marks: [{ type: 'bold' }] }] }],
    };
    expect(await blamed([registered, imported, started, revision(first, bold)])).toEqual([
      [texts.risk, 4, drafter.name],
    ]);
  });

  it('goes back to the edition when the revision is withdrawn', async () => {
    const withdrawn: DisclosureEvent = {
      type: 'Withdrawn',
      data: { revisionId: 'r3', by: drafter, at: '2030-01-02T00:00:00.000Z' },
    };
    expect(await blamed([registered, imported, started, revision(first, second), withdrawn])).toEqual([
      [texts.risk, 2, drafter.name],
    ]);
  });

  it('says of a restored text from where it is', async () => {
    const life = await lifeWith([
      registered,
      imported,
      started,
      revision(first, second),
      revision(second, first, colleague, 2),
    ]);
    // The block was never gone, so whoever wrote it still did; what comes back is the restorer's.
    expect(blameOf(life, 'II-1', 5)?.map(({ origin }) => origin.version)).toEqual([2]);
    const back = await lifeWith([
      ...[registered, imported, started],
      ...[revision(first, textBody('別の文です。')), revision(textBody('別の文です。'), first, colleague, 2)],
    ]);
    expect(blameOf(back, 'II-1', 5)?.[0]?.origin).toMatchObject({ kind: 'restored', version: 5, restoredFrom: 2 });
  });

  it('has the signatures over each block: of the edition that has it, and none over what was written since', async () => {
    const life = await lifeWith([
      ...published,
      { ...started, data: { ...started.data, revisionId: 'r4', editionNumber: 4 } } as DisclosureEvent,
      revision(textBody(newRisk), bodyOf(newRisk, '追って書きました。')),
    ]);
    const view = blameViewOf(life, 'd1', 'II-1', 'now');
    expect(view?.signatures.map(({ editionNumber, signer }) => [editionNumber, signer.name])).toEqual([
      [3, privacy.name],
      [3, management.name],
    ]);
    expect(view?.blocks.map(({ signatures }) => signatures)).toEqual([[0, 1], []]);
  });

  it('counts the signatures that hold in a review that goes on', async () => {
    const life = await lifeWith(approved);
    const counts = [6, 7, approved.length].map(
      (version) => blameViewOf(life, 'd1', 'II-1', { version })?.signatures.length,
    );
    expect(counts).toEqual([0, 1, 2]);
  });

  it('of an edition is that of its text; of what is not there, nothing', async () => {
    const life = await lifeWith([...published]);
    expect(blameViewOf(life, 'd1', 'II-1', { edition: 2 })?.blocks[0]?.text).toBe(texts.risk);
    expect(blameViewOf(life, 'd1', 'II-1', { edition: 3 })?.blocks[0]?.text).toBe(newRisk);
    for (const text of [{ edition: 9 }, { version: 99 }]) expect(blameViewOf(life, 'd1', 'II-1', text)).toBeNull();
    expect(blameViewOf(life, 'd1', 'IX-9', 'now')).toBeNull();
  });
});
