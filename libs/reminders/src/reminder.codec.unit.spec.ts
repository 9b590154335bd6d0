import type { ReminderEvent } from './domain/reminder';
import { reminderCodec } from './reminder.codec';

const rungId = 'certificate-c1:2030-06-30:60d';

/** As they were stored. Lines are added, never changed. */
const golden: readonly (readonly [stored: string, event: ReminderEvent])[] = [
  [
    '{"type":"ReminderDue","schemaVersion":1,"data":{"rungId":"certificate-c1:2030-06-30:60d","rung":"60d","label":"60日前","sendOn":"2030-05-01","subject":"certificate-c1","about":{"certificateId":"c1","kind":"isms","name":"ISMS認証","number":"ZZ-0001","body":"審査機関株式会社","citedBy":[{"disclosureId":"d1","itemKey":"I-7","label":"クラウドカルテ　I-7 認証"}]},"dueOn":"2030-06-30","on":"2030-05-03","collapsed":[{"rungId":"certificate-c1:2030-06-30:2m","rung":"2m","label":"2か月前","sendOn":"2030-04-30"}],"recipients":["u1","u2"],"at":"2030-05-03T00:00:00.000Z"}}',
    {
      type: 'ReminderDue',
      data: {
        rungId,
        rung: '60d',
        label: '60日前',
        sendOn: '2030-05-01',
        subject: 'certificate-c1',
        about: {
          title: 'ISMS認証',
          detail: '登録証番号 ZZ-0001、審査登録機関 審査機関株式会社',
          path: '/certificates/c1',
          citedBy: [{ disclosureId: 'd1', itemKey: 'I-7', label: 'クラウドカルテ　I-7 認証' }],
        },
        dueOn: '2030-06-30',
        on: '2030-05-03',
        recipients: ['u1', 'u2'],
        at: '2030-05-03T00:00:00.000Z',
        collapsed: [{ rungId: 'certificate-c1:2030-06-30:2m', rung: '2m', label: '2か月前', sendOn: '2030-04-30' }],
      },
    },
  ],
  [
    '{"type":"ReminderSent","schemaVersion":1,"data":{"rungId":"certificate-c1:2030-06-30:60d","recipient":"u1","messageId":"<m1@example.jp>","smtpAnswer":"250 2.0.0 Ok","at":"2030-05-03T00:00:05.000Z"}}',
    {
      type: 'ReminderSent',
      data: {
        rungId,
        recipient: 'u1',
        messageId: '<m1@example.jp>',
        smtpAnswer: '250 2.0.0 Ok',
        at: '2030-05-03T00:00:05.000Z',
      },
    },
  ],
  [
    '{"type":"ReminderFailed","schemaVersion":1,"data":{"rungId":"certificate-c1:2030-06-30:60d","recipient":"u2","reason":"550 no such user","at":"2030-05-03T00:00:05.000Z"}}',
    {
      type: 'ReminderFailed',
      data: { rungId, recipient: 'u2', reason: '550 no such user', at: '2030-05-03T00:00:05.000Z' },
    },
  ],
];

describe('a stored event of the ledger', () => {
  it.each(golden)('reads as today %s', (stored, event) => {
    expect(reminderCodec.decode(JSON.parse(stored))).toEqual(event);
    // What is stored from now on reads the same.
    expect(reminderCodec.decode(reminderCodec.encode(event))).toEqual(event);
  });

  it('that is malformed or unknown is refused', () => {
    const decode = (type: string) => reminderCodec.decode({ type, schemaVersion: 1, data: {} });
    expect(() => decode('ReminderSent')).toThrow();
    expect(() => decode('ReminderForgotten')).toThrow('ReminderForgotten');
  });
});
