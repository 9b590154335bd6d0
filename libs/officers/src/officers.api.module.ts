import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AppointOfficerHandler } from './appoint-officer';
import { DecideOfficersHandler } from './decide-officers';
import { DeputationsController } from './deputations.controller';
import { GrantDeputationHandler } from './grant-deputation';
import { ListDeputationsHandler } from './list-deputations';
import { ListOfficersHandler } from './list-officers';
import { OfficersController } from './officers.controller';

@Module({
  imports: [CqrsModule],
  controllers: [OfficersController, DeputationsController],
  providers: [
    AppointOfficerHandler,
    DecideOfficersHandler,
    GrantDeputationHandler,
    ListDeputationsHandler,
    ListOfficersHandler,
  ],
})
export class OfficersApiModule {}
