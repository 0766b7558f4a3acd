import type { BatchPayment } from './answers.ts';
import { useDesk } from './context.ts';
import { FactList } from './parts.tsx';
import { type StepBody, StepForm } from './step-form.tsx';
import { wordOf } from './words.ts';

type RefusalProps = { readonly payment: BatchPayment; readonly again: () => void };

/** That the bank refused a payment before its debit: one person says it, another approves it. */
export function Refusal({ payment, again }: RefusalProps) {
  const { w, api } = useDesk();
  const { payoutId, endToEndId, status, refusal } = payment;
  if (status !== 'submitted') {
    return (
      <p class="note" role="status">
        <span class="id">{endToEndId}</span>: {wordOf(w.payoutStatus, status)}
      </p>
    );
  }
  const take = async (step: string, body: StepBody) => {
    await api.post(`/v1/payouts/${encodeURIComponent(payoutId)}/${step}`, body);
    again();
  };
  return (
    <>
      {refusal !== undefined && <Approval payment={{ endToEndId, refusal }} take={take} />}
      <StepForm
        key={refusal === undefined ? 'first' : 'another'}
        title={`${w.refusal.title}: ${endToEndId}`}
        takesReason={false}
        steps={[{ name: 'refusal', text: w.refusal.propose }]}
        take={take}
        read={(entries) => ({
          ...{ endToEndId, code: String(entries.get('code') ?? '').trim() },
          accountAtFault: entries.get('accountAtFault') !== 'no',
        })}
      >
        <p class="soft">{w.refusal.how}</p>
        <div class="fields">
          <label class="field">
            <span>{w.refusal.code}</span>
            <input
              name="code"
              required
              autocomplete="off"
              spellcheck={false}
              pattern="\s*[A-Za-z0-9_.\-]{1,35}\s*"
              placeholder="AC01"
            />
          </label>
          <label class="field">
            <span>{w.refusal.fault}</span>
            <select name="accountAtFault">
              <option value="yes">{w.refusal.atFault}</option>
              <option value="no">{w.refusal.notAtFault}</option>
            </select>
          </label>
        </div>
      </StepForm>
    </>
  );
}

type ApprovalProps = {
  readonly payment: Required<Pick<BatchPayment, 'endToEndId' | 'refusal'>>;
  readonly take: (step: string, body: StepBody) => Promise<void>;
};

/** What is proposed, by whom, and the other person's word. */
function Approval({ payment: { endToEndId, refusal }, take }: ApprovalProps) {
  const { w } = useDesk();
  const { code, by, accountAtFault } = refusal;
  const facts = [
    [w.refusal.code, code],
    [w.refusal.fault, accountAtFault ? w.refusal.atFault : w.refusal.notAtFault],
    [w.refusal.by, by],
  ] as const;
  return (
    <StepForm
      title={`${w.refusal.approve}: ${endToEndId}`}
      takesReason={false}
      steps={[{ name: 'refusal/approval', text: w.refusal.approve }]}
      take={take}
    >
      <FactList facts={facts} />
    </StepForm>
  );
}
