import { localDateOf } from '@app/calendar';
import {
  EVENT_STORE,
  handle,
  VersionConflict,
  type EventStore,
  type Handled,
  type StoredEvent,
} from '@app/event-sourcing';
import { UNPRINTABLE_IN, type Asked, type Caller, type UnprintableIn } from '@app/http';
import { accountsOf, PasswordCheck } from '@app/identity';
import { officersNow, organisationOn } from '@app/officers';
import { routeFor, routesNow } from '@app/routes';
import { Inject } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import { DecideDisclosure } from './decide-disclosure';
import { disclosureCodec } from './disclosure.codec';
import { changedItems, type Registered } from './domain/disclosure';
import { disclosureDecider, type DisclosureRejection } from './domain/disclosure.decider';
import type { PublicationCommand } from './domain/publication.decider';
import type { ReviewCommand } from './domain/review.decider';
import type { Organisation } from './domain/seats';
import { printedTextsOf } from './printed-texts';

/** The company's time zone, printed in every signature record. */
const TIME_ZONE = 'Asia/Tokyo';

/**
 * Who holds which office at an instant, and who acts for whom in that disclosure: from the register's own stream, so that
 * a signature never depends on a read model that lags. An appointment that is recorded while something is decided
 * counts from the next decision on.
 */
export const organisationNow = async (store: EventStore, disclosureId: string, at: string): Promise<Organisation> =>
  organisationOn(await officersNow(store), disclosureId, localDateOf(at));

type ReviewDecision =
  | Extract<ReviewCommand, { type: 'ReturnForChanges' | 'Reject' | 'CompleteStep' | 'PostReview' }>
  | Extract<PublicationCommand, { type: 'AnnotateEdition' | 'RetireDisclosure' }>;

/** 差戻し, 却下, 後閲, 正誤, 提供終了 and that a step is complete: decided in the organisation of this moment. */
export class DecideReview extends Command<Handled<DisclosureRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly caller: Caller,
    readonly asked: Asked<ReviewDecision, 'organisation'>,
  ) {
    super();
  }
}

@CommandHandler(DecideReview)
export class DecideReviewHandler implements ICommandHandler<DecideReview> {
  constructor(
    private readonly commands: CommandBus,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ disclosureId, caller, asked }: DecideReview): Promise<Handled<DisclosureRejection>> {
    const { by, at, metadata } = caller;
    const organisation = await organisationNow(this.store, disclosureId, at);
    return this.commands.execute(new DecideDisclosure(disclosureId, { ...asked, organisation, by, at }, metadata));
  }
}

/** 提出, over the route that comes of the disclosure's template and of the rules for what changed. */
export class SubmitRevision extends Command<Handled<DisclosureRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly caller: Pick<Caller, 'by' | 'at' | 'metadata'>,
  ) {
    super();
  }
}

/** As often as an edit may come between the look at what changed and the submission. */
const MAX_ATTEMPTS = 10;

@CommandHandler(SubmitRevision)
export class SubmitRevisionHandler implements ICommandHandler<SubmitRevision> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(UNPRINTABLE_IN) private readonly unprintableIn: UnprintableIn,
  ) {}

  /** The route depends on what changed: it is submitted for exactly the text that it was computed from, or computed again. */
  async execute({ disclosureId, caller }: SubmitRevision): Promise<Handled<DisclosureRejection>> {
    const { by, at, metadata } = caller;
    const stream = `disclosure-${disclosureId}` as const;
    const [register, organisation] = await Promise.all([
      routesNow(this.store),
      organisationNow(this.store, disclosureId, at),
    ]);
    for (let attempt = 1; ; attempt++) {
      const history = await this.store.read(stream);
      const state = stateOf(history);
      const unprintable = state.status === 'Registered' ? this.unprintableOf(state) : undefined;
      if (unprintable) return { outcome: 'rejected', rejection: unprintable };
      const changed = state.status === 'Registered' ? changedItems(state).map(({ itemKey }) => itemKey) : [];
      const route = routeFor(register, disclosureId, changed);
      try {
        return await handle(
          { store: this.store, decider: disclosureDecider, codec: disclosureCodec, newId },
          {
            stream,
            command: { type: 'SubmitForReview', route, organisation, by, at },
            metadata,
            expected: history.at(-1)?.version ?? 0,
          },
        );
      } catch (error) {
        if (!(error instanceof VersionConflict) || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  /** Once more all of it: what was imported was not looked at when it was saved. */
  private unprintableOf(state: Registered): DisclosureRejection | undefined {
    const { revision, olderEditions, editions } = state;
    const nextHistoryText = 'historyText' in revision ? revision.historyText : '';
    for (const printed of printedTextsOf({ ...state, history: [...olderEditions, ...editions], nextHistoryText })) {
      const characters = this.unprintableIn(printed.text);
      const { place, onlyInFile } = printed;
      if (characters.length > 0) return { type: 'UnprintableCharacters', place, characters, onlyInFile };
    }
    return undefined;
  }
}

/** The state that events of one disclosure lead to. */
export const stateOf = (history: readonly StoredEvent[]) =>
  history
    .map((stored) => disclosureCodec.decode(stored))
    .reduce(disclosureDecider.evolve, disclosureDecider.initialState);

/** Re-authentication failed: nothing was signed. */
export type SigningRejection =
  DisclosureRejection | { readonly type: 'WrongPassword' } | { readonly type: 'TooManyPasswords' };

/** 審査, 承認, 確認: signs the waiting step, after the password was entered again (21 CFR 11.200(a)(1)). */
export class SignRevision extends Command<Handled<SigningRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly caller: Caller,
    readonly signing: {
      readonly contentHash: string;
      readonly step?: number | undefined;
      readonly password: string;
      readonly comment?: string | undefined;
      /** 代理: whose deputy the caller signs as. */
      readonly onBehalfOf?: string | undefined;
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
    const { contentHash, step, password, comment, onBehalfOf } = signing;
    const verdict = await this.passwords.verify(by.id, password);
    if (verdict === 'wrong') return { outcome: 'rejected', rejection: { type: 'WrongPassword' } };
    if (verdict === 'throttled') return { outcome: 'rejected', rejection: { type: 'TooManyPasswords' } };

    const organisation = await organisationNow(this.store, disclosureId, at);
    return this.commands.execute(
      new DecideDisclosure(
        disclosureId,
        {
          type: 'SignStep',
          contentHash,
          step,
          onBehalfOf: onBehalfOf ?? null,
          organisation,
          reauthentication: 'password',
          timeZone: TIME_ZONE,
          comment,
          by,
          at,
        },
        metadata,
      ),
    );
  }
}

/** Whether somebody has no account any more, or one that is disabled. */
export const hasLeft = async (db: DataSource, userId: string): Promise<boolean> => {
  const [account] = await accountsOf(db, [userId]);
  return account === undefined || account.disabled;
};

/** 取下げ: by a drafter or the submitter; by an administrator when the submitter has left. */
export class WithdrawRevision extends Command<Handled<DisclosureRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly caller: Caller,
    readonly reason: string | null,
  ) {
    super();
  }
}

@CommandHandler(WithdrawRevision)
export class WithdrawRevisionHandler implements ICommandHandler<WithdrawRevision> {
  constructor(
    private readonly commands: CommandBus,
    private readonly db: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ disclosureId, caller, reason }: WithdrawRevision): Promise<Handled<DisclosureRejection>> {
    const { by, at, roles, metadata } = caller;
    const state = stateOf(await this.store.read(`disclosure-${disclosureId}`));
    const submittedBy =
      state.status === 'Registered' && 'submittedBy' in state.revision ? state.revision.submittedBy : undefined;
    const command = {
      type: 'Withdraw',
      isDrafter: roles.includes('drafter'),
      isAdministrator: roles.includes('administrator'),
      submitterHasLeft: submittedBy !== undefined && (await hasLeft(this.db, submittedBy.id)),
      ...{ reason, by, at },
    } as const;
    return this.commands.execute(new DecideDisclosure(disclosureId, command, metadata));
  }
}

export type ReassignmentRejection = DisclosureRejection | { readonly type: 'UnknownUser'; readonly userId: string };

/** 担当者の変更 by an administrator. */
export class ReassignSignatory extends Command<Handled<ReassignmentRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly caller: Caller,
    readonly asked: { readonly step: number; readonly from: string; readonly to: string; readonly reason: string },
  ) {
    super();
  }
}

@CommandHandler(ReassignSignatory)
export class ReassignSignatoryHandler implements ICommandHandler<ReassignSignatory> {
  constructor(
    private readonly commands: CommandBus,
    private readonly db: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ disclosureId, caller, asked }: ReassignSignatory): Promise<Handled<ReassignmentRejection>> {
    const { by, at, metadata } = caller;
    const accounts = await accountsOf(this.db, [asked.from, asked.to]);
    const named = (id: string) => accounts.find((account) => account.id === id);
    const to = named(asked.to);
    if (!to || to.disabled) return { outcome: 'rejected', rejection: { type: 'UnknownUser', userId: asked.to } };
    // Whoever has left may still be the one whose place is taken.
    const from = { id: asked.from, name: named(asked.from)?.name ?? '' };
    const organisation = await organisationNow(this.store, disclosureId, at);
    const { step, reason } = asked;
    return this.commands.execute(
      new DecideDisclosure(
        disclosureId,
        { type: 'ReassignSignatory', step, from, to: { id: to.id, name: to.name }, reason, organisation, by, at },
        metadata,
      ),
    );
  }
}
