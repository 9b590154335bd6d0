import ICAL from 'ical.js';
import { calendarOf, type CalendarEntry } from './calendar';

const publicUrl = 'https://kaijisho.example.jp';
const renewal: CalendarEntry = {
  id: 'certificate-1:renewal',
  dueOn: '2030-01-31',
  knownOn: '2027-02-01',
  title: 'ISMS認証：有効期限',
  description: '登録番号 IS 000000、審査・登録機関 日本審査機構\n記載している項目：みなとクラウド　I-7 認証の取得状況',
  path: '/certificates/1',
};
const audit: CalendarEntry = {
  ...{ id: 'audit-2:audit', dueOn: '2029-03-01', knownOn: '2028-03-01', title: '脆弱性診断：実施期限' },
  ...{ description: '', path: '/audits/2' },
};
const written = (entries: readonly CalendarEntry[]) => calendarOf({ name: '開示書の期限', entries, publicUrl });
const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return { calendar, events: calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each)) };
};

describe('a calendar of deadlines', () => {
  it('is read by another library as it was meant', () => {
    const { calendar, events } = read(written([renewal]));
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('開示書の期限');
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
    expect(events).toHaveLength(1);
    const [event] = events;
    expect(event!.uid).toBe('certificate-1:renewal@kaijisho.example.jp');
    expect(event!.summary).toBe('ISMS認証：有効期限');
    expect(event!.description).toBe(`${renewal.description}\nhttps://kaijisho.example.jp/certificates/1`);
    expect(String(event!.component.getFirstPropertyValue('url'))).toBe('https://kaijisho.example.jp/certificates/1');
    expect(event!.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
  });

  it('takes whole days, whatever the time zone of the server', () => {
    const [event] = read(written([renewal])).events;
    expect(event!.startDate.isDate).toBe(true);
    expect(event!.startDate.toString()).toBe('2030-01-31');
    expect(event!.endDate.toString()).toBe('2030-02-01');
  });

  it('rings no bell: reminding is done by mail', () => {
    const [event] = read(written([renewal])).events;
    expect(event!.component.getAllSubcomponents('valarm')).toEqual([]);
  });

  it('is the same text for the same deadlines, in whatever order they come', () => {
    expect(written([renewal, audit])).toBe(written([audit, renewal]));
    expect(read(written([renewal, audit])).events.map(({ uid }) => uid.split('@')[0])).toEqual([
      'audit-2:audit',
      'certificate-1:renewal',
    ]);
  });

  it('keeps an entry under its name when its day is moved', () => {
    const [before] = read(written([renewal])).events;
    const [after] = read(written([{ ...renewal, dueOn: '2033-01-31' }])).events;
    expect(after!.uid).toBe(before!.uid);
    expect(after!.startDate.toString()).toBe('2033-01-31');
  });

  it('is written as the standard wants it: CRLF, and lines of at most 75 bytes', () => {
    const text = written([{ ...renewal, title: '期限'.repeat(60) }]);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(read(text).events[0]!.summary).toBe('期限'.repeat(60));
  });

  it('carries commas, semicolons, backslashes and line breaks unharmed', () => {
    const title = '甲,乙;丙\\丁\n戊: "己"';
    expect(read(written([{ ...renewal, title, description: title }])).events[0]!.summary).toBe(title);
  });

  it('is empty, and still a calendar, when nothing is due', () => {
    expect(read(written([])).events).toEqual([]);
  });
});
