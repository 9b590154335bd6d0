import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps what it takes, and can be told to keep its "250" to itself, to lose it, to be slow, or to refuse. */
export type MailServer = {
  readonly url: string;
  /** Every mail that arrived whole, in order; one that was sent twice is there twice. */
  readonly mails: readonly Email[];
  /** From now on, or after some more were answered, mails are taken but nobody is told so, until `answer`. */
  readonly withhold: (after?: number) => void;
  readonly answer: () => void;
  /** The Message-IDs of the mails that were taken, of which nobody has been told yet. */
  readonly unanswered: () => readonly (string | undefined)[];
  /** From now on each answer takes up to so long. */
  readonly answerWithin: (milliseconds: number) => void;
  /** The next mails are taken, and the session is cut instead of an answer. */
  readonly loseAnswers: (count: number) => void;
  /** From now on nothing is taken for that address. */
  readonly refuse: (address: string) => void;
  readonly close: () => Promise<void>;
};

/** @param port default: any */
export const startMailServer = async (port = 0): Promise<MailServer> => {
  const mails: Email[] = [];
  const refused = new Set<string>();
  let withheld: { readonly messageId: string | undefined; readonly done: () => void }[] | null = null;
  let [toAnswer, toLose, slowness] = [0, 0, 0];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onRcptTo: ({ address }, _, done) =>
      done(refused.has(address) ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          mails.push(mail);
          if (toLose > 0) {
            toLose--;
            cut(server, session.id);
          } else if (withheld && toAnswer-- <= 0) withheld.push({ messageId: mail.messageId, done });
          else setTimeout(done, Math.random() * slowness);
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
    withhold: (after = 0) => {
      withheld ??= [];
      toAnswer = after;
    },
    answer: () => {
      withheld?.forEach(({ done }) => done());
      withheld = null;
    },
    unanswered: () => withheld?.map(({ messageId }) => messageId) ?? [],
    answerWithin: (milliseconds) => void (slowness = milliseconds),
    loseAnswers: (count) => void (toLose = count),
    refuse: (address) => void refused.add(address),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};

/** Ends a session without a word. */
const cut = (server: SMTPServer, sessionId: string): void => {
  const { connections } = server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> };
  for (const connection of connections) if (connection.id === sessionId) connection._socket.destroy();
};
