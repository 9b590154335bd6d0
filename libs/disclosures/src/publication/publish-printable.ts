import {
  EVENT_STORE,
  handle,
  VersionConflict,
  type EventMetadata,
  type EventStore,
  type Handled,
} from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as newId } from 'uuid';
import { disclosureCodec } from '../disclosure.codec';
import { editionRow } from '../disclosures/disclosure-projection';
import { disclosureDecider, type DisclosureRejection } from '../domain/disclosure.decider';
import type { PublicationCommand } from '../domain/publication.decider';
import { editionViewOf } from '../editions/published-edition.handlers';
import type { EditionView } from '../published-edition';
import { stateOf } from '../review-decisions';

/** Nest injection token of a `PrintCheck`. */
export const PRINT_CHECK = Symbol('PrintCheck');

/** Where an edition cannot be printed, and for the reader why and what to do. */
export type Unprintable = { readonly at: string; readonly ja: string; readonly en: string };

/** Prints an edition in every layout and reads it back; null when every print shows the edition. */
export type PrintCheck = (edition: EditionView) => Promise<Unprintable | null>;

type Publication = Extract<PublicationCommand, { type: 'PublishEdition' | 'PublishAsScheduled' }>;
type Request = {
  readonly disclosureId: string;
  readonly command: Publication;
  readonly metadata: EventMetadata;
};

/** As often as something else may come between the printing and the publication. */
const MAX_ATTEMPTS = 10;

/**
 * Publishes what can be printed, and nothing else: an edition stays for good, so it is printed and read back before it is one. What was
 * printed is what is published, or it is printed again.
 */
export const publishPrintable = async (
  { store, printCheck }: { readonly store: EventStore; readonly printCheck: PrintCheck },
  { disclosureId, command, metadata }: Request,
): Promise<Handled<DisclosureRejection>> => {
  const stream = `disclosure-${disclosureId}` as const;
  for (let attempt = 1; ; attempt++) {
    const history = await store.read(stream);
    const state = stateOf(history);
    const decision = disclosureDecider.decide(command, state);
    if (decision.outcome === 'rejected') return decision;
    const after = decision.events.reduce(disclosureDecider.evolve, state);
    const edition = after.status === 'Registered' ? after.editions.at(-1) : undefined;
    if (decision.events.length > 0 && after.status === 'Registered' && edition) {
      const unprintable = await printCheck(editionViewOf(editionRow(after, edition), undefined));
      if (unprintable !== null) return { outcome: 'rejected', rejection: { type: 'CannotBePrinted', ...unprintable } };
    }
    try {
      return await handle(
        { store, decider: disclosureDecider, codec: disclosureCodec, newId },
        { stream, command, metadata, expected: history.at(-1)?.version ?? 0 },
      );
    } catch (error) {
      if (!(error instanceof VersionConflict) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
};

/** 公開 by hand. */
export class PublishEdition extends Command<Handled<DisclosureRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly command: Publication,
    readonly metadata: EventMetadata,
  ) {
    super();
  }
}

@CommandHandler(PublishEdition)
export class PublishEditionHandler implements ICommandHandler<PublishEdition> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PRINT_CHECK) private readonly printCheck: PrintCheck,
  ) {}

  execute(asked: PublishEdition): Promise<Handled<DisclosureRejection>> {
    return publishPrintable({ store: this.store, printCheck: this.printCheck }, asked);
  }
}
