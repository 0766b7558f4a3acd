import { findByName } from '../../../local/runtime/names.ts';

const resource = (name: string, logicalId: string) => ({
  name,
  logicalId,
  stackName: 'app',
  arn: '',
});

const queues = [
  resource('tradelane-local-payments', 'PaymentsQueue'),
  resource('tradelane-local-payments-dead-letter', 'PaymentsDeadLetterQueue'),
  resource('app-Escrow1A2B3C4D', 'Escrow1A2B3C4D'),
];

const nameOf = (wanted: string) => findByName(queues, wanted, 'Queue').name;

describe('a name', () => {
  it.each([
    ['tradelane-local-payments', 'tradelane-local-payments'],
    ['PaymentsDeadLetterQueue', 'tradelane-local-payments-dead-letter'],
    ['payments', 'tradelane-local-payments'],
    ['payments-dead-letter', 'tradelane-local-payments-dead-letter'],
    ['PaymentsDead', 'tradelane-local-payments-dead-letter'],
    ['escrow', 'app-Escrow1A2B3C4D'],
  ])('%s means %s', (wanted, expected) => {
    expect(nameOf(wanted)).toBe(expected);
  });

  it.each(['tradelane', 'p', 'unknown'])('%s means nothing or too much', (wanted) => {
    expect(() => nameOf(wanted)).toThrow(`No one queue is meant by ${wanted}`);
  });
});
