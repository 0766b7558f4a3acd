/** A function that takes longer is stopped, wherever it is. */
export const FUNCTION_TIMEOUT_MS = 30_000;

/** One run of a function, or a script of the world outside. */
export type Task = {
  /** The function's name and a number, such as `escrow/41`. */
  readonly name: string;
  readonly startedAtMs: number;
  /** How far this task's clock is off. */
  readonly skewMs: number;
  /** True for a function of the release that goes live in this world. */
  readonly isNext: boolean;
  /** Scripts are not subject to faults. */
  readonly isFunction: boolean;
  dead: boolean;
  /** Called once when the task dies, with the promise of its work left hanging for ever. */
  onDeath: () => void;
};
