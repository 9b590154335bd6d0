import { specFor } from '@app/event-sourcing/testing';
import { evolve, initialState, type CertificateAudit, type CertificateEvent } from './certificate';
import { certificateDecider, decide, type CertificateCommand } from './certificate.decider';

const given = specFor(certificateDecider);
const kinds = ['isms', 'privacyMark', 'ismap', 'other'];
const who = { certificateId: 'c1', by: { id: 'u1', name: '起草 一郎' }, at: '2029-01-02T00:00:00.000Z' };
const term = {
  number: 'ZZ-0001',
  body: '審査機関株式会社',
  standard: 'ISO/IEC 27001:2022 / JIS Q 27001:2023',
  scope: '地域連携クラウドの開発と運用',
  issuedOn: '2027-01-25',
  validFrom: '2027-01-25',
  validUntil: '2030-01-24',
};
const isms = { kind: 'isms', name: 'ISMS認証', citedBy: [{ disclosureId: 'd1', itemKey: 'I-7' }] } as const;
const nextTerm = { issuedOn: '2030-01-20', validFrom: '2030-01-25', validUntil: '2033-01-24' };
const file = { sha256: 'a'.repeat(64), name: '登録証.pdf', mediaType: 'application/pdf', byteSize: 3 };
const reason = '登録範囲から外れたため';
const later = { ...who, at: '2030-01-25T00:00:00.000Z' };

const register = { type: 'RegisterCertificate', ...who, ...isms, kinds, term } as const;
const renew: CertificateCommand = { type: 'RenewCertificate', ...who, term: nextTerm };
const withdraw: CertificateCommand = { type: 'WithdrawCertificate', ...who, reason };
const attach: CertificateCommand = { type: 'AttachEvidence', ...who, evidence: file };
const planned = (dueOn: string, audit: CertificateAudit = 'surveillance'): CertificateCommand => ({
  type: 'PlanSurveillance',
  ...who,
  audit,
  dueOn,
});

const event = <T extends CertificateEvent['type']>(type: T, data: object, at = who) =>
  ({ type, data: { ...at, ...data } }) as Extract<CertificateEvent, { type: T }>;
const registered = event('CertificateRegistered', { ...isms, ...term });
const privacyMark = event('CertificateRegistered', { ...isms, ...term, kind: 'privacyMark', validUntil: '2029-12-01' });
const ismap = event('CertificateRegistered', { ...isms, ...term, kind: 'ismap' });
const renewed = event('CertificateRenewed', { ...term, ...nextTerm });
const withdrawn = event('CertificateWithdrawn', { reason });
const audit = { audit: 'surveillance' } as const;
const filed = event('RenewalFiled', { filedOn: '2028-12-20' });
const surveillance = event('SurveillancePlanned', { ...audit, dueOn: '2029-01-31' });
const lapsed = event('CertificateLapsed', { validUntil: '2030-01-24', on: '2030-01-25' }, later);

describe('a certificate', () => {
  it('is registered with its term and the items that claim it', () => given().when(register).then(registered));

  it('is registered once', () => given(registered).when(register).thenRejected({ type: 'AlreadyRegistered' }));

  it('is registered with who sees to it', () => {
    const responsible = { officer: 'managementOfficer' } as const;
    given()
      .when({ ...register, responsible })
      .then(event('CertificateRegistered', { ...isms, ...term, responsible }));
  });

  it('is of a kind that there is', () => {
    given()
      .when({ ...register, kind: 'soc2' })
      .thenRejected({ type: 'UnknownKind', kind: 'soc2' });
    given()
      .when({ ...register, kind: 'soc2', kinds: [...kinds, 'soc2'] })
      .then(event('CertificateRegistered', { ...isms, ...term, kind: 'soc2' }));
  });

  it('may have lapsed before it is registered, because that is what must come to light', () => {
    const at = '2031-01-01T00:00:00.000Z';
    given()
      .when({ ...register, at })
      .then(event('CertificateRegistered', { ...isms, ...term, at }));
  });

  it('does not expire before it is issued', () =>
    given()
      .when({ ...register, term: { ...term, issuedOn: '2030-01-25' } })
      .thenRejected({ type: 'ExpiryBeforeIssue', issuedOn: '2030-01-25', validUntil: '2030-01-24' }));

  it('does not expire before it begins', () =>
    given()
      .when({ ...register, term: { ...term, validFrom: '2030-01-25' } })
      .thenRejected({ type: 'ExpiryBeforeStart', validFrom: '2030-01-25', validUntil: '2030-01-24' }));

  it('may expire on the day on which it is issued', () => {
    const day = { issuedOn: '2030-01-24', validFrom: '2030-01-24' };
    given()
      .when({ ...register, term: { ...term, ...day } })
      .then(event('CertificateRegistered', { ...isms, ...term, ...day }));
  });
});

describe('a renewal', () => {
  it('keeps number, body, standard and scope unless they are given', () => {
    given(registered).when(renew).then(renewed);
    const given2 = { number: 'ZZ-0002', standard: 'ISO/IEC 27001:2028' };
    given(registered)
      .when({ type: 'RenewCertificate', ...who, term: { ...nextTerm, ...given2 } })
      .then(event('CertificateRenewed', { ...term, ...nextTerm, ...given2 }));
  });

  it('does not take over the day of issue', () => {
    const { issuedOn: _, ...dates } = nextTerm;
    const { issuedOn: __, ...rest } = term;
    given(registered)
      .when({ type: 'RenewCertificate', ...who, term: dates })
      .then(event('CertificateRenewed', { ...rest, ...dates }));
  });

  it('changes something', () =>
    given(registered, renewed).when(renew).thenRejected({ type: 'UnchangedRenewal', validUntil: '2033-01-24' }));

  it('does not expire before it is issued', () =>
    given(registered)
      .when({ type: 'RenewCertificate', ...who, term: { ...nextTerm, validUntil: '2029-01-24' } })
      .thenRejected({ type: 'ExpiryBeforeIssue', issuedOn: '2030-01-20', validUntil: '2029-01-24' }));

  it('ends what belonged to the term before: the application, the lapse, and its surveillance audit', () =>
    expect([registered, filed, surveillance, lapsed, renewed].reduce(evolve, initialState)).toMatchObject({
      filedOn: null,
      lapsedOn: null,
      audits: { surveillance: null, renewal: null },
    }));

  it('leaves a surveillance audit that lies in the new term', () => {
    const early = event('CertificateRenewed', { ...term, validFrom: '2029-01-20', validUntil: '2032-01-19' });
    expect([registered, surveillance, early].reduce(evolve, initialState)).toMatchObject({
      audits: { surveillance: { dueOn: '2029-01-31' } },
    });
  });
});

describe('a correction', () => {
  const correct = (said: object, correctedTerm = {}): CertificateCommand =>
    ({ type: 'CorrectCertificate', ...who, reason: '誤記', term: correctedTerm, ...said }) as CertificateCommand;

  it('says what should have been, and why', () =>
    given(registered)
      .when(correct({ name: 'ISMS' }, { validUntil: '2030-01-23' }))
      .then(event('CertificateCorrected', { ...term, name: 'ISMS', validUntil: '2030-01-23', reason: '誤記' })));

  it('that changes nothing is not recorded', () =>
    given(registered)
      .when(correct({}, { number: 'ZZ-0001' }))
      .thenNothing());

  it('of the expiry begins its reminders anew, any other does not', () => {
    const at = '2029-03-01T00:00:00.000Z';
    const corrected = (data: object) =>
      event('CertificateCorrected', { ...isms, ...term, ...data, reason: '誤記', at });
    const sinceWhen = (data: object) => [registered, corrected(data)].reduce(evolve, initialState);
    expect(sinceWhen({ number: 'ZZ-1' })).toMatchObject({ knownSince: who.at });
    expect(sinceWhen({ validUntil: '2030-01-23' })).toMatchObject({ knownSince: at });
  });

  it('does not move the expiry before the surveillance audit that is planned, or before the application', () => {
    const moved = correct({}, { issuedOn: '2028-01-01', validUntil: '2028-12-01' });
    given(registered, surveillance)
      .when(moved)
      .thenRejected({ type: 'SurveillanceAfterExpiry', ...audit, dueOn: '2029-01-31', validUntil: '2028-12-01' });
    given(registered, filed)
      .when(moved)
      .thenRejected({ type: 'FiledAfterExpiry', filedOn: '2028-12-20', validUntil: '2028-12-01' });
  });
});

describe('the application for a renewal', () => {
  const file2 = (filedOn: string): CertificateCommand => ({ type: 'FileRenewal', ...who, filedOn });

  it('is recorded with its day, once', () => {
    given(registered).when(file2('2028-12-20')).then(filed);
    given(registered, filed).when(file2('2028-12-20')).thenNothing();
    given(registered, filed)
      .when(file2('2028-12-21'))
      .then(event('RenewalFiled', { filedOn: '2028-12-21' }));
  });

  it('was made already', () =>
    given(registered)
      .when(file2('2029-01-03'))
      .thenRejected({ type: 'DayInFuture', on: '2029-01-03', today: '2029-01-02' }));

  it('of プライバシーマーク is not made before its window opens', () =>
    given(privacyMark)
      .when(file2('2028-12-20'))
      .thenRejected({ type: 'FiledBeforeWindow', filedOn: '2028-12-20', from: '2029-04-02' }));

  it('is not made after the expiry', () =>
    given(registered)
      .when({ ...file2('2030-02-01'), at: '2030-02-02T00:00:00.000Z' })
      .thenRejected({ type: 'FiledAfterExpiry', filedOn: '2030-02-01', validUntil: '2030-01-24' }));
});

describe('an application that was recorded by mistake', () => {
  const takeBack: CertificateCommand = { type: 'TakeBackFiling', ...later, reason: '別の証明書の申請' };
  const takenBack = event('RenewalFilingTakenBack', { filedOn: '2028-12-20', reason: '別の証明書の申請' }, later);

  it('is taken back with a reason, once, and may be recorded again', () => {
    given(registered, filed).when(takeBack).then(takenBack);
    given(registered, filed, takenBack).when(takeBack).thenRejected({ type: 'NotFiled' });
    given(registered, filed, takenBack)
      .when({ type: 'FileRenewal', ...who, filedOn: '2028-12-20' })
      .then(filed);
  });

  it('keeps nothing valid any more', () =>
    given(ismap, filed, takenBack)
      .when({ type: 'LapseCertificate', ...later })
      .then(lapsed));
});

describe('a renewal audit', () => {
  const renewal = event('SurveillancePlanned', { audit: 'renewal', dueOn: '2029-10-31' });

  it('is planned beside the surveillance audit, and passed without it', () => {
    given(registered, surveillance).when(planned('2029-10-31', 'renewal')).then(renewal);
    const passed = { audit: 'renewal', dueOn: '2029-10-31', on: '2029-01-02' } as const;
    given(registered, surveillance, renewal)
      .when({ type: 'PassSurveillance', ...who, audit: 'renewal', on: '2029-01-02' })
      .then(event('SurveillancePassed', passed));
    expect(
      [registered, surveillance, renewal, event('SurveillancePassed', passed)].reduce(evolve, initialState),
    ).toMatchObject({ audits: { surveillance: { dueOn: '2029-01-31' }, renewal: null } });
  });

  it('is not passed because a surveillance audit is planned, nor planned for after the expiry', () => {
    given(registered, surveillance)
      .when({ type: 'PassSurveillance', ...who, audit: 'renewal', on: '2029-01-02' })
      .thenRejected({ type: 'NoSurveillancePlanned', audit: 'renewal' });
    given(registered).when(planned('2030-01-25', 'renewal')).thenRejected({
      type: 'SurveillanceAfterExpiry',
      audit: 'renewal',
      dueOn: '2030-01-25',
      validUntil: '2030-01-24',
    });
  });

  it('belongs to its term', () =>
    expect([registered, renewal, renewed].reduce(evolve, initialState)).toMatchObject({ audits: { renewal: null } }));
});

describe('a surveillance audit', () => {
  const pass = (on: string, nextDueOn?: string): CertificateCommand => ({
    type: 'PassSurveillance',
    ...{ ...who, at: '2029-02-01T00:00:00.000Z' },
    ...{ ...audit, on, nextDueOn },
  });
  const at = { ...who, at: '2029-02-01T00:00:00.000Z' };

  it('is planned, moved, and not planned twice for one day', () => {
    given(registered).when(planned('2029-01-31')).then(surveillance);
    given(registered, surveillance).when(planned('2029-01-31')).thenNothing();
    given(registered, surveillance)
      .when(planned('2029-03-31'))
      .then(event('SurveillancePlanned', { ...audit, dueOn: '2029-03-31' }));
  });

  it('is not planned for after the expiry', () =>
    given(registered)
      .when(planned('2030-01-25'))
      .thenRejected({ type: 'SurveillanceAfterExpiry', ...audit, dueOn: '2030-01-25', validUntil: '2030-01-24' }));

  it('is passed, and the next one planned with it', () => {
    const passed = { ...audit, dueOn: '2029-01-31', on: '2029-01-30' };
    given(registered, surveillance)
      .when(pass('2029-01-30'))
      .then(event('SurveillancePassed', passed, at));
    given(registered, surveillance)
      .when(pass('2029-01-30', '2030-01-20'))
      .then(event('SurveillancePassed', { ...passed, nextDueOn: '2030-01-20' }, at));
  });

  it('is passed when it was planned, on a day that has come, and the next one is later', () => {
    given(registered)
      .when(pass('2029-01-30'))
      .thenRejected({ type: 'NoSurveillancePlanned', ...audit });
    given(registered, surveillance)
      .when(pass('2029-02-02'))
      .thenRejected({ type: 'DayInFuture', on: '2029-02-02', today: '2029-02-01' });
    given(registered, surveillance)
      .when(pass('2029-01-30', '2029-01-30'))
      .thenRejected({ type: 'NextNotLater', on: '2029-01-30', nextDueOn: '2029-01-30' });
    given(registered, surveillance)
      .when(pass('2029-01-30', '2031-01-30'))
      .thenRejected({ type: 'SurveillanceAfterExpiry', ...audit, dueOn: '2031-01-30', validUntil: '2030-01-24' });
  });

  it('that was failed is still to be passed', () => {
    const failed = event('SurveillanceFailed', {
      ...audit,
      dueOn: '2029-01-31',
      on: '2029-01-02',
      reason: '記録の不備',
    });
    given(registered, surveillance)
      .when({ type: 'FailSurveillance', ...who, ...audit, on: '2029-01-02', reason: '記録の不備' })
      .then(failed);
    expect([registered, surveillance, failed].reduce(evolve, initialState)).toMatchObject({
      audits: { surveillance: { dueOn: '2029-01-31', failed: { on: '2029-01-02', reason: '記録の不備' } } },
    });
  });
});

describe('the lapse of a certificate', () => {
  const lapse: CertificateCommand = { type: 'LapseCertificate', ...later };

  it('is recorded on the day after its last one, once', () => {
    given(registered).when(lapse).then(lapsed);
    given(registered, lapsed).when(lapse).thenNothing();
  });

  it('is none on its last day', () =>
    // 23:59:59 in Tokyo
    given(registered)
      .when({ ...lapse, at: '2030-01-24T14:59:59.000Z' })
      .thenNothing());

  it('is none when it was renewed', () => given(registered, renewed).when(lapse).thenNothing());

  it('is none while the renewal of an ISMAP registration is decided, but an application keeps no other one valid', () => {
    given(ismap, filed).when(lapse).thenNothing();
    given(registered, filed).when(lapse).then(lapsed);
  });

  it('is taken back when the application was only recorded late', () =>
    expect([ismap, lapsed, filed].reduce(evolve, initialState)).toMatchObject({ lapsedOn: null }));
});

describe('evidence', () => {
  const attached = event('EvidenceAttached', { evidence: file });
  const remove = { type: 'RemoveEvidence', ...who, sha256: file.sha256, reason: '別の証明書のもの' } as const;

  it('is attached once, whatever it is called', () => {
    given(registered).when(attach).then(attached);
    given(registered, attached)
      .when({ ...attach, evidence: { ...file, name: '写し.pdf' } })
      .thenNothing();
  });

  it('is removed with a reason, and may come back', () => {
    const removed = event('EvidenceRemoved', { sha256: file.sha256, reason: remove.reason });
    given(registered, attached).when(remove).then(removed);
    given(registered, attached, removed).when(remove).thenRejected({ type: 'UnknownEvidence' });
    given(registered, attached, removed).when(attach).then(attached);
  });

  it('is of a hundred files at most', () => {
    const many = Array.from({ length: 100 }, (_, i) =>
      event('EvidenceAttached', { evidence: { ...file, sha256: String(i).padStart(64, '0') } }),
    );
    given(registered, ...many)
      .when(attach)
      .thenRejected({ type: 'TooManyFiles', most: 100 });
  });
});

describe('citations and the responsible', () => {
  const citedBy = [{ disclosureId: 'd2', itemKey: 'II-2' }];
  it('are replaced as a whole, and only by something else', () => {
    given(registered)
      .when({ type: 'CiteCertificate', ...who, citedBy })
      .then(event('CertificateCited', { citedBy }));
    given(registered)
      .when({ type: 'CiteCertificate', ...who, citedBy: isms.citedBy })
      .thenNothing();
    const responsible = { user: 'u2' };
    const named = event('ResponsibleNamed', { responsible });
    given(registered)
      .when({ type: 'NameResponsible', ...who, responsible })
      .then(named);
    given(registered, named)
      .when({ type: 'NameResponsible', ...who, responsible })
      .thenNothing();
    given(registered, named)
      .when({ type: 'NameResponsible', ...who, responsible: null })
      .then(event('ResponsibleNamed', { responsible: null }));
  });
});

/** What each command comes to in each state: the events, the rejection, or nothing. */
describe('every command has an answer in every state', () => {
  const commands: { readonly [T in CertificateCommand['type']]: Extract<CertificateCommand, { type: T }> } = {
    RegisterCertificate: register,
    RenewCertificate: renew as never,
    CorrectCertificate: { type: 'CorrectCertificate', ...who, name: 'ISMS', term: {}, reason },
    CiteCertificate: { type: 'CiteCertificate', ...who, citedBy: [] },
    NameResponsible: { type: 'NameResponsible', ...who, responsible: { user: 'u2' } },
    AttachEvidence: attach as never,
    RemoveEvidence: { type: 'RemoveEvidence', ...who, sha256: file.sha256, reason },
    FileRenewal: { type: 'FileRenewal', ...who, filedOn: '2028-12-20' },
    TakeBackFiling: { type: 'TakeBackFiling', ...who, reason },
    PlanSurveillance: planned('2029-01-31') as never,
    PassSurveillance: { type: 'PassSurveillance', ...who, ...audit, on: '2029-01-02' },
    FailSurveillance: { type: 'FailSurveillance', ...who, ...audit, on: '2029-01-02', reason },
    LapseCertificate: { type: 'LapseCertificate', ...later },
    WithdrawCertificate: withdraw as never,
  };
  const states = {
    'not registered': [],
    registered: [registered],
    lapsed: [registered, lapsed],
    withdrawn: [registered, withdrawn],
  } as const;
  const unknown = 'UnknownCertificate';
  const closed = 'CertificateWithdrawn (rejected)';
  const rows: readonly (readonly [CertificateCommand['type'], string, string, string, string])[] = [
    ['RegisterCertificate', 'CertificateRegistered', 'AlreadyRegistered', 'AlreadyRegistered', 'AlreadyRegistered'],
    ['RenewCertificate', unknown, 'CertificateRenewed', 'CertificateRenewed', closed],
    ['CorrectCertificate', unknown, 'CertificateCorrected', 'CertificateCorrected', closed],
    ['CiteCertificate', unknown, 'CertificateCited', 'CertificateCited', closed],
    ['NameResponsible', unknown, 'ResponsibleNamed', 'ResponsibleNamed', closed],
    ['AttachEvidence', unknown, 'EvidenceAttached', 'EvidenceAttached', closed],
    ['RemoveEvidence', unknown, 'UnknownEvidence', 'UnknownEvidence', closed],
    ['FileRenewal', unknown, 'RenewalFiled', 'RenewalFiled', closed],
    ['TakeBackFiling', unknown, 'NotFiled', 'NotFiled', closed],
    ['PlanSurveillance', unknown, 'SurveillancePlanned', 'SurveillancePlanned', closed],
    ['PassSurveillance', unknown, 'NoSurveillancePlanned', 'NoSurveillancePlanned', closed],
    ['FailSurveillance', unknown, 'NoSurveillancePlanned', 'NoSurveillancePlanned', closed],
    ['LapseCertificate', unknown, 'CertificateLapsed', 'nothing', 'nothing'],
    ['WithdrawCertificate', unknown, 'CertificateWithdrawn', 'CertificateWithdrawn', 'nothing'],
  ];

  it('and the table names them all', () =>
    expect(rows.map(([type]) => type).sort()).toEqual(Object.keys(commands).sort()));

  const cells = rows.flatMap(([type, ...answers]) =>
    Object.keys(states).map((state, i) => [type, state, answers[i] ?? ''] as const),
  );
  it.each(cells)('%s, when it is %s: %s', (type, state, expected) => {
    const history: readonly CertificateEvent[] = states[state as keyof typeof states];
    const decision = decide(commands[type], history.reduce(evolve, initialState));
    const answer =
      decision.outcome === 'rejected'
        ? decision.rejection.type === 'CertificateWithdrawn'
          ? closed
          : decision.rejection.type
        : decision.events.map((each) => each.type).join() || 'nothing';
    expect(answer).toBe(expected);
  });
});
