/** An answer that is no success, as RFC 9457 has it. */
export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
};

export class ApiProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** What is asked does not answer, or not as itself. */
export const UNREACHABLE: Problem = { status: 0, code: 'unreachable', detail: '' };

/** A problem from an answer's body, whatever it is: a proxy may answer in its own words. */
export function problemOf(status: number, body: string): Problem {
  try {
    const { code = 'unknown', detail = '', errors } = JSON.parse(body) as Partial<Problem>;
    return { status, code, detail, ...(errors === undefined ? {} : { errors }) };
  } catch (error) {
    if (error instanceof SyntaxError) return { status, code: 'unknown', detail: '' };
    throw error;
  }
}
