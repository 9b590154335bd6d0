import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { hashBody, type Body } from '@app/content';
import { PDF_PAGES } from '@app/importing';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { anomalyViews, settledAnomalies } from '../anomalies/settle-anomaly';
import { lifeOf, type Life } from '../as-of/life';
import { comparisonOf } from '../comparison/compare-disclosure';
import type { SettledAnomalies } from '../domain/anomaly';
import { itemsOf, type Item, type Part, type Registered } from '../domain/disclosure';
import { bodyWith, isWaiting, type Proposal, type ProposedFile } from '../domain/proposal';
import { proposalsOf, registeredDisclosure } from './decide-proposal';
import type { proposalView, proposedFileSummary, proposedFileView } from './proposals.contract';

export type ProposalView = z.infer<typeof proposalView>;
export type ProposedFileView = z.infer<typeof proposedFileView>;

/** The files of which something waits for a decision, newest first; null where there is no such disclosure. */
export class ListProposedFiles extends Query<readonly z.infer<typeof proposedFileSummary>[] | null> {
  constructor(readonly disclosureId: string) {
    super();
  }
}

@QueryHandler(ListProposedFiles)
export class ListProposedFilesHandler implements IQueryHandler<ListProposedFiles> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ disclosureId }: ListProposedFiles) {
    const disclosure = await registeredDisclosure(this.store, disclosureId);
    if (!disclosure) return null;
    const { files } = await proposalsOf(this.store, disclosureId);
    return files
      .filter((file) => isWaiting(file))
      .map(summaryOf)
      .toReversed();
  }
}

/** A file with everything that it proposes, beside the text as it is now; null where there is none. */
export class ShowProposedFile extends Query<ProposedFileView | null> {
  constructor(
    readonly disclosureId: string,
    readonly fileId: string,
  ) {
    super();
  }
}

@QueryHandler(ShowProposedFile)
export class ShowProposedFileHandler implements IQueryHandler<ShowProposedFile> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ disclosureId, fileId }: ShowProposedFile): Promise<ProposedFileView | null> {
    return proposedFileOf(this.store, disclosureId, fileId);
  }
}

/** null: there is no such file. */
export const proposedFileOf = async (
  store: EventStore,
  disclosureId: string,
  fileId: string,
): Promise<ProposedFileView | null> => {
  const disclosure = await registeredDisclosure(store, disclosureId);
  const file = (await proposalsOf(store, disclosureId)).files.find((each) => each.fileId === fileId);
  if (!disclosure || !file) return null;
  const life = await lifeOf(store, disclosureId);
  return fileViewOf(file, disclosure, life, await settledAnomalies(store, disclosureId));
};

const PDF = 'application/pdf';

const summaryOf = (file: ProposedFile): z.infer<typeof proposedFileSummary> => ({
  fileId: file.fileId,
  fileName: file.source.fileName,
  by: file.by,
  at: file.at,
  waiting: file.texts.filter(({ decision }) => decision === null).length,
});

const fileViewOf = (
  file: ProposedFile,
  { parts }: Registered,
  life: Life,
  settled: SettledAnomalies,
): ProposedFileView => {
  const missing = new Set(file.missing);
  return {
    ...summaryOf(file),
    closed: file.closed,
    mediaType: file.source.mediaType,
    sha256: file.source.sha256,
    byteSize: file.source.byteSize,
    unchanged: file.unchanged,
    missing: parts.flatMap((part) =>
      part.items
        .filter(({ itemKey }) => missing.has(itemKey))
        .map(({ itemKey, number, title }) => ({ itemKey, number, title, partNumber: part.number })),
    ),
    anomalies: anomalyViews(file.anomalies, settled, file.fileId),
    proposals: file.texts.map((text, index) => viewOf(text, index, file.source, parts, life)),
  };
};

const viewOf = (
  text: Proposal,
  index: number,
  { mediaType }: ProposedFile['source'],
  parts: readonly Part[],
  life: Life,
): ProposalView => {
  const { partNumber, number, title, body, bodyHash, place, decision } = text;
  const part = parts.find(({ items }) => items.some(({ itemKey }) => itemKey === text.place?.itemKey));
  const item = part?.items.find(({ itemKey }) => itemKey === text.place?.itemKey);
  const standing = standingOf(text, item);
  return {
    index,
    standing,
    inFile: { partNumber, number, title },
    item:
      part && item
        ? {
            itemKey: item.itemKey,
            number: item.number,
            title: item.title,
            bodyHash: item.bodyHash,
            partNumber: part.number,
          }
        : null,
    append: place?.append === true,
    page: mediaType === PDF && partNumber === PDF_PAGES ? number : null,
    difference: part && item && standing !== 'accepted' && standing !== 'same' ? differenceOf(part, item, text) : null,
    body: sent(body),
    bodyHash,
    texts:
      item && text.place && standing === 'edited'
        ? { before: textBefore(life, text.place), now: sent(item.body) }
        : null,
    decision: decision && { ...decision },
  };
};

const standingOf = (text: Proposal, item: Item | undefined): ProposalView['standing'] => {
  const { decision, place } = text;
  if (decision !== null) return decision.kind;
  if (!item || place === null) return 'unplaced';
  if (item.bodyHash === hashBody(bodyWith(text, item.body))) return 'same';
  return place.append || item.bodyHash === place.basedOn ? 'open' : 'edited';
};

/** Of one item, as every difference is made. */
const differenceOf = (part: Part, item: Item, text: Proposal): ProposalView['difference'] => {
  const body = bodyWith(text, item.body);
  const side = (one: Item) => ({
    label: '',
    contentHash: null,
    historyText: '',
    causes: [],
    parts: [{ ...part, items: [one] }],
  });
  return comparisonOf(side(item), side({ ...item, body, bodyHash: hashBody(body) })).items[0] ?? null;
};

/** The text of an item that had this hash. */
const textBefore = (
  { recorded }: Life,
  { itemKey, basedOn }: NonNullable<Proposal['place']>,
): ProposalView['body'] | null => {
  for (const { event } of recorded.toReversed()) {
    if (event.type === 'ItemRevised' && event.data.itemKey === itemKey && event.data.bodyHash === basedOn)
      return sent(event.data.body);
    if (event.type !== 'DisclosureImported') continue;
    const item = itemsOf(event.data.parts).find((each) => each.itemKey === itemKey && each.bodyHash === basedOn);
    if (item) return sent(item.body);
  }
  return null;
};

const sent = ({ content }: Body): ProposalView['body'] => ({ type: 'doc', content: [...content] });
