import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { problem } from './problem';

type OpenApiSchema = NonNullable<Parameters<typeof ApiBody>[0] & { schema: unknown }>['schema'];

const openApiOf = (schema: z.ZodType, io: 'input' | 'output'): OpenApiSchema => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io,
    unrepresentable: 'any',
  }) as Record<string, unknown>;
  return json as OpenApiSchema;
};

/** Documents the request body of a route. Read it with `readBody` and the same schema. */
export const Takes = (schema: z.ZodType) => applyDecorators(ApiBody({ schema: openApiOf(schema, 'input') as never }));

/** Documents what a route answers. */
export const Answers = (schema: z.ZodType, status = 200) =>
  applyDecorators(ApiResponse({ status, description: '', schema: openApiOf(schema, 'output') as never }));

/** The one way in for a request body: typed afterwards, or a problem that says which field and why. */
export const readBody = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw problem('BadBody', {
    issues: parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })),
  });
};
