import fc from 'fast-check';
import { inclusionProof, merkleRoot, verifyInclusion } from './merkle';

// The leaves and roots with which Certificate Transparency tests its own RFC 6962 trees.
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => Buffer.from(hex, 'hex'),
);
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const someLeaves = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 70 });
const leavesAndIndex = someLeaves.chain((all) =>
  fc.record({ all: fc.constant(all), index: fc.nat({ max: all.length - 1 }) }),
);

describe('a Merkle root', () => {
  it.each(roots.map((root, size) => ({ root, size })))('is that of RFC 6962 for $size leaves', ({ root, size }) => {
    expect(merkleRoot(leaves.slice(0, size)).toString('hex')).toBe(root);
  });

  it('is another one when any leaf is changed, taken away or repeated', () => {
    fc.assert(
      fc.property(leavesAndIndex, fc.uint8Array({ maxLength: 40 }), ({ all, index }, other) => {
        const root = merkleRoot(all);
        const leaf = all[index] as Uint8Array;
        fc.pre(!Buffer.from(leaf).equals(other));
        expect(merkleRoot([...all.slice(0, index), other, ...all.slice(index + 1)]).equals(root)).toBe(false);
        expect(merkleRoot(all.toSpliced(index, 1)).equals(root)).toBe(false);
        expect(merkleRoot([...all.slice(0, index), leaf, ...all.slice(index)]).equals(root)).toBe(false);
      }),
    );
  });
});

describe('a proof of inclusion', () => {
  it('is that of RFC 6962', () => {
    expect(inclusionProof(leaves, 0).map((hash) => hash.toString('hex'))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
  });

  it('convinces for every leaf of every tree', () => {
    fc.assert(
      fc.property(leavesAndIndex, ({ all, index }) => {
        const proof = inclusionProof(all, index);
        const leaf = all[index] as Uint8Array;
        expect(verifyInclusion({ leaf, index, size: all.length, proof, root: merkleRoot(all) })).toBe(true);
      }),
    );
  });

  it('convinces of nothing else: not of another leaf, place, path or root', () => {
    fc.assert(
      fc.property(leavesAndIndex, fc.uint8Array({ minLength: 32, maxLength: 32 }), ({ all, index }, other) => {
        const claim = {
          leaf: all[index] as Uint8Array,
          index,
          size: all.length,
          proof: inclusionProof(all, index),
          root: merkleRoot(all),
        };
        const { proof } = claim;
        fc.pre(!Buffer.from(claim.leaf).equals(other));
        expect(verifyInclusion({ ...claim, leaf: other })).toBe(false);
        expect(verifyInclusion({ ...claim, root: other })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...proof, other] })).toBe(false);
        expect(verifyInclusion({ ...claim, index: all.length })).toBe(false);
        expect(verifyInclusion({ ...claim, index: -1 })).toBe(false);
        if (proof.length === 0) return;
        const elsewhere = (index + 1) % all.length;
        const twin = Buffer.from(claim.leaf).equals(all[elsewhere] as Uint8Array); // stands there truly
        if (!twin) expect(verifyInclusion({ ...claim, index: elsewhere })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: proof.with(0, Buffer.from(other)) })).toBe(false);
      }),
    );
  });

  it('cannot be asked for a leaf that is not there', () => {
    expect(() => inclusionProof(leaves, 8)).toThrow('There is no leaf 8');
    expect(() => inclusionProof(leaves, -1)).toThrow(RangeError);
  });
});
