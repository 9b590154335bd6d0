import type { EditionView } from '@app/disclosures';
import type { EventStore } from '@app/event-sourcing';
import { editionSchema, readProof, type Proof } from '@app/proof';
import { sealedHead } from '@app/sealing';
import type { DataSource } from 'typeorm';
import { setTimeout as pause } from 'node:timers/promises';
import { editionJson } from './edition-json';

const ASK_AGAIN_MS = 500;
/** So many seals after that of the publication a proof leads on to the head: about an hour of a busy log. */
const FURTHER = 400;

/** The proofs of editions, as far as the log is sealed. */
export class EditionProofs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: EventStore,
  ) {}

  async isSealing(): Promise<boolean> {
    return (await sealedHead(this.dataSource)) !== null;
  }

  /** The proof that goes into the PDF: the same at any time. Waits for the seal for so long. */
  async soon(edition: EditionView, patienceMs: number): Promise<Proof | 'notYet'> {
    const until = Date.now() + patienceMs;
    for (;;) {
      const proof = await this.read(edition, 0);
      if (proof !== null) return proof;
      if (Date.now() >= until) return 'notYet';
      await pause(ASK_AGAIN_MS);
    }
  }

  /** The proof with the seals that lead on to the head; null while there is none. */
  toHead(edition: EditionView): Promise<Proof | null> {
    return this.read(edition, FURTHER);
  }

  private read(edition: EditionView, further: number): Promise<Proof | null> {
    const printed = editionSchema.parse(JSON.parse(editionJson(edition)));
    return readProof({ store: this.store, dataSource: this.dataSource }, printed, further);
  }
}
