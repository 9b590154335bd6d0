import { certificateDeadlines, certificateSubject } from './deadlines';
import { evolve, initialState, type CertificateEvent } from './domain/certificate';

const who = { certificateId: 'c1', by: { id: 'u1', name: '起草 一郎' }, at: '2029-01-01T15:00:00.000Z' };
const event = (type: CertificateEvent['type'], data: object = {}) =>
  ({ type, data: { ...who, ...data } }) as CertificateEvent;
const registered = (kind: string, validUntil = '2030-01-24') =>
  event('CertificateRegistered', {
    ...{ kind, name: 'ISMS認証', number: 'ZZ-0001', body: '審査機関株式会社', validFrom: '2027-01-25', validUntil },
    citedBy: [{ disclosureId: 'd1', itemKey: 'I-7' }],
  });
const due = (...events: readonly CertificateEvent[]) =>
  certificateDeadlines(events.reduce(evolve, initialState)).map(({ matter, ladder, dueOn, knownOn }) =>
    [matter, ladder, dueOn, knownOn].join(' '),
  );

describe('what of a certificate falls due', () => {
  it('is the end of its term, on the ladder of its kind, known from the day in Japan on which it was recorded', () => {
    expect(due(registered('isms'))).toEqual(['renewal isms 2030-01-24 2029-01-02']);
    expect(due(registered('soc2'))).toEqual(['renewal soc2 2030-01-24 2029-01-02']);
  });

  it('of プライバシーマーク is also the end of the application window, until the renewal was filed', () => {
    const mark = registered('privacyMark', '2024-12-01');
    expect(due(mark)).toEqual([
      'renewal privacyMark 2024-12-01 2029-01-02',
      'application privacyMarkApplication 2024-08-01 2029-01-02',
    ]);
    expect(due(mark, event('RenewalFiled', { filedOn: '2024-07-01' }))).toEqual([
      'renewal privacyMark 2024-12-01 2029-01-02',
    ]);
  });

  it('of ISMAP is the decision while the renewal is decided; an application for any other changes nothing', () => {
    const filed = event('RenewalFiled', { filedOn: '2029-12-01', at: '2029-12-03T00:00:00.000Z' });
    expect(due(registered('ismap'), filed)).toEqual(['decision renewalDecision 2030-01-24 2029-12-03']);
    const moved = event('RenewalFiled', { filedOn: '2029-12-02', at: '2030-01-04T00:00:00.000Z' });
    expect(due(registered('ismap'), filed, moved)).toEqual(due(registered('ismap'), filed));
    expect(due(registered('isms'), filed)).toEqual(due(registered('isms')));
    const { detail } = certificateSubject([registered('ismap'), filed].reduce(evolve, initialState)) ?? {};
    expect(detail).toBe('登録番号 ZZ-0001、審査・登録機関 審査機関株式会社、更新申請 2029年12月1日（審査中）');
  });

  it('is the application again when it was taken back, known from then', () => {
    const at = '2029-12-05T00:00:00.000Z';
    const filed = event('RenewalFiled', { filedOn: '2029-12-01' });
    const takenBack = event('RenewalFilingTakenBack', { filedOn: '2029-12-01', reason: '誤り', at });
    expect(due(registered('privacyMark', '2030-06-01'), filed, takenBack)).toEqual([
      'renewal privacyMark 2030-06-01 2029-01-02',
      'application privacyMarkApplication 2030-02-01 2029-12-05',
    ]);
    expect(due(registered('ismap'), filed, takenBack)).toEqual(['renewal ismap 2030-01-24 2029-12-05']);
  });

  it('is the audits that are planned, each of its kind', () => {
    const planned = (audit: string, dueOn: string) => event('SurveillancePlanned', { audit, dueOn });
    expect(due(registered('isms'), planned('surveillance', '2029-06-30'), planned('renewal', '2029-10-31'))).toEqual([
      'renewal isms 2030-01-24 2029-01-02',
      'surveillance surveillance 2029-06-30 2029-01-02',
      'renewalAudit surveillance 2029-10-31 2029-01-02',
    ]);
  });

  it('is the surveillance audit that is planned, also when it was failed', () => {
    const audit = { audit: 'surveillance' };
    const planned = event('SurveillancePlanned', { ...audit, dueOn: '2029-06-30', at: '2029-02-01T00:00:00.000Z' });
    const failed = event('SurveillanceFailed', { ...audit, dueOn: '2029-06-30', on: '2029-06-20', reason: '不備' });
    const passed = event('SurveillancePassed', { ...audit, dueOn: '2029-06-30', on: '2029-06-25' });
    for (const events of [[planned], [planned, failed]])
      expect(due(registered('isms'), ...events)).toContain('surveillance surveillance 2029-06-30 2029-02-01');
    expect(due(registered('isms'), planned, passed)).toHaveLength(1);
  });

  it('is nothing of what is not there or was withdrawn, and the end of the term of what has lapsed', () => {
    expect(due()).toEqual([]);
    expect(due(registered('isms'), event('CertificateWithdrawn', { reason: '-' }))).toEqual([]);
    const lapsed = event('CertificateLapsed', { validUntil: '2030-01-24', on: '2030-01-25' });
    expect(due(registered('isms'), lapsed)).toHaveLength(1);
  });

  it('is told with the name, the number, who cites it and who sees to it', () => {
    const named = event('ResponsibleNamed', { responsible: { officer: 'managementOfficer' } });
    expect(certificateSubject([registered('isms'), named].reduce(evolve, initialState))).toEqual({
      title: 'ISMS認証',
      detail: '登録番号 ZZ-0001、審査・登録機関 審査機関株式会社',
      path: '/certificates/c1',
      citedBy: [{ disclosureId: 'd1', itemKey: 'I-7' }],
      responsible: { officer: 'managementOfficer' },
    });
  });
});
