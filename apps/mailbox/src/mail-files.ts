import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';

/** A mail as the page and the tests want it. `error` is set for a file that could not be read as a mail. */
export type KeptMail = {
  readonly id: string;
  readonly receivedAt: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly date: string | null;
  readonly messageId: string | null;
  readonly text: string;
  readonly html: string;
  readonly links: readonly string[];
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly error?: string;
};

export type MailFiles = {
  readonly keep: (raw: Uint8Array) => Promise<void>;
  /** Newest first; all of them, or those to one address. */
  readonly list: (recipient?: string) => Promise<readonly KeptMail[]>;
  readonly find: (id: string) => Promise<KeptMail | null>;
  readonly clear: () => Promise<void>;
};

const fileName = /^(\d{13})-(\d{6})-[0-9a-f-]{36}\.eml$/;

/** One `.eml` file per mail; its name holds the instant of arrival and a number that keeps the order within one instant. */
export const openMailFiles = async (directory: string): Promise<MailFiles> => {
  await mkdir(directory, { recursive: true });
  let arrived = 0;
  // A file never changes, so it is parsed once.
  const parsed = new Map<string, KeptMail>();

  const names = async () =>
    (await readdir(directory))
      .filter((name) => fileName.test(name))
      .toSorted()
      .toReversed();
  const read = async (name: string): Promise<KeptMail> => {
    const known = parsed.get(name);
    if (known) return known;
    const mail = await readMail(name, join(directory, name));
    parsed.set(name, mail);
    return mail;
  };

  return {
    keep: async (raw) => {
      const order = String(arrived++ % 1_000_000).padStart(6, '0');
      const path = join(directory, `${Date.now()}-${order}-${randomUUID()}.eml`);
      await writeFile(`${path}.part`, raw);
      await rename(`${path}.part`, path);
    },
    list: async (recipient) => {
      const mails: KeptMail[] = [];
      for (const name of await names()) mails.push(await read(name));
      return recipient ? mails.filter(({ to }) => to.some((address) => addressIn(address) === recipient)) : mails;
    },
    find: async (id) => {
      const name = `${id}.eml`;
      return fileName.test(name) && (await names()).includes(name) ? read(name) : null;
    },
    clear: async () => {
      for (const name of await names()) await rm(join(directory, name), { force: true });
      parsed.clear();
    },
  };
};

const readMail = async (name: string, path: string): Promise<KeptMail> => {
  const id = name.slice(0, -'.eml'.length);
  const receivedAt = new Date(Number(name.slice(0, 13))).toISOString();
  const none = { date: null, messageId: null, text: '', html: '', links: [], headers: [] };
  try {
    const raw = await readFile(path);
    const mail = await PostalMime.parse(raw);
    if (!mail.from && !mail.to && !mail.subject) throw new Error('neither sender, recipient nor subject');
    return { id, receivedAt, ...contentOf(mail) };
  } catch (error) {
    return { ...none, id, receivedAt, from: '', to: [], subject: '', error: String(error) };
  }
};

const contentOf = (mail: Email) => ({
  from: written(mail.from),
  to: (mail.to ?? []).map(written),
  subject: mail.subject ?? '',
  date: mail.date ?? null,
  messageId: mail.messageId ?? null,
  text: mail.text ?? '',
  html: mail.html ?? '',
  links: linksOf(mail),
  headers: mail.headers.map(({ originalKey, key, value }) => ({ name: originalKey || key, value })),
});

const written = (who: Email['from']): string => {
  if (!who?.address) return who?.name ?? '';
  return who.name ? `${who.name} <${who.address}>` : who.address;
};

/** The address in `Name <address>` or in `address`. */
export const addressIn = (written: string): string => /<([^<>]*)>$/.exec(written)?.[1] ?? written;

const linksOf = ({ text = '', html = '' }: Email): readonly string[] => {
  const inHtml = [...html.matchAll(/href="([^"]+)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'));
  const inText = [...text.matchAll(/https?:\/\/[^\s<>「」（）]+/g)].map(([url]) => url);
  return [...new Set([...inHtml, ...inText])];
};
