import { keyOf, recipientOf } from './recipient-key';
import type { Recipient } from './reminding-api';

describe('a recipient in a field', () => {
  it.each<Recipient>([
    { responsible: true },
    { officer: 'privacyOfficer' },
    { role: 'auditor' },
    { user: '0190:with-a-colon' },
  ])('comes back as it was: %j', (recipient) => expect(recipientOf(keyOf(recipient))).toEqual(recipient));
});
