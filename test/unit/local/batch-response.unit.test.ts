import { readBatchResponse } from '../../../local/runtime/batch-response.ts';

const known = new Set(['a', 'b']);

describe('a batch response', () => {
  it.each([[null], [undefined], [{}], [{ batchItemFailures: null }], [{ batchItemFailures: [] }]])(
    'means success: %j',
    (payload) => {
      expect(readBatchResponse(payload, known)).toEqual({ understood: true, failed: [] });
    },
  );

  it('names what failed', () => {
    const payload = { batchItemFailures: [{ itemIdentifier: 'b' }] };
    expect(readBatchResponse(payload, known)).toEqual({ understood: true, failed: ['b'] });
  });

  it.each([
    ['text'],
    [1],
    [[]],
    [{ batchItemFailures: 'a' }],
    [{ batchItemFailures: [{ itemIdentifier: '' }] }],
    [{ batchItemFailures: [{ itemIdentifier: null }] }],
    [{ batchItemFailures: [{ identifier: 'a' }] }],
    [{ batchItemFailures: [null] }],
    [{ batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'stranger' }] }],
  ])('is not understood, so that everything failed: %j', (payload) => {
    expect(readBatchResponse(payload, known)).toEqual({ understood: false });
  });
});
