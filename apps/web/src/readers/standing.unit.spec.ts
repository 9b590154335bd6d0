import type { ReaderView } from './readers-api';
import { csvOf, shownReaders } from './standing';

const disclosures = [{ id: 'd1', service: 'minato', serviceName: 'みなと', newest: 3 }];
const reader = (id: string, said: Partial<ReaderView> = {}): ReaderView => ({
  ...{ id, disclosureId: 'd1', hospital: id, address: null, status: 'following', since: '2030-01-01T00:00:00.000Z' },
  ...{ shown: 3, delivered: null, acknowledged: null },
  ...said,
});
const at = '2030-01-02T00:00:00.000Z';
const readers = [
  reader('あおぞら', { acknowledged: { number: 3, at } }),
  reader('いずみ', { acknowledged: { number: 2, at } }),
  reader('うみべ', { status: 'left', acknowledged: { number: 3, at } }),
  reader('えきまえ', { status: 'invited' }),
  reader('えんがわ', { status: 'declined' }),
  reader('おおはし', { status: 'unanswered' }),
  reader('おか', { disclosureId: 'd2' }),
  reader('かわ'),
  reader('きし', { shown: 2 }),
  reader('くも', { shown: 2, delivered: { number: 3, at } }),
  reader('けしき', { shown: null }),
];
const names = (filter: Parameters<typeof shownReaders>[2]) =>
  shownReaders(readers, disclosures, filter).map(({ hospital, standing }) => [hospital, standing]);

describe('the list of readers', () => {
  it('begins with those who were not told and those who are behind, and hides what is over', () =>
    expect(names({ disclosureId: 'd1', standing: null })).toEqual([
      ['きし', 'untold'],
      ['いずみ', 'behind'],
      ['かわ', 'behind'],
      ['くも', 'behind'],
      ['けしき', 'behind'],
      ['あおぞら', 'current'],
      ['えきまえ', 'invited'],
    ]));

  it('shows who left when asked', () =>
    expect(names({ disclosureId: null, standing: 'left' })).toEqual([['うみべ', 'left']]));

  it('is written as a table in which no name is a formula', () =>
    expect(csvOf([['医療機関'], ['=HYPERLINK("x")', '＝1+1', '-2', 'a"b']])).toBe(
      '\uFEFF"医療機関"\r\n"\'=HYPERLINK(""x"")","\'＝1+1","\'-2","a""b"\r\n',
    ));
});
