import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { officerRoles } from '@app/officers/domain/officer-role';
import { proofText } from '@app/proof';
import type { EditionDocument } from '../../libs/publishing/src/edition-document';
import { layouts, printDataOf, TEXT_ORDER, type Printing } from '../../libs/publishing/src/pdf/print-document';
import { printedText } from '../../libs/publishing/src/pdf/printed-text';
import { closePdfPool, printVersionWith, renderPdf } from '../../libs/publishing/src/pdf/render-pdf';
import { sampleEdition } from '../../libs/publishing/src/testing/sample-edition';
import { sampleLog, sampleProof } from '../../libs/publishing/src/testing/sample-log';
import { verifyFile } from '../../libs/publishing/src/verify/verify-file';

/**
 * PDFs of the sample as they were given out, one of each layout and of each order of the text (`a4-1.pdf`), with the fingerprint of the key
 * that sealed its log; the texts that were printed around an edition's own (`texts-1.json`); and what the sample is printed to now
 * (`now.json`). But for the last they are never changed: people have such PDFs.
 *
 * `UPDATE_GOLDEN=1 npx jest test/golden/prints --selectProjects int` adds what is missing.
 */
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';
const folder = join(__dirname, 'prints');
const file = (name: string): string => join(folder, name);
const printingOf = (proof: string | null): Omit<Printing, 'layout'> => ({
  verificationPage: 'https://kaijisho.example.com/verify/minato-karte/7',
  proof,
});

afterAll(closePdfPool);

beforeAll(async () => {
  if (!UPDATE || existsSync(file(`key-${TEXT_ORDER}.txt`))) return;
  const log = await sampleLog();
  const proof = proofText(await sampleProof(sampleEdition, log));
  for (const layout of layouts)
    writeFileSync(
      file(`${layout}-${TEXT_ORDER}.pdf`),
      await renderPdf(sampleEdition, { ...printingOf(proof), layout }),
    );
  writeFileSync(file(`key-${TEXT_ORDER}.txt`), `${log.key.id}\n`);
});

describe('a PDF that was given out', () => {
  const given = Array.from({ length: TEXT_ORDER }, (_, i) => layouts.map((layout) => [layout, i + 1] as const)).flat();
  it.each(given)(
    'in the layout %s, with the texts of order %s, is still as it was published',
    async (layout, order) => {
      const key = readFileSync(file(`key-${order}.txt`), 'utf8').trim();
      const pdf = readFileSync(file(`${layout}-${order}.pdf`));
      expect(await verifyFile(pdf, { keys: [key], printAgain: true })).toMatchObject({ level: 'key', findings: [] });
    },
  );

  it('is there in every layout', () => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.pdf'));
    expect(names.sort()).toEqual(given.map(([layout, order]) => `${layout}-${order}.pdf`).sort());
  });
});

describe('the same version of the printing', () => {
  it('gives the same bytes', async () => {
    const printed = await Promise.all(
      layouts.map((layout) => renderPdf(sampleEdition, { ...printingOf('{}'), layout })),
    );
    const [a4, wide] = printed.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    const now = { version: printVersionWith('-'), icu: process.versions.icu, a4, wide };
    const pinned = existsSync(file('now.json')) ? JSON.parse(readFileSync(file('now.json'), 'utf8')) : {};
    // Another version of ICU is another version of the printing: its bytes are not pinned.
    if (UPDATE && (pinned.version !== now.version || pinned.icu !== now.icu))
      writeFileSync(file('now.json'), `${JSON.stringify(now, null, 2)}\n`);
    else if (pinned.icu === now.icu) expect(now).toEqual(pinned);
    else expect(now.version).toEqual(pinned.version);
  });
});

/** The sample in every state that is printed in words of its own. */
const variants = (): readonly EditionDocument[] => {
  const [signature] = sampleEdition.signatures;
  const [postReview] = sampleEdition.postReviews;
  if (!signature || !postReview) throw new Error('The sample is not signed');
  const roles = [...officerRoles, null];
  const capacities = ['officer', 'named', 'reassigned', 'escalated'] as const;
  const meanings = ['review', 'approval', 'acknowledgement'] as const;
  return [
    sampleEdition,
    { ...sampleEdition, signatures: [], postReviews: [] },
    { ...sampleEdition, origin: 'imported', signatures: [], postReviews: [] },
    { ...sampleEdition, signatures: [{ ...signature, contentHash: 'a'.repeat(64) }] },
    {
      ...sampleEdition,
      signatures: roles.map((role, i) => ({
        ...signature,
        officer: { ...signature.officer, role },
        capacity: capacities[i % capacities.length] ?? 'officer',
        meaning: meanings[i % meanings.length] ?? 'review',
      })),
    },
  ];
};

describe('the texts around an edition', () => {
  it(`are those of order ${TEXT_ORDER}`, () => {
    const texts = variants().flatMap((edition) =>
      [printingOf(null), printingOf('{}'), { verificationPage: null, proof: null }].map((printing) =>
        printedText(printDataOf(edition, { ...printing, layout: 'a4' }), () => 1).map(
          ({ place, cells }) => `${place}: ${cells.join(' | ')}`,
        ),
      ),
    );
    const name = file(`texts-${TEXT_ORDER}.json`);
    if (UPDATE && !existsSync(name)) writeFileSync(name, `${JSON.stringify(texts, null, 1)}\n`);
    // Other words, or another order? Raise TEXT_ORDER in print-document.ts and keep the old: PDFs that people have are verified by them.
    expect(texts).toEqual(JSON.parse(readFileSync(name, 'utf8')));
  });
});
