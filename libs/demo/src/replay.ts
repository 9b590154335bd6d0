import { certificateCodec, certificateDecider, certificateStream } from '@app/certificates';
import { hashBody } from '@app/content';
import {
  blockingFindings,
  defaultRoute,
  disclosureCodec,
  disclosureDecider,
  ImportDisclosure,
  ImportDisclosureHandler,
  itemsOf,
  waitingStep,
  type DisclosureCommand,
  type Registered,
} from '@app/disclosures';
import { currentState, handle, type EventStore, type Handled, type StreamName } from '@app/event-sourcing';
import { registerUser } from '@app/identity';
import { importProblemText, readDisclosure } from '@app/importing';
import { holdersOn, officerCodec, officerDecider, officersNow, officesOf, OFFICERS_STREAM } from '@app/officers';
import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import type { DemoHistory, DemoPerson, DemoRevision } from './demo-history';

type Where = { readonly store: EventStore; readonly dataSource: DataSource };

const DISCLOSURE_ID = 'demo';
const STREAM: StreamName = `disclosure-${DISCLOSURE_ID}`;

/**
 * Lives the history through, command by command, each at its date: every event in it was decided by the same rules as
 * those of real users. A command that is refused is an error in the data.
 */
export const replay = async ({ store, dataSource }: Where, history: DemoHistory, today: string): Promise<void> => {
  const people = new Map(history.people.map((person) => [person.key, person]));
  const personOf = (key: string): DemoPerson => {
    const person = people.get(key);
    if (!person) throw new Error(`The demo knows nobody called ${key}`);
    return person;
  };
  const actorOf = (key: string) => ({ id: key, name: personOf(key).name });
  const around = (key: string, at: string) => ({
    actor: actorOf(key),
    recordedAt: at,
    correlationId: newId(),
    causationId: 'demo',
  });
  const tell = async (key: string, localAt: string, make: (state: Registered) => Omitted): Promise<void> => {
    const at = new Date(localAt).toISOString();
    const state = await disclosureNow(store);
    const command = { ...make(state), by: actorOf(key), at } as DisclosureCommand;
    const deps = { store, decider: disclosureDecider, codec: disclosureCodec, newId };
    expectAccepted(command.type, await handle(deps, { stream: STREAM, command, metadata: around(key, at) }));
  };

  const firstAt = new Date(history.firstEdition.importedAt).toISOString();
  for (const { key, name, address, password, roles } of history.people) {
    const user = { id: key, loginName: key, name, address, password, roles };
    expectAccepted(key, await registerUser({ store, dataSource, now: () => new Date(firstAt) }, user));
  }
  const administrator = history.people.find(({ roles }) => roles.includes('administrator'))?.key ?? '';
  for (const { person, role, department, title, from } of history.offices) {
    const at = new Date(`${from}T09:00:00+09:00`).toISOString();
    const appointment = {
      type: 'AppointOfficer',
      role,
      userId: person,
      name: personOf(person).name,
      department,
      title,
      from,
    } as const;
    expectAccepted(
      `${person} as ${role}`,
      await handle(
        { store, decider: officerDecider, codec: officerCodec, newId },
        {
          stream: OFFICERS_STREAM,
          command: { ...appointment, alongside: false, by: actorOf(administrator), at },
          metadata: around(administrator, at),
        },
      ),
    );
  }

  const { fileName, markdown, service } = history.firstEdition;
  const read = readDisclosure(new TextEncoder().encode(markdown), fileName);
  if (!read.ok) throw new Error(`The demo's first edition cannot be imported: ${importProblemText(read.problem).ja}`);
  const importer = history.revisions[0]?.describedBy ?? administrator;
  const caller = { by: actorOf(importer), at: firstAt, metadata: around(importer, firstAt) };
  const importing = new ImportDisclosure(DISCLOSURE_ID, service, read.disclosure, caller);
  expectAccepted('the import', await new ImportDisclosureHandler(store).execute(importing));

  for (const revision of history.revisions) await live(revision);
  await registerCertificates();

  async function live(revision: DemoRevision): Promise<void> {
    const { describedBy, causes, historyText, startedAt } = revision;
    await tell(describedBy, startedAt, () => ({
      type: 'StartRevision',
      revisionId: `demo-${revision.editionNumber}`,
      causes,
    }));
    await write(revision.edits);
    for (const round of revision.rounds) {
      const described = (state: Registered) =>
        state.revision.status === 'drafting' && state.revision.historyText !== '';
      if (!described(await disclosureNow(store))) {
        await tell(describedBy, round.submittedAt, () => ({ type: 'DescribeRevision', historyText, causes }));
      }
      for (const { id } of blockingFindings(await disclosureNow(store))) {
        const reason = revision.waiverReason ?? '次の版で対応するため';
        await tell(describedBy, round.submittedAt, () => ({ type: 'WaiveFinding', findingId: id, reason }));
      }
      await tell(describedBy, round.submittedAt, () => ({ type: 'SubmitForReview', route: defaultRoute }));
      if (!round.returned) continue;
      const { at, reason, edits } = round.returned;
      const register = await officersNow(store);
      const [holder] = holdersOn(register, 'privacyOfficer', at.slice(0, 10));
      if (!holder) throw new Error(`Nobody is 個人情報保護責任者 on ${at}`);
      await tell(holder.userId, at, () => ({
        type: 'ReturnForChanges',
        offices: officesOf(register, holder.userId, at.slice(0, 10)),
        reason,
      }));
      await write(edits);
    }
    for (const { by, at, comment } of revision.signatures) {
      const register = await officersNow(store);
      const date = at.slice(0, 10);
      await tell(by, at, ({ revision: open }) => {
        if (open.status !== 'inReview') throw new Error(`Nothing waits for ${by}'s signature on ${at}`);
        return {
          type: 'SignStep',
          contentHash: open.contentHash,
          offices: officesOf(register, by, date).map(({ role, name, department, title }) => ({
            role,
            name,
            department,
            title,
          })),
          holders: holdersOn(register, waitingStep(open).role, date).map(({ userId }) => userId),
          reauthentication: 'password',
          timeZone: 'Asia/Tokyo',
          ...(comment === undefined ? {} : { comment }),
        };
      });
    }
    if (revision.published) {
      const { at, issuedOn, effectiveOn } = revision.published;
      await tell(describedBy, at, () => ({ type: 'PublishEdition', issuedOn, effectiveOn, today: at.slice(0, 10) }));
    }
  }

  async function write(edits: DemoRevision['edits']): Promise<void> {
    for (const { itemKey, body, by, at } of edits) {
      await tell(by, at, ({ parts }) => {
        const item = itemsOf(parts).find((candidate) => candidate.itemKey === itemKey);
        if (!item) throw new Error(`The demo has no item ${itemKey}`);
        return { type: 'ReviseItem', itemKey, body, bodyHash: hashBody(body), basedOn: item.bodyHash };
      });
    }
  }

  async function registerCertificates(): Promise<void> {
    for (const { id, citedItems, registeredAt, kind, name, ...term } of history.certificates(today)) {
      const at = new Date(registeredAt).toISOString();
      const citedBy = citedItems.map((itemKey) => ({ disclosureId: DISCLOSURE_ID, itemKey }));
      expectAccepted(
        name,
        await handle(
          { store, decider: certificateDecider, codec: certificateCodec, newId },
          {
            stream: certificateStream(id),
            command: {
              type: 'RegisterCertificate',
              certificateId: id,
              kind,
              name,
              term,
              citedBy,
              by: actorOf(administrator),
              at,
            },
            metadata: around(administrator, at),
          },
        ),
      );
    }
  }
};

type Omitted = DisclosureCommand extends infer C ? (C extends DisclosureCommand ? Omit<C, 'by' | 'at'> : never) : never;

const disclosureNow = async (store: EventStore): Promise<Registered> => {
  const state = await currentState(store, disclosureDecider, disclosureCodec, STREAM);
  if (state.status !== 'Registered') throw new Error('The demo has not been imported');
  return state;
};

const expectAccepted = (what: string, handled: Handled<{ readonly type: string }>): void => {
  if (handled.outcome === 'rejected')
    throw new Error(`The demo's history does not hold: ${what} was refused (${handled.rejection.type})`);
};
