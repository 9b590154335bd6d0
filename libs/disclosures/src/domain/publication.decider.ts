import { localDateOf, timeInJapanese } from '@app/calendar';
import { accept, assertNever, reject, type Decision } from '@app/event-sourcing';
import type {
  DisclosureEvent,
  Instant,
  ItemKey,
  LocalDate,
  Person,
  Registered,
  Revision,
  Schedule,
} from './disclosure';
import { blockingFindings, itemOf, type Finding } from './lint';
import type { Organisation } from './seats';
import type { OfficerAsOfThen } from './signature';

/** What can be asked of an approved revision, and of what is published. */
export type PublicationCommand = { readonly by: Person; readonly at: Instant } & (
  | {
      readonly type: 'PublishEdition';
      readonly issuedOn: LocalDate;
      readonly effectiveOn: LocalDate;
      /** The date of `at` where the company is. */
      readonly today: LocalDate;
      readonly reasonForPastDate?: string | undefined;
    }
  | { readonly type: 'SchedulePublication'; readonly publishAt: Instant; readonly effectiveOn: LocalDate }
  | { readonly type: 'CancelPublication'; readonly reason: string }
  | {
      /** Publishes what is due by its schedule; anything else is left alone, however often and late it is asked. */
      readonly type: 'PublishAsScheduled';
    }
  | {
      readonly type: 'AnnotateEdition';
      readonly annotationId: string;
      readonly number: number;
      /** null: the edition as a whole. */
      readonly itemKey: ItemKey | null;
      readonly text: string;
      readonly reason: string;
      readonly organisation: Organisation;
    }
  | {
      readonly type: 'RetireDisclosure';
      readonly reason: string;
      readonly on: LocalDate;
      readonly organisation: Organisation;
    }
);

export type PublicationRejection =
  | { readonly type: 'NotApproved'; readonly status: Revision['status'] }
  | { readonly type: 'BlockingFindings'; readonly findings: readonly Finding[] }
  /** By nobody's decision: found when it was printed before it was to be published. Where, why and what to do. */
  | { readonly type: 'CannotBePrinted'; readonly at: string; readonly ja: string; readonly en: string }
  /** Found when it was to be submitted. `onlyInFile`: nothing edits that place after the import. */
  | {
      readonly type: 'UnprintableCharacters';
      readonly place: string;
      readonly characters: readonly string[];
      readonly onlyInFile: boolean;
    }
  | { readonly type: 'ReasonMissing' }
  | { readonly type: 'EffectiveBeforeIssued' }
  /** Of the edition before: it would never come into force, or would not have been. */
  | { readonly type: 'EffectiveBeforeEarlier'; readonly number: number; readonly effectiveOn: LocalDate }
  | { readonly type: 'EffectiveDateInPast'; readonly today: LocalDate }
  | { readonly type: 'AlreadyScheduled'; readonly publishAt: Instant }
  | { readonly type: 'NotScheduled' }
  | { readonly type: 'PublicationInPast' }
  | { readonly type: 'NotTheManagementOfficer' }
  | { readonly type: 'NoSuchEdition'; readonly number: number }
  | { readonly type: 'UnknownItem'; readonly itemKey: ItemKey }
  | { readonly type: 'ErratumIsEmpty' }
  | { readonly type: 'RevisionIsOpen'; readonly editionNumber: number }
  | { readonly type: 'DisclosureIsRetired'; readonly on: LocalDate };

type Outcome = Decision<DisclosureEvent, PublicationRejection>;
type Command<T extends PublicationCommand['type']> = Extract<PublicationCommand, { type: T }>;
type Approved = Extract<Revision, { status: 'approved' }>;

export const decidePublication = (command: PublicationCommand, state: Registered): Outcome => {
  switch (command.type) {
    case 'PublishEdition':
      return publish(command, state);
    case 'SchedulePublication':
      return schedule(command, state);
    case 'CancelPublication':
      return cancel(command, state);
    case 'PublishAsScheduled':
      return publishAsScheduled(command, state);
    case 'AnnotateEdition':
      return annotate(command, state);
    case 'RetireDisclosure':
      return retire(command, state);
    default:
      return assertNever(command);
  }
};

const publish = (command: Command<'PublishEdition'>, state: Registered): Outcome => {
  const { revision } = state;
  if (revision.status !== 'approved') return reject({ type: 'NotApproved', status: revision.status });
  // Two plans for one edition: which of them holds is for people to say.
  if (revision.schedule) return reject({ type: 'AlreadyScheduled', publishAt: revision.schedule.publishAt });
  const { by, at, issuedOn, effectiveOn, today, reasonForPastDate } = command;
  if (effectiveOn < issuedOn) return reject({ type: 'EffectiveBeforeIssued' });
  const tooEarly = earlierThanTheOneBefore(effectiveOn, state);
  if (tooEarly) return reject(tooEarly);
  if (effectiveOn < today && (reasonForPastDate ?? '').trim() === '') {
    return reject({ type: 'EffectiveDateInPast', today });
  }
  const findings = blockingFindings(state);
  if (findings.length > 0) return reject({ type: 'BlockingFindings', findings });
  return accept(published(revision, { issuedOn, effectiveOn, reasonForPastDate }, { by, at }));
};

const schedule = ({ by, at, publishAt, effectiveOn }: Command<'SchedulePublication'>, state: Registered): Outcome => {
  const { revision } = state;
  if (revision.status !== 'approved') return reject({ type: 'NotApproved', status: revision.status });
  const present = revision.schedule;
  if (present)
    return present.publishAt === publishAt && present.effectiveOn === effectiveOn
      ? accept()
      : reject({ type: 'AlreadyScheduled', publishAt: present.publishAt });
  if (publishAt <= at) return reject({ type: 'PublicationInPast' });
  if (effectiveOn < localDateOf(publishAt)) return reject({ type: 'EffectiveBeforeIssued' });
  const tooEarly = earlierThanTheOneBefore(effectiveOn, state);
  if (tooEarly) return reject(tooEarly);
  const findings = blockingFindings(state);
  if (findings.length > 0) return reject({ type: 'BlockingFindings', findings });
  return accept({ type: 'PublicationScheduled', data: { revisionId: revision.id, publishAt, effectiveOn, by, at } });
};

const cancel = ({ by, at, reason }: Command<'CancelPublication'>, { revision }: Registered): Outcome => {
  if (revision.status !== 'approved' || !revision.schedule) return reject({ type: 'NotScheduled' });
  if (reason.trim() === '') return reject({ type: 'ReasonMissing' });
  return accept({ type: 'PublicationCancelled', data: { revisionId: revision.id, reason, by, at } });
};

/** The date of issue is the one that was arranged; what is published too late to take effect on its day says so. */
const publishAsScheduled = ({ by, at }: Command<'PublishAsScheduled'>, state: Registered): Outcome => {
  const { revision } = state;
  if (revision.status !== 'approved' || !revision.schedule || revision.schedule.publishAt > at) return accept();
  const findings = blockingFindings(state);
  if (findings.length > 0) return reject({ type: 'BlockingFindings', findings });
  const { publishAt, effectiveOn } = revision.schedule;
  // Refused when it is scheduled; a log may hold schedules that are older than this rule.
  const tooEarly = earlierThanTheOneBefore(effectiveOn, state);
  if (tooEarly) return reject(tooEarly);
  const reasonForPastDate =
    effectiveOn < localDateOf(at)
      ? `${timeInJapanese(publishAt)}に予約していた公開が、システムの停止などにより${timeInJapanese(at)}に遅れたため。`
      : undefined;
  const dates = { issuedOn: localDateOf(publishAt), effectiveOn, reasonForPastDate };
  return accept(published(revision, dates, { by, at }, revision.schedule));
};

/** Editions come into force in their order; one may replace on its very day the one before, and none passes it. */
const earlierThanTheOneBefore = (
  effectiveOn: LocalDate,
  { editions }: Registered,
): PublicationRejection | undefined => {
  const before = editions.at(-1);
  return before && effectiveOn < before.effectiveOn
    ? { type: 'EffectiveBeforeEarlier', number: before.number, effectiveOn: before.effectiveOn }
    : undefined;
};

const published = (
  {
    id: revisionId,
    editionNumber: number,
    contentHash,
    historyText,
    causes,
    waivers,
    signatures,
    postReviews,
  }: Approved,
  dates: {
    readonly issuedOn: LocalDate;
    readonly effectiveOn: LocalDate;
    readonly reasonForPastDate: string | undefined;
  },
  { by, at }: { readonly by: Person; readonly at: Instant },
  scheduled?: Schedule,
): DisclosureEvent => {
  const { issuedOn, effectiveOn, reasonForPastDate } = dates;
  return {
    type: 'EditionPublished',
    data: {
      ...{ revisionId, number, issuedOn, effectiveOn },
      ...(reasonForPastDate === undefined ? {} : { reasonForPastDate }),
      ...{ contentHash, historyText, causes, waivers, signatures, postReviews },
      ...(scheduled === undefined ? {} : { scheduled }),
      ...{ by, at },
    },
  };
};

const annotate = (command: Command<'AnnotateEdition'>, state: Registered): Outcome => {
  const { by, at, annotationId, number, itemKey, text, reason, organisation } = command;
  const officer = managementOfficerOf(by, organisation);
  if (!officer) return reject({ type: 'NotTheManagementOfficer' });
  const edition = state.editions.find((each) => each.number === number);
  if (!edition) return reject({ type: 'NoSuchEdition', number });
  if (edition.errata?.some(({ id }) => id === annotationId)) return accept();
  if (itemKey !== null && !itemOf(edition.parts, itemKey)) return reject({ type: 'UnknownItem', itemKey });
  if (text.trim() === '') return reject({ type: 'ErratumIsEmpty' });
  if (reason.trim() === '') return reject({ type: 'ReasonMissing' });
  return accept({ type: 'EditionAnnotated', data: { annotationId, number, itemKey, text, reason, officer, by, at } });
};

const retire = ({ by, at, reason, on, organisation }: Command<'RetireDisclosure'>, state: Registered): Outcome => {
  const officer = managementOfficerOf(by, organisation);
  if (!officer) return reject({ type: 'NotTheManagementOfficer' });
  const { retired, revision } = state;
  if (retired)
    return retired.on === on && retired.reason === reason
      ? accept()
      : reject({ type: 'DisclosureIsRetired', on: retired.on });
  if (revision.status !== 'none') return reject({ type: 'RevisionIsOpen', editionNumber: revision.editionNumber });
  if (reason.trim() === '') return reject({ type: 'ReasonMissing' });
  return accept({ type: 'DisclosureRetired', data: { reason, on, officer, by, at } });
};

/** What is said beside a signed text, or ends it, nobody signs: who answers for the whole says it, in that office's name. */
const managementOfficerOf = ({ id }: Person, { offices }: Organisation): OfficerAsOfThen | undefined => {
  const office = offices.find(({ role, userId }) => role === 'managementOfficer' && userId === id);
  return office && { role: office.role, name: office.name, department: office.department, title: office.title };
};
