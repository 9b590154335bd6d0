import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { DecideRoutesHandler } from './decide-routes';
import { RoutesController } from './routes.controller';

@Module({ imports: [CqrsModule], controllers: [RoutesController], providers: [DecideRoutesHandler] })
export class RoutesApiModule {}
