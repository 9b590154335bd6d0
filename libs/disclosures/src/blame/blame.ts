import { blocksOf, type Block, type Body, type LeafBlock } from '@app/content';
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
  const kept = keptFrom(
    before.map(({ leaf }) => keyOf(leaf)),
    leaves.map(keyOf),
  );
  return leaves.map((leaf, index) => {
    const same = before[kept.get(index) ?? -1];
    return same ? { ...same, leaf } : { leaf, origin, signatures: [] };
  });
};

/** Of the new ones that were there before, which old ones they are, as the difference engine aligns them. */
const keptFrom = (old: readonly string[], now: readonly string[]): ReadonlyMap<number, number> => {
  // What is equal at both ends, most of a text, need not be aligned.
  let [head, tail] = [0, 0];
  const shorter = Math.min(old.length, now.length);
  while (head < shorter && old[head] === now[head]) head++;
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const pairs = align(old.slice(head, old.length - tail), now.slice(head, now.length - tail), {
    ...{ key: (key) => key, kind: (key) => key, text: (key) => key },
  });
  const kept = new Map<number, number>();
  for (let at = 0; at < head; at++) kept.set(at, at);
  for (let at = 1; at <= tail; at++) kept.set(now.length - at, old.length - at);
  for (const pair of pairs) {
    const from = pair.new === null ? null : (pair.old ?? pair.moved);
    if (pair.new !== null && from !== null && old[head + from] === now[head + pair.new])
      kept.set(head + pair.new, head + from);
  }
  return kept;
};

/** Equal for blocks that read the same in the same kind of lists and quotations, as the difference engine has it. */
const keyOf = ({ node, place }: LeafBlock): string => {
  const known = written.get(node) ?? JSON.stringify(node);
  written.set(node, known);
  return place.containers.length === 0 ? known : `${known}${JSON.stringify(place.containers)}`;
};

/** The edits of a life share the blocks that they left alone. */
const written = new WeakMap<Block, string>();

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
