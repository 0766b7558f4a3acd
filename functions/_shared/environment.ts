import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

/** A whole number of zero or more. */
export const wholeNumber = z.pipe(
  z.string().check(z.regex(/^\d{1,9}$/)),
  z.transform((digits) => Number(digits)),
);

/** Texts with commas between them. */
export const list = z.pipe(
  text,
  z.transform((value) => value.split(',')),
);

export const flag = z.pipe(
  z.enum(['true', 'false']),
  z.transform((value) => value === 'true'),
);

/** A setting that most deployments leave out. */
export const optionalText = z.optional(text);

/** A setting that is JSON; where it is left out, what the schema makes of an empty object. */
export const json = <T>(schema: z.ZodMiniType<T>) =>
  z.pipe(
    z.pipe(
      z._default(text, '{}'),
      z.transform((value): unknown => JSON.parse(value)),
    ),
    schema,
  );

export { text };

/**
 * Reads the variables that a function needs, once, at its start. A missing or malformed one stops
 * the function before it takes any work.
 */
export const readEnvironment = <S extends z.core.$ZodLooseShape>(
  shape: S,
): z.infer<z.ZodMiniObject<S>> => z.object(shape).parse(process.env);
