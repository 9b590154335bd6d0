import type { StepTemplate } from '@app/routes/domain/route';
import { checkedRows, draftOf, emptyStep, rowOf, problemsOf, stepOf } from './step-draft';

const people = [
  { id: 'u1', name: '山本 隆' },
  { id: 'u2', name: '井上 葉子' },
];
const step: StepTemplate = {
  signatories: [
    { kind: 'role', role: 'privacyOfficer' },
    { kind: 'people', people: [people[0]!] },
  ],
  meaning: 'review',
  quorum: { kind: 'n', n: 2 },
  covers: ['I-7'],
  dueInBusinessDays: 3,
  escalation: { afterBusinessDays: 2, to: { kind: 'people', people: [people[1]!] } },
};

describe('a step in the making', () => {
  it('comes out as it went in when nothing was changed', () => {
    expect(stepOf(draftOf(step), people)).toEqual(step);
    const plain: StepTemplate = { ...step, quorum: { kind: 'all' }, covers: 'everything', escalation: null };
    expect(stepOf(draftOf(plain), people)).toEqual(plain);
  });

  it('is no step while nobody is to sign it', () => {
    expect(stepOf(emptyStep, people)).toBeNull();
    expect(problemsOf(emptyStep, people)).toEqual(['whoMissing']);
  });

  it('is no step when the only person named is not known any more', () => {
    expect(problemsOf({ ...emptyStep, who: ['person:gone'] }, people)).toEqual(['whoMissing']);
  });

  it('needs a due day and somebody to tell before it can escalate', () => {
    const draft = { ...draftOf(step), due: null, escalationTo: null };
    expect(problemsOf(draft, people)).toEqual(['escalationNeedsDue', 'escalationMissing']);
    expect(stepOf(draft, people)).toBeNull();
    expect(stepOf({ ...draft, escalates: false }, people)).toMatchObject({ dueInBusinessDays: null, escalation: null });
  });

  it('is told what it lacks when somebody tries to save it, and not when it is added after that', () => {
    const rows = [...checkedRows([rowOf(0, emptyStep)]), rowOf(1, emptyStep)];
    expect(rows.map(({ checked }) => checked)).toEqual([true, false]);
    expect(checkedRows(rows).map(({ checked }) => checked)).toEqual([true, true]);
  });

  it('needs a number where a number has to sign', () => {
    expect(problemsOf({ ...draftOf(step), n: null }, people)).toEqual(['nMissing']);
  });
});
