import type { FindingView, PartView } from '../api/types';
import { neighboursOf, openFindings } from './items';

const item = (itemKey: string) => ({
  itemKey,
  number: 1,
  title: itemKey,
  body: { type: 'doc' as const, content: [] },
  bodyHash: '',
  changed: false,
  lastEdit: null,
});
const parts: PartView[] = [
  { number: 'I', title: '一', items: [item('I-1'), item('I-2')] },
  { number: 'II', title: '二', items: [item('II-1')] },
];

describe('going from item to item', () => {
  it('crosses from one part to the next', () => {
    expect(neighboursOf(parts, 'I-2')).toEqual({ previous: 'I-1', next: 'II-1' });
  });

  it('stops at both ends', () => {
    expect(neighboursOf(parts, 'I-1').previous).toBeUndefined();
    expect(neighboursOf(parts, 'II-1').next).toBeUndefined();
  });

  it('begins with the first item', () => {
    expect(neighboursOf(parts, undefined)).toEqual({ previous: undefined, next: 'I-1' });
  });
});

describe('open findings', () => {
  const finding = (
    id: string,
    severity: FindingView['severity'],
    waived: FindingView['waived'] = null,
  ): FindingView => ({
    id,
    ruleId: 'ITEM_EMPTY',
    severity,
    itemKey: 'I-1',
    message: '',
    waived,
  });
  it('leave out what was waived, and can be only those that block', () => {
    const findings = [
      finding('a', 'blocking'),
      finding('b', 'advice'),
      finding('c', 'blocking', { reason: '承知', by: { id: 'u', name: '名' } }),
    ];
    expect(openFindings(findings).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(openFindings(findings, 'blocking').map(({ id }) => id)).toEqual(['a']);
  });
});
