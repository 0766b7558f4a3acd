import { referencesOf } from '../../../src/reconciliation/line-references.ts';
import { item } from './items.ts';

const of = (keys: Parameters<typeof item>[2]) => referencesOf(item('lin_1', 700n, keys));

describe('The references of a line', () => {
  it('are those by which a movement that somebody recorded is found to be it', () => {
    const keys = {
      endToEndId: 'E2E-1',
      bankReference: 'B-1',
      dealId: 'D-1',
      uetr: 'u',
      batchId: 'b',
    };
    expect(of({ keys: { ...keys, structuredReference: 'rf18 5390 0754 7034' } })).toEqual([
      ...['B-1', 'D-1', 'E2E-1', 'RF18539007547034'],
    ]);
  });

  it('are none that nothing can be booked under, and no line’s id', () => {
    expect(of({ keys: { endToEndId: 'Invoice 7', bankReference: 'lin_2' } })).toEqual([]);
    expect(of({ keys: { endToEndId: 'x'.repeat(101) } })).toEqual([]);
    expect(of({ keys: {} })).toEqual([]);
  });

  it('are the return of the payment alone, where that came back', () => {
    const keys = { endToEndId: 'E2E-1', bankReference: 'B-1' };
    expect(of({ keys, returned: 'AC04' })).toEqual(['returned:E2E-1']);
    expect(of({ keys: { bankReference: 'B-1' }, returned: 'AC04' })).toEqual([]);
  });

  it('are each once', () => {
    expect(of({ keys: { endToEndId: 'E2E-1', bankReference: 'E2E-1' } })).toEqual(['E2E-1']);
  });
});
