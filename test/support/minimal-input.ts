/** The least input that a schema takes, made from the schema itself, so that a new call is tested without a new line. */
import { z } from 'zod';

interface JsonSchema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  pattern?: string;
}

/** Texts for the patterns that the contract uses. */
const TEXTS = ['x', '2026Q1', '2026-01', '2026-01-01', '0'.repeat(64), 'iVBORw0KGgo='];

export function minimalInput(schema: z.ZodType): unknown {
  return least(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
}

function least(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return least(choices[0]!);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, least(schema.properties![name]!)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => least(schema.items!));
    case 'string': {
      const { pattern } = schema;
      const text = TEXTS.find((one) => pattern === undefined || new RegExp(pattern, 'u').test(one)) ?? 'x';
      return text.padEnd(schema.minLength ?? 0, 'x');
    }
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return Math.max(1, schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
    default:
      return null;
  }
}
