import { canonicalHash, type Body } from '@app/content';
import type { DisclosureEvent, HistoryRow, Part } from './disclosure';
import type { RouteStep, Route } from '@app/routes/domain/route';
import { contentHashOf, coverageHashOf, evolve, initialState, type Registered } from './disclosure';
import type { Organisation } from './seats';
import { statementOf, type OfficerAsOfThen, type Person, type Signature } from './signature';

/** Facts for specs: a disclosure of two parts and three items, and the people around it. */

export const at = '2030-01-02T00:00:00.000Z';
export const drafter: Person = { id: 'drafter', name: '起草 花子' };
export const colleague: Person = { id: 'colleague', name: '同僚 次郎' };
export const privacy: Person = { id: 'privacy', name: '保護 一郎' };
export const management: Person = { id: 'management', name: '管理 三郎' };

export const privacyOffice = {
  role: 'privacyOfficer',
  name: privacy.name,
  department: '管理本部',
  title: '法務部長',
} as const;
export const managementOffice = {
  role: 'managementOfficer',
  name: management.name,
  department: '事業本部',
  title: '本部長',
} as const;

/** Who holds which office, and nobody acts for anybody. */
export const organisation: Organisation = {
  offices: [
    { userId: privacy.id, ...privacyOffice },
    { userId: management.id, ...managementOffice },
  ],
  deputations: [],
};
/** The same with more offices and deputations. */
export const organisationWith = (
  more: Partial<{ readonly offices: Organisation['offices']; readonly deputations: Organisation['deputations'] }>,
): Organisation => ({
  offices: [...organisation.offices, ...(more.offices ?? [])],
  deputations: more.deputations ?? [],
});

export const step = (changes: Partial<RouteStep> = {}): RouteStep => ({
  signatories: [{ kind: 'role', role: 'privacyOfficer' }],
  meaning: 'review',
  quorum: { kind: 'all' },
  covers: 'everything',
  dueInBusinessDays: null,
  escalation: null,
  because: [{ kind: 'template', name: '標準' }],
  ...changes,
});
export const approvalStep = (changes: Partial<RouteStep> = {}): RouteStep =>
  step({ signatories: [{ kind: 'role', role: 'managementOfficer' }], meaning: 'approval', ...changes });
/** 個人情報保護責任者 reviews, 管理責任者 approves; what was not touched stays signed. */
export const route = (changes: Partial<Route> = {}): Route => ({
  templateId: 'standard',
  templateName: '標準',
  templateVersion: 1,
  carryOver: 'untouchedItems',
  oneSignsTwoSteps: false,
  steps: [step(), approvalStep()],
  ...changes,
});

export const textBody = (text: string): Body => ({
  type: 'doc',
  content: text === '' ? [] : [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
export const hashOfText = (text: string) => canonicalHash(textBody(text));
const item = (itemKey: string, number: number, title: string, text: string) => ({
  itemKey,
  number,
  title,
  body: textBody(text),
  bodyHash: hashOfText(text),
});

export const texts = { law: '日本国法が適用されます。', backup: '日次で保管します。', risk: 'TLS1.3で接続します。' };
export const parts: readonly Part[] = [
  {
    number: 'I',
    title: '最低限確認する内容',
    items: [item('I-1', 1, '国内法の適用状況', texts.law), item('I-2', 2, 'バックアップ', texts.backup)],
  },
  { number: 'II', title: '情報提供すべき内容', items: [item('II-1', 1, 'リスク対応', texts.risk)] },
];
export const editions: readonly HistoryRow[] = [
  { number: 1, issuedOn: '2028-04-01', historyText: '初版発行' },
  { number: 2, issuedOn: '2029-04-01', historyText: '組織変更に伴う見直し' },
];

export const registered: DisclosureEvent = {
  type: 'DisclosureRegistered',
  data: {
    disclosureId: 'd1',
    service: 'minato',
    serviceName: 'みなと医療クラウド',
    title: 'サービス仕様適合開示書',
    issuer: { name: '株式会社みなと' },
    by: drafter,
    at,
  },
};
export const imported: DisclosureEvent = {
  type: 'DisclosureImported',
  data: {
    source: { fileName: 'a.md', sha256: 'a'.repeat(64), byteSize: 9, mediaType: 'text/markdown', encoding: 'utf-8' },
    parts,
    editions,
    edition: { number: 2, issuedOn: '2029-04-01' },
    anomalies: [],
    by: drafter,
    at,
  },
};
export const started: DisclosureEvent = {
  type: 'RevisionStarted',
  data: { revisionId: 'r3', editionNumber: 3, causes: [{ type: 'configurationChange' }], by: drafter, at },
};
export const revised = (itemKey: string, from: string, to: string, by: Person = drafter): DisclosureEvent => ({
  type: 'ItemRevised',
  data: { itemKey, body: textBody(to), bodyHash: hashOfText(to), basedOn: hashOfText(from), by, at },
});
export const described: DisclosureEvent = {
  type: 'RevisionDescribed',
  data: { historyText: '接続方式の変更に伴う見直し', causes: [{ type: 'configurationChange' }], by: drafter, at },
};

export const newRisk = 'TLS1.3とクライアント証明書で接続します。';
/** Everything up to the submission. */
export const drafting = [registered, imported, started] as const;
export const ready = [...drafting, revised('II-1', texts.risk, newRisk), described] as const;

export const stateAfter = (...events: readonly DisclosureEvent[]): Registered => {
  const state = events.reduce(evolve, initialState);
  if (state.status !== 'Registered') throw new Error('the examples register a disclosure');
  return state;
};

const causes = [{ type: 'configurationChange' }] as const;
export const contentHashAfter = (...events: readonly DisclosureEvent[]): string =>
  contentHashOf(stateAfter(...events), 3, '接続方式の変更に伴う見直し', causes);
export const contentHash = contentHashAfter(...ready);

export const submittedWith = (
  asked: Route = route(),
  carriedOver: readonly Signature[] = [],
  before: readonly DisclosureEvent[] = ready,
): DisclosureEvent => ({
  type: 'SubmittedForReview',
  data: {
    revisionId: 'r3',
    route: asked,
    itemHashes: Object.fromEntries(
      stateAfter(...before).parts.flatMap(({ items }) => items.map(({ itemKey, bodyHash }) => [itemKey, bodyHash])),
    ),
    contentHash: contentHashAfter(...before),
    waivers: [],
    carriedOver,
    by: drafter,
    at,
  },
});

/** The signature that somebody gives in their own right; `changes` say what is special about it. */
export const signatureOf = (
  signer: Person,
  index: number,
  asked: RouteStep,
  changes: Partial<Signature> = {},
  before: readonly DisclosureEvent[] = ready,
): Signature => {
  const office = organisation.offices.find(({ userId }) => userId === signer.id);
  const officer: OfficerAsOfThen = office
    ? { role: office.role, name: office.name, department: office.department, title: office.title }
    : { role: null, name: signer.name, department: '', title: '' };
  const { onBehalfOf = null } = changes;
  const hash = contentHashAfter(...before);
  return {
    step: index,
    signer,
    officer,
    capacity: 'officer',
    onBehalfOf,
    meaning: asked.meaning,
    statement: statementOf({ meaning: asked.meaning, covers: asked.covers, editionNumber: 3, onBehalfOf }),
    contentHash: hash,
    coverageHash: coverageHashOf(asked.covers, hash, stateAfter(...before).parts, []),
    at,
    timeZone: 'Asia/Tokyo',
    reauthentication: 'password',
    ...changes,
  };
};
export const signed = (signature: Signature): DisclosureEvent => ({
  type: 'StepSigned',
  data: { revisionId: 'r3', signature, by: signature.signer, at },
});
export const completed = (index: number, by: Person): DisclosureEvent => ({
  type: 'StepCompleted',
  data: { revisionId: 'r3', step: index, by, at },
});
export const approvedBy = (by: Person, hash: string = contentHash): DisclosureEvent => ({
  type: 'RevisionApproved',
  data: { revisionId: 'r3', contentHash: hash, by, at },
});

export const inReview = [...ready, submittedWith()] as const;
export const reviewSigned = signed(signatureOf(privacy, 0, step()));
export const atSecondStep = [...inReview, reviewSigned, completed(0, privacy)] as const;
export const approvalSigned = signed(signatureOf(management, 1, approvalStep()));
export const approved = [...atSecondStep, approvalSigned, completed(1, management), approvedBy(management)] as const;
export const publishedEvent: DisclosureEvent = {
  type: 'EditionPublished',
  data: {
    revisionId: 'r3',
    number: 3,
    issuedOn: '2030-01-10',
    effectiveOn: '2030-02-01',
    contentHash,
    historyText: '接続方式の変更に伴う見直し',
    causes,
    waivers: [],
    signatures: [signatureOf(privacy, 0, step()), signatureOf(management, 1, approvalStep())],
    postReviews: [],
    by: drafter,
    at,
  },
};
export const published = [...approved, publishedEvent] as const;
