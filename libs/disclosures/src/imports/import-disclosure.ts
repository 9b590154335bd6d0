import { hashBody } from '@app/content';
import { EVENT_STORE, VersionConflict, type EventStore, type Handled, type NewEvent } from '@app/event-sourcing';
import type { Caller } from '@app/http';
import type { ImportedDisclosure } from '@app/importing';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as newId } from 'uuid';
import { disclosureCodec } from '../disclosure.codec';
import { initialState } from '../domain/disclosure';
import { decide, type DisclosureRejection } from '../domain/disclosure.decider';

export type ImportRejection =
  | DisclosureRejection
  /** Another disclosure has this public address. */
  | { readonly type: 'ServiceNameTaken'; readonly service: string }
  | { readonly type: 'ServiceNameInvalid'; readonly service: string };

/** Registers a new disclosure with what an importer read, and reserves its public name `/d/{service}`. */
export class ImportDisclosure extends Command<Handled<ImportRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly service: string,
    readonly imported: ImportedDisclosure,
    readonly caller: Pick<Caller, 'by' | 'at' | 'metadata'>,
  ) {
    super();
  }
}

@CommandHandler(ImportDisclosure)
export class ImportDisclosureHandler implements ICommandHandler<ImportDisclosure> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ disclosureId, service, imported, caller }: ImportDisclosure): Promise<Handled<ImportRejection>> {
    if (!/^[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?$/.test(service)) {
      return { outcome: 'rejected', rejection: { type: 'ServiceNameInvalid', service } };
    }
    const { by, at, metadata } = caller;
    const { serviceName, title, issuer, editions, edition, anomalies, source } = imported;
    const parts = imported.parts.map(({ number, title: partTitle, items }) => ({
      number,
      title: partTitle,
      items: items.map((item) => ({
        itemKey: item.itemKey,
        number: item.number,
        title: item.title,
        body: item.body,
        bodyHash: hashBody(item.body),
      })),
    }));
    const decision = decide(
      {
        type: 'ImportDisclosure',
        disclosureId,
        service,
        serviceName,
        title,
        issuer,
        parts,
        editions,
        edition,
        anomalies,
        source,
        by,
        at,
      },
      initialState,
    );
    if (decision.outcome === 'rejected') return decision;

    const events = decision.events.map((event): NewEvent => ({
      id: newId(),
      metadata,
      ...disclosureCodec.encode(event),
    }));
    const reservation: NewEvent = {
      id: newId(),
      type: 'ServiceNameReserved',
      schemaVersion: 1,
      data: { service, disclosureId },
      metadata,
    };
    try {
      // Both or none: two imports at once cannot take the same public name.
      const [appended] = await this.store.appendMany([
        { stream: `disclosure-${disclosureId}`, expected: 'no-stream', events },
        { stream: `service-${service}`, expected: 'no-stream', events: [reservation] },
      ]);
      return { outcome: 'accepted', version: appended?.version ?? events.length, position: appended?.position ?? null };
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      const taken = error.stream.startsWith('service-');
      return {
        outcome: 'rejected',
        rejection: taken ? { type: 'ServiceNameTaken', service } : { type: 'AlreadyRegistered' },
      };
    }
  }
}
