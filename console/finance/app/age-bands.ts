/** A break's age in business days, as the API groups it. */
export const ageBands = ['0-1', '2-3', '4-7', '8-30', '31-60', '60+'] as const;
