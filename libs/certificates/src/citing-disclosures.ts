import {
  DecideDisclosure,
  disclosureCodec,
  disclosureDecider,
  disclosureProblems,
  type Registered,
} from '@app/disclosures';
import { currentState, EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { problemTextOf, type Caller } from '@app/http';
import { Inject } from '@nestjs/common';
import {
  Command,
  CommandBus,
  CommandHandler,
  Query,
  QueryHandler,
  type ICommandHandler,
  type IQueryHandler,
} from '@nestjs/cqrs';
import { v7 as newId } from 'uuid';
import type { z } from 'zod';
import type { citingDisclosure, startedRevisions } from './contract';
import { certificateNow } from './decide-certificate';
import type { Citation } from './domain/certificate';

type CitingDisclosure = z.infer<typeof citingDisclosure>;

/** The disclosures that cite the certificate, from the log itself, with the items; those that are not there are left out. */
export class CitingDisclosures extends Query<readonly CitingDisclosure[]> {
  constructor(readonly certificateId: string) {
    super();
  }
}

@QueryHandler(CitingDisclosures)
export class CitingDisclosuresHandler implements IQueryHandler<CitingDisclosures> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ certificateId }: CitingDisclosures): Promise<readonly CitingDisclosure[]> {
    const certificate = await certificateNow(this.store, certificateId);
    const citedBy = certificate.status === 'NotRegistered' ? [] : certificate.citedBy;
    const ids = [...new Set(citedBy.map(({ disclosureId }) => disclosureId))];
    const states = await Promise.all(
      ids.map((id) => currentState(this.store, disclosureDecider, disclosureCodec, `disclosure-${id}`)),
    );
    return states.flatMap((state) => (state.status === 'Registered' ? [citing(state, citedBy)] : []));
  }
}

const citing = (
  { id, service, serviceName, parts, revision }: Registered,
  citedBy: readonly Citation[],
): CitingDisclosure => {
  const labels = new Map(
    parts.flatMap(({ number, items }) =>
      items.map((item) => [item.itemKey, `${number}-${item.number} ${item.title}`] as const),
    ),
  );
  return {
    ...{ disclosureId: id, service, serviceName },
    ...(revision.status === 'none'
      ? { openEdition: null, openStatus: null }
      : { openEdition: revision.editionNumber, openStatus: revision.status }),
    items: citedBy
      .filter(({ disclosureId }) => disclosureId === id)
      .map(({ itemKey }) => ({ itemKey, label: labels.get(itemKey) ?? itemKey })),
  };
};

/** Starts the revision (証明書更新) of those that cite the certificate; one that cannot be started does not hold up the others. */
export class StartCitingRevisions extends Command<z.infer<typeof startedRevisions>> {
  constructor(
    readonly certificateId: string,
    /** Undefined: all of them. */
    readonly disclosureIds: readonly string[] | undefined,
    readonly caller: Caller,
  ) {
    super();
  }
}

@CommandHandler(StartCitingRevisions)
export class StartCitingRevisionsHandler implements ICommandHandler<StartCitingRevisions> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly commands: CommandBus,
  ) {}

  async execute({ certificateId, disclosureIds, caller }: StartCitingRevisions) {
    const all = await new CitingDisclosuresHandler(this.store).execute(new CitingDisclosures(certificateId));
    const certificate = await certificateNow(this.store, certificateId);
    const note = certificate.status === 'NotRegistered' ? '' : certificate.name;
    const answer: z.infer<typeof startedRevisions> = { position: null, started: [], refused: [] };
    for (const { disclosureId, serviceName } of all) {
      if (disclosureIds && !disclosureIds.includes(disclosureId)) continue;
      const { by, at, metadata } = caller;
      const causes = [{ type: 'certificateRenewal', note }] as const;
      const handled = await this.commands.execute(
        new DecideDisclosure(disclosureId, { type: 'StartRevision', revisionId: newId(), causes, by, at }, metadata),
      );
      if (handled.outcome === 'accepted') {
        answer.started.push({ disclosureId, serviceName });
        answer.position = handled.position;
      } else {
        const { ja, en } = problemTextOf(handled.rejection, disclosureProblems);
        answer.refused.push({ disclosureId, serviceName, ja, en });
      }
    }
    return answer;
  }
}
