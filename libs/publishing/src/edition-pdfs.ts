import { createHash } from 'node:crypto';
import { BLOB_STORE, type BlobStore } from '@app/blob-store';
import type { EditionView } from '@app/disclosures';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { editionJson } from './edition-json';
import { printVersion, renderPdf } from './pdf/render-pdf';

export type EditionPdf = {
  /** Changes exactly when the bytes may: hash of the edition and of the way it is printed. */
  readonly key: string;
  readonly bytes: Uint8Array;
};

/** The PDFs of editions: printed when first asked for, then kept in the table `rendered_pdf`. */
@Injectable()
export class EditionPdfs {
  /** Two readers who ask at once wait for one render. */
  private readonly underWay = new Map<string, Promise<Uint8Array>>();

  constructor(
    private readonly db: DataSource,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
  ) {}

  /** @throws MissingGlyph, MissingFigure, PdfEngineFailed as `renderPdf` does */
  async of(edition: EditionView): Promise<EditionPdf> {
    const key = createHash('sha256').update(editionJson(edition)).update(printVersion()).digest('hex');
    const stored: { bytes: Uint8Array }[] = await this.db.query('select bytes from rendered_pdf where key = $1', [key]);
    if (stored[0]) return { key, bytes: stored[0].bytes };

    const rendering = this.underWay.get(key) ?? this.print(key, edition);
    this.underWay.set(key, rendering);
    try {
      return { key, bytes: await rendering };
    } finally {
      this.underWay.delete(key);
    }
  }

  private async print(key: string, edition: EditionView): Promise<Uint8Array> {
    const bytes = await renderPdf({ ...edition, loadFigure: (sha256) => this.blobs.get(sha256) });
    await this.db.query('insert into rendered_pdf (key, bytes) values ($1, $2) on conflict (key) do nothing', [
      key,
      Buffer.from(bytes),
    ]);
    return bytes;
  }
}
