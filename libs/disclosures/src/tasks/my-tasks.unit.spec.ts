import { evolveRow, type DisclosureRow } from '../disclosures/disclosure-projection';
import { revisionViewOf } from '../disclosures/revision-view';
import { canonicalHash } from '@app/content';
import { organisationOn } from '@app/officers';
import type { DisclosureEvent } from '../domain/disclosure';
import {
  described,
  drafter,
  imported,
  management,
  privacy,
  registered,
  revised,
  route,
  started,
  texts,
} from '../domain/examples';
import { taskOf } from './my-tasks';

const at = (day: number) => `2030-01-0${day}T00:00:00.000Z`;
const office = (userId: string, role: 'privacyOfficer' | 'managementOfficer', until: string | null = null) => ({
  userId,
  role,
  name: userId,
  department: '部',
  title: '長',
  from: '2029-01-01',
  until,
});
const register = {
  offices: [office(privacy.id, 'privacyOfficer'), office(management.id, 'managementOfficer')],
  deputations: [],
};
const rowAfter = (...events: readonly DisclosureEvent[]): DisclosureRow => {
  const row = events.reduce<DisclosureRow | null>((row, event, index) => evolveRow(row, event, index + 1), null);
  if (!row) throw new Error('the examples register a disclosure');
  return row;
};
const submitted: DisclosureEvent = {
  type: 'SubmittedForReview',
  data: {
    revisionId: 'r3',
    route: route(),
    waivers: [],
    carriedOver: [],
    itemHashes: {},
    contentHash: canonicalHash('text'),
    by: drafter,
    at: at(4),
  },
};
const inReview = [registered, imported, started, revised('II-1', texts.risk, '新しい文'), described, submitted];
const asked = (by: { readonly id: string }, today = '2030-01-05') => ({
  by,
  today,
  organisation: organisationOn(register, 'd1', today),
});
const kindFor = (row: DisclosureRow, by: { readonly id: string }, isDrafter = false) =>
  taskOf(row, revisionViewOf(row.state, asked(by)), isDrafter)?.kind ?? null;

describe('what waits for a person', () => {
  it('is to sign, for the one who holds the office whose turn it is', () => {
    const row = rowAfter(...inReview);
    expect(kindFor(row, privacy)).toBe('sign');
    expect(kindFor(row, management)).toBeNull();
  });

  it('is nothing, for an officer who wrote in the revision: the screen says why', () => {
    const byPrivacy = rowAfter(
      ...inReview.slice(0, 4),
      revised('I-1', texts.law, '書き換え', privacy),
      described,
      submitted,
    );
    expect(kindFor(byPrivacy, privacy)).toBeNull();
    expect(revisionViewOf(byPrivacy.state, asked(privacy))).toMatchObject({
      youMaySign: false,
      whyNot: 'SignerIsAuthor',
    });
  });

  it('follows the office to its new holder', () => {
    const row = rowAfter(...inReview);
    const successor = {
      deputations: [],
      offices: [
        office(privacy.id, 'privacyOfficer', '2030-01-04'),
        { ...office('new', 'privacyOfficer'), from: '2030-01-05' },
      ],
    };
    const view = (id: string) =>
      revisionViewOf(row.state, {
        by: { id },
        today: '2030-01-05',
        organisation: organisationOn(successor, 'd1', '2030-01-05'),
      });
    expect(view(privacy.id)).toMatchObject({ youMaySign: false, whyNot: 'NotYourTurn' });
    expect(view('new')).toMatchObject({ youMaySign: true });
  });

  it('is the draft, the return with its reason, and the publication, for a drafter', () => {
    expect(kindFor(rowAfter(registered, imported), drafter, true)).toBeNull();
    expect(kindFor(rowAfter(...inReview.slice(0, 3)), drafter, true)).toBe('draft');
    expect(kindFor(rowAfter(...inReview), drafter, true)).toBeNull();
    const returned: DisclosureEvent = {
      type: 'ReturnedForChanges',
      data: { revisionId: 'r3', step: 0, reason: 'もっと具体的に', by: privacy, at: at(6) },
    };
    const row = rowAfter(...inReview, returned);
    expect(taskOf(row, revisionViewOf(row.state, asked(drafter)), true)).toMatchObject({
      kind: 'returned',
      since: at(6),
      note: `${privacy.name}さん：もっと具体的に`,
    });
  });
});
