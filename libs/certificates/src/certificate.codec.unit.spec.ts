import { certificateCodec } from './certificate.codec';
import type { CertificateEvent } from './domain/certificate';

const by = { by: { id: 'u1', name: '起草 一郎' }, at: '2030-01-02T00:00:00.000Z' };

/** As they were stored. Lines are added, never changed. */
const golden: readonly (readonly [stored: string, event: CertificateEvent])[] = [
  [
    '{"type":"CertificateRegistered","schemaVersion":1,"data":{"certificateId":"c1","kind":"isms","name":"ISMS認証","number":"ZZ-0001","body":"審査機関株式会社","issuedOn":"2027-01-25","validFrom":"2027-01-25","validUntil":"2030-01-24","citedBy":[{"disclosureId":"d1","itemKey":"I-7"}],"by":{"id":"u1","name":"起草 一郎"},"at":"2030-01-02T00:00:00.000Z"}}',
    {
      type: 'CertificateRegistered',
      data: {
        certificateId: 'c1',
        kind: 'isms',
        name: 'ISMS認証',
        number: 'ZZ-0001',
        body: '審査機関株式会社',
        issuedOn: '2027-01-25',
        validFrom: '2027-01-25',
        validUntil: '2030-01-24',
        citedBy: [{ disclosureId: 'd1', itemKey: 'I-7' }],
        ...by,
      },
    },
  ],
  [
    '{"type":"CertificateRenewed","schemaVersion":1,"data":{"certificateId":"c1","number":"ZZ-0001","body":"審査機関株式会社","validFrom":"2030-01-25","validUntil":"2033-01-24","by":{"id":"u1","name":"起草 一郎"},"at":"2030-01-02T00:00:00.000Z"}}',
    {
      type: 'CertificateRenewed',
      data: {
        certificateId: 'c1',
        number: 'ZZ-0001',
        body: '審査機関株式会社',
        validFrom: '2030-01-25',
        validUntil: '2033-01-24',
        ...by,
      },
    },
  ],
  [
    '{"type":"CertificateWithdrawn","schemaVersion":1,"data":{"certificateId":"c1","reason":"登録範囲から外れたため","by":{"id":"u1","name":"起草 一郎"},"at":"2030-01-02T00:00:00.000Z"}}',
    { type: 'CertificateWithdrawn', data: { certificateId: 'c1', reason: '登録範囲から外れたため', ...by } },
  ],
];

describe('a stored event of a certificate', () => {
  it.each(golden)('reads as today %s', (stored, event) => {
    expect(certificateCodec.decode(JSON.parse(stored))).toEqual(event);
    expect(certificateCodec.encode(event)).toEqual(JSON.parse(stored));
  });

  it('that is malformed or unknown is refused', () => {
    const decode = (type: string) => certificateCodec.decode({ type, schemaVersion: 1, data: {} });
    expect(() => decode('CertificateWithdrawn')).toThrow();
    expect(() => decode('CertificateFramed')).toThrow('CertificateFramed');
  });
});
