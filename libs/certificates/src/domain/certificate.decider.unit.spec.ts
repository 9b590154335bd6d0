import { specFor } from '@app/event-sourcing/testing';
import { certificateKinds, type CertificateEvent } from './certificate';
import { certificateDecider, type CertificateCommand } from './certificate.decider';

const given = specFor(certificateDecider);
const who = { certificateId: 'c1', by: { id: 'u1', name: '起草 一郎' }, at: '2030-01-02T00:00:00.000Z' };
const term = {
  number: 'ZZ-0001',
  body: '審査機関株式会社',
  issuedOn: '2027-01-25',
  validFrom: '2027-01-25',
  validUntil: '2030-01-24',
};
const isms = { kind: 'isms', name: 'ISMS認証', citedBy: [{ disclosureId: 'd1', itemKey: 'I-7' }] } as const;
const nextTerm = { issuedOn: '2030-01-20', validFrom: '2030-01-25', validUntil: '2033-01-24' };

const register = { type: 'RegisterCertificate', ...who, ...isms, kinds: certificateKinds, term } as const;
const renew: CertificateCommand = { type: 'RenewCertificate', ...who, term: nextTerm };
const withdraw: CertificateCommand = { type: 'WithdrawCertificate', ...who, reason: '登録範囲から外れたため' };

const registered: CertificateEvent = { type: 'CertificateRegistered', data: { ...who, ...isms, ...term } };
const renewed: CertificateEvent = { type: 'CertificateRenewed', data: { ...who, ...term, ...nextTerm } };
const withdrawn: CertificateEvent = {
  type: 'CertificateWithdrawn',
  data: { ...who, reason: '登録範囲から外れたため' },
};

describe('a certificate', () => {
  it('is registered with its term and the items that claim it', () => given().when(register).then(registered));

  it('is registered once', () => given(registered).when(register).thenRejected({ type: 'AlreadyRegistered' }));

  it('may have lapsed before it is registered, because that is what must come to light', () =>
    given()
      .when({ ...register, at: '2031-01-01T00:00:00.000Z' })
      .then({ type: 'CertificateRegistered', data: { ...registered.data, at: '2031-01-01T00:00:00.000Z' } } as never));

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
      .then({ type: 'CertificateRegistered', data: { ...who, ...isms, ...term, ...day } });
  });
});

describe('a renewal', () => {
  it('keeps the number and the body unless they are given', () => {
    given(registered).when(renew).then(renewed);
    given(registered)
      .when({ type: 'RenewCertificate', ...who, term: { ...nextTerm, number: 'ZZ-0002' } })
      .then({ type: 'CertificateRenewed', data: { ...who, ...term, ...nextTerm, number: 'ZZ-0002' } });
  });

  it('is of something registered', () => given().when(renew).thenRejected({ type: 'UnknownCertificate' }));

  it('changes something', () =>
    given(registered, renewed).when(renew).thenRejected({ type: 'UnchangedRenewal', validUntil: '2033-01-24' }));

  it('does not expire before it is issued', () =>
    given(registered)
      .when({ type: 'RenewCertificate', ...who, term: { ...nextTerm, validUntil: '2029-01-24' } })
      .thenRejected({ type: 'ExpiryBeforeIssue', issuedOn: '2030-01-20', validUntil: '2029-01-24' }));

  it('is not of what was withdrawn', () =>
    given(registered, withdrawn).when(renew).thenRejected({ type: 'CertificateWithdrawn' }));
});

describe('a withdrawal', () => {
  it('is recorded with its reason', () => given(registered).when(withdraw).then(withdrawn));
  it('is recorded once', () => given(registered, withdrawn).when(withdraw).thenNothing());
  it('is of something registered', () => given().when(withdraw).thenRejected({ type: 'UnknownCertificate' }));
});
