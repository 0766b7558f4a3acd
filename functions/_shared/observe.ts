import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Logs hold codes and ids; never a payload, a secret or a person. */
export const logger = new Logger();

export const metrics = new Metrics();

/** Counts one occurrence, split by one dimension where given. */
export function count(
  name: string,
  dimension?: { readonly name: string; readonly value: string },
): void {
  const target = dimension === undefined ? metrics : metrics.singleMetric();
  if (dimension !== undefined) target.addDimension(dimension.name, dimension.value);
  target.addMetric(name, MetricUnit.Count, 1);
}

/** Records how many of something there are. */
export function measureCount(name: string, value: number): void {
  metrics.addMetric(name, MetricUnit.Count, value);
}

/** Records a measurement in seconds. */
export function measureSeconds(name: string, seconds: number): void {
  metrics.addMetric(name, MetricUnit.Seconds, seconds);
}

/** Where an error came from, without its message, in which anything may stand. */
export const framesOf = (error: unknown): readonly string[] =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line.startsWith('at '))
    : [];
