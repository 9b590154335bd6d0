import { localDateOf, type LocalDate } from '@app/calendar';
import { EVENT_STORE, type EventStore, type Handled } from '@app/event-sourcing';
import type { Caller } from '@app/http';
import { PasswordCheck } from '@app/identity';
import { holdersOn, officerRoles, officersNow, officesOf, type OfficerRegister } from '@app/officers';
import { Inject } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DecideDisclosure } from './decide-disclosure';
import type { UserId } from './domain/disclosure';
import type { DisclosureCommand, DisclosureRejection } from './domain/disclosure.decider';

/** Re-authentication failed: nothing was signed. */
export type SigningRejection =
  DisclosureRejection | { readonly type: 'WrongPassword' } | { readonly type: 'TooManyPasswords' };

/** The company's time zone, printed in every signature record. */
const TIME_ZONE = 'Asia/Tokyo';

/**
 * Signs the waiting step, after the password was entered again (21 CFR 11.200(a)(1)). Offices are those of the moment of
 * signing (`caller.at`), read from the register's own stream: an appointment that is recorded while the signature is
 * decided counts from the next one on.
 */
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

    const register = await officersNow(this.store);
    return this.commands.execute(
      new DecideDisclosure(
        disclosureId,
        {
          type: 'SignStep',
          contentHash: signing.contentHash,
          ...officeAt(register, by.id, localDateOf(at)),
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

/** What has to be known of the offices on a day to decide over a signature: the signer's own, and who holds each. */
export const officeAt = (
  register: OfficerRegister,
  signer: UserId,
  today: LocalDate,
): Pick<Extract<DisclosureCommand, { type: 'SignStep' }>, 'offices' | 'holders'> => ({
  offices: officesOf(register, signer, today).map(({ role, name, department, title }) => ({
    role,
    name,
    department,
    title,
  })),
  holders: Object.fromEntries(
    officerRoles.map((role) => [role, holdersOn(register, role, today).map(({ userId }) => userId)]),
  ),
});

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
