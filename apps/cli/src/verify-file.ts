import { fingerprintOf, fingerprintsIn } from '@app/proof';
import {
  closePdfPool,
  languages,
  reportOf,
  verifyFile as verify,
  whyNotVerified,
  type FileVerification,
  type Language,
  type Level,
} from '@app/publishing';
import { parseHead } from '@app/sealing';
import { certificatesIn } from '@app/sealing/time-stamping';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { print } from './installation';

type Options = {
  readonly proof?: string;
  readonly key?: readonly string[];
  readonly pinned?: string;
  readonly timestampCa?: readonly string[];
  readonly lang: string;
  readonly json?: boolean;
};

/** 0: it holds, down to the seals. 1: something does not hold. 2: it could not be checked. 3: nothing contradicts, but there is no proof. */
const exitCodes: Readonly<Record<Level, number>> = { refused: 1, document: 3, log: 0, key: 0 };
const NOT_CHECKED = 2;

const MAX_BYTES = 200 * 1024 * 1024;

/** What keeps a file from being checked, in both languages; no stack. */
class NotChecked extends Error {
  constructor(
    readonly ja: string,
    readonly en: string,
  ) {
    super(en);
  }
}

/** Checks a PDF of an edition without database or network. */
export const verifyFile = async (file: string, options: Options): Promise<void> => {
  const language: Language = options.lang === 'en' ? 'en' : 'ja';
  try {
    if (!languages.some((known) => known === options.lang))
      throw new NotChecked('--lang には ja か en を指定してください。', 'Give ja or en with --lang.');
    const keys = options.key && (await Promise.all(options.key.map(keysOf))).flat();
    const pinned = options.pinned === undefined ? undefined : parseHead(options.pinned);
    if (pinned === null)
      throw new NotChecked(
        '--pinned には、12:3fa9… のように、封印の番号と64桁のハッシュを指定してください。',
        'Give the number of a seal and its hash of 64 digits with --pinned, such as 12:3fa9….',
      );
    const bytes = await bytesOf(file);
    const proof = options.proof === undefined ? undefined : (await bytesOf(options.proof)).toString('utf8');
    const timeStampRoots = options.timestampCa && (await Promise.all(options.timestampCa.map(rootsOf))).flat();
    const verified = await verify(bytes, { proof, keys, pinned, timeStampRoots, printAgain: true });
    process.exitCode = exitCodes[verified.level];
    print(options.json ? asJson(verified, process.exitCode, language) : inWords(verified, language));
  } catch (error) {
    const why = error instanceof NotChecked ? error : whyNotVerified(error);
    if (why === null) throw error;
    const { ja, en } = why;
    process.exitCode = NOT_CHECKED;
    if (options.json) print({ format: 'kaijisho.verification.v1', level: null, exitCode: NOT_CHECKED, ja, en });
    else console.error(language === 'ja' ? ja : en);
  } finally {
    await closePdfPool();
  }
};

const bytesOf = async (path: string): Promise<Buffer> => {
  const trouble = (ja: string, en: string) =>
    new NotChecked(`${path} を読めません：${ja}`, `${path} cannot be read: ${en}`);
  try {
    if ((await stat(path)).size > MAX_BYTES) throw trouble('200 MB を超えています。', 'it has more than 200 MB.');
    return await readFile(path);
  } catch (error) {
    if (error instanceof NotChecked) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT'
      ? trouble('その名前のファイルがありません。', 'there is no file of that name.')
      : trouble(code, code);
  }
};

/** A fingerprint, or a file with fingerprints or public keys. */
const keysOf = async (text: string): Promise<readonly string[]> => {
  const fingerprint = fingerprintOf(text);
  if (fingerprint !== null) return [fingerprint];
  if (!existsSync(text))
    throw new NotChecked(
      `--key には、鍵の指紋（64桁の16進数）か、公開鍵のファイルを指定してください。「${text}」は指紋ではなく、その名前のファイルもありません。`,
      `Give the fingerprint of a key (64 hex digits) or a file of public keys with --key: “${text}” is no fingerprint, and there is no file of that name.`,
    );
  const keys = fingerprintsIn((await bytesOf(text)).toString('utf8'));
  if (keys.length === 0)
    throw new NotChecked(
      `${text} に、公開鍵（PEM）も指紋（64桁の16進数）もありません。`,
      `${text} has neither a public key (PEM) nor a fingerprint (64 hex digits).`,
    );
  return keys;
};

/** The certificates in a file. */
const rootsOf = async (path: string): Promise<readonly Uint8Array[]> => {
  const roots = certificatesIn((await bytesOf(path)).toString('utf8'));
  if (roots.length === 0)
    throw new NotChecked(`${path} に、証明書（PEM）がありません。`, `${path} has no certificate (PEM).`);
  return roots;
};

const asJson = (verified: FileVerification, exitCode: number, language: Language): object => {
  const { level, findings, edition, printing, proof, pinned, timeStamp, printedAgain } = verified;
  const { proves, doesNotProve, heading } = reportOf(verified, language);
  return {
    ...{ format: 'kaijisho.verification.v1', level, exitCode, heading, findings },
    edition: edition && {
      ...{ service: edition.service, number: edition.number, issuedOn: edition.issuedOn },
      ...{ effectiveOn: edition.effectiveOn, contentHash: edition.contentHash },
    },
    verificationPage: printing?.verificationPage ?? null,
    appearance: printing?.appearance ?? null,
    head: proof?.head ?? null,
    keys: [...new Set(proof?.seals.map(({ keyId }) => keyId))],
    ...{ pinned, timeStamp, printedAgain, proves, doesNotProve },
  };
};

const inWords = (verified: FileVerification, language: Language): string => {
  const { heading, facts, proves, doesNotProve } = reportOf(verified, language);
  const findings = verified.findings.map(({ ja, en, at }) => (language === 'ja' ? `${ja}［${at}］` : `${en} [${at}]`));
  const section = (title: readonly [ja: string, en: string], lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', title[language === 'ja' ? 0 : 1], ...lines.map((line) => `  ・${line}`)];
  return [
    heading,
    ...facts.map(([label, value]) => `  ${label}：${value}`),
    ...section(['一致しないところ', 'What does not hold'], findings),
    ...section(['確かめられたこと', 'What it proves'], proves),
    ...section(['この検証では分からないこと', 'What it does not prove'], doesNotProve),
  ].join('\n');
};
