import { summaryOf } from '../../support/given.ts';
import {
  type CommandName,
  commandNames,
  commands,
  given,
  histories,
  stateNames,
} from './escrow-states.ts';
import { matrix } from './matrix.ts';

const titles: Readonly<Record<string, string>> = {
  nothing: 'changes nothing',
};

const titleOf = (command: CommandName, answer: string): string =>
  `${command}: ${titles[answer] ?? answer}`;

describe.each(stateNames)('A trade that is %s', (state) => {
  const cases = commandNames.map((command) => ({
    command,
    title: titleOf(command, matrix[command][state]),
  }));

  it.each(cases)('$title', ({ command }) => {
    const { decision } = given(...histories[state]).when(commands[command]);
    expect(summaryOf(decision)).toBe(matrix[command][state]);
  });
});

describe('Every rejection and every delay', () => {
  const refused = stateNames.flatMap((state) =>
    commandNames.map((command) => given(...histories[state]).when(commands[command]).decision),
  );

  it('says why, in a sentence', () => {
    for (const decision of refused) {
      if (decision.kind !== 'decided') expect(decision.detail).toMatch(/^[A-Z].+\.$/);
    }
  });
});
