import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiModule } from './api.module';
import { openApiOf } from './create-api';

/** Prints the OpenAPI document. In preview mode nothing is connected to, so no database is needed. */
const main = async (): Promise<void> => {
  const settings = {
    databaseUrl: 'postgres://preview',
    eventStorePrefix: 'preview',
    mailFrom: 'preview',
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://localhost',
  };
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.with(settings), {
    preview: true,
    logger: false,
  });
  console.log(JSON.stringify(openApiOf(app), null, 2));
};

void main();
