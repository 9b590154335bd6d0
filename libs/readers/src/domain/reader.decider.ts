import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import {
  evolve,
  initialState,
  lastAcknowledged,
  type Actor,
  type Instant,
  type Reader,
  type ReaderEvent,
} from './reader';

export type ReaderCommand = { readonly by: Actor; readonly at: Instant } & (
  | {
      readonly type: 'InviteReader';
      readonly readerId: string;
      readonly disclosureId: string;
      readonly hospital: string;
    }
  | { readonly type: 'Follow'; readonly readerId: string; readonly disclosureId: string; readonly hospital: string }
  | { readonly type: 'RecordDelivery'; readonly number: number }
  | { readonly type: 'AcknowledgeEdition'; readonly number: number; readonly contentHash: string }
  | { readonly type: 'Unfollow' }
);

export type ReaderRejection =
  | { readonly type: 'UnknownReader' }
  | { readonly type: 'AlreadyFollowing' }
  | { readonly type: 'NotConfirmed' }
  | { readonly type: 'HasUnfollowed' }
  /** An earlier edition than the one acknowledged last: agreement goes forward only. */
  | { readonly type: 'AcknowledgedNewer'; readonly number: number; readonly last: number };

type Outcome = Decision<ReaderEvent, ReaderRejection>;
type Command<T extends ReaderCommand['type']> = Extract<ReaderCommand, { type: T }>;

const decide = (command: ReaderCommand, state: Reader): Outcome => {
  switch (command.type) {
    case 'InviteReader':
      return invite(command, state);
    case 'Follow':
      return follow(command, state);
    case 'RecordDelivery':
      return recordDelivery(command, state);
    case 'AcknowledgeEdition':
      return acknowledge(command, state);
    case 'Unfollow':
      return unfollow(command, state);
    default:
      return assertNever(command);
  }
};

const invite = (command: Command<'InviteReader'>, state: Reader): Outcome => {
  const { by, at, readerId, disclosureId, hospital } = command;
  switch (state.status) {
    case 'Unknown':
      return accept({ type: 'ReaderInvited', data: { by, at, readerId, disclosureId, hospital } });
    case 'Invited':
      return accept();
    case 'Following':
      return reject({ type: 'AlreadyFollowing' });
    case 'Unfollowed':
      return reject({ type: 'HasUnfollowed' });
    default:
      return assertNever(state);
  }
};

const follow = (command: Command<'Follow'>, state: Reader): Outcome => {
  const { by, at, readerId, disclosureId, hospital } = command;
  switch (state.status) {
    case 'Unknown':
    case 'Invited':
      return accept({ type: 'ReaderFollowed', data: { by, at, readerId, disclosureId, hospital } });
    case 'Following':
      return accept();
    case 'Unfollowed':
      return reject({ type: 'HasUnfollowed' });
    default:
      return assertNever(state);
  }
};

const recordDelivery = ({ by, at, number }: Command<'RecordDelivery'>, state: Reader): Outcome => {
  switch (state.status) {
    case 'Unknown':
      return reject({ type: 'UnknownReader' });
    case 'Invited':
      return reject({ type: 'NotConfirmed' });
    case 'Following':
      return state.delivered.includes(number)
        ? accept()
        : accept({ type: 'EditionDelivered', data: { by, at, number } });
    // It was on its way when they left; nothing more is kept about them.
    case 'Unfollowed':
      return accept();
    default:
      return assertNever(state);
  }
};

const acknowledge = (command: Command<'AcknowledgeEdition'>, state: Reader): Outcome => {
  const { by, at, number, contentHash } = command;
  switch (state.status) {
    case 'Unknown':
      return reject({ type: 'UnknownReader' });
    case 'Invited':
      return reject({ type: 'NotConfirmed' });
    case 'Unfollowed':
      return reject({ type: 'HasUnfollowed' });
    case 'Following': {
      if (state.acknowledged.some((each) => each.number === number)) return accept();
      const since = lastAcknowledged(state)?.number ?? null;
      if (since !== null && since > number) return reject({ type: 'AcknowledgedNewer', number, last: since });
      return accept({ type: 'EditionAcknowledged', data: { by, at, number, contentHash, since } });
    }
    default:
      return assertNever(state);
  }
};

const unfollow = ({ by, at }: Command<'Unfollow'>, state: Reader): Outcome => {
  switch (state.status) {
    case 'Unknown':
      return reject({ type: 'UnknownReader' });
    // An invitation is turned down in the same way.
    case 'Invited':
    case 'Following':
      return accept({ type: 'Unfollowed', data: { by, at } });
    case 'Unfollowed':
      return accept();
    default:
      return assertNever(state);
  }
};

export const readerDecider: Decider<ReaderCommand, Reader, ReaderEvent, ReaderRejection> = {
  initialState,
  evolve,
  decide,
};
