import { hashBody } from '@app/content';
import fc from 'fast-check';
import { evolve, initialState, type DisclosureEvent } from '../domain/disclosure';
import {
  approved,
  at,
  described,
  drafter,
  inReview,
  management,
  published,
  publishedEvent,
  ready,
  revised,
  started,
  texts,
  newRisk,
} from '../domain/examples';
import { itemOf } from '../domain/lint';
import { asOf, type AsOfAnswer, type When } from './as-of';
import type { Clock } from './clocks';
import { lifeOf, livedThrough, stateAfter, versionAt } from './life';
import { momentsOf } from './moments';
import { randomLife, storeWith } from './random-life';
import { readInstant } from './read-when';

const day = (date: string, time = '09:00') => new Date(`${date}T${time}:00+09:00`).toISOString();
const now = day('2031-01-01');
const lifeWith = async (events: readonly DisclosureEvent[], times: readonly string[] = []) =>
  livedThrough((await storeWith(events, times)).history);

/** Everything up to the publication of the third edition, on the days given; it takes effect on 2030-02-01. */
const life = () =>
  lifeWith(published, [
    ...published.slice(0, -1).map((_, index) => day('2030-01-02', `1${Math.min(index, 9)}:00`)),
    day('2030-01-10'),
  ]);
const shown = (answer: AsOfAnswer) => {
  if (answer.outcome === 'rejected') throw new Error(JSON.stringify(answer.rejection));
  return answer.found;
};
const ask = async (when: When, clock: Clock) => asOf(await life(), when, clock, now);
const risk = async (when: When, clock: Clock) => {
  const item = itemOf(shown(await ask(when, clock)).text.parts, 'II-1');
  return item?.body.content[0]?.content?.[0]?.text;
};

describe('a disclosure as it stood', () => {
  it('at every moment of any life is what folding the events before it makes', () =>
    fc.assert(
      fc.asyncProperty(randomLife, async ({ events, times }) => {
        const lived = await lifeWith(events, times);
        events.forEach((_, index) =>
          expect(stateAfter(lived, index + 1)).toEqual(events.slice(0, index + 1).reduce(evolve, initialState)),
        );
        for (const [index, time] of times.entries()) {
          const last = times.findLastIndex((each) => each <= time);
          expect(versionAt(lived, time)).toBe(last + 1);
          const answer = asOf(lived, { version: index + 1 }, 'recorded', now);
          const state = events.slice(0, index + 1).reduce(evolve, initialState);
          expect(shown(answer).text.parts).toEqual(state.status === 'Registered' && state.parts);
        }
      }),
      { numRuns: 40 },
    ));

  it('has the draft on the recorded clock, before it was approved', async () => {
    expect(await risk({ version: 4 }, 'recorded')).toBe(newRisk);
    expect(await risk({ version: 3 }, 'recorded')).toBe(texts.risk);
    expect(shown(await ask({ version: 4 }, 'recorded')).text).toMatchObject({
      kind: 'draft',
      editionNumber: 3,
      side: 'v4',
    });
  });

  it('has the edition in force on the public clock, whatever is drafted or scheduled', async () => {
    const scheduled = shown(await ask({ at: day('2030-01-20') }, 'public'));
    expect(scheduled.text).toMatchObject({ kind: 'edition', editionNumber: 2, side: '2' });
    expect(scheduled.listed.map(({ number, standing }) => [number, standing])).toEqual([
      [2, 'inForce'],
      [3, 'scheduled'],
    ]);
    expect(await risk({ at: day('2030-01-20') }, 'public')).toBe(texts.risk);
    expect(await risk({ at: day('2030-02-01', '00:00') }, 'public')).toBe(newRisk);
    expect(shown(await ask({ at: day('2030-02-01') }, 'public')).listed.map(({ standing }) => standing)).toEqual([
      'superseded',
      'inForce',
    ]);
  });

  it('counts an edition with an effective date in the past from that date on the effective clock, not on the public one', async () => {
    const late = { ...publishedEvent, data: { ...publishedEvent.data, effectiveOn: '2030-01-05' } } as DisclosureEvent;
    const lived = await lifeWith([...approved, late], [...approved.map(() => day('2030-01-02')), day('2030-01-10')]);
    const when = { at: day('2030-01-06') };
    const [effective, seen] = (['effective', 'public'] as const).map(
      (clock) => shown(asOf(lived, when, clock, now)).text,
    );
    expect(effective).toMatchObject({ editionNumber: 3, publishedLater: true });
    expect(seen).toMatchObject({ editionNumber: 2, publishedLater: false });
  });

  it('was in force before it was recorded here, on the effective clock', async () => {
    const answer = shown(await ask({ at: day('2029-06-01') }, 'effective'));
    expect(answer).toMatchObject({ version: 0, text: { editionNumber: 2 }, listed: [] });
  });

  it.each([
    ['before the first event', { at: day('2029-06-01') }, 'recorded', 'BeforeFirstEvent'],
    ['before the first event', { at: day('2029-06-01') }, 'public', 'BeforeFirstEvent'],
    ['of an edition of which only the history is known', { at: day('2028-06-01') }, 'effective', 'TextNotKept'],
    ['before the first edition', { at: day('2027-06-01') }, 'effective', 'NothingInForceYet'],
    ['in the future', { at: day('2031-06-01') }, 'recorded', 'InTheFuture'],
    ['after the last event by number', { version: 99 }, 'recorded', 'MomentUnknown'],
    ['between registration and import', { version: 1 }, 'public', 'NothingPublishedYet'],
  ] as const)('is refused with a reason when it is asked %s', async (_, when, clock, type) =>
    expect(await ask(when, clock)).toMatchObject({ outcome: 'rejected', rejection: { type } }),
  );

  it('is found by a position in the whole log', async () => {
    const lived = await life();
    const { position } = lived.recorded[3]!;
    expect(shown(asOf(lived, { position }, 'recorded', now)).version).toBe(4);
  });
});

describe('the life of a disclosure', () => {
  it('is read once, and then only what is new', async () => {
    const { store, history } = await storeWith(ready);
    const first = await lifeOf(store, 'd1');
    expect(await lifeOf(store, 'd1')).toBe(first);
    const [again] = (await storeWith([...ready, revised('I-1', texts.law, '別の文です。')])).history.slice(-1);
    await store.append('disclosure-d1', history.length, [again!]);
    const both = await Promise.all([lifeOf(store, 'd1'), lifeOf(store, 'd1')]);
    expect(both.map(({ length }) => length)).toEqual([history.length + 1, history.length + 1]);
    expect(both[0].recorded[0]).toBe(first.recorded[0]);
  });

  it('is empty for a disclosure that is not there', async () => {
    const { store } = await storeWith(ready);
    expect((await lifeOf(store, 'nobody')).length).toBe(0);
    expect(asOf(await lifeOf(store, 'nobody'), { version: 1 }, 'recorded', now)).toMatchObject({
      rejection: { type: 'DisclosureNotFound' },
    });
  });

  it('never goes back in time, when a clock was set back', async () => {
    const lived = await lifeWith(
      ready,
      [1, 2, 3, 2, 4].map((n) => day(`2030-01-0${n}`)),
    );
    expect(versionAt(lived, day('2030-01-02'))).toBe(2);
    expect(versionAt(lived, day('2030-01-03'))).toBe(4);
  });
});

describe('the moments of a life', () => {
  const kinds = async (events: readonly DisclosureEvent[], times: readonly string[]) =>
    momentsOf(await lifeWith(events, times), now).map(({ kind, count, itemKeys }) => [kind, count, ...itemKeys]);

  it('put the edits of one person together until a longer pause', async () => {
    const edits = [
      revised('I-1', texts.law, 'ア'),
      revised('I-1', 'ア', 'イ'),
      revised('I-2', texts.backup, 'ウ'),
      revised('I-2', 'ウ', 'エ'),
    ];
    const times = ['09:00', '09:00', '09:00', '10:00', '10:20', '10:50', '11:21'].map((time) =>
      day('2030-01-03', time),
    );
    expect(await kinds([...ready.slice(0, 2), started, ...edits], times)).toEqual([
      ['imported', 1],
      ['started', 1],
      ['edits', 3, 'I-1', 'I-2'],
      ['edits', 1, 'I-2'],
    ]);
  });

  describe('say of work that was put together what was done, each kind for itself', () => {
    const waived = (findingId: string): DisclosureEvent => ({
      type: 'FindingWaived',
      data: { findingId, reason: '別紙に記載', by: drafter, at },
    });
    const edits = [revised('I-1', texts.law, 'ア'), revised('I-1', 'ア', 'イ'), revised('I-2', texts.backup, 'ウ')];
    it.each([
      [[...edits], 'I-1、I-2を編集しました（3回）。'],
      [[waived('f1'), waived('f2')], '点検の指摘2件を承知済みにしました。'],
      [[described, described], '改訂理由と履歴の文を書きました。'],
      [
        [waived('f1'), ...edits.slice(0, 1), described],
        'I-1を編集しました。改訂理由と履歴の文を書きました。点検の指摘を承知済みにしました（理由：別紙に記載）。',
      ],
    ])('%#', async (work: readonly DisclosureEvent[], sentence) => {
      const told = momentsOf(await lifeWith([...ready.slice(0, 2), started, ...work]), now).at(-1);
      expect(told).toMatchObject({ kind: 'edits', count: work.length, sentence });
    });
  });

  it('have submissions, signatures, publications and the day of effect', async () => {
    const told = momentsOf(await life(), now).map(({ kind }) => kind);
    expect(told).toEqual([
      ...[
        'imported',
        'started',
        'edits',
        'edits',
        'submitted',
        'signed',
        'signed',
        'approved',
        'published',
        'effective',
      ],
    ]);
    const effective = momentsOf(await life(), now).at(-1);
    expect(effective).toMatchObject({ at: day('2030-02-01', '00:00'), editionNumber: 3, by: null });
  });

  it('have what was arranged and what was said of an edition later, with the edition that it is about', async () => {
    const officer = { role: 'managementOfficer', name: management.name, department: '', title: '' } as const;
    const by = { by: drafter, at };
    const plan = { revisionId: 'r3', publishAt: day('2030-01-10'), effectiveOn: '2030-02-01' };
    const events: readonly DisclosureEvent[] = [
      ...approved,
      { type: 'PublicationScheduled', data: { ...plan, ...by } },
      { type: 'PublicationCancelled', data: { revisionId: 'r3', reason: '見直し', ...by } },
      {
        type: 'EditionAnnotated',
        data: { annotationId: 'e1', number: 2, itemKey: 'I-2', text: '正しくは毎時。', reason: '誤記', officer, ...by },
      },
      { type: 'DisclosureRetired', data: { reason: '移行', on: '2030-03-31', officer, ...by } },
    ];
    const told = momentsOf(await lifeWith(events), now).slice(-4);
    expect(told.map(({ kind, editionNumber }) => [kind, editionNumber])).toEqual([
      ['scheduled', 3],
      ['unscheduled', 3],
      ['annotated', 2],
      ['retired', null],
    ]);
    expect(told[2]?.sentence).toBe('第2版のI-2に正誤を付けました（理由：誤記）。');
  });

  it('do not have what is yet to come', async () =>
    expect(momentsOf(await life(), day('2030-01-20')).at(-1)?.kind).toBe('published'));

  it('of a life in review end with the submission', async () =>
    expect(momentsOf(await lifeWith(inReview), now).at(-1)).toMatchObject({ kind: 'submitted', by: drafter }));
});

describe('a time as it is written', () => {
  it.each([
    ['2030-05-01', '2030-05-01T14:59:59.999Z'],
    ['2031-01-01', now],
    ['2030-05-01T09:00+09:00', '2030-05-01T00:00:00.000Z'],
    ['2030-05-01T09:00:30 09:00', '2030-05-01T00:00:30.000Z'],
    ['2030-05-01T00:00:00.5Z', '2030-05-01T00:00:00.500Z'],
  ])('%s is %s', (written, instant) => expect(readInstant(written, now)).toBe(instant));

  it.each([
    ['2030-05-01T09:00', 'TimeAmbiguous'],
    ['2030-02-30', 'TimeUnreadable'],
    ['2030-05-01T25:00Z', 'TimeUnreadable'],
    ['きのう', 'TimeUnreadable'],
  ])('%s is refused: %s', (written, type) => expect(readInstant(written, now)).toEqual({ type, written }));
});

it('has the hash of its body under every item', async () => {
  const { text } = shown(await ask({ version: 4 }, 'recorded'));
  const item = itemOf(text.parts, 'II-1');
  expect(item?.bodyHash).toBe(item && hashBody(item.body));
});
