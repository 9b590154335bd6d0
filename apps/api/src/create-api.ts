import { CLOCK, type Clock } from '@app/event-sourcing';
import { useProduct } from '@app/http';
import { assertEveryRouteSaysWhoMayCall } from '@app/identity';
import type { Settings } from '@app/runtime';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ApiModule } from './api.module';

/** The API, ready to listen: what main.ts starts is what the tests start. */
export const createApi = async (settings: Settings, clock?: Clock): Promise<NestExpressApplication> => {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.with(settings, clock), {
    bodyParser: false,
    logger: ['error', 'warn'],
  });
  useProduct(app, { clock: app.get<Clock>(CLOCK), publicUrl: settings.publicUrl, trustProxy: settings.trustProxy });
  app.enableShutdownHooks();
  SwaggerModule.setup('api/docs', app, () => openApiOf(app), {
    jsonDocumentUrl: 'api/openapi.json',
    ui: false,
    raw: ['json'],
  });
  await app.init();
  assertEveryRouteSaysWhoMayCall(app);
  return app;
};

/** The OpenAPI document of every route. */
export const openApiOf = (app: NestExpressApplication) =>
  SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('Kaijisho')
      .setDescription('サービス仕様適合開示書の起草・回付・署名・公開。')
      .setVersion('1')
      .addCookieAuth('kaijisho_session')
      .build(),
  );
