import { textOf } from '@app/content';
import { currentState, type EventStore, type StoredEvent } from '@app/event-sourcing';
import { localDateOf } from '@app/calendar';
import { enqueueMail, oneLine, renderMail, type Mail } from '@app/mail';
import { holdersOn, officersNow } from '@app/officers';
import type { Projection } from '@app/projections';
import type { EntityManager } from 'typeorm';
import { disclosureCodec } from '../disclosure.codec';
import { disclosureEventOf } from '../disclosures/disclosure-projection';
import { changedItems, itemsOf, type DisclosureEvent, type Registered, type RouteStep } from '../domain/disclosure';
import { disclosureDecider, waitingStep } from '../domain/disclosure.decider';
import { causeNames, meaningNames, officeNames, quoted } from '../words';

type Recipient = { readonly id: string; readonly name: string; readonly address: string };

export type ReviewMailDependencies = {
  readonly store: EventStore;
  /** Name and address of those accounts that may get mail; others are left out. */
  readonly accountsOf: (tx: EntityManager, ids: readonly string[]) => Promise<readonly Recipient[]>;
  /** Where the product is reached, without a slash at the end. */
  readonly publicUrl: string;
};

/**
 * Turns what happens in a review into mails, in the transaction in which the checkpoint moves: a mail is queued exactly
 * when its event was taken in. A mail that asks for something which has been done meanwhile is not written.
 */
export const reviewMails = (deps: ReviewMailDependencies): Projection => ({
  name: 'review-mails.v1',
  apply: async (events, tx) => {
    for (const stored of events) {
      const event = disclosureEventOf(stored);
      if (!event || !asksForSomething(event)) continue;
      const state = await currentState(deps.store, disclosureDecider, disclosureCodec, stored.stream);
      if (state.status !== 'Registered') continue;
      for (const mail of await mailsFor(deps, tx, stored, event, state)) {
        await enqueueMail(tx, mail, new Date(stored.metadata.recordedAt));
      }
    }
  },
});

type Asking = Extract<
  DisclosureEvent,
  { type: 'SubmittedForReview' | 'StepCompleted' | 'ReturnedForChanges' | 'RevisionApproved' | 'Rejected' }
>;

const asksForSomething = (event: DisclosureEvent): event is Asking =>
  ['SubmittedForReview', 'StepCompleted', 'ReturnedForChanges', 'RevisionApproved', 'Rejected'].includes(event.type);

const mailsFor = async (
  { store, accountsOf, publicUrl }: ReviewMailDependencies,
  tx: EntityManager,
  stored: StoredEvent,
  event: Asking,
  state: Registered,
): Promise<readonly Mail[]> => {
  const { revision } = state;
  const toAll = async (ids: readonly string[], compose: (to: Recipient) => Composed) =>
    (await accountsOf(tx, [...new Set(ids)])).map((to) => mailOf(stored, to, compose(to)));

  switch (event.type) {
    case 'SubmittedForReview':
    case 'StepCompleted': {
      const askedStep = event.type === 'SubmittedForReview' ? 0 : event.data.step + 1;
      const current = revision.status === 'inReview' && revision.id === event.data.revisionId ? revision : null;
      if (!current || current.step !== askedStep) return [];
      const step = waitingStep(current);
      const today = localDateOf(stored.metadata.recordedAt);
      const holders = holdersOn(await officersNow(store), step.role, today)
        .map(({ userId }) => userId)
        .filter((id) => maySign(current, id));
      return toAll(holders, () => signRequest(state, current, step, publicUrl));
    }
    case 'ReturnedForChanges': {
      const current = revision.status === 'drafting' && revision.id === event.data.revisionId ? revision : null;
      if (!current) return [];
      return toAll(
        current.authors.map(({ id }) => id),
        () => ({
          subject: `【差戻し】${titleOf(state, current.editionNumber)}`,
          paragraphs: [
            `${event.data.by.name}さんが、${titleOf(state, current.editionNumber)}を差し戻しました。`,
            `理由：${event.data.reason}`,
            '本文を直してから、もう一度提出してください。これまでの編集はそのまま残っています。',
          ],
          list: [],
          action: { label: '開示書を開く', url: `${publicUrl}/disclosures/${state.id}` },
        }),
      );
    }
    case 'RevisionApproved': {
      const current = revision.status === 'approved' && revision.id === event.data.revisionId ? revision : null;
      if (!current) return [];
      return toAll([current.submittedBy.id], () => ({
        subject: `【承認済み】${titleOf(state, current.editionNumber)}`,
        paragraphs: [
          `${titleOf(state, current.editionNumber)}に必要な署名がそろいました。`,
          '発行日と施行日を決めて、公開してください。',
        ],
        list: current.signatures.map(
          ({ meaning, officer }) => `${meaningNames[meaning].ja}：${officeNames[officer.role].ja} ${officer.name}`,
        ),
        action: { label: '公開の画面を開く', url: `${publicUrl}/disclosures/${state.id}/editions` },
      }));
    }
    case 'Rejected':
      return toAll(
        (await authorsOf(store, stored)).filter((id) => id !== event.data.by.id),
        () => ({
          subject: `【却下】${quoted(state.serviceName)} ${state.title}の改訂`,
          paragraphs: [
            `${event.data.by.name}さんが、${quoted(state.serviceName)}の改訂を却下しました。`,
            `理由：${event.data.reason}`,
            '施行中の版は、そのまま公開されています。却下された改訂の本文は、記録に残っています。',
          ],
          list: [],
          action: { label: '開示書を開く', url: `${publicUrl}/disclosures/${state.id}` },
        }),
      );
  }
};

type InReview = Extract<Registered['revision'], { status: 'inReview' }>;
type Composed = {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly list: readonly string[];
  readonly action: { readonly label: string; readonly url: string };
};

/** What is asked, why, what changed with old and new in short, and who signed before. */
const signRequest = (state: Registered, revision: InReview, step: RouteStep, publicUrl: string): Composed => {
  const what = meaningNames[step.meaning].ja;
  const before = new Map(itemsOf(state.editions.at(-1)?.parts ?? []).map((item) => [item.itemKey, textOf(item.body)]));
  const signed = revision.signatures.map(({ meaning, officer }) => `${meaningNames[meaning].ja} ${officer.name}`);
  return {
    subject: `【${what}依頼】${titleOf(state, revision.editionNumber)}`,
    paragraphs: [
      `${revision.submittedBy.name}さんが提出した${titleOf(state, revision.editionNumber)}について、${officeNames[step.role].ja}としての${what}をお願いします。`,
      `改訂理由：${revision.causes.map(({ type }) => causeNames[type]).join('、')}`,
      `改訂履歴：${revision.historyText}`,
      ...(signed.length === 0 ? [] : [`署名済み：${signed.join('、')}`]),
      '変更した項目は次のとおりです。',
    ],
    list: changedItems(state).map((item) => {
      const part = state.parts.find(({ items }) => items.includes(item));
      const [from, to] = firstDifference(before.get(item.itemKey) ?? '', textOf(item.body));
      return `${part?.number ?? ''}-${item.number}. ${item.title}\n旧：${from}\n新：${to}`;
    }),
    action: { label: '変更箇所を確認する', url: `${publicUrl}/disclosures/${state.id}/review` },
  };
};

/** Who wrote in the revision, or signed it already, is not asked to sign it. */
const maySign = ({ authors, signatures }: InReview, id: string): boolean =>
  !authors.some((author) => author.id === id) && !signatures.some((signature) => signature.signer.id === id);

const EXCERPT = 60;

/** The first place at which two texts differ, as two excerpts of a line. */
export const firstDifference = (older: string, newer: string): readonly [string, string] => {
  const one = [...older.replace(/\s+/g, ' ')];
  const other = [...newer.replace(/\s+/g, ' ')];
  const at = one.findIndex((character, index) => character !== other[index]);
  const from = Math.max(0, (at === -1 ? one.length : at) - 10);
  const excerpt = (text: readonly string[]) => {
    if (text.length === 0) return '（本文なし）';
    const shown = text.slice(from, from + EXCERPT).join('');
    return `${from > 0 ? '…' : ''}${shown}${text.length > from + EXCERPT ? '…' : ''}`;
  };
  return [excerpt(one), excerpt(other)];
};

/** Everyone who wrote in the revision that a closing event ended; the state has forgotten them by then. */
const authorsOf = async (store: EventStore, closing: StoredEvent): Promise<readonly string[]> => {
  const history = (await store.read(closing.stream)).filter(({ version }) => version < closing.version);
  const state = history
    .map((each) => disclosureCodec.decode(each))
    .reduce(disclosureDecider.evolve, disclosureDecider.initialState);
  return state.status === 'Registered' && state.revision.status !== 'none'
    ? state.revision.authors.map(({ id }) => id)
    : [];
};

const titleOf = ({ title, serviceName }: Registered, editionNumber: number): string =>
  `${quoted(serviceName)} ${title} 第${editionNumber}版`;

const mailOf = (stored: StoredEvent, to: Recipient, { subject, paragraphs, list, action }: Composed): Mail => ({
  id: `review:${stored.stream}:${stored.version}:${to.id}`,
  kind: 'review',
  to: { name: to.name, address: to.address },
  subject: oneLine(subject),
  ...renderMail({
    greeting: `${to.name} 様`,
    paragraphs,
    list,
    action,
    footer: 'このメールは Kaijisho が自動で送信しています。',
  }),
});
