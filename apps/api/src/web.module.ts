import { Module } from '@nestjs/common';
import { WebController } from './web.controller';

/** Its one route answers every address, so it has to be the last module that the API imports. */
@Module({ controllers: [WebController] })
export class WebModule {}
