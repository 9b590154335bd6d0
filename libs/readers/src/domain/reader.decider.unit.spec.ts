import { specFor } from '@app/event-sourcing/testing';
import type { ReaderEvent } from './reader';
import { readerDecider } from './reader.decider';

const given = specFor(readerDecider);
const hospital = { id: 'r1', name: 'みなと病院' };
const vendor = { id: 'u1', name: '起草 花子' };
const at = '2030-01-10T03:00:00.000Z';
const [hash2, hash3] = ['2'.repeat(64), '3'.repeat(64)];
const named = { readerId: 'r1', disclosureId: 'd1', hospital: 'みなと病院' };

const invited: ReaderEvent = { type: 'ReaderInvited', data: { by: vendor, at, ...named } };
const followed: ReaderEvent = { type: 'ReaderFollowed', data: { by: hospital, at, ...named } };
const delivered = (number: number): ReaderEvent => ({ type: 'EditionDelivered', data: { by: hospital, at, number } });
const acknowledged = (number: number, contentHash: string, since: number | null): ReaderEvent => ({
  type: 'EditionAcknowledged',
  data: { by: hospital, at, number, contentHash, since },
});
const unfollowed: ReaderEvent = { type: 'Unfollowed', data: { by: hospital, at } };

const toInvite = { type: 'InviteReader', by: vendor, at, ...named } as const;
const toFollow = { type: 'Follow', by: hospital, at, ...named } as const;
const toRecord = (number: number) => ({ type: 'RecordDelivery', by: hospital, at, number }) as const;
const toAcknowledge = (number: number, contentHash: string) =>
  ({ type: 'AcknowledgeEdition', by: hospital, at, number, contentHash }) as const;
const toUnfollow = { type: 'Unfollow', by: hospital, at } as const;

describe('a hospital that is not known', () => {
  it('is invited by the vendor', () => given().when(toInvite).then(invited));
  it('follows by itself', () => given().when(toFollow).then(followed));
  it('gets no mail that could be recorded', () => given().when(toRecord(2)).thenRejected({ type: 'UnknownReader' }));
  it('acknowledges nothing', () => given().when(toAcknowledge(2, hash2)).thenRejected({ type: 'UnknownReader' }));
  it('has nothing to leave', () => given().when(toUnfollow).thenRejected({ type: 'UnknownReader' }));
});

describe('a hospital that was invited', () => {
  it('is invited once', () => given(invited).when(toInvite).thenNothing());
  it('follows when it confirms', () => given(invited).when(toFollow).then(followed));
  it('gets no mail about editions before it confirms', () =>
    given(invited).when(toRecord(2)).thenRejected({ type: 'NotConfirmed' }));
  it('acknowledges nothing before it confirms', () =>
    given(invited).when(toAcknowledge(2, hash2)).thenRejected({ type: 'NotConfirmed' }));
  it('can turn the invitation down', () => given(invited).when(toUnfollow).then(unfollowed));
});

describe('a hospital that follows', () => {
  it('needs no invitation', () => given(followed).when(toInvite).thenRejected({ type: 'AlreadyFollowing' }));
  it('follows once', () => given(invited, followed).when(toFollow).thenNothing());
  it('has each edition delivered once', () => {
    given(followed).when(toRecord(2)).then(delivered(2));
    given(followed, delivered(2)).when(toRecord(2)).thenNothing();
    given(followed, delivered(2)).when(toRecord(3)).then(delivered(3));
  });
  it('acknowledges an edition, all of it at first', () =>
    given(followed)
      .when(toAcknowledge(2, hash2))
      .then(acknowledged(2, hash2, null)));
  it('acknowledges the next one by what changed since', () =>
    given(followed, acknowledged(2, hash2, null))
      .when(toAcknowledge(3, hash3))
      .then(acknowledged(3, hash3, 2)));
  it('acknowledges an edition once, also when a newer one has followed', () => {
    given(followed, acknowledged(2, hash2, null))
      .when(toAcknowledge(2, hash2))
      .thenNothing();
    given(followed, acknowledged(2, hash2, null), acknowledged(3, hash3, 2))
      .when(toAcknowledge(2, hash2))
      .thenNothing();
  });
  it('does not go back to an edition that it passed over', () =>
    given(followed, acknowledged(3, hash3, null))
      .when(toAcknowledge(2, hash2))
      .thenRejected({ type: 'AcknowledgedNewer', number: 2, last: 3 }));
  it('leaves', () =>
    given(followed, acknowledged(2, hash2, null))
      .when(toUnfollow)
      .then(unfollowed));
});

describe('a hospital that left', () => {
  const gone = [followed, acknowledged(2, hash2, null), unfollowed];
  it('is not invited as the same reader', () =>
    given(...gone)
      .when(toInvite)
      .thenRejected({ type: 'HasUnfollowed' }));
  it('does not follow as the same reader', () =>
    given(...gone)
      .when(toFollow)
      .thenRejected({ type: 'HasUnfollowed' }));
  it('has nothing kept of a mail that was on its way', () =>
    given(...gone)
      .when(toRecord(3))
      .thenNothing());
  it('acknowledges nothing', () =>
    given(...gone)
      .when(toAcknowledge(3, hash3))
      .thenRejected({ type: 'HasUnfollowed' }));
  it('leaves once', () =>
    given(...gone)
      .when(toUnfollow)
      .thenNothing());
});
