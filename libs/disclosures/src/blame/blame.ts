import { blocksOf, type Body, type LeafBlock } from '@app/content';
import { align } from '@app/content/align';
import { stateAfter, type Life, type Recorded } from '../as-of/life';
import type { Disclosure, Instant, ItemKey, Person } from '../domain/disclosure';
import { itemOf } from '../domain/lint';
import type { Signature } from '../domain/signature';

/** The event that gave a block the words it has. */
export type Origin = {
  readonly version: number;
  readonly position: string;
  readonly at: Instant;
  readonly by: Person;
  readonly kind: 'imported' | 'revised' | 'restored';
  /** Of a restored text: the place in the stream from which it was taken. */
  readonly restoredFrom: number | null;
  /** The edition it was written for. */
  readonly editionNumber: number;
};

/** A signature over a text that had the block as it is. */
export type Covering = { readonly editionNumber: number; readonly signature: Signature };

export type BlamedBlock = {
  readonly leaf: LeafBlock;
  readonly origin: Origin;
  /** Oldest first. */
  readonly signatures: readonly Covering[];
};

/**
 * Who wrote each block of an item, as it stood after the first `version` events, and who signed it; null when there was no
 * such item. Blocks are followed from edit to edit: one that is equal keeps its origin, also when it moved; one whose words,
 * formatting or attributes changed has a new one. The texts of the blocks, joined by newlines, are the item's text. Pure.
 */
export const blameOf = (life: Life, itemKey: ItemKey, version: number): readonly BlamedBlock[] | null => {
  let blocks: readonly BlamedBlock[] | null = null;
  /** What it is again when a revision ends without an edition. */
  let published: readonly BlamedBlock[] | null = null;
  let editionNumber = 0;
  for (const recorded of life.recorded.slice(0, version)) {
    const { event } = recorded;
    switch (event.type) {
      case 'DisclosureImported': {
        editionNumber = event.data.edition.number;
        const item = itemOf(event.data.parts, itemKey);
        if (item) blocks = rewritten([], item.body, originOf(recorded, 'imported', editionNumber));
        published = blocks;
        break;
      }
      case 'RevisionStarted':
        ({ editionNumber } = event.data);
        break;
      case 'ItemRevised':
        if (event.data.itemKey === itemKey) {
          const kind = event.data.restoredFrom === undefined ? 'revised' : 'restored';
          blocks = rewritten(blocks ?? [], event.data.body, originOf(recorded, kind, editionNumber));
        }
        break;
      case 'Rejected':
      case 'Withdrawn':
        blocks = published;
        break;
      case 'EditionPublished':
        blocks = signedBy(blocks, signaturesOver(stateAfter(life, recorded.version - 1), itemKey));
        published = blocks;
        break;
      default: // moves no text
    }
  }
  return signedBy(blocks, signaturesOver(stateAfter(life, version), itemKey));
};

const originOf = ({ event, version, position, at }: Recorded, kind: Origin['kind'], editionNumber: number): Origin => ({
  ...{ version, position, at, by: event.data.by, kind, editionNumber },
  restoredFrom: event.type === 'ItemRevised' ? (event.data.restoredFrom ?? null) : null,
});

/** The blocks of the new text: those that were there before, at the same place or at another, keep where they come from. */
const rewritten = (before: readonly BlamedBlock[], body: Body, origin: Origin): readonly BlamedBlock[] => {
  const leaves = blocksOf(body);
  const olds = before.map(({ leaf }) => leaf);
  const kept = new Map<number, BlamedBlock>();
  for (const pair of align(olds, leaves, { key: keyOf, kind: keyOf, text: ({ text }) => text })) {
    const old = pair.new === null ? null : (pair.old ?? pair.moved);
    if (pair.new === null || old === null || keyOf(olds[old]!) !== keyOf(leaves[pair.new]!)) continue;
    kept.set(pair.new, { ...before[old]!, leaf: leaves[pair.new]! });
  }
  return leaves.map((leaf, index) => kept.get(index) ?? { leaf, origin, signatures: [] });
};

/** Equal for blocks that read the same in the same kind of lists and quotations, as the difference engine has it. */
const keyOf = ({ node, place }: LeafBlock): string => JSON.stringify([node, place.containers]);

const signedBy = (blocks: readonly BlamedBlock[] | null, signatures: readonly Covering[]) =>
  signatures.length === 0
    ? blocks
    : (blocks?.map((block) => ({ ...block, signatures: [...block.signatures, ...signatures] })) ?? null);

/** The signatures that hold over the text in review, or approved, as far as they are about the item. */
const signaturesOver = (state: Disclosure, itemKey: ItemKey): readonly Covering[] => {
  if (state.status !== 'Registered') return [];
  const { revision } = state;
  if (revision.status !== 'inReview' && revision.status !== 'approved') return [];
  const { editionNumber, route, signatures } = revision;
  return signatures.flatMap((signature) => {
    const covers = route.steps[signature.step]?.covers ?? [];
    return covers === 'everything' || covers.includes(itemKey) ? [{ editionNumber, signature }] : [];
  });
};
