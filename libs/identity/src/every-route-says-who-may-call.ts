import { ACCESS } from '@app/http';
import type { INestApplicationContext } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';

/**
 * Boot check: every route carries `@Public()`, `@AnyoneSignedIn()` or `@Allowed(…)`.
 * A route without is refused to everybody, which is safe, but never meant.
 *
 * @throws Error that names the routes
 */
export const assertEveryRouteSaysWhoMayCall = (app: INestApplicationContext): void => {
  const scanner = app.get(MetadataScanner, { strict: false });
  const silent = app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype }) => {
      if (typeof metatype !== 'function' || Reflect.hasMetadata(ACCESS, metatype)) return [];
      const prototype = metatype.prototype as Record<string, object>;
      return scanner
        .getAllMethodNames(prototype)
        .filter((name) => {
          const method = prototype[name];
          return method && Reflect.hasMetadata(PATH_METADATA, method) && !Reflect.hasMetadata(ACCESS, method);
        })
        .map((name) => `${metatype.name}.${name}`);
    });
  if (silent.length > 0) throw new Error(`These routes do not say who may call them: ${silent.join(', ')}`);
};
