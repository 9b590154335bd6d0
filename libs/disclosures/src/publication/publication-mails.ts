import { inJapanese, timeInJapanese } from '@app/calendar';
import type { EventStore } from '@app/event-sourcing';
import { problemTextOf } from '@app/http';
import { accountsWithRole, dailyReaders } from '@app/identity';
import { mailPeople, oneLine, renderMail, type Mail, type MailText, type PersonalMail } from '@app/mail';
import type { Projection } from '@app/projections';
import type { EntityManager } from 'typeorm';
import { disclosureEventOf } from '../disclosures/disclosure-projection';
import type { DisclosureEvent, Registered } from '../domain/disclosure';
import type { DisclosureRejection } from '../domain/disclosure.decider';
import { REVIEW_TOPIC } from '../nudges/digest';
import { disclosureProblems } from '../problems';
import { stateOf } from '../review-decisions';
import { titleOf } from '../review-mails/compose';

type Recipient = { readonly id: string; readonly name: string; readonly address: string };
type Approved = Extract<Registered['revision'], { status: 'approved' }>;
type Publication = Extract<DisclosureEvent, { type: 'EditionPublished' }>['data'];
type Composed = Omit<MailText, 'greeting' | 'footer' | 'action'> & Required<Pick<MailText, 'action'>>;

export type PublicationMailDependencies = {
  readonly store: EventStore;
  /** Name and address of those accounts that may get mail; others are left out. */
  readonly accountsOf: (tx: EntityManager, ids: readonly string[]) => Promise<readonly Recipient[]>;
  /** Where the product is reached, without a slash at the end. */
  readonly publicUrl: string;
};

/**
 * Tells those who wrote, signed and scheduled an edition that it was published at its time, in the transaction in which the
 * checkpoint moves. Whoever publishes by hand sees it on the screen.
 */
export const publicationMails = ({ store, accountsOf, publicUrl }: PublicationMailDependencies): Projection => ({
  name: 'publication-mails.v1',
  apply: async (events, tx) => {
    for (const stored of events) {
      const event = disclosureEventOf(stored);
      if (event?.type !== 'EditionPublished' || event.data.scheduled === undefined) continue;
      const before = stateOf((await store.read(stored.stream)).filter(({ version }) => version < stored.version));
      if (before.status !== 'Registered' || before.revision.status !== 'approved') continue;
      const concerned = [...workedOn(before.revision), event.data.scheduled.by.id];
      const mails = (await accountsOf(tx, [...new Set(concerned)])).map((to) =>
        personal(to, `published:${stored.stream}:${stored.version}`, done(before, event.data, publicUrl), 'preferred'),
      );
      await mailPeople(tx, mails, dailyReaders, new Date(stored.metadata.recordedAt));
    }
  },
});

/**
 * Tells those who wrote, signed and scheduled what is due that it was not published, why, and what to do; the administrators, when none
 * of them is there any more. Each is told once per schedule and reason, however often the sweep comes by.
 */
export const mailNotPublished = async (
  { accountsOf, publicUrl }: Omit<PublicationMailDependencies, 'store'>,
  tx: EntityManager,
  state: Registered,
  rejection: DisclosureRejection,
  now: Date,
): Promise<void> => {
  const { id, revision } = state;
  if (revision.status !== 'approved' || !revision.schedule) return;
  const { schedule } = revision;
  if (Date.parse(schedule.publishAt) > now.getTime()) return; // put off meanwhile: that schedule has not failed
  const known = await accountsOf(tx, [...new Set([...workedOn(revision), schedule.by.id])]);
  const recipients = known.length > 0 ? known : await accountsWithRole(tx, 'administrator');
  const mailId = `not-published:${id}:${revision.id}:${Date.parse(schedule.at)}:${rejection.type}`;
  const mail = notDone(state, revision.editionNumber, schedule.publishAt, rejection, publicUrl);
  const mails = recipients.map((to) => personal(to, mailId, mail, 'atOnce'));
  await mailPeople(tx, mails, dailyReaders, now);
};

/** Who wrote in the revision, submitted it and signed it. */
const workedOn = ({ authors, submittedBy, signatures }: Approved): readonly string[] => [
  ...[...authors, submittedBy].map(({ id }) => id),
  ...signatures.map(({ signer }) => signer.id),
];

const personal = (to: Recipient, id: string, composed: Composed, manner: PersonalMail['manner']): PersonalMail => {
  const mail: Mail = {
    ...{ id: `${id}:${to.id}`, kind: 'publication', to: { name: to.name, address: to.address } },
    ...renderMail({
      ...composed,
      greeting: `${to.name} 様`,
      footer: 'このメールは Kaijisho が、一度だけ自動で送信しています。',
    }),
  };
  return { userId: to.id, mail, url: composed.action.url, topic: REVIEW_TOPIC, about: null, manner };
};

const done = (
  before: Registered,
  { number, issuedOn, effectiveOn, reasonForPastDate, scheduled, at }: Publication,
  publicUrl: string,
): Composed => ({
  subject: oneLine(`【公開しました】${titleOf(before, number)}`),
  paragraphs: [
    `予約されていた${titleOf(before, number)}の公開を、${timeInJapanese(at)}に行いました。`,
    `発行日：${inJapanese(issuedOn)}　施行日：${inJapanese(effectiveOn)}　予約した人：${scheduled?.by.name ?? ''}`,
    ...(reasonForPastDate === undefined ? [] : [`施行日が過去になった理由：${reasonForPastDate}`]),
  ],
  action: { label: '公開した版を開く', url: `${publicUrl}/disclosures/${before.id}/editions/${number}` },
});

const notDone = (
  state: Registered,
  editionNumber: number,
  publishAt: string,
  rejection: DisclosureRejection,
  publicUrl: string,
): Composed => {
  const title = titleOf(state, editionNumber);
  return {
    subject: oneLine(`【公開できませんでした】${title}`),
    paragraphs: [
      `${timeInJapanese(publishAt)}に予約されていた${title}の公開を、行えませんでした。公開ページは、以前の版のままです。`,
      ...(rejection.type === 'BlockingFindings'
        ? [
            `理由：公開を止める点検の指摘が${rejection.findings.length}件あります。`,
            '公開の画面で予約を取り消し、責任者に差戻しを依頼してください。起草者が本文を直すか、理由を付けて承知済みにすると、もう一度提出できます。',
          ]
        : rejection.type === 'CannotBePrinted'
          ? [
              `理由：${problemTextOf(rejection, disclosureProblems).ja}`,
              '予約はそのままです。印刷できるようになると、自動で公開します。公開しない場合は、公開の画面で予約を取り消してください。',
            ]
          : [
              `理由：${problemTextOf(rejection, disclosureProblems).ja}`,
              '公開の画面で予約を取り消し、理由を解消してから、改めて公開するか予約してください。',
            ]),
    ],
    list:
      rejection.type === 'BlockingFindings'
        ? rejection.findings.map(({ itemKey, message }) => `${itemKey}　${message}`)
        : [],
    action: { label: '公開の画面を開く', url: `${publicUrl}/disclosures/${state.id}/editions` },
  };
};
