import { createHash } from 'node:crypto';

// RFC 6962 §2.1 keeps leaves and nodes apart, so that no inner node can be passed off as a leaf.
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

const nodeOf = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right);

/** How many of `size` leaves (at least two) stand in the left subtree: the largest power of two below `size`. */
const leftOf = (size: number): number => 2 ** (31 - Math.clz32(size - 1));

const rootOf = (hashes: readonly Buffer[]): Buffer => {
  const [only] = hashes;
  if (only === undefined) return sha256();
  if (hashes.length === 1) return only;
  const left = leftOf(hashes.length);
  return nodeOf(rootOf(hashes.slice(0, left)), rootOf(hashes.slice(left)));
};

const hashesOf = (leaves: readonly Uint8Array[]): Buffer[] => leaves.map((leaf) => sha256(LEAF, leaf));

/** The Merkle tree hash of RFC 6962 §2.1 over the leaves in their order: 32 bytes; without leaves the hash of nothing. */
export const merkleRoot = (leaves: readonly Uint8Array[]): Buffer => rootOf(hashesOf(leaves));

/**
 * The audit path of RFC 6962 §2.1.1: what somebody who has one leaf needs besides to compute the root, from the bottom up.
 * @throws RangeError when there is no leaf at `index` (counted from 0)
 */
export const inclusionProof = (leaves: readonly Uint8Array[], index: number): readonly Buffer[] => {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length)
    throw new RangeError(`There is no leaf ${index}`);
  const path = (hashes: readonly Buffer[], at: number): readonly Buffer[] => {
    if (hashes.length === 1) return [];
    const left = leftOf(hashes.length);
    return at < left
      ? [...path(hashes.slice(0, left), at), rootOf(hashes.slice(left))]
      : [...path(hashes.slice(left), at - left), rootOf(hashes.slice(0, left))];
  };
  return path(hashesOf(leaves), index);
};

/** Whether `leaf` is the one at `index` (from 0) of the `size` leaves under `root`. Never throws. */
export const verifyInclusion = ({
  leaf,
  index,
  size,
  proof,
  root,
}: {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}): boolean => {
  const climb = (at: number, of: number, path: readonly Uint8Array[]): Buffer | null => {
    const sibling = path.at(-1);
    if (of === 1) return sibling === undefined ? sha256(LEAF, leaf) : null;
    if (sibling === undefined) return null;
    const left = leftOf(of);
    const own = at < left ? climb(at, left, path.slice(0, -1)) : climb(at - left, of - left, path.slice(0, -1));
    if (own === null) return null;
    return at < left ? nodeOf(own, sibling) : nodeOf(sibling, own);
  };
  if (![index, size].every(Number.isSafeInteger) || index < 0 || index >= size || size > 2 ** 31) return false;
  return climb(index, size, proof)?.equals(root) ?? false;
};
