import { inJapanese } from '@app/calendar';
import {
  disclosureCodec,
  evolve,
  initialState,
  type DisclosureEvent,
  type Edition,
  type Registered,
} from '@app/disclosures';
import { currentState, type EventStore, type StoredEvent } from '@app/event-sourcing';
import { enqueueMails, oneLine, renderMail, type Mail, type MailListener } from '@app/mail';
import type { Projection } from '@app/projections';
import { changedItems } from './changed-items';
import { actorOf, decideReader, readerNow } from './decide-reader';
import { lastAcknowledged, type Reader } from './domain/reader';
import { addressee, leavingHeaders, linkTo, mailToReader, READER_MAIL, untilText, type About } from './mail-to-reader';
import { erratumMail, retirementMail } from './notices';
import { contactsFor, mailIdPrefix, type ReaderContact } from './reader-contacts';
import { ACKNOWLEDGEABLE_DAYS, expiryOf } from './reader-links';

const MOST_ITEMS = 30;

const toldTypes = ['EditionPublished', 'EditionAnnotated', 'DisclosureRetired'] as const;
type Told = Extract<DisclosureEvent, { type: (typeof toldTypes)[number] }>;
type Following = Extract<Reader, { status: 'Following' }>;

/**
 * Writes to each follower about a new edition, with what changed since the one that this hospital acknowledged last; about 正誤 of an
 * edition that it was given; and about 提供終了. All is read from the streams, in the transaction in which the checkpoint moves; the
 * ids let nothing be mailed twice.
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
    for (const { disclosureId, event } of events.flatMap(toldIn)) {
      const contacts = await contactsFor(tx, disclosureId);
      if (contacts.length === 0) continue;
      const disclosure = await currentState(
        store,
        { initialState, evolve },
        disclosureCodec,
        `disclosure-${disclosureId}`,
      );
      if (disclosure.status !== 'Registered') continue;
      const at = new Date(event.data.at);
      const mails: Mail[] = [];
      for (const contact of contacts) {
        const reader = await readerNow(store, contact.readerId);
        if (reader.status !== 'Following') continue;
        const about = { contact, serviceName: disclosure.serviceName, publicUrl, at };
        mails.push(...mailsAbout(event, { ...about, reader, disclosure }));
      }
      await enqueueMails(tx, mails, at);
    }
  },
});

const toldIn = (stored: StoredEvent): readonly { readonly disclosureId: string; readonly event: Told }[] => {
  if (!stored.stream.startsWith('disclosure-')) return [];
  if (!toldTypes.some((type) => type === stored.type)) return [];
  return [{ disclosureId: stored.stream.slice('disclosure-'.length), event: disclosureCodec.decode(stored) as Told }];
};

type AboutDisclosure = About & { readonly reader: Following; readonly disclosure: Registered };

const mailsAbout = (event: Told, about: AboutDisclosure): readonly Mail[] => {
  const { contact, reader, disclosure } = about;
  if (event.type === 'DisclosureRetired') return [retirementMail({ ...about, retired: event.data })];
  const { number, at } = event.data;
  const edition = disclosure.editions.find((each) => each.number === number);
  if (edition === undefined) return [];
  if (event.type === 'EditionAnnotated') {
    const erratum = { ...event.data, id: event.data.annotationId };
    return wasGiven(about, number) && !stoodOnThePage(contact, at) ? [erratumMail({ ...about, edition, erratum })] : [];
  }
  const since = lastAcknowledged(reader)?.number ?? null;
  const knowsIt = (since !== null && since >= number) || reader.delivered.includes(number);
  return knowsIt || wasShown(contact, number, at) ? [] : [editionMail({ ...about, edition, since })];
};

/** The edition that its page showed when it confirmed, each later one, and what it acknowledged. */
const wasGiven = ({ contact, reader }: AboutDisclosure, number: number): boolean =>
  number >= (contact.shownEdition ?? 0) || reader.acknowledged.some((each) => each.number === number);

/** Pages may lag behind: what counts is what they did show. Where that is not known it is told once too often rather than not at all. */
const stoodOnThePage = ({ shownErratumAt }: ReaderContact, annotatedAt: string): boolean =>
  shownErratumAt !== null && new Date(annotatedAt) <= shownErratumAt;

/** What its page showed when it confirmed. Where that was not kept: what was published before, though the page may have lagged behind. */
const wasShown = ({ shownEdition, confirmedAt }: ReaderContact, number: number, publishedAt: string): boolean =>
  shownEdition === null ? confirmedAt !== null && confirmedAt > new Date(publishedAt) : number <= shownEdition;

const editionMail = (about: AboutDisclosure & { readonly edition: Edition; readonly since: number | null }): Mail => {
  const { contact, at, disclosure, edition, since } = about;
  const { serviceName, title, issuer, editions } = disclosure;
  const older = editions.find(({ number }) => number === since);
  const changed = older ? changedItems(older.parts, edition.parts) : [];
  const more = changed.length > MOST_ITEMS ? [`ほか${changed.length - MOST_ITEMS}項目`] : [];
  return mailToReader(
    about,
    { id: String(edition.number), kind: READER_MAIL },
    {
      subject: `【開示書の改訂】${serviceName} ${title} 第${edition.number}版`,
      paragraphs: [
        `${issuer.name}が、${serviceName}の${title} 第${edition.number}版を公開しました。発行日は${inJapanese(edition.issuedOn)}、施行日は${inJapanese(edition.effectiveOn)}です。`,
        older === undefined
          ? '貴施設が受領を記録された版がまだないため、全文をご確認ください。確認がお済みになりましたら、次のページで受領を記録してください。'
          : changed.length === 0
            ? `貴施設が前回受領を記録された第${older.number}版から、本文に変更はありません。次のページで受領を記録してください。`
            : `貴施設が前回受領を記録された第${older.number}版からの変更は、次の${changed.length}項目です。次のページで変更箇所を新旧対照でご確認のうえ、受領を記録してください。`,
        acknowledgeableUntil(contact, at),
      ],
      list: [...changed.slice(0, MOST_ITEMS), ...more],
      action: {
        label: older === undefined ? '全文を確認して受領を記録する' : '変更箇所を確認して受領を記録する',
        url: linkTo(about, 'a', edition.number),
      },
    },
  );
};

const acknowledgeableUntil = (contact: ReaderContact, at: Date): string =>
  `リンクは${ACKNOWLEDGEABLE_DAYS}日間、${untilText(expiryOf('a', contact, at))}まで有効です。リンクを開いただけでは、何も記録されません。`;

/**
 * Asks the mailbox's owner whether they want this. Who did not ask for it does nothing, or says that it is not to be written to any
 * more. What a stranger typed as the name of the hospital is not in it: nobody writes their own words to others in our name.
 */
export const confirmationMail = (
  about: About & {
    /** The vendor, when it was the vendor who asked. */
    readonly issuer: string | null;
  },
): Mail => {
  const { contact, serviceName, at, issuer } = about;
  const end = untilText(expiryOf('c', contact, at));
  const isNamed = contact.invited;
  return {
    id: `${mailIdPrefix(contact.readerId)}confirm:${at.toISOString()}`,
    kind: 'reader-confirmation',
    to: isNamed ? addressee(contact) : { name: '', address: contact.address },
    ...leavingHeaders(about),
    ...renderMail({
      subject: oneLine(`【${issuer === null ? '登録の確認' : 'ご案内'}】${serviceName} 開示書の改訂のお知らせ`),
      greeting: isNamed ? `${contact.hospital} 御中` : 'ご担当者様',
      paragraphs: [
        issuer === null
          ? `${serviceName}の開示書の改訂、正誤、提供の終了をお知らせするメールの登録を、このアドレスで受け付けました。登録を完了するには、${end}までに次のページを開き、ボタンを押してください。`
          : `${issuer}から、${serviceName}の開示書の改訂、正誤、提供の終了をお知らせするメールのご案内です。受け取りを希望される場合は、${end}までに次のページを開き、ボタンを押してください。`,
        '心当たりがない場合や希望されない場合は、何もする必要はありません。登録は行われず、アドレスは期限の後に消去します。',
      ],
      action: { label: '登録を確認する', url: linkTo(about, 'c') },
      footer: 'このメールは Kaijisho が自動で送信しています。',
      leave: { label: '今後このようなメールを受け取らない', url: linkTo(about, 'u') },
    }),
  };
};

/** To somebody who asks to follow and does already: only their mailbox is told so. New links, for whose old ones have expired. */
export const alreadyFollowingMail = (about: About & { readonly edition: number }): Mail => {
  const { contact, serviceName, at, edition } = about;
  return mailToReader(
    about,
    { id: `again:${at.toISOString()}`, kind: 'reader-confirmation' },
    {
      subject: `【登録済み】${serviceName} 開示書の改訂のお知らせ`,
      paragraphs: [
        `このアドレスは、${serviceName}の開示書の改訂のお知らせにすでに登録されています。`,
        `第${edition}版の確認と受領の記録は、次のページで行えます。${acknowledgeableUntil(contact, at)}`,
      ],
      action: { label: `第${edition}版の変更箇所と受領の記録`, url: linkTo(about, 'a', edition) },
    },
  );
};

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
