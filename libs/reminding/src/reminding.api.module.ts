import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { DecideRemindingHandler } from './decide-reminding';
import { RemindingController } from './reminding.controller';

@Module({ imports: [CqrsModule], controllers: [RemindingController], providers: [DecideRemindingHandler] })
export class RemindingApiModule {}
