import { createTransport, type Transporter } from 'nodemailer';

/** So many mails are under way at a time, each in a session of its own. */
export const LANES = 8;

export type MailTransport = Pick<Transporter, 'sendMail' | 'close'>;

/**
 * The way to the company's mail server, e.g. `smtp://user:secret@mail.example.jp:587` or `smtps://…`. Its sessions are kept for the mails
 * that follow, until it is closed. Every wait is bounded, so that a delivery that hangs ends long before its lease does.
 */
export const createMailTransport = (smtpUrl: string): MailTransport =>
  createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: LANES,
    maxMessages: 100,
    // A mail whose session ended unanswered may have been taken: whether it is sent again is decided by the outbox, which counts it.
    maxRequeues: 0,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
