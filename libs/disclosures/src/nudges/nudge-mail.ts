import { daysBetween, inJapanese, type LocalDate } from '@app/calendar';
import { oneLine, renderMail, type Mail } from '@app/mail';
import { waitingStep, type InReview } from '../domain/review';
import type { Acting } from '../domain/seats';
import { meaningNames, officerName, quoted, signatoriesNames } from '../words';
import type { Nudge } from './nudge';

type Recipient = { readonly id: string; readonly name: string; readonly address: string };

/** Deterministic, so that no nudge is sent twice: one per time that the step was asked for, rung and person. */
export const nudgeMailId = ({ id, revision }: InReview, { rung }: Nudge, userId: string): string =>
  ['nudge', id, revision.id, revision.step, Date.parse(revision.askedAt), rung, userId].join(':');

/** Reminds somebody of a step that waits for them: since when, until when, and as whom they would sign. */
export const nudgeMail = (
  state: InReview,
  nudge: Nudge,
  acting: Acting,
  to: Recipient,
  url: string,
  today: LocalDate,
): Mail => {
  const { revision } = state;
  const { step } = waitingStep(state);
  const what = meaningNames[step.meaning].ja;
  const title = `${quoted(state.serviceName)} ${state.title} 第${revision.editionNumber}版`;
  return {
    id: nudgeMailId(state, nudge, to.id),
    kind: 'nudge',
    to: { name: to.name, address: to.address },
    ...renderMail({
      subject: oneLine(`【${urgencyOf(nudge, what, today)}】${title}`),
      greeting: `${to.name} 様`,
      paragraphs: [
        `${revision.submittedBy.name}さんが提出した${title}の${what}が、まだ済んでいません。`,
        deadlineOf(nudge, today),
        ...capacityOf(acting, signatoriesNames(step.signatories).ja),
      ],
      action: { label: '変更箇所を確認する', url },
      footer: 'このメールは Kaijisho が自動で送信しています。署名または差戻しを行うと、この通知は止まります。',
    }),
  };
};

const urgencyOf = ({ kind, due }: Nudge, what: string, today: LocalDate): string => {
  switch (kind) {
    case 'half':
      return `${what}待ち・期限は${inJapanese(due)}`;
    case 'due':
      return due === today ? `${what}の期限は本日` : `${what}の期限`;
    case 'overdue':
      return `${what}の期限超過`;
  }
};

const deadlineOf = ({ due }: Nudge, today: LocalDate): string =>
  due > today
    ? `期限は${inJapanese(due)}です。`
    : due === today
      ? `期限は本日（${inJapanese(due)}）です。`
      : `期限（${inJapanese(due)}）を${daysBetween(due, today)}日過ぎています。`;

const capacityOf = ({ seat, onBehalfOf }: Acting, asked: string): readonly string[] => {
  if (onBehalfOf !== null) return [`${officerName(onBehalfOf.officer)}さんの代理として署名できます。`];
  return seat.capacity === 'escalated' ? [`期限を過ぎたため、${asked}に代わって、あなたも署名できます。`] : [];
};
