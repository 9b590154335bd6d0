import { BounceUnreadable, readBounce } from './bounce';

const returned = `Return-Path: <kaijisho@example.jp>
Message-ID:
 <0f3a@kaijisho.example.jp>
Subject: =?UTF-8?B?5pyf6ZmQ?=
To: mio@example.jp
`;

/** As Postfix writes one. */
const notification = ({
  action = 'failed',
  original = `Content-Type: message/rfc822\n\n${returned}\nbody`,
  headers = 'Message-ID: <20310512.dsn@mx.example.jp>',
} = {}): string => `Return-Path: <>
From: MAILER-DAEMON@mx.example.jp (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: kaijisho@example.jp
Auto-Submitted: auto-replied
MIME-Version: 1.0
${headers}
Content-Type: multipart/report; report-type=delivery-status; boundary="A"

--A
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--A
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.jp
Arrival-Date: Mon, 12 May 2031 10:00:00 +0900 (JST)

Final-Recipient: rfc822; mio@example.jp
Original-Recipient: rfc822;mio@example.jp
Action: ${action}
Status: 5.1.1
Remote-MTA: dns; mail.example.jp
Diagnostic-Code: smtp; 550 5.1.1 <mio@example.jp>: Recipient address
    rejected: User unknown

--A
Content-Description: Undelivered Message
${original}

--A--
`;

const bytes = (text: string): Uint8Array => Buffer.from(text);
const whyNot = async (raw: Uint8Array): Promise<string> =>
  readBounce(raw).then(
    () => 'read',
    (error: unknown) => (error instanceof BounceUnreadable ? error.why : String(error)),
  );

describe('a delivery status notification', () => {
  const bounce = {
    id: '<20310512.dsn@mx.example.jp>',
    messageId: '<0f3a@kaijisho.example.jp>',
    reason: 'Returned: 550 5.1.1 <mio@example.jp>: Recipient address rejected: User unknown',
  };

  it('says which mail came back, and why', async () => {
    expect(await readBounce(bytes(notification()))).toEqual(bounce);
    expect(await readBounce(bytes(notification().replaceAll('\n', '\r\n')))).toEqual(bounce);
  });

  it('says so with the headers of the mail alone, or with an answer to it', async () => {
    const headersOnly = notification({ original: `Content-Type: text/rfc822-headers\n\n${returned}` });
    expect(await readBounce(bytes(headersOnly))).toEqual(bounce);
    const answer = notification({
      original: 'Content-Type: text/plain\n\nnothing',
      headers: 'Message-ID: <20310512.dsn@mx.example.jp>\nIn-Reply-To: <0f3a@kaijisho.example.jp>',
    });
    expect(await readBounce(bytes(answer))).toEqual(bounce);
  });

  it('is told from another by its content where it has no Message-ID of its own', async () => {
    const [one, again, other] = await Promise.all(
      ['X-A: 1', 'X-A: 1', 'X-A: 2'].map((headers) => readBounce(bytes(notification({ headers })))),
    );
    expect(one?.id).toMatch(/^[0-9a-f]{64}$/);
    expect(again?.id).toBe(one?.id);
    expect(other?.id).not.toBe(one?.id);
  });

  it('of a mail that is late, or has arrived, is no bounce', async () => {
    for (const action of ['delayed', 'delivered', 'relayed', 'expanded'])
      expect(await whyNot(bytes(notification({ action })))).toBe('notGivenUp');
  });

  it('that does not say which mail, and what is none at all, is refused', async () => {
    expect(await whyNot(bytes(notification({ original: 'Content-Type: text/plain\n\nnothing' })))).toBe('noMessageId');
    const nonsense = [
      '',
      'hello',
      'From: mio@example.jp\nSubject: Re: 期限\n\n不在にしております。',
      '\0\xff\xfe'.repeat(500),
      notification().slice(0, 500),
      `Content-Type: multipart/mixed; boundary="x"\n\n${'--x\nContent-Type: multipart/mixed; boundary="x"\n\n'.repeat(2_000)}`,
    ];
    for (const raw of nonsense) expect(await whyNot(Buffer.from(raw, 'latin1'))).toBe('notABounce');
  });
});
