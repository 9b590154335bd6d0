import { inReview, organisationWith, privacy, signatureOf, signed, stateAfter, step } from '../domain/examples';
import { revisionViewOf, waitingForOf } from './revision-view';

const third = { id: 'third', name: '第三 花' };
const deputy = { id: 'deputy', name: '代理 四郎' };
const organisation = organisationWith({
  offices: [{ userId: third.id, role: 'privacyOfficer', name: third.name, department: '監査室', title: '室長' }],
  deputations: [{ id: 'dp1', principal: privacy, deputy, roles: 'all', from: '2030-01-01', until: '2030-01-31' }],
});
const byDeputy = signatureOf(deputy, 0, step(), {
  onBehalfOf: {
    person: privacy,
    officer: { role: 'privacyOfficer', name: privacy.name, department: '管理本部', title: '法務部長' },
    deputation: { id: 'dp1', from: '2030-01-01', until: '2030-01-31' },
  },
});

describe('the open revision as somebody sees it', () => {
  it('waits for nobody for whom a deputy has signed', () => {
    const state = stateAfter(...inReview, signed(byDeputy));
    const view = revisionViewOf(state, { by: third, today: '2030-01-02', organisation });
    expect(waitingForOf(view)).toEqual([third.name]);
  });
});
