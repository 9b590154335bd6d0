import { EVENT_STORE, handle, type EventMetadata, type EventStore, type Handled } from '@app/event-sourcing';
import { accountsOf } from '@app/identity';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import { routeDecider, type RouteCommand, type RouteRejection } from './domain/register.decider';
import type { RuleStep, Signatories } from './domain/route';
import { routeCodec } from './route.codec';
import { ROUTES_STREAM } from './routes-now';

export type RouteCommandRejection =
  RouteRejection | { readonly type: 'UnknownPerson'; readonly userId: string } | { readonly type: 'UnknownDisclosure' };

/** The envelope in which every command about routes travels. Names of people are the accounts', whatever the command says. */
export class DecideRoutes extends Command<Handled<RouteCommandRejection>> {
  constructor(
    readonly command: RouteCommand,
    readonly metadata: EventMetadata,
  ) {
    super();
  }
}

@CommandHandler(DecideRoutes)
export class DecideRoutesHandler implements ICommandHandler<DecideRoutes> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly dataSource: DataSource,
  ) {}

  async execute({ command, metadata }: DecideRoutes): Promise<Handled<RouteCommandRejection>> {
    if (command.type === 'ChooseTemplate' && !(await this.isDisclosure(command.disclosureId))) {
      return { outcome: 'rejected', rejection: { type: 'UnknownDisclosure' } };
    }
    const named = await this.named(command);
    if ('unknown' in named) {
      return { outcome: 'rejected', rejection: { type: 'UnknownPerson', userId: named.unknown } };
    }
    return handle(
      { store: this.store, decider: routeDecider, codec: routeCodec, newId },
      { stream: ROUTES_STREAM, command: named.command, metadata },
    );
  }

  private async isDisclosure(id: string): Promise<boolean> {
    return (await this.store.read(`disclosure-${id}`)).length > 0;
  }

  private async named(
    command: RouteCommand,
  ): Promise<{ readonly command: RouteCommand } | { readonly unknown: string }> {
    const ids = stepsIn(command).flatMap(peopleIn);
    if (ids.length === 0) return { command };
    const names = new Map((await accountsOf(this.dataSource.manager, ids)).map(({ id, name }) => [id, name]));
    const unknown = ids.find((id) => !names.has(id));
    return unknown === undefined ? { command: withNames(command, names) } : { unknown };
  }
}

const stepsIn = (command: RouteCommand): readonly RuleStep[] =>
  command.type === 'SaveTemplate' ? command.steps : command.type === 'SaveRule' ? [command.step] : [];

const peopleIn = ({ signatories, escalation }: RuleStep): readonly string[] =>
  [...signatories, ...(escalation ? [escalation.to] : [])].flatMap((each) =>
    each.kind === 'people' ? each.people.map(({ id }) => id) : [],
  );

const withNames = (command: RouteCommand, names: ReadonlyMap<string, string>): RouteCommand => {
  const signatories = (each: Signatories): Signatories =>
    each.kind === 'role' ? each : { ...each, people: each.people.map(({ id }) => ({ id, name: names.get(id) ?? id })) };
  const step = <S extends RuleStep>(one: S): S => {
    const [first, ...more] = one.signatories;
    return {
      ...one,
      signatories: [signatories(first), ...more.map(signatories)],
      escalation: one.escalation && { ...one.escalation, to: signatories(one.escalation.to) },
    };
  };
  switch (command.type) {
    case 'SaveTemplate':
      return { ...command, steps: command.steps.map(step) };
    case 'SaveRule':
      return { ...command, step: step(command.step) };
    default:
      return command;
  }
};
