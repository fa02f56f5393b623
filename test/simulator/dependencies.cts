import { createRequire } from 'node:module';

/**
 * Under tsx a .cts file is loaded by Node's ES module loader when the program was started as one,
 * and its `require` fails on the JSON that Ajv (and with it Fastify) loads. A `require` that is
 * made here loads as CommonJS does, under tsx and under Jest.
 */
const load = createRequire(__filename);

/** Makes a Fastify server. */
export const { fastify: Fastify }: typeof import('fastify') = load('fastify');

/** The JSON Schema validator. */
export const { default: Ajv }: typeof import('ajv') = load('ajv');

/** Gives an Ajv the formats of JSON Schema and OpenAPI. */
export const { default: addFormats }: typeof import('ajv-formats') = load('ajv-formats');
