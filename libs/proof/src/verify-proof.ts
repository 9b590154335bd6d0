import { canonicalHash, type Body } from '@app/content';
import {
  contentHashOf,
  coverageHashOf,
  disclosureCodec,
  type DisclosureEvent,
  type HistoryRow,
  type RevisionCause,
  type SignedWaiver,
} from '@app/disclosures';
import { called, hashOf, type EventMetadata, type NewEvent } from '@app/event-sourcing';
import { bytesOf, chainOf, headText, isSignedBy, keyIdOf, verifyInclusion, type Head } from '@app/sealing';
import type { z } from 'zod';
import { firstDifference, isSame } from './differences';
import { editionSchema, type PrintedEdition } from './edition';
import { finding, type Finding } from './finding';
import { proofSchema, type Proof, type ProvenEvent } from './proof';
import { isSameSignature } from './same-signature';

/** What a proof is held against, besides itself. */
export type Expected = {
  /** The edition's data as attached to the PDF. */
  readonly edition?: unknown;
  /** Ids (fingerprints) of the keys that the verifier trusts. */
  readonly keys?: readonly string[] | undefined;
  /** A head that the verifier has kept. */
  readonly pinned?: Head | undefined;
};

export type ProofVerification = {
  /** Everything that does not hold, in the order of the chain from the text to the key; empty when all does. */
  readonly findings: readonly Finding[];
  /** The proof, when it is one. */
  readonly proof: Proof | null;
  /** Whether the head that was kept could be compared: it can when the proof has the seal of that number. */
  readonly pinned: 'none' | 'same' | 'notInProof';
};

/** Checks a proof, given as parsed JSON of any origin. Pure; never throws. */
export const verifyProof = (given: unknown, expected: Expected = {}): ProofVerification => {
  const read = proofSchema.safeParse(given);
  if (!read.success)
    return { findings: [malformed('ProofMalformed', 'proof', read.error)], proof: null, pinned: 'none' };
  const proof = read.data;
  const findings = [
    ...checkAttached(proof, expected.edition),
    ...checkEdition(proof.edition),
    ...(canonicalHash(proof.edition) === proof.editionHash ? [] : [wrongEditionHash]),
    ...checkEvents(proof),
    ...checkAgainstLog(proof),
    ...checkSeals(proof, expected),
  ];
  const { pinned } = expected;
  const compared = pinned && proof.seals.some(({ batch }) => batch === pinned.batch);
  return { findings, proof, pinned: pinned ? (compared ? 'same' : 'notInProof') : 'none' };
};

/** Whether an edition's data agrees with itself: every text with its hash, and all of them with the hash that was signed. */
export const verifyEdition = (
  given: unknown,
): { readonly findings: readonly Finding[]; readonly edition: PrintedEdition | null } => {
  const read = editionSchema.safeParse(given);
  return read.success
    ? { findings: checkEdition(read.data), edition: read.data }
    : { findings: [malformed('EditionMalformed', 'edition', read.error)], edition: null };
};

const malformed = (code: 'ProofMalformed' | 'EditionMalformed', at: string, error: z.ZodError): Finding => {
  const [issue] = error.issues;
  const place = [at, ...(issue?.path ?? [])].map((step) =>
    typeof step === 'number' ? `[${step}]` : `.${String(step)}`,
  );
  const where = place.join('').slice(1);
  return code === 'ProofMalformed'
    ? finding(
        code,
        where,
        `証明の形が正しくありません（${where}）。`,
        `The proof is malformed at ${where}: ${issue?.message}.`,
      )
    : finding(
        code,
        where,
        `版のデータの形が正しくありません（${where}）。`,
        `The data of the edition is malformed at ${where}: ${issue?.message}.`,
      );
};

const wrongEditionHash = finding(
  'EditionHashDiffers',
  'editionHash',
  '証明に記された版のハッシュが、版のデータのハッシュと異なります。',
  'The hash of the edition in the proof is not that of its data.',
);

// The edition in itself -------------------------------------------------

const checkAttached = ({ edition }: Proof, attached: unknown): readonly Finding[] => {
  if (attached === undefined) return [];
  const difference = firstDifference(attached, edition);
  if (difference === null) return [];
  const at = `edition${difference}`;
  return [
    finding(
      'EditionDiffers',
      at,
      `PDFに添付された版のデータが、証明の対象の版と異なります（${at}）。`,
      `The edition attached to the PDF is not the one that the proof is of: they differ at ${at}.`,
    ),
  ];
};

const checkEdition = (edition: PrintedEdition): readonly Finding[] => {
  const changed = edition.parts.flatMap((part, p) =>
    part.items.flatMap((item, i) => {
      if (hashOfBody(item.body) === item.bodyHash) return [];
      const name = `${part.number}-${item.number}`;
      return [
        finding(
          'ItemChanged',
          `edition.parts[${p}].items[${i}]`,
          `${name}「${item.title}」の本文が、そのハッシュと合いません。`,
          `The text of ${name} does not fit its hash.`,
        ),
      ];
    }),
  );
  if (contentHashIn(edition) === edition.contentHash) return changed;
  return [
    ...changed,
    finding(
      'ContentHashDiffers',
      'edition.contentHash',
      '見出し・版数・改訂内容・発行者・項目のハッシュのいずれかが、署名された内容ハッシュと合いません。',
      'Titles, number, reason of the revision, issuer or the hashes of the items do not fit the content hash that was signed.',
    ),
  ];
};

const hashOfBody = (body: unknown): string | null => (body === undefined ? null : canonicalHash(body));

const contentHashIn = ({
  service,
  serviceName,
  title,
  issuer,
  parts,
  number,
  historyText,
  causes,
  waivers,
}: PrintedEdition) =>
  contentHashOf(
    { service, serviceName, title, issuer, parts: withBodies(parts) },
    number,
    historyText,
    causes as RevisionCause[],
    waivers as SignedWaiver[],
  );

const withBodies = (parts: PrintedEdition['parts']) =>
  parts.map((part) => ({ ...part, items: part.items.map((item) => ({ ...item, body: item.body as Body })) }));

// The events ------------------------------------------------------------

const storedAs = ({ event }: ProvenEvent): NewEvent & Pick<ProvenEvent['event'], 'stream' | 'version'> => ({
  ...event,
  metadata: event.metadata as EventMetadata,
});

const checkEvents = ({ events, edition }: Proof): readonly Finding[] =>
  events.flatMap((proven, i) => {
    const { event, previousHash, hash } = proven;
    const at = `events[${i}]`;
    const name = called(event);
    const before = events[i - 1];
    const found: Finding[] = [];
    if (event.stream !== `disclosure-${edition.disclosureId}`) {
      found.push(
        finding(
          'EventUnrelated',
          at,
          `イベント${name}は、この開示書のものではありません。`,
          `Event ${name} is not one of this disclosure.`,
        ),
      );
    }
    if (hashOf(previousHash, storedAs(proven)) !== hash) {
      found.push(
        finding(
          'EventChanged',
          at,
          `イベント${name}（${event.type}）の内容が、そのハッシュと合いません。`,
          `Event ${name} (${event.type}) does not fit its hash.`,
        ),
      );
    }
    const follows =
      before === undefined ||
      (before.event.version < event.version &&
        (before.seal < proven.seal || (before.seal === proven.seal && before.index < proven.index)));
    const linked =
      before?.event.version === event.version - 1
        ? previousHash === before.hash
        : (event.version === 1) === (previousHash === null);
    if (!follows || !linked) {
      found.push(
        finding(
          'EventsOutOfOrder',
          at,
          `イベント${name}が、その前に記録されたイベントに続いていません。`,
          `Event ${name} does not follow on the event before it.`,
        ),
      );
    }
    return found;
  });

/** The events as the product reads them; null for one that it cannot read. */
const readEvents = (events: Proof['events']): readonly (DisclosureEvent | null)[] =>
  events.map(({ event }) => {
    try {
      return disclosureCodec.decode(event);
    } catch {
      return null;
    }
  });

type Read<T extends DisclosureEvent['type']> = Extract<DisclosureEvent, { type: T }>;

/** Whether the edition says what the log says. */
const checkAgainstLog = ({ edition, events, coverage }: Proof): readonly Finding[] => {
  const read = readEvents(events);
  const unread = read.indexOf(null);
  if (unread !== -1) {
    const at = `events[${unread}]`;
    return [
      finding(
        'EventChanged',
        at,
        `${at}は、開示書のイベントとして読めません。`,
        `${at} cannot be read as an event of a disclosure.`,
      ),
    ];
  }
  const all = read.filter((event) => event !== null);
  const last = all.at(-1);
  const registered = all.find((event) => event.type === 'DisclosureRegistered');
  const imported = all.find((event) => event.type === 'DisclosureImported');
  const published = all.filter((event) => event.type === 'EditionPublished');
  if (registered === undefined) return [missing('DisclosureRegistered', '登録', 'the registration of the disclosure')];
  // No disclosure is registered without its import.
  if (imported === undefined) return [missing('DisclosureImported', '取込み', 'the import of the disclosure')];
  if (last === undefined || last.type !== (edition.origin === 'imported' ? 'DisclosureImported' : 'EditionPublished'))
    return [
      missing(
        edition.origin === 'imported' ? 'DisclosureImported' : 'EditionPublished',
        'この版の公開',
        'the publication of this edition',
      ),
    ];

  return [
    ...checkRegistration(edition, registered),
    ...(last.type === 'DisclosureImported' ? checkImport(edition, last) : []),
    ...(last.type === 'EditionPublished' ? checkPublication(edition, last, events.length - 1) : []),
    ...checkNumbers(imported, published),
    ...checkHistory(edition, imported, published),
    ...checkSignatures(edition, all, coverage),
    ...checkPostReviews(edition, all, last),
  ];
};

const missing = (type: string, ja: string, en: string): Finding =>
  finding(
    'EventMissing',
    `events.${type}`,
    `${ja}のイベント（${type}）が証明にありません。`,
    `The event of ${en} (${type}) is not in the proof.`,
  );

const fieldNames: Readonly<Record<string, string>> = {
  disclosureId: '開示書のID',
  service: '公開名',
  serviceName: 'サービス名',
  title: '文書名',
  issuer: '発行者',
  number: '版数',
  issuedOn: '発行日',
  effectiveOn: '施行日',
  contentHash: '内容ハッシュ',
  historyText: '改訂内容',
  causes: '改訂理由',
  waivers: '受け入れた指摘',
  signatures: '署名の記録',
  parts: '本文',
};

const checkFields = (
  code: 'NotAsRegistered' | 'NotAsPublished',
  edition: object,
  logged: { readonly [field: string]: unknown },
): readonly Finding[] =>
  Object.entries(logged).flatMap(([field, value]) => {
    const difference = firstDifference((edition as Record<string, unknown>)[field], value);
    if (difference === null) return [];
    const at = `edition.${field}${difference}`;
    const what = fieldNames[field] ?? field;
    return [
      code === 'NotAsRegistered'
        ? finding(code, at, `${what}が、登録の記録と異なります。`, `${field} is not what was registered.`)
        : finding(code, at, `${what}が、公開の記録と異なります。`, `${field} is not what was published.`),
    ];
  });

const checkRegistration = (edition: PrintedEdition, { data }: Read<'DisclosureRegistered'>): readonly Finding[] => {
  const { disclosureId, service, serviceName, title, issuer } = data;
  return checkFields('NotAsRegistered', edition, { disclosureId, service, serviceName, title, issuer });
};

const checkImport = (edition: PrintedEdition, { data }: Read<'DisclosureImported'>): readonly Finding[] => {
  const { number, issuedOn } = data.edition;
  const historyText = data.editions.find((row) => row.number === number)?.historyText ?? '';
  return checkFields('NotAsPublished', edition, {
    ...{ number, issuedOn, effectiveOn: issuedOn, historyText, parts: data.parts },
    ...{ causes: [], waivers: [], signatures: [], postReviews: [] },
  });
};

/** What was stored in a shape of before is lifted on both sides; nothing may be left over that the log does not know. */
const checkPublication = (
  edition: PrintedEdition,
  { data }: Read<'EditionPublished'>,
  index: number,
): readonly Finding[] => {
  const { number, issuedOn, effectiveOn, contentHash, historyText, causes, waivers } = data;
  const fields = checkFields('NotAsPublished', edition, {
    number,
    issuedOn,
    effectiveOn,
    contentHash,
    historyText,
    causes,
    waivers,
  });
  if (edition.signatures.length !== data.signatures.length) {
    return [
      ...fields,
      finding(
        'SignatureDiffers',
        'edition.signatures',
        `署名の数が、公開の記録（events[${index}]）と異なります。`,
        `There are not as many signatures as the publication recorded (events[${index}]).`,
      ),
    ];
  }
  const signatures = edition.signatures.flatMap((signature, i) => {
    const difference = firstDifference(lifted(signature), data.signatures[i]);
    return difference === null
      ? []
      : [signatureDiffers(`edition.signatures[${i}]${difference}`, i, '公開', 'its publication')];
  });
  return [...fields, ...signatures];
};

const signatureDiffers = (at: string, index: number, ja: string, en: string): Finding =>
  finding(
    'SignatureDiffers',
    at,
    `${index + 1}番目の署名が、${ja}の記録と異なります（${at}）。`,
    `Signature ${index + 1} is not the one that ${en} recorded: they differ at ${at}.`,
  );

/** A signature's record in today's shape, whatever it says; as it is when it is none. */
export const lifted = (signature: unknown): unknown => {
  const by = { id: '-', name: '' };
  const at = '2000-01-01T00:00:00.000Z';
  try {
    const { data } = disclosureCodec.decode({
      type: 'StepSigned',
      schemaVersion: 2,
      data: { by, at, revisionId: '-', signature },
    }) as Read<'StepSigned'>;
    // What the codec does not know would be dropped here, and stay in what is printed.
    return knows(data.signature, signature) ? data.signature : signature;
  } catch {
    return signature;
  }
};

/** Whether every key of `raw` is in `read`, at any depth. */
const knows = (read: unknown, raw: unknown): boolean =>
  typeof raw !== 'object' ||
  raw === null ||
  (typeof read === 'object' &&
    read !== null &&
    Object.entries(raw).every(([key, value]) => key in read && knows((read as Record<string, unknown>)[key], value)));

/** Editions are numbered one by one from the imported one on: a publication that was left out with its row shows. */
const checkNumbers = (
  { data: { edition } }: Read<'DisclosureImported'>,
  published: readonly Read<'EditionPublished'>[],
): readonly Finding[] =>
  published.flatMap(({ data: { number } }, i) => {
    const next = (published[i - 1]?.data.number ?? edition.number) + 1;
    return number === next
      ? []
      : [missing('EditionPublished', `第${next}版の公開`, `the publication of edition ${next}`)];
  });

/** 改訂履歴 as the log tells it: the rows that were imported, and one for each publication. */
const checkHistory = (
  { revisionHistory }: PrintedEdition,
  { data: { edition, editions } }: Read<'DisclosureImported'>,
  published: readonly Read<'EditionPublished'>[],
): readonly Finding[] => {
  const own = editions.find((row) => row.number === edition.number);
  const rows: readonly HistoryRow[] = [
    ...editions.filter((row) => row.number < edition.number),
    { ...edition, historyText: own?.historyText ?? '' },
    ...published.map(({ data: { number, issuedOn, historyText } }) => ({ number, issuedOn, historyText })),
  ];
  const length = Math.max(rows.length, revisionHistory.length);
  const first = Array.from({ length }, (_, i) => i).find((i) => !isSame(rows[i], revisionHistory[i]));
  if (first === undefined) return [];
  const at = `edition.revisionHistory[${first}]`;
  const number = (rows[first] ?? revisionHistory[first])?.number;
  return [
    finding(
      'HistoryDiffers',
      at,
      `改訂履歴の第${number}版の行が、公開の記録と異なります。`,
      `The row of edition ${number} in the revision history is not what was published.`,
    ),
  ];
};

const checkSignatures = (
  edition: PrintedEdition,
  events: readonly DisclosureEvent[],
  coverage: Proof['coverage'],
): readonly Finding[] => {
  const given = events.flatMap((event) => (event.type === 'StepSigned' ? [event.data.signature] : []));
  const parts = withBodies(edition.parts);
  return edition.signatures.flatMap((printed, i) => {
    const at = `edition.signatures[${i}]`;
    const logged = given.find((signature) => isSameSignature(printed, signature));
    if (logged === undefined) {
      return [
        finding(
          'SignatureDiffers',
          at,
          `${i + 1}番目の署名が、署名の記録（StepSigned）にありません。`,
          `Signature ${i + 1} is not among the events of signing (StepSigned).`,
        ),
      ];
    }
    const difference = firstDifference(lifted(printed), { ...logged, step: printed['step'] });
    if (difference !== null) return [signatureDiffers(at + difference, i, '署名', 'the signing')];
    const covers = coverage.find(({ signature }) => signature === i)?.itemKeys ?? 'everything';
    const hash = coverageHashOf(covers, edition.contentHash, parts, edition.waivers as SignedWaiver[]);
    if (logged.coverageHash === hash && (covers !== 'everything' || logged.contentHash === hash)) return [];
    return [
      finding(
        'CoverageDiffers',
        at,
        `${i + 1}番目の署名は、この本文への署名ではありません。`,
        `Signature ${i + 1} is not one over this text.`,
      ),
    ];
  });
};

/** Each has its event, and what was published with its 後閲 has those and no others. */
const checkPostReviews = (
  edition: PrintedEdition,
  events: readonly DisclosureEvent[],
  publication: DisclosureEvent,
): readonly Finding[] => {
  const { revisionId, postReviews } =
    publication.type === 'EditionPublished' ? publication.data : { revisionId: null, postReviews: [] };
  const printed = (postReview: object) => ({ ...postReview, afterPublication: false });
  const given = events.flatMap((event) =>
    event.type === 'PostReviewed' && event.data.revisionId === revisionId ? [printed(event.data.postReview)] : [],
  );
  const difference =
    firstDifference(edition.postReviews, given) ??
    (postReviews && firstDifference(edition.postReviews, postReviews.map(printed)));
  if (difference === null || difference === undefined) return [];
  const at = `edition.postReviews${difference}`;
  return [
    finding(
      'PostReviewDiffers',
      at,
      `後閲の記録が、記録と異なります（${at}）。`,
      `The records of 後閲 are not those of the log: they differ at ${at}.`,
    ),
  ];
};

// The seals -------------------------------------------------------------

const checkSeals = ({ events, seals, head, keys }: Proof, { keys: trusted, pinned }: Expected): readonly Finding[] => {
  const found: Finding[] = [];
  const add = (code: Finding['code'], at: string, ja: string, en: string) => found.push(finding(code, at, ja, en));

  for (const [i, { event, hash, seal: batch, index, path }] of events.entries()) {
    const at = `events[${i}]`;
    const seal = seals.find((one) => one.batch === batch);
    if (!seal) {
      add(
        'SealMissing',
        at,
        `イベント${called(event)}を封じた封印${batch}が証明にありません。`,
        `Seal ${batch}, which vouches for event ${called(event)}, is not in the proof.`,
      );
      continue;
    }
    const claim = { leaf: bytesOf(hash), index, size: seal.size, proof: path.map(bytesOf), root: bytesOf(seal.root) };
    if (!verifyInclusion(claim))
      add(
        'NotInSeal',
        at,
        `イベント${called(event)}が、封印${batch}に含まれていると確認できません。`,
        `Event ${called(event)} is not shown to be in seal ${batch}.`,
      );
  }

  for (const [i, key] of keys.entries())
    if (keyIdOf(Buffer.from(key.publicKey, 'base64')) !== key.id)
      add(
        'KeyMalformed',
        `keys[${i}]`,
        '公開鍵が、その指紋と合いません。',
        'A public key does not fit its fingerprint.',
      );

  for (const [i, seal] of seals.entries()) {
    const at = `seals[${i}]`;
    const before = seals[i - 1];
    if (chainOf(seal) !== seal.chain)
      add(
        'SealChanged',
        at,
        `封印${seal.batch}の記載が、その連鎖ハッシュと合いません。`,
        `What seal ${seal.batch} says does not fit its chain hash.`,
      );
    const follows =
      before === undefined ||
      (before.batch < seal.batch && before.last < seal.first && before.sealedAt <= seal.sealedAt);
    if (!follows || (before?.batch === seal.batch - 1 && before.chain !== seal.previous))
      add(
        'SealChainBroken',
        at,
        `封印${seal.batch}が、直前の封印に連なっていません。`,
        `Seal ${seal.batch} does not follow on the seal before it.`,
      );
    const key = keys.find(({ id }) => id === seal.keyId);
    if (!key || !isSignedBy(Buffer.from(key.publicKey, 'base64'), bytesOf(seal.chain), bytesOf(seal.signature)))
      add(
        'BadSignature',
        at,
        `封印${seal.batch}の署名が、鍵${seal.keyId}によるものと確認できません。`,
        `The signature of seal ${seal.batch} is not one by the key ${seal.keyId}.`,
      );
    if (trusted && !trusted.includes(seal.keyId))
      add(
        'KeyDiffers',
        at,
        `封印${seal.batch}は、指定された鍵ではなく、鍵${seal.keyId}で署名されています。`,
        `Seal ${seal.batch} is signed with the key ${seal.keyId}, which is not one that was given.`,
      );
    if (pinned?.batch === seal.batch && pinned.chain !== seal.chain)
      add(
        'HeadDiffers',
        at,
        `封印${seal.batch}が、控えておいた値と異なります。`,
        `Seal ${seal.batch} is not the one whose head was kept.`,
      );
  }

  const newest = seals.at(-1);
  const publication = events.at(-1)?.seal ?? 0;
  const run = seals.filter(({ batch }) => batch >= publication);
  const gap = run.findIndex(({ batch }, i) => batch !== publication + i);
  if (gap > 0) {
    const number = publication + gap;
    add('SealMissing', 'seals', `封印${number}が証明にありません。`, `Seal ${number} is not in the proof.`);
  }
  if (!newest || headText(newest) !== head)
    add(
      'HeadDiffers',
      'head',
      '証明の末尾の値が、最後の封印と異なります。',
      'The head of the proof is not its last seal.',
    );
  return found;
};
