import type { OpenRevision } from '../api/types';
import { mayRecall } from './steps';

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
