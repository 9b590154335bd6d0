import type { OpenRevision } from '../api/types';
import { inOtherSteps, mayRecall } from './steps';

type Signature = OpenRevision['signatures'][number];

describe('whether a submission can be taken back', () => {
  const inReview = { status: 'inReview' as const, submittedBy: { id: 'u1', name: '起草 花子' }, step: 1 };
  const signedAt = (step: number, carriedOver = false) => ({ step, carriedOver }) as Signature;

  it('is up to who submitted it, before anybody signed the waiting step', () => {
    expect(mayRecall({ ...inReview, signatures: [signedAt(0)] }, 'u1')).toBe(true);
    expect(mayRecall({ ...inReview, signatures: [signedAt(0)] }, 'u2')).toBe(false);
    expect(mayRecall({ ...inReview, signatures: [signedAt(0), signedAt(1)] }, 'u1')).toBe(false);
    expect(mayRecall({ ...inReview, status: 'approved', signatures: [] }, 'u1')).toBe(false);
  });

  it('counts a signature that was carried over, as the server does', () =>
    expect(mayRecall({ ...inReview, signatures: [signedAt(1, true)] }, 'u1')).toBe(false));
});

describe('who is in another step', () => {
  it('is whoever signed there, and for whom somebody did', () => {
    const [one, other, third] = ['u1', 'u2', 'u3'].map((id) => ({ id, name: id }));
    const signatures = [
      { step: 0, signer: one, onBehalfOf: { person: other } },
      { step: 1, signer: third, onBehalfOf: null },
    ] as OpenRevision['signatures'];
    expect(inOtherSteps({ signatures }, 1)).toEqual(['u1', 'u2']);
    expect(inOtherSteps({ signatures }, 0)).toEqual(['u3']);
  });
});
