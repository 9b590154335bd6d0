import { PublishedEdition, PublishedServices } from '@app/disclosures';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import {
  Allowed,
  Answers,
  commandAnswer,
  orProblem,
  problem,
  problemOf,
  readBody,
  ReadCaller,
  Takes,
  type Caller,
  type CommandAnswer,
  type RequestWithSession,
} from '@app/http';
import { readMailAddress } from '@app/identity';
import { enqueueMail } from '@app/mail';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { inviteReaderBody, readerAnswer, readerList } from './contract';
import { decideReader } from './decide-reader';
import { hasRefusedMails, invalidAddress, readerProblems } from './problems';
import { askToFollow, eraseContact } from './reader-contacts';
import { confirmationMail } from './reader-mails';
import { hasRefused, recipientHash } from './refusals';
import { allReaders } from './readers';

/** Which hospital stands at which edition; invitations. */
@ApiTags('readers')
@Controller('api/readers')
@Allowed('drafter', 'administrator')
export class ReadersController {
  constructor(
    private readonly queries: QueryBus,
    private readonly dataSource: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Answers(readerList)
  async list(): Promise<z.infer<typeof readerList>> {
    const [readers, services] = await Promise.all([
      allReaders(this.dataSource),
      this.queries.execute(new PublishedServices()),
    ]);
    const disclosures = await Promise.all(
      services.map(async ({ service, serviceName, editions }) => {
        const newest = editions[0]?.number ?? 0;
        const edition = await this.queries.execute(new PublishedEdition({ service }, newest));
        return { id: edition?.disclosureId ?? '', service, serviceName, newest };
      }),
    );
    return { readers: [...readers], disclosures };
  }

  /** Mails an invitation; the hospital follows when it confirms. Asked again, it mails again. */
  @Post()
  @HttpCode(201)
  @Takes(inviteReaderBody)
  @Answers(readerAnswer, 201)
  async invite(
    @ReadCaller() { by, at, metadata }: Caller,
    @Req() { publicUrl = '' }: RequestWithSession,
    @Body() body: unknown,
  ): Promise<z.infer<typeof readerAnswer>> {
    const { disclosureId, hospital, address: typed } = readBody(inviteReaderBody, body);
    const address = readMailAddress(typed);
    if ('fault' in address) throw problemOf('InvalidAddress', invalidAddress);
    const services = await this.queries.execute(new PublishedServices());
    const newest = await this.queries.execute(new PublishedEdition({ disclosureId }, 'inForce'));
    const service = services.find((each) => each.service === newest?.service);
    if (!newest || !service) throw problem('NotFound');
    if (await hasRefused(this.dataSource, recipientHash({ disclosureId, address: address.address })))
      throw problemOf('HasRefused', hasRefusedMails);
    const now = this.clock();
    const contact = await this.dataSource.transaction((tx) =>
      askToFollow(
        tx,
        { disclosureId, service: service.service, hospital, address: address.address, invited: true },
        now,
      ),
    );
    const { readerId } = contact;
    const command = { type: 'InviteReader', by, at, readerId, disclosureId, hospital: contact.hospital } as const;
    const answer = orProblem(await decideReader(this.store, readerId, command, metadata.causationId), readerProblems);
    const { serviceName } = service;
    const mail = confirmationMail({ contact, serviceName, publicUrl, at: now, issuer: newest.issuer.name });
    await this.dataSource.transaction((tx) => enqueueMail(tx, mail, now));
    return { ...answer, readerId };
  }

  /** On the hospital's request, or because the address was wrong: no more mails, and the address is erased. */
  @Delete(':readerId')
  @Answers(commandAnswer)
  async remove(
    @ReadCaller() { by, at, metadata }: Caller,
    @Param('readerId') readerId: string,
  ): Promise<CommandAnswer> {
    const command = { type: 'Unfollow', by, at } as const;
    const answer = orProblem(await decideReader(this.store, readerId, command, metadata.causationId), readerProblems);
    await this.dataSource.transaction((tx) => eraseContact(tx, readerId, this.clock()));
    return answer;
  }
}
