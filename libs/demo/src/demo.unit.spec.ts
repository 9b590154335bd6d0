import { compareBodies, hashBody, textOf, toMarkdown, type Body } from '@app/content';
import { readBody, readDisclosure } from '@app/importing';
import { lostSegments } from '@app/importing/testing';
import { findingsOf } from '@app/disclosures/domain/lint';
import { certificatesOn } from './certificates';
import type { DemoRevision } from './demo';
import { demoFileName, publishedRevisions, readDemoFile, revisionInReview } from './history';
import { offices, people } from './people';

const today = '2031-03-10';
const file = readDemoFile();
const imported = readDisclosure(file, demoFileName);
if (!imported.ok) throw new Error(JSON.stringify(imported.problem));
const { disclosure } = imported;
const revisions: readonly DemoRevision[] = [...publishedRevisions, revisionInReview(today)];

/** The bodies by item after a number of revisions. */
const bodiesAfter = (count: number): ReadonlyMap<string, Body> => {
  const bodies = new Map(disclosure.parts.flatMap(({ items }) => items.map(({ itemKey, body }) => [itemKey, body])));
  for (const { steps } of revisions.slice(0, count)) {
    for (const step of steps) if (step.kind === 'revise') bodies.set(step.itemKey, step.body);
  }
  return bodies;
};

describe('the first edition of the demonstration', () => {
  it('is imported whole', () => {
    expect(lostSegments(new TextDecoder().decode(file), disclosure)).toEqual([]);
    expect(disclosure).toMatchObject({
      serviceName: 'みなと地域連携クラウド',
      edition: { number: 1, issuedOn: '2021-04-01' },
    });
    expect(disclosure.parts.map(({ items }) => items.length)).toEqual([10, 16]);
  });

  it('leaves the importer in doubt only about what a file of that form always does', () =>
    expect([...new Set(disclosure.anomalies.map(({ code }) => code))].sort()).toEqual([
      'COLSPAN_INFERRED',
      'END_MARK_REMOVED',
      'TAB_TABLE',
    ]));

  it('comes through Markdown and back', () => {
    for (const { body } of disclosure.parts.flatMap(({ items }) => items))
      expect(readBody(toMarkdown(body))).toEqual(body);
  });
});

describe('every edition of the demonstration', () => {
  it.each([0, 1, 2, 3, 4, 5, 6])('after %i revisions has nothing wrong in its text', (count) => {
    const bodies = bodiesAfter(count);
    const parts = disclosure.parts.map((part) => ({
      ...part,
      items: part.items.map((item) => {
        const body = bodies.get(item.itemKey) ?? item.body;
        return { itemKey: item.itemKey, number: item.number, title: item.title, body, bodyHash: hashBody(body) };
      }),
    }));
    expect(findingsOf(parts)).toEqual([]);
  });

  it('names in its history exactly the items that it changed', () => {
    revisions.forEach(({ historyText, steps }, i) => {
      const [before, after] = [bodiesAfter(i), bodiesAfter(i + 1)];
      const changed = [...after].flatMap(([key, body]) => (hashBody(body) === hashBody(before.get(key)!) ? [] : [key]));
      const named =
        historyText
          .split('\n')
          .slice(1)
          .join(' ')
          .match(/I{1,2}-\d+/g) ?? [];
      expect([...named].sort()).toEqual(changed.sort());
      const revised = steps.flatMap((step) => (step.kind === 'revise' ? [step.itemKey] : []));
      expect([...new Set(revised)].sort()).toEqual(changed);
    });
  });

  it('says in I-4 what the register of officers says', () => {
    publishedRevisions.forEach(({ steps }, i) => {
      const publication = steps.at(-1);
      if (publication?.kind !== 'publish') throw new Error('Not published');
      const text = textOf(bodiesAfter(i + 1).get('I-4')!);
      for (const { department, title } of officesOn(publication.issuedOn))
        expect(text).toContain(`${department} ${title}`);
    });
  });
});

const officesOn = (date: string) =>
  offices.filter(({ from, until }) => from <= date && (until === undefined || date <= until));

describe('every revision of the demonstration', () => {
  it('goes forward in time and is numbered without gaps', () => {
    const times = revisions.flatMap(({ steps }) => steps.map(({ at }) => at));
    expect(times).toEqual([...times].sort());
    expect(revisions.map(({ editionNumber }) => editionNumber)).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it.each(publishedRevisions.map((revision) => [revision.editionNumber, revision] as const))(
    'edition %i was returned once, then signed by both officers of that day, neither of them its author',
    (_number, { steps }) => {
      expect(steps.filter(({ kind }) => kind === 'return')).toHaveLength(1);
      const lastSubmission = steps.findLastIndex(({ kind }) => kind === 'submit');
      const signers = steps.slice(lastSubmission).filter(({ kind }) => kind === 'sign');
      expect(signers).toHaveLength(2);
      const roles = ['privacyOfficer', 'managementOfficer'] as const;
      signers.forEach(({ by, at }, i) => {
        const holder = officesOn(at.slice(0, 10)).find(({ role }) => role === roles[i]);
        expect(by).toBe(holder?.person);
        expect(steps.some((step) => step.kind === 'revise' && step.by === by)).toBe(false);
      });
      expect(steps.at(-1)?.kind).toBe('publish');
    },
  );

  it('changes something in each of its edits', () => {
    const bodies = new Map(bodiesAfter(0));
    for (const step of revisions.flatMap(({ steps }) => steps)) {
      if (step.kind !== 'revise') continue;
      const blocks = compareBodies(bodies.get(step.itemKey)!, step.body);
      expect(blocks.some(({ kind }) => kind !== 'same')).toBe(true);
      expect(blocks.some(({ kind }) => kind === 'same' || kind === 'changed')).toBe(true);
      bodies.set(step.itemKey, step.body);
    }
  });

  it('in review was submitted the day before and waits for its first signature', () => {
    const { steps } = revisionInReview(today);
    expect(steps.at(-1)).toMatchObject({ kind: 'submit', at: '2031-03-09T01:40:00.000Z' });
    expect(steps.filter(({ kind }) => kind === 'sign')).toEqual([]);
  });
});

describe('the people of the demonstration', () => {
  it('are those who sign in, one for each way of using it and each office held today, and those of earlier years', () => {
    expect(people.filter(({ signsIn }) => signsIn).map(({ roles }) => roles)).toEqual([
      ['drafter'],
      ['signatory'],
      ['signatory'],
      ['signatory'],
      ['signatory'],
      ['auditor'],
      ['administrator'],
    ]);
    expect(new Set(people.map(({ address }) => address)).size).toBe(people.length);
  });

  it('hold each role without gaps', () => {
    for (const date of ['2021-04-01', '2022-06-30', '2022-07-01', '2023-08-01', '2024-05-01', today])
      expect(officesOn(date)).toHaveLength(4);
  });
});

it('the certificates of the demonstration lapse in months, not yet', () => {
  const [isms, privacyMark] = certificatesOn(today);
  expect(isms).toMatchObject({ validFrom: '2028-08-23', validUntil: '2031-08-22' });
  expect(privacyMark.validUntil > isms.validUntil).toBe(true);
});
