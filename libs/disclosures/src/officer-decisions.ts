import { localDateOf } from '@app/calendar';
import { currentState, EVENT_STORE, type EventStore, type Handled } from '@app/event-sourcing';
import type { Caller } from '@app/http';
import { PasswordCheck } from '@app/identity';
import { holdersOn, officersNow, officesOf } from '@app/officers';
import { Inject } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DecideDisclosure } from './decide-disclosure';
import { disclosureCodec } from './disclosure.codec';
import { disclosureDecider, waitingStep, type DisclosureRejection } from './domain/disclosure.decider';

/** Re-authentication failed: nothing was signed. */
export type SigningRejection =
  DisclosureRejection | { readonly type: 'WrongPassword' } | { readonly type: 'TooManyPasswords' };

/** The company's time zone, printed in every signature record. */
const TIME_ZONE = 'Asia/Tokyo';

/** Signs the waiting step, after the password was entered again (21 CFR 11.200(a)(1)). */
export class SignRevision extends Command<Handled<SigningRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly caller: Caller,
    readonly signing: {
      readonly contentHash: string;
      readonly password: string;
      readonly comment?: string | undefined;
    },
  ) {
    super();
  }
}

@CommandHandler(SignRevision)
export class SignRevisionHandler implements ICommandHandler<SignRevision> {
  constructor(
    private readonly commands: CommandBus,
    private readonly passwords: PasswordCheck,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ disclosureId, caller, signing }: SignRevision): Promise<Handled<SigningRejection>> {
    const { by, at, metadata } = caller;
    const verdict = await this.passwords.verify(by.id, signing.password);
    if (verdict === 'wrong') return { outcome: 'rejected', rejection: { type: 'WrongPassword' } };
    if (verdict === 'throttled') return { outcome: 'rejected', rejection: { type: 'TooManyPasswords' } };

    const today = localDateOf(at);
    const register = await officersNow(this.store);
    const state = await currentState(this.store, disclosureDecider, disclosureCodec, `disclosure-${disclosureId}`);
    const waiting =
      state.status === 'Registered' && state.revision.status === 'inReview' ? waitingStep(state.revision) : null;
    return this.commands.execute(
      new DecideDisclosure(
        disclosureId,
        {
          type: 'SignStep',
          contentHash: signing.contentHash,
          offices: officesOf(register, by.id, today).map(({ role, name, department, title }) => ({
            role,
            name,
            department,
            title,
          })),
          holders: waiting ? holdersOn(register, waiting.role, today).map(({ userId }) => userId) : [],
          reauthentication: 'password',
          timeZone: TIME_ZONE,
          comment: signing.comment,
          by,
          at,
        },
        metadata,
      ),
    );
  }
}

/** 差戻し or 却下 by whoever holds the office whose turn it is. */
export class SendBackRevision extends Command<Handled<DisclosureRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly caller: Caller,
    readonly verdict: 'ReturnForChanges' | 'Reject',
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(SendBackRevision)
export class SendBackRevisionHandler implements ICommandHandler<SendBackRevision> {
  constructor(
    private readonly commands: CommandBus,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ disclosureId, caller, verdict, reason }: SendBackRevision): Promise<Handled<DisclosureRejection>> {
    const { by, at, metadata } = caller;
    const offices = officesOf(await officersNow(this.store), by.id, localDateOf(at));
    return this.commands.execute(
      new DecideDisclosure(disclosureId, { type: verdict, offices, reason, by, at }, metadata),
    );
  }
}
