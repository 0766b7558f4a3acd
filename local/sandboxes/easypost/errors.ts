/** One complaint of EasyPost about a field. */
export type FieldError = { field: string; message: string; suggestion: string | null };

/** A refusal in EasyPost's shape: `{ error: { code, message, errors } }`. */
export class EasyPostApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldError[];

  constructor(status: number, code: string, message: string, errors: readonly FieldError[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export const fieldError = (field: string, message: string): FieldError => ({
  field,
  message,
  suggestion: null,
});

export const toErrorBody = ({ code, message, errors }: EasyPostApiError): object => ({
  error: { code, message, errors },
});

export const notFound = (): EasyPostApiError =>
  new EasyPostApiError(404, 'NOT_FOUND', 'The requested resource could not be found.');

export const required = (field: string): EasyPostApiError =>
  new EasyPostApiError(422, 'PARAMETER.REQUIRED', 'Missing required parameter.', [
    fieldError(field, 'cannot be blank'),
  ]);

/** The 500 that says nothing of whether the request was carried out. */
export const unknownFailure = (): EasyPostApiError =>
  new EasyPostApiError(500, 'INTERNAL_SERVER_ERROR', 'An unexpected error occurred.');
