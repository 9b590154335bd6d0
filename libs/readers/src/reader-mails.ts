import { inJapanese } from '@app/calendar';
import { disclosureCodec, evolve, initialState, type Edition, type Registered } from '@app/disclosures';
import { currentState, type EventStore, type StoredEvent } from '@app/event-sourcing';
import { enqueueMails, oneLine, renderMail, type Mail, type MailListener } from '@app/mail';
import type { Projection } from '@app/projections';
import { changedItems } from './changed-items';
import { actorOf, decideReader, readerNow } from './decide-reader';
import { lastAcknowledged } from './domain/reader';
import { contactsFor, mailIdPrefix, UNCONFIRMED_HOURS, type ReaderContact } from './reader-contacts';
import { ACKNOWLEDGEABLE_DAYS, INVITATION_DAYS, linkToken } from './reader-links';

/** Mails about editions; the ones about following are of another kind, because nobody records their delivery. */
export const READER_MAIL = 'reader';

const MOST_ITEMS = 30;

/**
 * Writes to each follower about a new edition, with what changed since the one that this hospital acknowledged last. All is read
 * from the streams, in the transaction in which the checkpoint moves; the ids let no edition be mailed twice.
 */
export const readerMails = ({
  store,
  publicUrl,
}: {
  readonly store: EventStore;
  readonly publicUrl: string;
}): Projection => ({
  name: 'reader-mails.v1',
  apply: async (events, tx) => {
    for (const { disclosureId, number, at } of events.flatMap(publicationIn)) {
      const contacts = await contactsFor(tx, disclosureId);
      if (contacts.length === 0) continue;
      const disclosure = await currentState(
        store,
        { initialState, evolve },
        disclosureCodec,
        `disclosure-${disclosureId}`,
      );
      const edition =
        disclosure.status === 'Registered' ? disclosure.editions.find((each) => each.number === number) : undefined;
      if (disclosure.status !== 'Registered' || !edition) continue;
      const mails: Mail[] = [];
      for (const contact of contacts) {
        const reader = await readerNow(store, contact.readerId);
        const since = lastAcknowledged(reader)?.number ?? null;
        if (reader.status !== 'Following' || (since !== null && since >= number)) continue;
        if (wasShown(contact, number, at) || reader.delivered.includes(number)) continue;
        mails.push(editionMail({ contact, disclosure, edition, since, publicUrl, at: new Date(at) }));
      }
      await enqueueMails(tx, mails, new Date(at));
    }
  },
});

/** What its page showed when it confirmed. Where that was not kept: what was published before, though the page may have lagged behind. */
const wasShown = ({ shownEdition, confirmedAt }: ReaderContact, number: number, publishedAt: string): boolean =>
  shownEdition === null ? confirmedAt !== null && confirmedAt > new Date(publishedAt) : number <= shownEdition;

const publicationIn = (stored: StoredEvent) => {
  if (!stored.stream.startsWith('disclosure-') || stored.type !== 'EditionPublished') return [];
  const event = disclosureCodec.decode(stored);
  if (event.type !== 'EditionPublished') return [];
  const { number, at } = event.data;
  return [{ disclosureId: stored.stream.slice('disclosure-'.length), number, at }];
};

const editionMail = ({
  contact,
  disclosure,
  edition,
  since,
  publicUrl,
  at,
}: {
  readonly contact: ReaderContact;
  readonly disclosure: Registered;
  readonly edition: Edition;
  readonly since: number | null;
  readonly publicUrl: string;
  readonly at: Date;
}): Mail => {
  const { serviceName, title, issuer, editions } = disclosure;
  const older = editions.find(({ number }) => number === since);
  const changed = older ? changedItems(older.parts, edition.parts) : [];
  const more = changed.length > MOST_ITEMS ? [`ほか${changed.length - MOST_ITEMS}項目`] : [];
  return {
    id: `${mailIdPrefix(contact.readerId)}${edition.number}`,
    kind: READER_MAIL,
    to: addressee(contact),
    ...leaving(contact, publicUrl, at),
    ...renderMail({
      subject: oneLine(`【開示書の改訂】${serviceName} ${title} 第${edition.number}版`),
      greeting: `${contact.hospital} 御中`,
      paragraphs: [
        `${issuer.name}が、${serviceName}の${title} 第${edition.number}版を公開しました。発行日は${inJapanese(edition.issuedOn)}、施行日は${inJapanese(edition.effectiveOn)}です。`,
        older === undefined
          ? '貴院が受領を記録された版がまだないため、第1項目から全文をご確認ください。確認がお済みになりましたら、次のページで受領を記録してください。'
          : changed.length === 0
            ? `貴院が前回受領を記録された第${older.number}版から、本文に変更はありません。次のページで受領を記録してください。`
            : `貴院が前回受領を記録された第${older.number}版からの変更は、次の${changed.length}項目です。次のページで変更箇所を新旧対照でご確認のうえ、受領を記録してください。`,
        `リンクは${ACKNOWLEDGEABLE_DAYS}日間有効です。リンクを開いただけでは、何も記録されません。`,
      ],
      list: [...changed.slice(0, MOST_ITEMS), ...more],
      action: {
        label: older === undefined ? '全文を確認して受領を記録する' : '変更箇所を確認して受領を記録する',
        url: `${publicUrl}/reader/${linkToken(contact, 'a', at, edition.number)}`,
      },
      footer: whyAndHowToLeave(contact, serviceName, publicUrl, at),
    }),
  };
};

const addressee = ({ hospital, address }: ReaderContact) => ({ name: oneLine(hospital), address });

const leavingUrl = (contact: ReaderContact, publicUrl: string, at: Date): string =>
  `${publicUrl}/reader/${linkToken(contact, 'u', at)}`;

/** RFC 8058: the mail program's own button posts to this address, without a page in between. */
const leaving = (contact: ReaderContact, publicUrl: string, at: Date): Pick<Mail, 'headers'> => ({
  headers: {
    'List-Unsubscribe': `<${leavingUrl(contact, publicUrl, at)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
});

const whyAndHowToLeave = (contact: ReaderContact, serviceName: string, publicUrl: string, at: Date): string =>
  `このメールは、${serviceName}の開示書の改訂のお知らせを受け取る登録をされた医療機関にお送りしています。\nお知らせを停止する：${leavingUrl(contact, publicUrl, at)}`;

type About = {
  readonly contact: ReaderContact;
  readonly serviceName: string;
  readonly publicUrl: string;
  readonly at: Date;
};

/**
 * Asks the mailbox's owner whether they want this. Who did not ask for it does nothing and hears no more. What a stranger typed as the
 * name of the hospital is not in it: nobody writes their own words to others in our name.
 */
export const confirmationMail = ({
  contact,
  serviceName,
  publicUrl,
  at,
  issuer,
}: About & {
  /** The vendor, when it was the vendor who asked. */
  readonly issuer: string | null;
}): Mail => ({
  id: `${mailIdPrefix(contact.readerId)}confirm:${at.toISOString()}`,
  kind: 'reader-confirmation',
  to: contact.invited ? addressee(contact) : { name: '', address: contact.address },
  ...renderMail({
    subject: oneLine(`【登録の確認】${serviceName} 開示書の改訂のお知らせ`),
    greeting: contact.invited ? `${contact.hospital} 御中` : 'ご担当者様',
    paragraphs: [
      issuer === null
        ? `${serviceName}の開示書が改訂されたときにお知らせするメールの登録を、このアドレスで受け付けました。登録を完了するには、${contact.invited ? `${INVITATION_DAYS}日` : `${UNCONFIRMED_HOURS}時間`}以内に次のページを開き、ボタンを押してください。`
        : `${issuer}から、${serviceName}の開示書が改訂されたときにお知らせするメールのご案内です。受け取りを希望される場合は、${INVITATION_DAYS}日以内に次のページを開き、ボタンを押してください。`,
      '心当たりがない場合や希望されない場合は、何もする必要はありません。これ以上メールはお送りしません。',
    ],
    action: { label: '登録を確認する', url: `${publicUrl}/reader/${linkToken(contact, 'c', at)}` },
    footer: 'このメールは Kaijisho が自動で送信しています。',
  }),
});

/** To somebody who asks to follow and does already: only their mailbox is told so. New links, for whose old ones have expired. */
export const alreadyFollowingMail = ({
  contact,
  serviceName,
  publicUrl,
  at,
  edition,
}: About & { readonly edition: number }): Mail => ({
  id: `${mailIdPrefix(contact.readerId)}again:${at.toISOString()}`,
  kind: 'reader-confirmation',
  to: addressee(contact),
  ...leaving(contact, publicUrl, at),
  ...renderMail({
    subject: oneLine(`【登録済み】${serviceName} 開示書の改訂のお知らせ`),
    greeting: `${contact.hospital} 御中`,
    paragraphs: [
      `このアドレスは、${serviceName}の開示書の改訂のお知らせにすでに登録されています。`,
      `第${edition}版の確認と受領の記録は、次のページで行えます。リンクは${ACKNOWLEDGEABLE_DAYS}日間有効です。リンクを開いただけでは、何も記録されません。`,
    ],
    action: {
      label: `第${edition}版の変更箇所と受領の記録`,
      url: `${publicUrl}/reader/${linkToken(contact, 'a', at, edition)}`,
    },
    footer: whyAndHowToLeave(contact, serviceName, publicUrl, at),
  }),
});

const editionMailId = /^reader:([0-9a-f-]{36}):(\d+)$/;

/** Records that the mail about an edition arrived. Safe to repeat. What was given up is in the log of mails. */
export const recordReaderDelivery =
  ({ store }: { readonly store: EventStore }): MailListener =>
  async (mails) => {
    for (const { id, status, sentAt } of mails) {
      const [, readerId, number] = editionMailId.exec(id) ?? [];
      if (readerId === undefined || status !== 'sent' || sentAt === null) continue;
      const reader = await readerNow(store, readerId);
      if (reader.status !== 'Following') continue;
      const command = { type: 'RecordDelivery', by: actorOf(reader), at: sentAt, number: Number(number) } as const;
      await decideReader(store, readerId, command, id);
    }
  };
