import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AppointOfficerHandler } from './appoint-officer';
import { DecideOfficersHandler } from './decide-officers';
import { ListOfficersHandler } from './list-officers';
import { OfficersController } from './officers.controller';

@Module({
  imports: [CqrsModule],
  controllers: [OfficersController],
  providers: [AppointOfficerHandler, DecideOfficersHandler, ListOfficersHandler],
})
export class OfficersApiModule {}
