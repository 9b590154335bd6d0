import { disclosureCodec, type EditionView } from '@app/disclosures';
import type { EventStore, LogPosition, StoredEvent, StreamName } from '@app/event-sourcing';
import { publishes } from '@app/proof';
import { appearanceCodec } from './appearance.codec';
import { evolve, plainAppearance, type Appearance } from './domain/appearance';

/** One company per installation. */
export const APPEARANCE_STREAM: StreamName = 'appearance-company';

type Published = Pick<EditionView, 'disclosureId' | 'number' | 'origin'>;

/** How the company looks, from the log itself: now, or in an edition, which stays as it was when it was published. */
export class Appearances {
  /** Where in the log editions were published, which never changes; by disclosure and number. */
  private readonly published = new Map<string, LogPosition | null>();

  constructor(private readonly store: EventStore) {}

  async now(): Promise<Appearance> {
    return folded(await this.store.read(APPEARANCE_STREAM));
  }

  /** As the log stood when the edition was published. */
  async of(edition: Published): Promise<Appearance> {
    const events = await this.store.read(APPEARANCE_STREAM);
    if (events.length === 0) return plainAppearance;
    const end = await this.publicationOf(edition);
    return folded(events.filter(({ position }) => end !== null && position < end));
  }

  /** Whether a picture is, or was, the company's logo. */
  async isLogo(sha256: string): Promise<boolean> {
    const events = await this.store.read(APPEARANCE_STREAM);
    return events.some((stored) => appearanceCodec.decode(stored).data.logo?.sha256 === sha256);
  }

  private async publicationOf(edition: Published): Promise<LogPosition | null> {
    const name = `${edition.disclosureId}/${edition.number}`;
    const known = this.published.get(name);
    if (known !== undefined) return known;
    const history = await this.store.read(`disclosure-${edition.disclosureId}`);
    const publication = history.find((stored) => publishes(disclosureCodec.decode(stored), edition));
    if (publication) this.published.set(name, publication.position);
    return publication?.position ?? null;
  }
}

const folded = (events: readonly StoredEvent[]): Appearance =>
  events.map((stored) => appearanceCodec.decode(stored)).reduce(evolve, plainAppearance);
