import { randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { timeStampQuery, TimeStampRefused, tokenInAnswer, verifyTimeStamp } from './time-stamp';

/** Whom to ask for time stamps, and whom to believe. */
export type TimeStampAuthority = {
  readonly url: URL;
  /** Object identifier of the policy to ask for; by default the authority's own. */
  readonly policy: string | undefined;
  /** DER. */
  readonly roots: readonly Uint8Array[];
};

/**
 * The authority that the environment names, or null when it names none: then seals get no time stamps. Its roots are those that
 * are named, else those that Node.js comes with.
 * @throws Error that names the variable which is wrong
 */
export const readTimeStampAuthority = (env: NodeJS.ProcessEnv): TimeStampAuthority | null => {
  const { TIMESTAMP_URL: address, TIMESTAMP_POLICY: policy } = env;
  if (!address) return null;
  if (!/^https?:\/\//.test(address) || !URL.canParse(address))
    throw new Error(
      'TIMESTAMP_URL has to be the address of a time stamping authority, such as https://tsa.example.com',
    );
  if (policy && !/^[0-2](\.(0|[1-9]\d*))+$/.test(policy))
    throw new Error('TIMESTAMP_POLICY has to be an object identifier, such as 1.2.392.200091.1');
  return { url: new URL(address), policy: policy || undefined, roots: namedTimeStampRoots(env) ?? rootsOfNode() };
};

/**
 * The roots in `TIMESTAMP_CA_FILE`, or null when none is named. A stamp is looked at years after it was made: the file keeps
 * the roots of every authority that was ever asked.
 * @throws Error when the file cannot be read or has no certificate
 */
export const namedTimeStampRoots = ({ TIMESTAMP_CA_FILE: path }: NodeJS.ProcessEnv): readonly Uint8Array[] | null => {
  if (!path) return null;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`TIMESTAMP_CA_FILE cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  const roots = certificatesIn(text);
  if (roots.length === 0) throw new Error('TIMESTAMP_CA_FILE has no certificate (PEM)');
  return roots;
};

const rootsOfNode = (): readonly Uint8Array[] => rootCertificates.map((pem) => new X509Certificate(pem).raw);

/** The certificates of a PEM file, in DER; empty when there are none, or one cannot be read. */
export const certificatesIn = (text: string): readonly Uint8Array[] => {
  const pems = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    return pems.map((pem) => new X509Certificate(pem).raw);
  } catch {
    return [];
  }
};

const PATIENCE_MS = 15_000;
/** A token with a chain of certificates has some 10 kB. */
const MAX_ANSWER = 100_000;

/**
 * A token over the SHA-256 of `data` by the authority, checked.
 * @throws TimeStampRefused when the answer is none to rely on
 * @throws Error when there is no answer
 */
export const askForTimeStamp = async (
  { url, policy, roots }: TimeStampAuthority,
  data: Uint8Array,
  patienceMs = PATIENCE_MS,
): Promise<Buffer> => {
  const query = await timeStampQuery(data, randomBytes(16), policy);
  const token = await tokenInAnswer(await post(url, query.der, patienceMs), query, policy);
  await verifyTimeStamp(token, data, roots);
  return token;
};

/** What goes wrong is said by the name of the host: an address may have a password in it. */
const post = async (url: URL, body: Uint8Array, patienceMs: number): Promise<Uint8Array> => {
  const bare = new URL(url);
  [bare.username, bare.password] = ['', ''];
  const secret = [url.username, url.password].map(decodeURIComponent).join(':');
  const headers = {
    'content-type': 'application/timestamp-query',
    accept: 'application/timestamp-reply',
    ...(secret === ':' ? {} : { authorization: `Basic ${Buffer.from(secret).toString('base64')}` }),
  };
  let response: Response;
  const parts: Uint8Array[] = [];
  try {
    const signal = AbortSignal.timeout(patienceMs);
    response = await fetch(bare, { method: 'POST', headers, body: new Uint8Array(body), redirect: 'manual', signal });
    let size = 0;
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > MAX_ANSWER) throw new TimeStampRefused('Malformed', `${url.host} answers more than a stamp can be`);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof TimeStampRefused) throw error;
    const { name, cause } = error as Error;
    const why =
      name === 'TimeoutError' ? `in ${patienceMs / 1000} seconds` : ((cause as NodeJS.ErrnoException)?.code ?? name);
    throw new Error(`The time stamping authority ${url.host} does not answer (${why})`);
  }
  if (response.status !== 200) throw new Error(`The time stamping authority ${url.host} answers ${response.status}`);
  return Buffer.concat(parts);
};
