import { hashBody, type Body } from '@app/content';
import { assertNever } from '@app/event-sourcing';
import type { Anomaly } from './anomaly';
import type { ItemKey } from './disclosure';
import type { Hash, Instant, Person } from './signature';

/** The file that proposals came from. Its bytes are kept under the hash. */
export type ProposedSource = {
  readonly fileName: string;
  readonly sha256: Hash;
  readonly byteSize: number;
  readonly mediaType: string;
  readonly encoding: string;
};

/** A text of a file, and the item whose text it would become. */
export type ProposedText = {
  /** Where the file has it. */
  readonly partNumber: string;
  readonly number: number;
  readonly title: string;
  readonly body: Body;
  readonly bodyHash: Hash;
  /** null: it belongs to no item of the disclosure, as far as the file tells. */
  readonly place: Place | null;
};
/** An item, and the hash of the text that it had when the proposal was made: a later edit is seen by it. */
export type Place = {
  readonly itemKey: ItemKey;
  readonly basedOn: Hash;
  /** It comes after what the item says, which stays. */
  readonly append?: boolean | undefined;
};

type By = { readonly by: Person; readonly at: Instant };
type OfText = By & {
  readonly fileId: string;
  /** Counts the texts of the file from 0. */
  readonly index: number;
};

/** What can have happened in `proposals-{disclosureId}`: files whose texts wait for somebody's decision. */
export type ProposalEvent =
  | {
      readonly type: 'FileProposed';
      readonly data: By & {
        readonly fileId: string;
        readonly source: ProposedSource;
        /** What differs from the disclosure. */
        readonly texts: readonly ProposedText[];
        /** How many items say in the file what they say in the disclosure. */
        readonly unchanged: number;
        /** Items that the file does not have. */
        readonly missing: readonly ItemKey[];
        readonly anomalies: readonly Anomaly[];
      };
    }
  | { readonly type: 'ProposalPlaced'; readonly data: OfText & { readonly place: Place | null } }
  /** Some paragraphs of a text were taken out of it: they are a text of their own, the last of the file. */
  | {
      readonly type: 'ProposalDivided';
      readonly data: OfText & { readonly taken: ProposedText; readonly rest: Pick<ProposedText, 'body' | 'bodyHash'> };
    }
  | { readonly type: 'ProposalAccepted'; readonly data: OfText & { readonly itemKey: ItemKey } }
  | { readonly type: 'ProposalRefused'; readonly data: OfText }
  | { readonly type: 'ProposalsClosed'; readonly data: By & { readonly fileId: string } };

export type ProposalDecision = By & { readonly kind: 'accepted' | 'refused' };
export type Proposal = ProposedText & { readonly decision: ProposalDecision | null };
export type ProposedFile = Omit<Extract<ProposalEvent, { type: 'FileProposed' }>['data'], 'texts'> & {
  readonly texts: readonly Proposal[];
  /** Somebody put aside what was left of it. */
  readonly closed: boolean;
};

/** Every file that was ever proposed to a disclosure, oldest first; of those that are done with, no texts. */
export type Proposals = { readonly files: readonly ProposedFile[] };

export const noProposals: Proposals = { files: [] };

/** Whether anything of it waits for a decision. */
export const isWaiting = ({ closed, texts }: ProposedFile): boolean =>
  !closed && texts.some(({ decision }) => decision === null);

export const evolveProposals = (state: Proposals, event: ProposalEvent): Proposals => {
  switch (event.type) {
    case 'FileProposed': {
      const texts = event.data.texts.map((text) => ({ ...text, decision: null }));
      return { files: [...state.files, { ...event.data, texts, closed: false }] };
    }
    case 'ProposalPlaced': {
      const { place } = event.data;
      return withText(state, event.data, (text) => ({ ...text, place, decision: null }));
    }
    case 'ProposalDivided': {
      const { fileId, taken, rest } = event.data;
      const left = withText(state, event.data, (text) => ({ ...text, ...rest }));
      return withFile(left, fileId, (file) => ({ ...file, texts: [...file.texts, { ...taken, decision: null }] }));
    }
    case 'ProposalAccepted':
    case 'ProposalRefused': {
      const kind = event.type === 'ProposalAccepted' ? 'accepted' : 'refused';
      const { by, at } = event.data;
      return withText(state, event.data, (text) => ({ ...text, decision: { kind, by, at } }));
    }
    case 'ProposalsClosed':
      return withFile(state, event.data.fileId, (file) => ({ ...file, closed: true, texts: [] }));
    default:
      return assertNever(event);
  }
};

/** What an item that says `now` would say with a proposed text; what it ends with already is not added again. */
export const bodyWith = ({ body, place }: Pick<ProposedText, 'body' | 'place'>, now: Body): Body => {
  if (!place?.append) return body;
  const end = { type: 'doc' as const, content: now.content.slice(-body.content.length) };
  return hashBody(end) === hashBody(body) ? now : { type: 'doc', content: [...now.content, ...body.content] };
};

const withFile = ({ files }: Proposals, fileId: string, change: (file: ProposedFile) => ProposedFile): Proposals => ({
  files: files.map((file) => (file.fileId === fileId ? change(file) : file)),
});

const withText = (
  state: Proposals,
  { fileId, index }: Pick<OfText, 'fileId' | 'index'>,
  change: (text: Proposal) => Proposal,
): Proposals =>
  withFile(state, fileId, (file) => ({
    ...file,
    texts: file.texts.map((text, at) => (at === index ? change(text) : text)),
  }));
