import { draftOf, ladderOf, stepDraft } from './ladder-draft';
import type { Ladder } from './reminding-api';

const ladder: Ladder = {
  before: [
    { months: 9 },
    { days: 30, to: [{ user: 'sato' }], escalate: { afterBusinessDays: 2, to: [{ role: 'administrator' }] } },
    { days: 0 },
  ],
  overdueEveryDays: 1,
  businessDays: 'previous',
  to: [{ officer: 'managementOfficer' }, { responsible: true }],
  escalateOverdue: { afterBusinessDays: 3, to: [{ role: 'administrator' }] },
};
const draft = draftOf('ISMS の更新', ladder);

describe('a ladder that is edited', () => {
  it('is the same when nothing was changed', () => expect(ladderOf(draft)).toEqual(ladder));

  it('keeps a repetition of its own length, and none', () => {
    for (const overdueEveryDays of [7, null])
      expect(ladderOf(draftOf('x', { ...ladder, overdueEveryDays }))).toEqual({ ...ladder, overdueEveryDays });
  });

  it('is no ladder while a number is missing', () => {
    expect(ladderOf({ ...draft, steps: [{ ...stepDraft(1, { days: 3 }), amount: '' }] })).toBeNull();
    expect(ladderOf({ ...draft, steps: [{ ...stepDraft(1, { months: 3 }), amount: 0 }] })).toBeNull();
    expect(ladderOf({ ...draft, steps: [{ ...stepDraft(1, { days: 3 }), amount: 1.5 }] })).toBeNull();
    expect(ladderOf({ ...draft, overdue: 'every', overdueDays: '' })).toBeNull();
  });

  it('is no ladder while it goes, or escalates, to nobody', () => {
    expect(ladderOf({ ...draft, to: [] })).toBeNull();
    expect(ladderOf({ ...draft, escalateOverdue: { on: true, after: 3, to: [] } })).toBeNull();
  });

  it('forgets an escalation that was switched off', () => {
    const { escalateOverdue: _, ...without } = ladder;
    expect(ladderOf({ ...draft, escalateOverdue: { ...draft.escalateOverdue, on: false } })).toEqual(without);
  });
});
