import type { OfficerEvent } from './domain/register';
import { officerCodec } from './officer.codec';

/** As they were stored. Lines are added, never changed. */
const golden: readonly (readonly [stored: string, event: OfficerEvent])[] = [
  [
    '{"type":"OfficerAppointed","schemaVersion":1,"data":{"role":"managementOfficer","userId":"u1","name":"足立 愛","department":"情報管理部","title":"部長","from":"2030-04-01","by":{"id":"u9","name":"管理 花子"},"at":"2030-03-01T00:00:00.000Z"}}',
    {
      type: 'OfficerAppointed',
      data: {
        role: 'managementOfficer',
        userId: 'u1',
        name: '足立 愛',
        department: '情報管理部',
        title: '部長',
        from: '2030-04-01',
        by: { id: 'u9', name: '管理 花子' },
        at: '2030-03-01T00:00:00.000Z',
      },
    },
  ],
  [
    '{"type":"OfficeEnded","schemaVersion":1,"data":{"role":"privacyOfficer","userId":"u1","from":"2029-04-01","on":"2030-03-31","by":{"id":"u9","name":"管理 花子"},"at":"2030-03-01T00:00:00.000Z"}}',
    {
      type: 'OfficeEnded',
      data: {
        role: 'privacyOfficer',
        userId: 'u1',
        from: '2029-04-01',
        on: '2030-03-31',
        by: { id: 'u9', name: '管理 花子' },
        at: '2030-03-01T00:00:00.000Z',
      },
    },
  ],
  [
    '{"type":"DeputationGranted","schemaVersion":1,"data":{"by":{"id":"u1","name":"足立 愛"},"at":"2030-03-01T00:00:00.000Z","deputationId":"p1","principal":{"id":"u1","name":"足立 愛"},"deputy":{"id":"u2","name":"剣持 健"},"roles":"all","disclosureIds":["d1"],"from":"2030-04-01","until":"2030-04-14","reason":"海外出張"}}',
    {
      type: 'DeputationGranted',
      data: {
        by: { id: 'u1', name: '足立 愛' },
        at: '2030-03-01T00:00:00.000Z',
        deputationId: 'p1',
        principal: { id: 'u1', name: '足立 愛' },
        deputy: { id: 'u2', name: '剣持 健' },
        roles: 'all',
        disclosureIds: ['d1'],
        from: '2030-04-01',
        until: '2030-04-14',
        reason: '海外出張',
      },
    },
  ],
  [
    '{"type":"DeputationEnded","schemaVersion":1,"data":{"by":{"id":"u1","name":"足立 愛"},"at":"2030-04-05T00:00:00.000Z","deputationId":"p1","on":"2030-04-07"}}',
    {
      type: 'DeputationEnded',
      data: {
        by: { id: 'u1', name: '足立 愛' },
        at: '2030-04-05T00:00:00.000Z',
        deputationId: 'p1',
        on: '2030-04-07',
      },
    },
  ],
];

describe('a stored event of the organisation', () => {
  it.each(golden)('reads as today %s', (stored, event) => {
    expect(officerCodec.decode(JSON.parse(stored))).toEqual(event);
    expect(officerCodec.encode(event)).toEqual(JSON.parse(stored));
  });

  it('that is malformed or unknown is refused', () => {
    expect(() => officerCodec.decode({ type: 'OfficeEnded', schemaVersion: 1, data: { role: 'king' } })).toThrow();
    expect(() => officerCodec.decode({ type: 'Crowned', schemaVersion: 1, data: {} })).toThrow('Crowned');
  });
});
