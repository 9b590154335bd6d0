import {
  currentState,
  EVENT_STORE,
  handle,
  type EventMetadata,
  type EventStore,
  type Handled,
  type StreamName,
} from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { certificateCodec } from './certificate.codec';
import type { Certificate } from './domain/certificate';
import { certificateDecider, type CertificateCommand, type CertificateRejection } from './domain/certificate.decider';
import { v7 as newId } from 'uuid';

export const certificateStream = (certificateId: string): StreamName => `certificate-${certificateId}`;

/** The certificate from the log itself, for decisions that must not depend on a read model that lags. */
export const certificateNow = (store: EventStore, certificateId: string): Promise<Certificate> =>
  currentState(store, certificateDecider, certificateCodec, certificateStream(certificateId));

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
    return handle(
      { store: this.store, decider: certificateDecider, codec: certificateCodec, newId },
      { stream: certificateStream(command.certificateId), command, metadata },
    );
  }
}
