import { hashBody } from '@app/content';
import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import type { ItemKey } from './disclosure';
import {
  evolveProposals,
  noProposals,
  type Place,
  type Proposal,
  type ProposalEvent,
  type Proposals,
  type ProposedFile,
} from './proposal';
import type { Hash, Instant, Person } from './signature';

/** Places in the text that has this hash, from 0. */
export type Paragraphs = { readonly of: Hash; readonly at: readonly number[] };

type OfText = { readonly fileId: string; readonly index: number };

export type ProposalCommand = { readonly by: Person; readonly at: Instant } & (
  | ({ readonly type: 'ProposeFile' } & Omit<Extract<ProposalEvent, { type: 'FileProposed' }>['data'], 'by' | 'at'>)
  /** Says by hand which item a text is of, or some paragraphs of it: those become a text of their own. */
  | (OfText & { readonly type: 'PlaceProposal'; readonly place: Place | null; readonly paragraphs?: Paragraphs })
  /** Its text is the item's now: the edit itself is in the disclosure's stream. */
  | (OfText & { readonly type: 'AcceptProposal'; readonly itemKey: ItemKey })
  | (OfText & { readonly type: 'RefuseProposal' })
  | { readonly type: 'CloseProposals'; readonly fileId: string }
);

export type ProposalRejection =
  | { readonly type: 'NothingProposed'; readonly unchanged: number }
  | { readonly type: 'UnknownProposal' }
  | { readonly type: 'ProposalNotPlaced' }
  /** It was divided since, or has no such paragraphs. */
  | { readonly type: 'ProposalDividedSince' }
  | { readonly type: 'ProposalAlreadyAccepted'; readonly acceptedBy: Person };

type Outcome = Decision<ProposalEvent, ProposalRejection>;

export const decideProposal = (command: ProposalCommand, { files }: Proposals): Outcome => {
  const { by, at, fileId } = command;
  const file = files.find((each) => each.fileId === fileId);
  if (command.type === 'ProposeFile') {
    const { type: _, ...proposed } = command;
    if (file) return accept();
    if (proposed.texts.length === 0) return reject({ type: 'NothingProposed', unchanged: proposed.unchanged });
    return accept({ type: 'FileProposed', data: proposed });
  }
  if (!file) return reject({ type: 'UnknownProposal' });
  if (command.type === 'CloseProposals')
    return file.closed ? accept() : accept({ type: 'ProposalsClosed', data: { fileId, by, at } });

  const { index } = command;
  const found = textOf(file, index);
  if ('type' in found) return reject(found);
  const { decision } = found;
  switch (command.type) {
    case 'PlaceProposal': {
      if (decision?.kind === 'accepted') return reject(alreadyAccepted(decision.by));
      const { place, paragraphs } = command;
      const chosen = paragraphs && divided(found, paragraphs);
      if (chosen === null) return reject({ type: 'ProposalDividedSince' });
      if (chosen === undefined || chosen.rest.body.content.length === 0)
        return accept({ type: 'ProposalPlaced', data: { fileId, index, place, by, at } });
      const { taken, rest } = chosen;
      return accept({ type: 'ProposalDivided', data: { fileId, index, taken: { ...taken, place }, rest, by, at } });
    }
    case 'AcceptProposal':
      if (decision?.kind === 'accepted') return accept();
      return accept({ type: 'ProposalAccepted', data: { fileId, index, itemKey: command.itemKey, by, at } });
    case 'RefuseProposal':
      if (decision?.kind === 'accepted') return reject(alreadyAccepted(decision.by));
      if (decision?.kind === 'refused') return accept();
      return accept({ type: 'ProposalRefused', data: { fileId, index, by, at } });
    default:
      return assertNever(command);
  }
};

/** A text of a file that is not closed. */
export const textOf = (file: ProposedFile, index: number): Proposal | ProposalRejection =>
  (file.closed ? undefined : file.texts[index]) ?? { type: 'UnknownProposal' };

/** null where it is another text by now. */
const divided = ({ decision: _, ...text }: Proposal, { of, at }: Paragraphs) => {
  const { content } = text.body;
  if (text.bodyHash !== of || at.length === 0 || at.some((each) => content[each] === undefined)) return null;
  const half = (isTaken: boolean) => {
    const body = { type: 'doc' as const, content: content.filter((_block, i) => at.includes(i) === isTaken) };
    return { body, bodyHash: hashBody(body) };
  };
  return { taken: { ...text, ...half(true) }, rest: half(false) };
};

const alreadyAccepted = (acceptedBy: Person): ProposalRejection => ({ type: 'ProposalAlreadyAccepted', acceptedBy });

export const proposalDecider: Decider<ProposalCommand, Proposals, ProposalEvent, ProposalRejection> = {
  initialState: noProposals,
  evolve: evolveProposals,
  decide: decideProposal,
};
