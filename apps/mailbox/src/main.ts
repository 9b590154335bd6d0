import { join, resolve } from 'node:path';
import { startMailbox } from './mailbox';

const portFrom = (name: string, otherwise: number): number => {
  const port = Number(process.env[name] ?? otherwise);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`${name} must be a port number, and is ${process.env[name]}`);
};

const main = async (): Promise<void> => {
  const mailbox = await startMailbox({
    directory: join(resolve(process.env['DATA_DIR'] ?? 'data'), 'mailbox'),
    smtpPort: portFrom('MAILBOX_SMTP_PORT', 1025),
    httpPort: portFrom('MAILBOX_HTTP_PORT', 8025),
  });
  console.log(`Mailbox: http://127.0.0.1:${mailbox.httpPort}/ (SMTP on 127.0.0.1:${mailbox.smtpPort})`);
  const stop = () => void mailbox.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

main().catch((error: Error) => {
  console.error(`The mailbox could not start: ${error.message}`);
  process.exit(1);
});
