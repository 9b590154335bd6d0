import {
  currentState,
  EVENT_STORE,
  handle,
  type EventMetadata,
  type EventStore,
  type Handled,
} from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as newId } from 'uuid';
import { auditStream } from './audit-stream';
import { auditCodec } from './audit.codec';
import type { Audit } from './domain/audit';
import { auditDecider, type AuditCommand, type AuditRejection } from './domain/audit.decider';

/** The audit from the log itself, for decisions that must not depend on a read model that lags. */
export const auditNow = (store: EventStore, auditId: string): Promise<Audit> =>
  currentState(store, auditDecider, auditCodec, auditStream(auditId));

/** Decides about an audit, for whoever has no CommandBus: the clock's sweeps, the demonstration. */
export const decideAudit = (
  store: EventStore,
  command: AuditCommand,
  metadata: EventMetadata,
): Promise<Handled<AuditRejection>> =>
  handle(
    { store, decider: auditDecider, codec: auditCodec, newId },
    { stream: auditStream(command.auditId), command, metadata },
  );

/** The envelope in which every command about an audit travels. */
export class DecideAudit extends Command<Handled<AuditRejection>> {
  constructor(
    readonly command: AuditCommand,
    readonly metadata: EventMetadata,
  ) {
    super();
  }
}

@CommandHandler(DecideAudit)
export class DecideAuditHandler implements ICommandHandler<DecideAudit> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ command, metadata }: DecideAudit): Promise<Handled<AuditRejection>> {
    return decideAudit(this.store, command, metadata);
  }
}
