import { createHash } from 'node:crypto';
import { BLOB_STORE, type BlobStore } from '@app/blob-store';
import type { EditionView } from '@app/disclosures';
import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { proofText } from '@app/proof';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Appearances } from './appearance/appearances';
import { surroundingsOf, type Surroundings } from './appearance/surroundings';
import { editionJson } from './edition-json';
import { EditionProofs } from './edition-proofs';
import { NotSealedYet } from './pdf/errors';
import { printAndRead } from './pdf/print-and-read';
import type { Layout, Printing } from './pdf/print-document';
import { printVersion } from './pdf/render-pdf';

export type EditionPdf = {
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  readonly bytes: Uint8Array;
};

/** `same`: these bytes were given out. `other`: of that edition and layout, others are, for ever. `none`: none are yet. */
export type GivenOut = 'same' | 'other' | 'none';

export type Asked = {
  readonly layout: Layout;
  /** Where readers reach us; the PDF leads there to be verified. */
  readonly publicUrl: string | undefined;
};

/** How long somebody who asks right after the publication waits for the seal. */
const PATIENCE_MS = 15_000;

/**
 * The PDFs of editions, in the table `edition_pdf`. Printed when first asked for, with the proof inside, read back and compared with
 * the edition, and from then on the same bytes for ever, whatever the template becomes. Where the log is not sealed at all there is
 * no proof to put in: such a PDF is kept only until the edition prints otherwise, or sealing begins.
 */
@Injectable()
export class EditionPdfs {
  /** Two readers who ask at once wait for one render. */
  private readonly underWay = new Map<string, Promise<EditionPdf>>();
  private readonly proofs: EditionProofs;
  private readonly appearances: Appearances;

  constructor(
    private readonly db: DataSource,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(EVENT_STORE) store: EventStore,
  ) {
    this.proofs = new EditionProofs(db, store);
    this.appearances = new Appearances(store);
  }

  /**
   * @throws MissingGlyph, MissingFigure, PdfEngineFailed as `renderPdf` does
   * @throws PrintDiffers when what was printed is not what the edition says
   * @throws NotSealedYet while the seal over its publication is not made
   */
  async of(edition: EditionView, asked: Asked, patienceMs = PATIENCE_MS): Promise<EditionPdf> {
    const kept = await this.kept(edition, asked.layout);
    if (kept?.sealed) return kept;
    const name = `${edition.disclosureId}/${edition.number}/${asked.layout}`;
    const printing = this.underWay.get(name) ?? this.print(edition, asked, patienceMs);
    this.underWay.set(name, printing);
    try {
      return await printing;
    } finally {
      this.underWay.delete(name);
    }
  }

  /** Whether a file is, byte for byte, one that was given out here. `edition`, `layout`: what it says it is. */
  async givenOut(
    bytes: Uint8Array,
    { disclosureId, number }: Pick<EditionView, 'disclosureId' | 'number'>,
    layout: Layout,
  ): Promise<GivenOut> {
    const [row]: { same: boolean }[] = await this.db.query(
      `select sha256 = $1 as same from edition_pdf
        where sha256 = $1 or (sealed and disclosure_id = $2 and number = $3 and layout = $4)
        order by same desc limit 1`,
      [createHash('sha256').update(bytes).digest(), disclosureId, number, layout],
    );
    return row === undefined ? 'none' : row.same ? 'same' : 'other';
  }

  /** As the company looked when the edition was published. */
  async surroundings(edition: EditionView, publicUrl: string | undefined): Promise<Surroundings> {
    return surroundingsOf(edition, await this.appearances.of(edition), publicUrl);
  }

  private async kept(
    { disclosureId, number }: EditionView,
    layout: Layout,
  ): Promise<(EditionPdf & { readonly key: string; readonly sealed: boolean }) | undefined> {
    const [row]: { key: string; sealed: boolean; sha256: string; bytes: Uint8Array }[] = await this.db.query(
      `select key, sealed, encode(sha256, 'hex') as sha256, bytes from edition_pdf
        where disclosure_id = $1 and number = $2 and layout = $3`,
      [disclosureId, number, layout],
    );
    return row;
  }

  private async print(edition: EditionView, { layout, publicUrl }: Asked, patienceMs: number): Promise<EditionPdf> {
    const proof = (await this.proofs.isSealing()) ? await this.proofs.soon(edition, patienceMs) : null;
    if (proof === 'notYet') throw new NotSealedYet('No seal covers the publication yet');
    const printing: Printing = {
      ...{ layout, ...(await this.surroundings(edition, publicUrl)) },
      proof: proof === null ? null : proofText(proof),
    };
    const key = createHash('sha256')
      .update(editionJson(edition))
      .update(JSON.stringify([printing, printVersion()]))
      .digest('hex');
    const kept = await this.kept(edition, layout);
    if (kept && (kept.sealed || kept.key === key)) return kept;

    const bytes = await printAndRead({ ...edition, loadFigure: (sha256) => this.blobs.get(sha256) }, printing);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.db.query(
      `insert into edition_pdf (disclosure_id, number, layout, key, sealed, sha256, bytes)
       values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7)
       on conflict (disclosure_id, number, layout) do update
          set key = excluded.key, sealed = excluded.sealed, sha256 = excluded.sha256, bytes = excluded.bytes, printed_at = now()
        where not edition_pdf.sealed`,
      [edition.disclosureId, edition.number, layout, key, proof !== null, sha256, Buffer.from(bytes)],
    );
    // Another process may have been first: what it gave out is the one.
    return (await this.kept(edition, layout)) ?? { sha256, bytes };
  }
}
