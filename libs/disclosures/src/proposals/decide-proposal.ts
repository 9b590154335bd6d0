import { EVENT_STORE, currentState, handle, type EventStore, type Handled } from '@app/event-sourcing';
import { hashBody, pairItems } from '@app/content';
import type { Caller } from '@app/http';
import type { ImportedItems } from '@app/importing';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as newId } from 'uuid';
import { revise } from '../as-of/revise-item';
import { placedItems } from '../comparison/compare-disclosure';
import { disclosureCodec } from '../disclosure.codec';
import type { Anomaly } from '../domain/anomaly';
import type { Part } from '../domain/disclosure';
import { disclosureDecider, type DisclosureRejection } from '../domain/disclosure.decider';
import { itemOf } from '../domain/lint';
import { bodyWith, type Place, type Proposals, type ProposedText } from '../domain/proposal';
import {
  proposalDecider,
  textOf,
  type Paragraphs,
  type ProposalCommand,
  type ProposalRejection,
} from '../domain/proposal.decider';
import { proposalCodec } from './proposal.codec';

export type ProposingRejection = ProposalRejection | DisclosureRejection;
type By = Pick<Caller, 'by' | 'at' | 'metadata'>;

/** Puts the items of a file beside those of a disclosure; what differs waits for decisions. */
export class ProposeFile extends Command<Handled<ProposingRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly fileId: string,
    readonly file: ImportedItems,
    readonly caller: By,
  ) {
    super();
  }
}

export type ProposalAction =
  /** `basedOn`: the hash of the text that was shown beside it. */
  | { readonly type: 'accept'; readonly basedOn: string }
  | { readonly type: 'refuse' }
  | {
      readonly type: 'place';
      readonly itemKey: string | null;
      readonly append?: boolean | undefined;
      readonly paragraphs?: Paragraphs | undefined;
    };

/** Decides about one text of a file, or says which item it is of. */
export class DecideProposal extends Command<Handled<ProposingRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly fileId: string,
    readonly index: number,
    readonly action: ProposalAction,
    readonly caller: By,
  ) {
    super();
  }
}

/** Puts aside what nobody has decided of a file. */
export class CloseProposals extends Command<Handled<ProposingRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly fileId: string,
    readonly caller: By,
  ) {
    super();
  }
}

export const proposalsOf = (store: EventStore, disclosureId: string): Promise<Proposals> =>
  currentState(store, proposalDecider, proposalCodec, `proposals-${disclosureId}`);

export const registeredDisclosure = async (store: EventStore, disclosureId: string) => {
  const state = await currentState(store, disclosureDecider, disclosureCodec, `disclosure-${disclosureId}`);
  return state.status === 'Registered' ? state : null;
};

/**
 * What of a file differs from a disclosure, which of its items the file does not have, and what the importer was unsure of,
 * each with the item of the disclosure that it is about. Pure.
 */
export const textsProposed = (
  parts: readonly Part[],
  file: Pick<ImportedItems, 'parts' | 'asPages' | 'anomalies'>,
): {
  readonly texts: readonly ProposedText[];
  readonly unchanged: number;
  readonly missing: readonly string[];
  readonly anomalies: readonly Anomaly[];
} => {
  const inFile = file.parts.flatMap((part) =>
    part.items.map((item) => ({ ...item, partNumber: part.number, bodyHash: hashBody(item.body) })),
  );
  if (file.asPages)
    return {
      texts: inFile.map((text) => ({ ...asText(text), place: null })),
      ...{ unchanged: 0, missing: [], anomalies: file.anomalies },
    };
  const pairs = pairItems(placedItems(parts), inFile, 'likeness');
  const texts = pairs.flatMap(({ before, after }): readonly ProposedText[] => {
    if (after === null || before?.bodyHash === after.bodyHash) return [];
    return [{ ...asText(after), place: before && { itemKey: before.itemKey, basedOn: before.bodyHash } }];
  });
  const keys = new Map(pairs.map(({ before, after }) => [after?.itemKey, before?.itemKey]));
  return {
    texts,
    anomalies: file.anomalies.map(({ itemKey: inFileKey, ...anomaly }) => {
      const itemKey = inFileKey === undefined ? undefined : keys.get(inFileKey);
      return itemKey === undefined ? anomaly : { ...anomaly, itemKey };
    }),
    unchanged: pairs.filter(({ before, after }) => before && before.bodyHash === after?.bodyHash).length,
    missing: pairs.flatMap(({ before, after }) => (after === null ? [before.itemKey] : [])),
  };
};

const asText = ({ partNumber, number, title, body, bodyHash }: Omit<ProposedText, 'place'>) => ({
  ...{ partNumber, number, title, body, bodyHash },
});

@CommandHandler(ProposeFile)
export class ProposeFileHandler implements ICommandHandler<ProposeFile> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ disclosureId, fileId, file, caller }: ProposeFile): Promise<Handled<ProposingRejection>> {
    const disclosure = await registeredDisclosure(this.store, disclosureId);
    if (!disclosure) return rejected({ type: 'DisclosureNotFound' });
    const { source } = file;
    const proposed = textsProposed(disclosure.parts, file);
    return decide(this.store, disclosureId, caller, { type: 'ProposeFile', fileId, source, ...proposed });
  }
}

@CommandHandler(DecideProposal)
export class DecideProposalHandler implements ICommandHandler<DecideProposal> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ disclosureId, fileId, index, action, caller }: DecideProposal): Promise<Handled<ProposingRejection>> {
    const of = { fileId, index };
    switch (action.type) {
      case 'refuse':
        return decide(this.store, disclosureId, caller, { type: 'RefuseProposal', ...of });
      case 'place': {
        const { itemKey, append, paragraphs } = action;
        const place = await this.placeOf(disclosureId, of, itemKey, append);
        if (place === 'unknown') return rejected({ type: 'UnknownItem', itemKey: itemKey ?? '' });
        const chosen = paragraphs ? { paragraphs } : {};
        return decide(this.store, disclosureId, caller, { type: 'PlaceProposal', ...of, place, ...chosen });
      }
      case 'accept':
        return this.accept(disclosureId, of, action.basedOn, caller);
    }
  }

  private async placeOf(
    disclosureId: string,
    of: OfText,
    itemKey: string | null,
    append: boolean | undefined,
  ): Promise<Place | null | 'unknown'> {
    if (itemKey === null) return null;
    const disclosure = await registeredDisclosure(this.store, disclosureId);
    const item = disclosure && itemOf(disclosure.parts, itemKey);
    if (!item) return 'unknown';
    const { files } = await proposalsOf(this.store, disclosureId);
    // One that replaced the others of its file would undo them.
    const others = files
      .find(({ fileId }) => fileId === of.fileId)
      ?.texts.some(
        ({ place, decision }, at) => at !== of.index && place?.itemKey === itemKey && decision?.kind !== 'refused',
      );
    return { itemKey, basedOn: item.bodyHash, ...((append ?? others) ? { append: true } : {}) };
  }

  /** First the edit, then that it was accepted: where only the first comes about, the item says it already, and nothing is lost. */
  private async accept(
    disclosureId: string,
    of: OfText,
    basedOn: string,
    caller: By,
  ): Promise<Handled<ProposingRejection>> {
    const file = (await proposalsOf(this.store, disclosureId)).files.find(({ fileId }) => fileId === of.fileId);
    const text = file && textOf(file, of.index);
    if (!file || !text) return rejected({ type: 'UnknownProposal' });
    if ('type' in text) return rejected(text);
    if (text.place === null) return rejected({ type: 'ProposalNotPlaced' });
    const { itemKey, append } = text.place;
    const accepting = { type: 'AcceptProposal', ...of, itemKey } as const;
    // What was accepted may have been edited since: that stays.
    if (text.decision?.kind === 'accepted') return decide(this.store, disclosureId, caller, accepting);
    const disclosure = await registeredDisclosure(this.store, disclosureId);
    const item = disclosure && itemOf(disclosure.parts, itemKey);
    if (!item) return rejected({ type: 'UnknownItem', itemKey });
    const { fileName, sha256 } = file.source;
    const body = bodyWith(text, item.body);
    const edit = {
      ...{ itemKey, body, bodyHash: hashBody(body), fromFile: { fileName, sha256 } },
      // What is only added to replaces nothing that somebody has to have seen.
      basedOn: append ? item.bodyHash : basedOn,
    };
    const edited = await revise(this.store, disclosureId, edit, caller);
    return edited.outcome === 'rejected' ? edited : decide(this.store, disclosureId, caller, accepting);
  }
}

@CommandHandler(CloseProposals)
export class CloseProposalsHandler implements ICommandHandler<CloseProposals> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ disclosureId, fileId, caller }: CloseProposals): Promise<Handled<ProposingRejection>> {
    return decide(this.store, disclosureId, caller, { type: 'CloseProposals', fileId });
  }
}

type OfText = { readonly fileId: string; readonly index: number };

type Asked = ProposalCommand extends infer C ? (C extends ProposalCommand ? Omit<C, 'by' | 'at'> : never) : never;

const decide = (
  store: EventStore,
  disclosureId: string,
  { by, at, metadata }: By,
  asked: Asked,
): Promise<Handled<ProposalRejection>> =>
  handle(
    { store, decider: proposalDecider, codec: proposalCodec, newId },
    { stream: `proposals-${disclosureId}`, command: { ...asked, by, at } as ProposalCommand, metadata },
  );

const rejected = (rejection: ProposingRejection): Handled<ProposingRejection> => ({ outcome: 'rejected', rejection });
