import { randomUUID } from 'node:crypto';
import { hashBody } from '@app/content';
import {
  changedItems,
  disclosureCodec,
  disclosureDecider,
  ImportDisclosure,
  ImportDisclosureHandler,
  itemsOf,
  organisationNow,
  type DisclosureCommand,
  type Registered,
} from '@app/disclosures';
import { currentState, handle, type EventStore, type Handled } from '@app/event-sourcing';
import { registerUser } from '@app/identity';
import { importProblemText, readDisclosure } from '@app/importing';
import { officerCodec, officerDecider, OFFICERS_STREAM } from '@app/officers';
import { routeFor, routesNow } from '@app/routes';
import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import type { DemoOffice, DemoRevision, DemoStep, LocalDate, PersonKey } from './demo';
import { demoFileName, demoImport, demoService, publishedRevisions, readDemoFile, revisionInReview } from './history';
import { offices, people } from './people';
import { keepReaders, type PublishedThen } from './keep-readers';
import { keepRegisters } from './registers';

type Where = { readonly store: EventStore; readonly dataSource: DataSource };

/** The demonstration's disclosure has a fixed id, so that its address can be written down. */
export const DEMO_DISCLOSURE = 'demo';
/** Of every account that is there to try the product with. */
export const DEMO_PASSWORD = 'minato-demo';

const administrator: PersonKey = 'ogawa';
const nameOf = (key: PersonKey): string => people.find((person) => person.key === key)?.name ?? key;
const personOf = (key: PersonKey) => ({ id: key, name: nameOf(key) });
const surrounding = (key: PersonKey, at: string) => ({
  actor: personOf(key),
  recordedAt: at,
  correlationId: newId(),
  causationId: 'demo',
});

/**
 * Lives the history through, command by command, each at its date: every event was decided by the same rules as those of
 * real work. A command that is refused is an error in the data.
 */
export const replay = async (where: Where, today: LocalDate): Promise<void> => {
  for (const person of people) {
    const user = {
      id: person.key,
      loginName: person.loginName,
      name: person.name,
      address: person.address,
      password: person.signsIn ? DEMO_PASSWORD : randomUUID(),
      roles: person.roles,
    };
    mustBeAccepted(person.key, await registerUser({ ...where, now: () => new Date(demoImport.at) }, user));
  }
  for (const office of offices) await appoint(where, office);
  await importFirstEdition(where);
  for (const revision of [...publishedRevisions, revisionInReview(today)]) {
    for (const step of revision.steps) await take(where, revision, step);
  }
  const keeping = { ...where, disclosureId: DEMO_DISCLOSURE, personOf, surrounding, mustBeAccepted };
  await keepRegisters(keeping, today);
  await keepReaders(keeping, await publishedSoFar(where.store), today);
};

const publishedSoFar = async (store: EventStore): Promise<readonly PublishedThen[]> =>
  (await store.read(`disclosure-${DEMO_DISCLOSURE}`)).flatMap((stored) => {
    const event = disclosureCodec.decode(stored);
    if (event.type !== 'EditionPublished') return [];
    const { number, at, contentHash } = event.data;
    return [{ number, at, contentHash }];
  });

const appoint = async ({ store }: Where, { role, person, department, title, from }: DemoOffice): Promise<void> => {
  const at = new Date(`${from}T09:00:00+09:00`).toISOString();
  const handled = await handle(
    { store, decider: officerDecider, codec: officerCodec, newId },
    {
      stream: OFFICERS_STREAM,
      command: {
        type: 'AppointOfficer',
        role,
        userId: person,
        name: nameOf(person),
        department,
        title,
        from,
        alongside: false,
        by: personOf(administrator),
        at,
      },
      metadata: surrounding(administrator, at),
    },
  );
  mustBeAccepted(`the appointment of ${person}`, handled);
};

const importFirstEdition = async ({ store }: Where): Promise<void> => {
  const read = readDisclosure(readDemoFile(), demoFileName);
  if (!read.ok) throw new Error(`The demo's first edition cannot be imported: ${importProblemText(read.problem).en}`);
  const { by, at } = demoImport;
  const caller = { by: personOf(by), at, metadata: surrounding(by, at) };
  const importing = new ImportDisclosure(DEMO_DISCLOSURE, demoService, read.disclosure, caller);
  mustBeAccepted('the import', await new ImportDisclosureHandler(store).execute(importing));
};

const take = async ({ store }: Where, revision: DemoRevision, step: DemoStep): Promise<void> => {
  const stream = `disclosure-${DEMO_DISCLOSURE}` as const;
  const state = await currentState(store, disclosureDecider, disclosureCodec, stream);
  if (state.status !== 'Registered') throw new Error('The demo has not been imported');
  const handled = await handle(
    { store, decider: disclosureDecider, codec: disclosureCodec, newId },
    { stream, command: await commandOf(store, state, revision, step), metadata: surrounding(step.by, step.at) },
  );
  mustBeAccepted(`to ${step.kind} edition ${revision.editionNumber}`, handled);
};

const commandOf = async (
  store: EventStore,
  state: Registered,
  { editionNumber, causes, historyText }: DemoRevision,
  step: DemoStep,
): Promise<DisclosureCommand> => {
  const { parts, revision: open } = state;
  const common = { by: personOf(step.by), at: step.at };
  const organisation = await organisationNow(store, DEMO_DISCLOSURE, step.at);
  switch (step.kind) {
    case 'start':
      return { type: 'StartRevision', revisionId: `demo-${editionNumber}`, causes, ...common };
    case 'revise': {
      const basedOn = itemsOf(parts).find(({ itemKey }) => itemKey === step.itemKey)?.bodyHash ?? '';
      const { itemKey, body } = step;
      return { type: 'ReviseItem', itemKey, body, bodyHash: hashBody(body), basedOn, ...common };
    }
    case 'describe':
      return { type: 'DescribeRevision', historyText, causes, ...common };
    case 'submit':
      return {
        type: 'SubmitForReview',
        route: routeFor(
          await routesNow(store),
          DEMO_DISCLOSURE,
          changedItems(state).map(({ itemKey }) => itemKey),
        ),
        organisation,
        ...common,
      };
    case 'return':
      return { type: 'ReturnForChanges', organisation, reason: step.reason, toStep: null, ...common };
    case 'sign': {
      if (open.status !== 'inReview') throw new Error(`Nothing waits for a signature on ${step.at}`);
      return {
        type: 'SignStep',
        contentHash: open.contentHash,
        onBehalfOf: null,
        organisation,
        reauthentication: 'password',
        timeZone: 'Asia/Tokyo',
        comment: step.comment,
        ...common,
      };
    }
    case 'publish': {
      const { issuedOn, effectiveOn } = step;
      return { type: 'PublishEdition', issuedOn, effectiveOn, today: issuedOn, ...common };
    }
  }
};

const mustBeAccepted = (what: string, handled: Handled<{ readonly type: string }>): void => {
  if (handled.outcome === 'accepted') return;
  throw new Error(`The demo's history does not hold: ${what} was refused, ${JSON.stringify(handled.rejection)}`);
};
