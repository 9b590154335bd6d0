import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps what it takes, and can be told to keep its "250" to itself. */
export type MailServer = {
  readonly url: string;
  /** Every mail that arrived whole, in order; one that was sent twice is there twice. */
  readonly mails: readonly Email[];
  /** From now on mails are taken, but nobody is told so, until `answer`. */
  readonly withhold: () => void;
  readonly answer: () => void;
  readonly close: () => Promise<void>;
};

/** @param port default: any */
export const startMailServer = async (port = 0): Promise<MailServer> => {
  const mails: Email[] = [];
  let withheld: (() => void)[] | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          mails.push(mail);
          if (withheld) withheld.push(done);
          else done();
        }, done);
      });
    },
  });
  server.on('error', () => {}); // a worker that was killed has not said goodbye
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: actual } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${actual}`,
    mails,
    withhold: () => void (withheld ??= []),
    answer: () => {
      withheld?.forEach((done) => done());
      withheld = null;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};
