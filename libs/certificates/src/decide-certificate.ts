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
import { certificateStream } from './certificate-stream';
import { certificateCodec } from './certificate.codec';
import type { Certificate } from './domain/certificate';
import { certificateDecider, type CertificateCommand, type CertificateRejection } from './domain/certificate.decider';

/** The certificate from the log itself, for decisions that must not depend on a read model that lags. */
export const certificateNow = (store: EventStore, certificateId: string): Promise<Certificate> =>
  currentState(store, certificateDecider, certificateCodec, certificateStream(certificateId));

/** Decides about a certificate, for whoever has no CommandBus: the clock's sweeps, the demonstration. */
export const decideCertificate = (
  store: EventStore,
  command: CertificateCommand,
  metadata: EventMetadata,
): Promise<Handled<CertificateRejection>> =>
  handle(
    { store, decider: certificateDecider, codec: certificateCodec, newId },
    { stream: certificateStream(command.certificateId), command, metadata },
  );

/** The envelope in which every command about a certificate travels. */
export class DecideCertificate extends Command<Handled<CertificateRejection>> {
  constructor(
    readonly command: CertificateCommand,
    readonly metadata: EventMetadata,
  ) {
    super();
  }
}

@CommandHandler(DecideCertificate)
export class DecideCertificateHandler implements ICommandHandler<DecideCertificate> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ command, metadata }: DecideCertificate): Promise<Handled<CertificateRejection>> {
    return decideCertificate(this.store, command, metadata);
  }
}
