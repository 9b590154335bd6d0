import { inJapanese, localDateOf } from '@app/calendar';
import { textOf } from '@app/content';
import { assertNever } from '@app/event-sourcing';
import type { TextRead } from '../comparison/compare-disclosure';
import { unresolved } from '../domain/comment.decider';
import { dueOn } from '../domain/due';
import { changedItems, itemsOf, type Comment, type Part, type Registered } from '../domain/disclosure';
import { findingsIn, waiverOf } from '../domain/lint';
import { waitingStep, type InReview } from '../domain/review';
import type { Acting } from '../domain/seats';
import { causeNames, meaningNames, officeNames, officerName, quoted, signerName } from '../words';

/** What the mails of a review say. Pure: whom they go to is decided elsewhere. */
export type Composed = {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly list: readonly string[];
  readonly action: { readonly label: string; readonly url: string };
};

type Where = {
  /** Where the product is reached, without a slash at the end. */
  readonly publicUrl: string;
  /** The place in the stream that the mail speaks of: the page says what moved since. */
  readonly version: number;
};

/**
 * Asks for a signature: what is asked and as whom, why, who signed before, what is still open, and what changed in short
 * since `before`: the text that the recipient signed last in this revision, else that which they sent back last, else the
 * edition published last.
 */
export const signRequest = (
  state: InReview,
  acting: Acting,
  before: { readonly parts: readonly Part[]; readonly how: TextRead['how'] | null },
  { publicUrl, version }: Where,
): Composed => {
  const { revision } = state;
  const { step, askedAt } = waitingStep(state);
  const what = meaningNames[step.meaning].ja;
  const title = titleOf(state, revision.editionNumber);
  const due = askedAt === null ? null : dueOn(step, askedAt);
  const open = unresolved(revision.comments).length;
  const changes = changesSince(before.parts, state.parts);
  return {
    subject: `【${what}依頼】${title}`,
    paragraphs: [
      `${revision.submittedBy.name}さんが${isResubmitted(revision) ? '再' : ''}提出した${title}について、${capacityOf(acting)}${what}をお願いします。`,
      ...(revision.returned
        ? [`${revision.returned.by.name}さんが、この段階に差し戻しました。理由：${revision.returned.reason}`]
        : revision.lastReturn
          ? [sentBack(revision.lastReturn)]
          : []),
      ...(due === null ? [] : [`期限：${inJapanese(due)}`]),
      `改訂理由：${revision.causes.map(({ type }) => causeNames[type]).join('、')}`,
      `改訂履歴：${revision.historyText}`,
      ...(revision.signatures.length === 0
        ? []
        : [
            `署名済み：${revision.signatures.map((each) => `${meaningNames[each.meaning].ja} ${signerName(each)}`).join('、')}`,
          ]),
      ...(revision.waivers.length === 0
        ? []
        : [
            `承知済みの指摘：${revision.waivers.map(({ itemKey, reason }) => `${itemKey}（理由：${reason}）`).join('、')}`,
          ]),
      ...(open === 0 ? [] : [`未解決のコメントが${open}件あります。`]),
      ...adviceOf(state),
      changes.length === 0 ? unchangedSince[before.how ?? 'signed'] : changedSince[before.how ?? 'published'],
    ],
    list: changes,
    action: {
      label: '変更箇所を確認する',
      url: `${publicUrl}/disclosures/${state.id}/review?v=${version}`,
    },
  };
};

const changedSince = {
  signed: '前回あなたが署名してから変わった項目は次のとおりです。',
  returned: 'あなたが差し戻した本文から変わった項目は次のとおりです。',
  published: '変更した項目は次のとおりです。',
};
const unchangedSince = {
  signed: '前回あなたが署名してから、本文は変わっていません。',
  returned: 'あなたが差し戻してから、本文は変わっていません。',
};

type LastReturn = NonNullable<InReview['revision']['lastReturn']>;

/** Whether a return lies before the submission: one to an earlier step lies after it. */
const isResubmitted = ({ lastReturn, submittedAt }: InReview['revision']): boolean =>
  lastReturn !== undefined && lastReturn.at <= submittedAt;

const sentBack = ({ by, at, reason }: LastReturn): string =>
  `${by.name}さんが${inJapanese(localDateOf(at))}に差し戻しました：${reason}`;

/** Findings that do not block: whoever signs should know of them. */
const adviceOf = (state: Registered): readonly string[] => {
  const open = findingsIn(state).filter((found) => !waiverOf(found, state.waivers));
  return open.length === 0 ? [] : [`点検の指摘：${open.map(({ message }) => message).join('　')}`];
};

/** 「管理責任者としての」「山本 隆さん（管理責任者）の代理としての」; nothing for who is named in the route. */
const capacityOf = ({ seat, onBehalfOf }: Acting): string => {
  if (onBehalfOf !== null) return `${officerName(onBehalfOf.officer)}さんの代理としての`;
  switch (seat.capacity) {
    case 'officer':
      return seat.officer.role === null ? '' : `${officeNames[seat.officer.role].ja}としての`;
    case 'named':
      return '';
    case 'reassigned':
      return '変更後の署名者としての';
    case 'escalated':
      return '期限を過ぎたため、';
    default:
      return assertNever(seat.capacity);
  }
};

/** 後閲 is asked for once, from the approval on. `state`: as approved; what is published by now is read on the page of its edition. */
export const postReviewRequest = (
  state: Registered,
  editionNumber: number,
  isPublished: boolean,
  { publicUrl, version }: Where,
): Composed => ({
  subject: `【後閲のお願い】${titleOf(state, editionNumber)}`,
  paragraphs: [
    `${titleOf(state, editionNumber)}が承認されました。本文をご覧のうえ、後閲の記録をお願いします。`,
    isPublished ? 'この版は、すでに公開されています。' : '後閲を待たずに公開されることがあります。',
  ],
  list: changesSince(state.editions.at(-1)?.parts ?? [], state.parts),
  action: isPublished
    ? { label: '版を開く', url: `${publicUrl}/disclosures/${state.id}/editions/${editionNumber}` }
    : { label: '変更箇所を確認する', url: `${publicUrl}/disclosures/${state.id}/review?v=${version}` },
});

export const returned = (
  state: Registered,
  editionNumber: number,
  { by, reason }: { readonly by: { readonly name: string }; readonly reason: string },
  { publicUrl }: Where,
): Composed => ({
  subject: `【差戻し】${titleOf(state, editionNumber)}`,
  paragraphs: [
    `${by.name}さんが、${titleOf(state, editionNumber)}を差し戻しました。`,
    `理由：${reason}`,
    '本文を直してから、もう一度提出してください。これまでの編集はそのまま残っています。',
  ],
  list: [],
  action: { label: '開示書を開く', url: `${publicUrl}/disclosures/${state.id}` },
});

export const approved = (
  state: Registered,
  { editionNumber, signatures }: Extract<Registered['revision'], { status: 'approved' }>,
  { publicUrl }: Where,
): Composed => ({
  subject: `【承認済み】${titleOf(state, editionNumber)}`,
  paragraphs: [
    `${titleOf(state, editionNumber)}に必要な署名がそろいました。`,
    '発行日と施行日を決めて、公開してください。',
  ],
  list: signatures.map((each) => `${meaningNames[each.meaning].ja}：${signerName(each)}`),
  action: { label: '公開の画面を開く', url: `${publicUrl}/disclosures/${state.id}/editions` },
});

export const rejected = (
  state: Registered,
  { by, reason }: { readonly by: { readonly name: string }; readonly reason: string },
  { publicUrl }: Where,
): Composed => ({
  subject: `【却下】${quoted(state.serviceName)} ${state.title}の改訂`,
  paragraphs: [
    `${by.name}さんが、${quoted(state.serviceName)}の改訂を却下しました。`,
    `理由：${reason}`,
    '公開済みの版に変わりはありません。却下された改訂の本文は、記録に残っています。',
  ],
  list: [],
  action: { label: '開示書を開く', url: `${publicUrl}/disclosures/${state.id}` },
});

/** To whom a signature was asked of, which is not wanted now: it will be asked for again. */
export const recalled = (
  state: Registered,
  editionNumber: number,
  { by }: { readonly by: { readonly name: string } },
  { publicUrl, version }: Where,
): Composed => ({
  subject: `【引戻し】${titleOf(state, editionNumber)}`,
  paragraphs: [
    `${by.name}さんが、${titleOf(state, editionNumber)}の提出を引き戻しました。`,
    'お願いしていた署名は、いまは必要ありません。もう一度提出されたときに、あらためてお知らせします。',
  ],
  list: [],
  action: { label: '開示書を開く', url: `${publicUrl}/disclosures/${state.id}/review?v=${version}` },
});

/** To whom a signature or a 後閲 was asked of, and to those who wrote in it. */
export const withdrawn = (
  state: Registered,
  editionNumber: number,
  { by, reason }: { readonly by: { readonly name: string }; readonly reason?: string | undefined },
  { publicUrl }: Where,
): Composed => ({
  subject: `【取下げ】${titleOf(state, editionNumber)}`,
  paragraphs: [
    `${by.name}さんが、${titleOf(state, editionNumber)}への改訂を取り下げました。`,
    ...(reason === undefined ? [] : [`理由：${reason}`]),
    'この改訂についてお願いしていた署名や後閲は、必要ありません。公開済みの版に変わりはありません。',
  ],
  list: [],
  action: { label: '開示書を開く', url: `${publicUrl}/disclosures/${state.id}` },
});

/** To whoever was replaced, so that two do not wait for each other. */
export const replaced = (
  state: Registered,
  editionNumber: number,
  {
    by,
    to,
    reason,
  }: { readonly by: { readonly name: string }; readonly to: { readonly name: string }; readonly reason: string },
  { publicUrl, version }: Where,
): Composed => ({
  subject: `【担当者の変更】${titleOf(state, editionNumber)}`,
  paragraphs: [
    `${by.name}さんが、${titleOf(state, editionNumber)}の署名者をあなたから${to.name}さんに変更しました。`,
    `理由：${reason}`,
    'あなたの署名は、この改訂では必要ありません。',
  ],
  list: [],
  action: { label: '開示書を開く', url: `${publicUrl}/disclosures/${state.id}/review?v=${version}` },
});

export const mentioned = (
  state: Registered,
  editionNumber: number,
  { by, itemKey, quote, text }: Pick<Comment, 'by' | 'itemKey' | 'quote' | 'text'>,
  { publicUrl }: Where,
): Composed => ({
  subject: `【コメント】${titleOf(state, editionNumber)} ${itemKey}`,
  paragraphs: [
    `${by.name}さんが、${titleOf(state, editionNumber)}の${itemKey}に、あなた宛てのコメントを書きました。`,
    ...(quote === null ? [] : [`対象の文：${quote}`]),
    `コメント：${text}`,
  ],
  list: [],
  action: { label: 'コメントを開く', url: `${publicUrl}/disclosures/${state.id}?item=${encodeURIComponent(itemKey)}` },
});

/** One entry per item that differs: where it stands, and the first difference, old and new in short. */
const changesSince = (before: readonly Part[], after: readonly Part[]): readonly string[] => {
  const old = new Map(itemsOf(before).map((item) => [item.itemKey, textOf(item.body)]));
  return changedItems({ parts: after, editions: [{ parts: before }] }).map((item) => {
    const part = after.find(({ items }) => items.includes(item));
    const [from, to] = firstDifference(old.get(item.itemKey) ?? '', textOf(item.body));
    return `${part?.number ?? ''}-${item.number}. ${item.title}\n旧：${from}\n新：${to}`;
  });
};

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

/** 「みなと医療クラウド」 サービス仕様適合開示書 第7版 */
export const titleOf = (
  { title, serviceName }: Pick<Registered, 'title' | 'serviceName'>,
  editionNumber: number,
): string => `${quoted(serviceName)} ${title} 第${editionNumber}版`;
