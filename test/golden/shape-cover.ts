/** As much of JSON Schema as zod makes of the schemas of events. */
export type JsonSchema = {
  /** Several, where zod folds plain alternatives (a string, or null) into one schema. */
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
};

type Fields = { readonly [name: string]: unknown };
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const alternativesOf = ({ anyOf, oneOf, type, ...rest }: JsonSchema): readonly JsonSchema[] | undefined =>
  anyOf ?? oneOf ?? (Array.isArray(type) ? type.map((each: string) => ({ ...rest, type: each })) : undefined);
const elementOf = ({ additionalProperties }: JsonSchema) =>
  typeof additionalProperties === 'object' ? additionalProperties : undefined;

/** What the schema knows and none of the examples shows: fields, elements of lists, alternatives. */
export const notShown = (schema: JsonSchema, examples: readonly unknown[], path = 'data'): readonly string[] => {
  if (examples.length === 0) return [path];
  const alternatives = alternativesOf(schema);
  if (alternatives) {
    return alternatives.flatMap((alternative, index) =>
      notShown(
        alternative,
        examples.filter((example) => fits(alternative, example)),
        alternatives.length > 1 ? `${path} (alternative ${index + 1})` : path,
      ),
    );
  }
  const fields = examples.filter(isFields);
  const element = elementOf(schema);
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
      notShown(
        property,
        fields.filter((example) => name in example).map((example) => example[name]),
        `${path}.${name}`,
      ),
    ),
    ...(element ? notShown(element, fields.flatMap(Object.values), `${path}.*`) : []),
    ...(schema.items ? notShown(schema.items, examples.filter(Array.isArray).flat(), `${path}[]`) : []),
  ];
};

/** Whether a value is of this alternative and not of another: by its kind, and by the constants in it. */
const fits = (schema: JsonSchema, value: unknown): boolean => {
  const alternatives = alternativesOf(schema);
  if (alternatives) return alternatives.some((alternative) => fits(alternative, value));
  if ('const' in schema) return value === schema.const;
  if (schema.enum) return schema.enum.includes(value);
  if (schema.type === 'null') return value === null;
  if (schema.type === 'array') return Array.isArray(value);
  if (schema.type === 'integer' || schema.type === 'number') return typeof value === 'number';
  if (schema.type !== 'object') return schema.type === undefined || typeof value === schema.type;
  return (
    isFields(value) &&
    Object.entries(schema.properties ?? {}).every(
      ([name, property]) => !('const' in property) || fits(property, value[name]),
    )
  );
};

/** A value of the schema with everything that can be in it. `choice` numbers the ways to choose among alternatives; lists have one of each. */
export const exampleOf = (schema: JsonSchema, choice = 0): unknown => {
  const alternatives = alternativesOf(schema);
  if (alternatives) {
    const { length } = alternatives;
    return exampleOf(alternatives[choice % length] as JsonSchema, Math.floor(choice / length));
  }
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[choice % schema.enum.length];
  switch (schema.type) {
    case 'object': {
      const element = elementOf(schema);
      const fields = Object.entries(schema.properties ?? {}).map(([name, property]) => [
        name,
        exampleOf(property, choice),
      ]);
      return { ...Object.fromEntries(fields), ...(element && { 'I-1': exampleOf(element, choice) }) };
    }
    case 'array': {
      const { items = {} } = schema;
      const count = alternativesOf(items)?.length ?? 1;
      return Array.from({ length: count }, (_, index) => exampleOf(items, choice + index));
    }
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
    case 'boolean':
      return choice % 2 === 0;
    case 'null':
      return null;
    default: // a schema that only zod can check: the body of an item is the one there is
      return {
        type: 'doc',
        content: [{ type: 'paragraph', content: [{ type: 'text', text: '暗号化して保管します。' }] }],
      };
  }
};

const textOf = ({ format, pattern }: JsonSchema): string => {
  const candidates = [
    '2030-01-24',
    '2030-01-24T09:00:00.000Z',
    '3fa97c06-6d3e-4f4b-9a55-6a2f7a7f2f10',
    'a3'.repeat(32),
  ];
  if (format === 'date') return '2030-01-24';
  if (format === 'date-time') return '2030-01-24T09:00:00.000Z';
  return (pattern && candidates.find((text) => new RegExp(pattern).test(text))) || '例';
};
