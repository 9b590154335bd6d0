import { actorOf, askToFollow, confirmContact, decideReader, eraseContact } from '@app/readers';
import type { DemoReader, LocalDate } from './demo';
import { demoService } from './history';
import { readersOn } from './readers';
import type { Keeping } from './registers';
import { at } from './timeline';

/** An edition that was published so far: who follows by then is mailed of it, which here lies behind everybody. */
export type PublishedThen = { readonly number: number; readonly at: string; readonly contentHash: string };

/** What hospitals did with the disclosure, each thing at its date. Nothing is mailed of it. */
export const keepReaders = async (
  keeping: Keeping,
  editions: readonly PublishedThen[],
  today: LocalDate,
): Promise<void> => {
  for (const reader of readersOn(today)) await keepReader(keeping, editions, reader);
};

const keepReader = async (keeping: Keeping, editions: readonly PublishedThen[], reader: DemoReader): Promise<void> => {
  const { store, dataSource, disclosureId, personOf, mustBeAccepted } = keeping;
  const { hospital, address } = reader;
  const invited = 'invitedOn' in reader;
  const began = at(invited ? reader.invitedOn : reader.followedOn, '10:00');
  const asked = { disclosureId, service: demoService, hospital, address, invited };
  const contact = await dataSource.transaction((tx) => askToFollow(tx, asked, new Date(began)));
  const { readerId } = contact;
  const itself = actorOf(contact);
  const decide = async (command: Parameters<typeof decideReader>[2]): Promise<void> =>
    mustBeAccepted(`${command.type} of ${hospital}`, await decideReader(store, readerId, command, 'demo'));

  const named = { readerId, disclosureId, hospital };
  if (invited) return decide({ type: 'InviteReader', by: personOf('sato'), at: began, ...named });
  await decide({ type: 'Follow', by: itself, at: began, ...named });
  const shown = editions.filter((edition) => edition.at <= began).at(-1)?.number ?? 0;
  await confirmContact(dataSource, readerId, new Date(began), shown);

  const { leftOn } = reader;
  const left = leftOn === undefined ? null : at(leftOn, '09:30');
  const delivered = editions
    .filter((edition) => edition.at > began && (left === null || edition.at < left))
    .map(({ number, at: when }) => ({ type: 'RecordDelivery', by: itself, at: minuteAfter(when), number }) as const);
  const acknowledged = reader.acknowledged.map(({ number, on }) => {
    const contentHash = editions.find((edition) => edition.number === number)?.contentHash ?? '';
    return { type: 'AcknowledgeEdition', by: itself, at: at(on, '14:20'), number, contentHash } as const;
  });
  for (const command of [...delivered, ...acknowledged].sort((one, other) => (one.at < other.at ? -1 : 1)))
    await decide(command);
  if (left === null) return;
  await decide({ type: 'Unfollow', by: itself, at: left });
  await dataSource.transaction((tx) => eraseContact(tx, readerId, new Date(left)));
};

const minuteAfter = (instant: string): string => new Date(Date.parse(instant) + 60_000).toISOString();
