import { createTransport, type Transporter } from 'nodemailer';

/**
 * The way to the company's mail server, e.g. `smtp://user:secret@mail.example.jp:587` or `smtps://…`.
 * One session per mail. Every wait is bounded, so that a delivery that hangs ends long before its lease does.
 */
export const createMailTransport = (smtpUrl: string): Transporter =>
  createTransport({
    url: smtpUrl,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
