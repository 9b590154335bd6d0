import { canonicalHash } from '@app/content';
import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import type { Ladder, Recipient } from './ladder';
import { readyMadeKinds, readyMadeLadders } from './ready-made';
import {
  evolve,
  initialState,
  type CertificateKind,
  type Person,
  type QuietHours,
  type Reminding,
  type RemindingEvent,
} from './reminding';

export type RemindingCommand = { readonly by: Person; readonly at: string } & (
  | { readonly type: 'ChangeLadder'; readonly key: string; readonly name: string; readonly ladder: Ladder }
  | { readonly type: 'RemoveLadder'; readonly key: string }
  | ({ readonly type: 'AddCertificateKind' } & CertificateKind)
  | { readonly type: 'RemoveCertificateKind'; readonly kind: string }
  | { readonly type: 'SetQuietHours'; readonly quietHours: QuietHours | null }
);

export type RemindingRejection =
  | { readonly type: 'NobodyOnLadder' }
  | { readonly type: 'NoticeTwice'; readonly notice: string }
  | { readonly type: 'LadderNameTaken'; readonly name: string }
  | { readonly type: 'LadderIsReadyMade'; readonly key: string }
  | { readonly type: 'LadderInUse'; readonly kinds: readonly string[] }
  | { readonly type: 'UnknownLadder'; readonly key: string }
  | { readonly type: 'UnknownKind'; readonly kind: string }
  | { readonly type: 'KindNameTaken'; readonly name: string }
  | { readonly type: 'KindIsReadyMade'; readonly kind: string }
  | { readonly type: 'NeverAnHour' };

type Outcome = Decision<RemindingEvent, RemindingRejection>;
type Command<T extends RemindingCommand['type']> = Extract<RemindingCommand, { type: T }>;

export const decide = (command: RemindingCommand, state: Reminding): Outcome => {
  switch (command.type) {
    case 'ChangeLadder':
      return changeLadder(command, state);
    case 'RemoveLadder':
      return removeLadder(command, state);
    case 'AddCertificateKind':
      return addKind(command, state);
    case 'RemoveCertificateKind':
      return removeKind(command, state);
    case 'SetQuietHours': {
      const { quietHours, by, at } = command;
      if (quietHours && quietHours.from === quietHours.until) return reject({ type: 'NeverAnHour' });
      if (isSame(quietHours, state.quietHours)) return accept();
      return accept({ type: 'QuietHoursSet', data: { quietHours, by, at } });
    }
    default:
      return assertNever(command);
  }
};

const changeLadder = ({ key, name, ladder, by, at }: Command<'ChangeLadder'>, state: Reminding): Outcome => {
  const present = state.ladders[key];
  if (present && isSame({ name, ladder }, { name: present.name, ladder: present.ladder })) return accept();
  if (Object.entries(state.ladders).some(([other, taken]) => other !== key && taken.name === name))
    return reject({ type: 'LadderNameTaken', name });
  const asked: readonly (readonly Recipient[])[] = [
    ladder.to,
    ...ladder.before.flatMap(({ to, escalate }) => [...(to ? [to] : []), ...(escalate ? [escalate.to] : [])]),
    ...(ladder.escalateOverdue ? [ladder.escalateOverdue.to] : []),
  ];
  if (asked.some((to) => to.length === 0)) return reject({ type: 'NobodyOnLadder' });
  const notices = ladder.before.map((each) => ('months' in each ? `${each.months}か月前` : `${each.days}日前`));
  const twice = notices.find((notice, index) => notices.indexOf(notice) !== index);
  if (twice !== undefined) return reject({ type: 'NoticeTwice', notice: twice });
  return accept({ type: 'LadderChanged', data: { key, name, ladder, by, at } });
};

/** Also certificates of a kind that is no longer offered have its ladder. */
const removeLadder = ({ key, by, at }: Command<'RemoveLadder'>, { ladders, kinds }: Reminding): Outcome => {
  if (!(key in ladders)) return reject({ type: 'UnknownLadder', key });
  if (key in readyMadeLadders) return reject({ type: 'LadderIsReadyMade', key });
  const inUse = kinds.filter(({ ladder }) => ladder === key).map(({ name }) => name);
  if (inUse.length > 0) return reject({ type: 'LadderInUse', kinds: inUse });
  return accept({ type: 'LadderRemoved', data: { key, by, at } });
};

const addKind = ({ kind, name, ladder, by, at }: Command<'AddCertificateKind'>, state: Reminding): Outcome => {
  const present = state.kinds.find((each) => each.kind === kind);
  if (present && !present.removed && present.name === name && present.ladder === ladder) return accept();
  if (!(ladder in state.ladders)) return reject({ type: 'UnknownLadder', key: ladder });
  if (state.kinds.some((each) => each.kind !== kind && !each.removed && each.name === name))
    return reject({ type: 'KindNameTaken', name });
  return accept({ type: 'CertificateKindAdded', data: { kind, name, ladder, by, at } });
};

const removeKind = ({ kind, by, at }: Command<'RemoveCertificateKind'>, { kinds }: Reminding): Outcome => {
  const present = kinds.find((each) => each.kind === kind);
  if (!present) return reject({ type: 'UnknownKind', kind });
  if (readyMadeKinds.some((each) => each.kind === kind)) return reject({ type: 'KindIsReadyMade', kind });
  return present.removed ? accept() : accept({ type: 'CertificateKindRemoved', data: { kind, by, at } });
};

const isSame = (one: unknown, other: unknown): boolean => canonicalHash(one) === canonicalHash(other);

export const remindingDecider: Decider<RemindingCommand, Reminding, RemindingEvent, RemindingRejection> = {
  initialState,
  evolve,
  decide,
};
