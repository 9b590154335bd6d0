import { SYSTEM } from '@app/event-sourcing';
import { problemTextOf } from '@app/http';
import { specFor } from '@app/event-sourcing/testing';
import { sentenceOf } from '../activity/activity';
import { disclosureProblems } from '../problems';
import type { DisclosureEvent, Person } from './disclosure';
import { disclosureDecider, type DisclosureCommand } from './disclosure.decider';
import {
  approved,
  at,
  drafter,
  drafting,
  hashOfText,
  imported,
  inReview,
  management,
  managementOffice,
  organisation,
  privacy,
  published,
  ready,
  stateAfter,
  submittedWith,
  texts,
  textBody,
} from './examples';

const given = specFor(disclosureDecider);

const publishAt = '2030-02-01T00:05:00.000Z';
const arranged = { publishAt, effectiveOn: '2030-02-01' } as const;
const schedule = (
  changes: Partial<Extract<DisclosureCommand, { type: 'SchedulePublication' }>> = {},
): DisclosureCommand => ({ ...{ type: 'SchedulePublication', ...arranged, by: drafter, at }, ...changes });
const scheduledEvent: DisclosureEvent = {
  type: 'PublicationScheduled',
  data: { revisionId: 'r3', ...arranged, by: drafter, at },
};
const scheduled = [...approved, scheduledEvent] as const;
const cancel = (reason = '日程の見直し') => ({ type: 'CancelPublication', reason, by: drafter, at }) as const;
const carryOut = (when: string) => ({ type: 'PublishAsScheduled', by: SYSTEM, at: when }) as const;
const publish: DisclosureCommand = {
  ...{ type: 'PublishEdition', issuedOn: '2030-01-10', effectiveOn: '2030-02-01', today: '2030-01-02' },
  ...{ by: drafter, at },
};
const annotate = (
  changes: Partial<Extract<DisclosureCommand, { type: 'AnnotateEdition' }>> = {},
): DisclosureCommand => ({
  ...{ type: 'AnnotateEdition', annotationId: 'e1', number: 2, itemKey: 'I-2', organisation },
  ...{ text: '「日次」は「毎時」の誤り。', reason: '誤記', by: management, at },
  ...changes,
});
const annotatedEvent: DisclosureEvent = {
  type: 'EditionAnnotated',
  data: {
    ...{ annotationId: 'e1', number: 2, itemKey: 'I-2', text: '「日次」は「毎時」の誤り。', reason: '誤記' },
    ...{ officer: managementOffice, by: management, at },
  },
};
const retire = (
  changes: Partial<Extract<DisclosureCommand, { type: 'RetireDisclosure' }>> = {},
): DisclosureCommand => ({
  ...{ type: 'RetireDisclosure', reason: '後継サービスへの移行', on: '2030-03-31', organisation },
  ...{ by: management, at },
  ...changes,
});
const retiredEvent: DisclosureEvent = {
  type: 'DisclosureRetired',
  data: { reason: '後継サービスへの移行', on: '2030-03-31', officer: managementOffice, by: management, at },
};
const [registered] = drafting;
const retired = [registered, imported, retiredEvent] as const;

const publishedAt = (when: string, more: object = {}): DisclosureEvent => {
  const edition = published.at(-1) as Extract<DisclosureEvent, { type: 'EditionPublished' }>;
  return {
    type: 'EditionPublished',
    data: {
      ...edition.data,
      ...{ issuedOn: '2030-02-01', effectiveOn: '2030-02-01' },
      ...more,
      ...{ scheduled: { ...arranged, by: drafter, at }, by: SYSTEM, at: when },
    },
  };
};

/** The same revision, approved while the imported second edition is public and takes effect later. */
const takingEffectLater: DisclosureEvent = {
  ...imported,
  data: {
    ...(imported as Extract<DisclosureEvent, { type: 'DisclosureImported' }>).data,
    edition: { number: 2, issuedOn: '2030-03-01' },
  },
} as DisclosureEvent;
const approvedMeanwhile = approved.map((event) => (event === imported ? takingEffectLater : event));
const tooEarly = { type: 'EffectiveBeforeEarlier', number: 2, effectiveOn: '2030-03-01' } as const;

describe('an edition that is published before the one before it has taken effect', () => {
  const publishFor = (effectiveOn: string, more: object = {}): DisclosureCommand =>
    ({ ...publish, effectiveOn, ...more }) as DisclosureCommand;

  it('takes effect with it or after it, so that each edition that was announced comes into force or is replaced on its day', () => {
    given(...approvedMeanwhile)
      .when(publishFor('2030-02-28'))
      .thenRejected(tooEarly);
    given(...approvedMeanwhile)
      .when(schedule({ effectiveOn: '2030-02-28' }))
      .thenRejected(tooEarly);
    for (const command of [publishFor('2030-03-01'), schedule({ effectiveOn: '2030-03-01' })])
      expect(given(...approvedMeanwhile).when(command).decision.outcome).toBe('accepted');
  });

  it('is not brought before one that has been in force by a reason either', () =>
    given(...approved)
      .when(publishFor('2029-03-31', { issuedOn: '2029-03-31', reasonForPastDate: '告示の日に合わせる' }))
      .thenRejected({ type: 'EffectiveBeforeEarlier', number: 2, effectiveOn: '2029-04-01' }));

  it('is not carried out where it was arranged for an earlier day', () =>
    given(...approvedMeanwhile, scheduledEvent)
      .when(carryOut(publishAt))
      .thenRejected(tooEarly));

  it('is refused in words that name the edition and the first day to choose', () => {
    const { ja, en } = problemTextOf(tooEarly, disclosureProblems);
    expect(ja).toBe(
      '第2版より先に施行することはできません。施行日を、第2版の施行日（2030年3月1日）以降にしてください。',
    );
    expect(en).toContain('edition 2');
    expect(en).toContain('2030-03-01');
  });
});

describe('a publication that is scheduled', () => {
  it('is arranged for an approved revision, with the day on which it takes effect', () =>
    given(...approved)
      .when(schedule())
      .then(scheduledEvent));

  it('is arranged once, however often the same is asked, and for another time only after it was cancelled', () => {
    given(...scheduled)
      .when(schedule())
      .thenNothing();
    given(...scheduled)
      .when(schedule({ effectiveOn: '2030-02-02' }))
      .thenRejected({ type: 'AlreadyScheduled', publishAt });
    const cancelled = {
      type: 'PublicationCancelled',
      data: { revisionId: 'r3', reason: 'x', by: drafter, at },
    } as const;
    given(...scheduled, cancelled)
      .when(schedule({ effectiveOn: '2030-02-02' }))
      .then({ ...scheduledEvent, data: { ...scheduledEvent.data, effectiveOn: '2030-02-02' } } as DisclosureEvent);
  });

  it('lies ahead, and takes effect on its day of publication in Japan or later', () => {
    given(...approved)
      .when(schedule({ publishAt: at }))
      .thenRejected({ type: 'PublicationInPast' });
    // 2 February begins in Japan at 15:00 UTC of the first.
    given(...approved)
      .when(schedule({ publishAt: '2030-02-01T15:00:00.000Z' }))
      .thenRejected({ type: 'EffectiveBeforeIssued' });
    given(...approved)
      .when(schedule({ publishAt: '2030-02-01T14:59:00.000Z' }))
      .then({
        ...scheduledEvent,
        data: { ...scheduledEvent.data, publishAt: '2030-02-01T14:59:00.000Z' },
      } as DisclosureEvent);
  });

  it('is cancelled with a reason', () => {
    given(...scheduled)
      .when(cancel(' '))
      .thenRejected({ type: 'ReasonMissing' });
    given(...scheduled)
      .when(cancel())
      .then({ type: 'PublicationCancelled', data: { revisionId: 'r3', reason: '日程の見直し', by: drafter, at } });
  });

  it('is carried out when its time has come, in the product’s name and that of who arranged it', () => {
    given(...scheduled)
      .when(carryOut('2030-02-01T00:04:59.999Z'))
      .thenNothing();
    given(...scheduled)
      .when(carryOut(publishAt))
      .then(publishedAt(publishAt));
  });

  it('is carried out once: who comes second, or after a cancellation, finds nothing to do', () => {
    given(...scheduled, publishedAt(publishAt))
      .when(carryOut(publishAt))
      .thenNothing();
    given(...scheduled, {
      type: 'PublicationCancelled',
      data: { revisionId: 'r3', reason: '日程の見直し', by: drafter, at },
    })
      .when(carryOut(publishAt))
      .thenNothing();
  });

  it('that comes too late takes effect on the day that was arranged, and says why that lies in the past', () => {
    const late = '2030-02-03T01:12:00.000Z';
    const reasonForPastDate =
      '2030年2月1日 9時05分に予約していた公開が、システムの停止などにより2030年2月3日 10時12分に遅れたため。';
    given(...scheduled)
      .when(carryOut(late))
      .then(publishedAt(late, { reasonForPastDate }));
    // An hour late on the same day needs no word.
    given(...scheduled)
      .when(carryOut('2030-02-01T01:05:00.000Z'))
      .then(publishedAt('2030-02-01T01:05:00.000Z'));
  });

  it('is void when the approved text is sent back or withdrawn', () => {
    const back: DisclosureEvent = {
      type: 'ReturnedForChanges',
      data: { revisionId: 'r3', step: 1, reason: '直す', by: management, at },
    };
    expect(stateAfter(...scheduled).revision).toHaveProperty('schedule');
    expect(stateAfter(...scheduled, back).revision).not.toHaveProperty('schedule');
    const again = [...scheduled, back, submittedWith(), ...approved.slice(inReview.length)];
    expect(stateAfter(...again).revision).toMatchObject({ status: 'approved' });
    given(...again)
      .when(carryOut(publishAt))
      .thenNothing();
    given(...scheduled, { type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } })
      .when(carryOut(publishAt))
      .thenNothing();
  });

  it('holds through what does not touch the text', () => {
    const said: DisclosureEvent = {
      type: 'CommentAdded',
      data: {
        ...{ revisionId: 'r3', commentId: 'c', itemKey: 'I-1', quote: null, text: '？', mentions: [], replyTo: null },
        ...{ by: drafter, at },
      },
    };
    given(...scheduled, said)
      .when(carryOut(publishAt))
      .then(publishedAt(publishAt));
  });
});

describe('an erratum', () => {
  it('is said beside an edition by the management officer, and its text stays as it was signed', () => {
    given(registered, imported).when(annotate()).then(annotatedEvent);
    const before = stateAfter(registered, imported).editions[0];
    const { errata, ...after } = stateAfter(registered, imported, annotatedEvent).editions[0] ?? {};
    expect(after).toEqual(before);
    expect(errata).toMatchObject([{ id: 'e1', itemKey: 'I-2', officer: managementOffice, by: management, at }]);
  });

  it('is said once, of an item that the edition has or of the whole, in words and with a reason', () => {
    given(registered, imported, annotatedEvent).when(annotate()).thenNothing();
    given(registered, imported)
      .when(annotate({ itemKey: null }))
      .then({ ...annotatedEvent, data: { ...annotatedEvent.data, itemKey: null } } as DisclosureEvent);
    given(registered, imported)
      .when(annotate({ itemKey: 'IX-9' }))
      .thenRejected({ type: 'UnknownItem', itemKey: 'IX-9' });
    given(registered, imported)
      .when(annotate({ number: 1 }))
      .thenRejected({ type: 'NoSuchEdition', number: 1 });
    given(registered, imported)
      .when(annotate({ text: ' ' }))
      .thenRejected({ type: 'ErratumIsEmpty' });
    given(registered, imported)
      .when(annotate({ reason: ' ' }))
      .thenRejected({ type: 'ReasonMissing' });
  });

  it.each<[string, Person]>([
    ['a drafter', drafter],
    ['another officer', privacy],
  ])('is not said by %s', (_, by) =>
    given(registered, imported).when(annotate({ by })).thenRejected({ type: 'NotTheManagementOfficer' }),
  );
});

describe('the end of a service', () => {
  it('is recorded by the management officer, once', () => {
    given(registered, imported).when(retire()).then(retiredEvent);
    given(...retired)
      .when(retire())
      .thenNothing();
    given(...retired)
      .when(retire({ on: '2030-04-30' }))
      .thenRejected({ type: 'DisclosureIsRetired', on: '2030-03-31' });
    given(registered, imported)
      .when(retire({ by: drafter }))
      .thenRejected({ type: 'NotTheManagementOfficer' });
    given(registered, imported)
      .when(retire({ reason: '' }))
      .thenRejected({ type: 'ReasonMissing' });
  });

  it('leaves the editions readable, and lets errata be said of them', () => {
    expect(stateAfter(...retired).editions).toEqual(stateAfter(registered, imported).editions);
    given(...retired)
      .when(annotate())
      .then(annotatedEvent);
  });
});

/*
 * Every state and every command of a publication: what comes of it, as it is told in the record, or why it is refused.
 */
describe('what is asked of', () => {
  const commands: Readonly<Record<string, DisclosureCommand>> = {
    公開: publish,
    予約: schedule(),
    取消: cancel(),
    予約の実行: carryOut(publishAt),
    正誤: annotate(),
    提供終了: retire(),
    改訂の開始: { type: 'StartRevision', revisionId: 'r4', causes: [{ type: 'other' }], by: drafter, at },
    編集: {
      ...{ type: 'ReviseItem', itemKey: 'I-1', body: textBody('x'), bodyHash: hashOfText('x') },
      ...{ basedOn: hashOfText(texts.law), by: drafter, at },
    },
    取下げ: {
      ...{ type: 'Withdraw', isDrafter: true, isAdministrator: false, submitterHasLeft: false, reason: null },
      ...{ by: drafter, at },
    },
  };
  const published3 = '第3版を公開しました（発行日 2030年1月10日、施行日 2030年2月1日）。';
  const annotated = '第2版のI-2に正誤を付けました（理由：誤記）。';
  const ended = '2030年3月31日をもって提供を終了することを記録しました（理由：後継サービスへの移行）。';
  const states: readonly (readonly [string, readonly DisclosureEvent[], Readonly<Record<string, string>>])[] = [
    [
      'a disclosure that nobody revises',
      [registered, imported],
      {
        ...{ 公開: 'NotApproved', 予約: 'NotApproved', 取消: 'NotScheduled', 予約の実行: '' },
        ...{ 正誤: annotated, 提供終了: ended, 改訂の開始: '第3版への改訂を始めました（その他）。' },
        ...{ 編集: 'NoOpenRevision', 取下げ: 'NoOpenRevision' },
      },
    ],
    [
      'a draft',
      ready,
      {
        ...{ 公開: 'NotApproved', 予約: 'NotApproved', 取消: 'NotScheduled', 予約の実行: '' },
        ...{ 正誤: annotated, 提供終了: 'RevisionIsOpen', 改訂の開始: 'RevisionAlreadyOpen' },
        ...{ 編集: 'I-1を編集しました。', 取下げ: '改訂を取り下げました。' },
      },
    ],
    [
      'a revision in review',
      inReview,
      {
        ...{ 公開: 'NotApproved', 予約: 'NotApproved', 取消: 'NotScheduled', 予約の実行: '' },
        ...{ 正誤: annotated, 提供終了: 'RevisionIsOpen', 改訂の開始: 'RevisionAlreadyOpen' },
        ...{ 編集: 'NotDrafting', 取下げ: '改訂を取り下げました。' },
      },
    ],
    [
      'an approved revision',
      approved,
      {
        ...{ 公開: published3, 予約: '公開を予約しました（2030年2月1日 9時05分、施行日 2030年2月1日）。' },
        ...{ 取消: 'NotScheduled', 予約の実行: '' },
        ...{ 正誤: annotated, 提供終了: 'RevisionIsOpen', 改訂の開始: 'RevisionAlreadyOpen' },
        ...{ 編集: 'NotDrafting', 取下げ: '改訂を取り下げました。' },
      },
    ],
    [
      'a revision whose publication is scheduled',
      scheduled,
      {
        ...{ 公開: 'AlreadyScheduled', 予約: '', 取消: '公開の予約を取り消しました（理由：日程の見直し）。' },
        予約の実行: '起草 花子さんの予約により、第3版を公開しました（発行日 2030年2月1日、施行日 2030年2月1日）。',
        ...{ 正誤: annotated, 提供終了: 'RevisionIsOpen', 改訂の開始: 'RevisionAlreadyOpen' },
        ...{ 編集: 'NotDrafting', 取下げ: '改訂を取り下げました。' },
      },
    ],
    [
      'a published edition',
      published,
      {
        ...{ 公開: 'NotApproved', 予約: 'NotApproved', 取消: 'NotScheduled', 予約の実行: '' },
        ...{ 正誤: annotated, 提供終了: ended, 改訂の開始: '第4版への改訂を始めました（その他）。' },
        ...{ 編集: 'NoOpenRevision', 取下げ: 'NoOpenRevision' },
      },
    ],
    [
      'a service that has ended',
      retired,
      {
        ...{ 公開: 'NotApproved', 予約: 'NotApproved', 取消: 'NotScheduled', 予約の実行: '' },
        ...{ 正誤: annotated, 提供終了: '', 改訂の開始: 'DisclosureIsRetired' },
        ...{ 編集: 'NoOpenRevision', 取下げ: 'NoOpenRevision' },
      },
    ],
  ];

  it.each(states)('%s', (_, facts, sentences) => {
    const told = Object.entries(commands).map(([name, command]) => {
      const decision = disclosureDecider.decide(command, stateAfter(...facts));
      const sentence =
        decision.outcome === 'rejected' ? decision.rejection.type : decision.events.map(sentenceOf).join('');
      return [name, sentence];
    });
    expect(Object.fromEntries(told)).toEqual(sentences);
  });
});
