import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { openMailFiles, type MailFiles } from './mail-files';
import { framed, framePolicy, listPage, mailPage, notFoundPage, pagePolicy, recipientsOf } from './pages';

export type Mailbox = { readonly smtpPort: number; readonly httpPort: number; readonly close: () => Promise<void> };

/** Takes every mail that is sent to it, keeps it in `directory` and shows it. For trying the product out, on this machine only. */
export const startMailbox = async (settings: {
  readonly directory: string;
  readonly smtpPort: number;
  readonly httpPort: number;
}): Promise<Mailbox> => {
  const files = await openMailFiles(settings.directory);
  const smtp = smtpServer(files);
  const http = createServer((request, response) => {
    answer(files, request, response).catch((error: Error) => {
      console.error(`The mailbox could not answer ${request.url}: ${error.message}`);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    smtp.server.once('error', reject);
    smtp.listen(settings.smtpPort, '127.0.0.1', () => resolve());
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(settings.httpPort, '127.0.0.1', () => resolve());
  });
  return {
    smtpPort: (smtp.server.address() as AddressInfo).port,
    httpPort: (http.address() as AddressInfo).port,
    close: async () => {
      http.closeAllConnections();
      await new Promise<void>((closed) => http.close(() => closed()));
      await new Promise<void>((closed) => smtp.close(() => closed()));
    },
  };
};

const smtpServer = (files: MailFiles): SMTPServer => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (auth, _, done) => done(null, { user: auth.username ?? '' }),
    size: 25 * 1024 * 1024,
    onData: (stream, _, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(Object.assign(new Error('message too large'), { responseCode: 552 }));
        files.keep(Buffer.concat(chunks)).then(() => done(), done);
      });
    },
  });
  server.on('error', (error) => console.error(`The mailbox's SMTP server: ${error.message}`));
  return server;
};

const answer = async (files: MailFiles, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://mailbox');
  const send = (status: number, type: string, body: string, policy = pagePolicy) =>
    response
      .writeHead(status, {
        'content-type': type,
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
      .end(body);
  const html = 'text/html; charset=utf-8';
  // Other names for this address are those of a page elsewhere that wants to read the mails (DNS rebinding).
  if (!isLocal(request.headers.host)) return void send(421, 'text/plain', 'Ask for 127.0.0.1 or localhost.');

  const recipient = url.searchParams.get('to') ?? '';
  if (request.method === 'GET' && url.pathname === '/') {
    const all = await files.list();
    const chosen = recipient ? await files.list(recipient) : all;
    return void send(200, html, listPage(chosen, recipientsOf(all), recipient));
  }
  if (request.method === 'GET' && url.pathname === '/api/mails') {
    return void send(200, 'application/json; charset=utf-8', JSON.stringify(await files.list(recipient)));
  }
  const isDelete = request.method === 'DELETE' && url.pathname === '/api/mails';
  if (isDelete || (request.method === 'POST' && url.pathname === '/delete-all')) {
    if (!isOwnOrigin(request)) return void send(403, 'text/plain', 'Not from another site.');
    await files.clear();
    return void (isDelete ? response.writeHead(204).end() : response.writeHead(303, { location: '/' }).end());
  }
  const [, id = '', frame] = /^\/mails\/([^/]+)(\/html)?$/.exec(url.pathname) ?? [];
  const mail = request.method === 'GET' && id ? await files.find(id) : null;
  if (mail === null) return void send(404, html, notFoundPage());
  return void (frame ? send(200, html, framed(mail), framePolicy) : send(200, html, mailPage(mail)));
};

const isLocal = (host: string | undefined): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');

// A page with `referrer-policy: no-referrer` sends the origin "null"; then the browser's own word on the site decides.
const isOwnOrigin = ({ headers }: IncomingMessage): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin === undefined || headers.origin === `http://${headers.host}`;
};
