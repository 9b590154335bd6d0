import { assertNever } from '@app/event-sourcing';

/** UTC, ISO 8601. */
export type Instant = string;
/** Who did it; a hospital acts under the id of its reader, a person of the vendor under their own. */
export type Actor = { readonly id: string; readonly name: string };

// What can have happened -------------------------------------------------

type By = { readonly by: Actor; readonly at: Instant };
type Named = {
  readonly readerId: string;
  readonly disclosureId: string;
  /** The name of the institution, which a record of 受領 has to say. The mail address is a row, and never in an event. */
  readonly hospital: string;
};

export type ReaderEvent =
  | { readonly type: 'ReaderInvited'; readonly data: By & Named }
  /** Confirmed from the mailbox: what somebody merely typed into the form is no event. */
  | { readonly type: 'ReaderFollowed'; readonly data: By & Named }
  /** The mail about the edition was taken by the hospital's mail server. */
  | { readonly type: 'EditionDelivered'; readonly data: By & { readonly number: number } }
  /** 受領・再合意: after being shown what changed since the edition acknowledged before (`since`; null: all of it was new). */
  | {
      readonly type: 'EditionAcknowledged';
      readonly data: By & { readonly number: number; readonly contentHash: string; readonly since: number | null };
    }
  | { readonly type: 'Unfollowed'; readonly data: By };

// What is true now -------------------------------------------------------

export type Acknowledged = {
  readonly number: number;
  readonly contentHash: string;
  readonly since: number | null;
  readonly at: Instant;
};

/** A hospital that follows a service. */
export type Reader =
  | { readonly status: 'Unknown' }
  | (Named & { readonly status: 'Invited' })
  | (Named & {
      readonly status: 'Following';
      /** Numbers of editions, in the order in which their mails arrived. */
      readonly delivered: readonly number[];
      /** Oldest first; numbers rise. */
      readonly acknowledged: readonly Acknowledged[];
    })
  | (Named & {
      readonly status: 'Unfollowed';
      /** Stays theirs. */
      readonly acknowledged: readonly Acknowledged[];
    });

export const initialState: Reader = { status: 'Unknown' };

export const evolve = (state: Reader, event: ReaderEvent): Reader => {
  switch (event.type) {
    case 'ReaderInvited': {
      const { readerId, disclosureId, hospital } = event.data;
      return { status: 'Invited', readerId, disclosureId, hospital };
    }
    case 'ReaderFollowed': {
      const { readerId, disclosureId, hospital } = event.data;
      return { status: 'Following', readerId, disclosureId, hospital, delivered: [], acknowledged: [] };
    }
    case 'EditionDelivered':
      return state.status === 'Following' ? { ...state, delivered: [...state.delivered, event.data.number] } : state;
    case 'EditionAcknowledged': {
      const { number, contentHash, since, at } = event.data;
      return state.status === 'Following'
        ? { ...state, acknowledged: [...state.acknowledged, { number, contentHash, since, at }] }
        : state;
    }
    case 'Unfollowed': {
      if (state.status === 'Unknown') return state;
      const { readerId, disclosureId, hospital } = state;
      const acknowledged = 'acknowledged' in state ? state.acknowledged : [];
      return { status: 'Unfollowed', readerId, disclosureId, hospital, acknowledged };
    }
    default:
      return assertNever(event);
  }
};

/** What the hospital acknowledged last, or null. */
export const lastAcknowledged = (state: Reader): Acknowledged | null =>
  (state.status === 'Following' ? state.acknowledged.at(-1) : undefined) ?? null;
