import { expect, test } from 'vitest';
import type { CommandError } from '../matrix/protocol.ts';
import type { CodeProof, RecoveryNeed } from '../salons/stores/session.ts';
import { RecoveryModel } from './recovery-model.ts';

const CODE = 'EsTc Kgea F2Zc CcZK';
const NEEDED: CommandError = {
  code: 'approval-needed',
  detail: '',
  approval: { stage: 'm.login.sso', session: 's' },
};

/** A page whose server wants an approval in the browser before it takes anything. */
function page(need: RecoveryNeed) {
  const proofs: CodeProof[] = [];
  const asked: unknown[] = [];
  const model = new RecoveryModel({
    need,
    run: () => Promise.reject(new Error('not here')),
    createCode: async (proof) => {
      proofs.push(proof);
      return proof.approved === 's' ? { ok: true, value: { code: CODE } } : { ok: false, error: NEEDED };
    },
    approve: async (approval) => {
      asked.push(approval);
      return { ok: true, value: undefined };
    },
    random: () => 0,
  });
  return { model, proofs, asked };
}

test('a code is made once the person approved it in their browser', async () => {
  const { model, proofs, asked } = page('needs-setup');
  await model.create();
  expect(model.state.get().screen).toMatchObject({ at: 'browser', opened: false });
  await model.openPage();
  expect(asked).toEqual([NEEDED.approval]);
  await model.approved();
  expect(model.state.get().screen).toEqual({ at: 'shown', code: CODE });
  expect(proofs).toEqual([{}, { approved: 's' }]);
});

test('whoever says that they lost the code says so each time they are asked', async () => {
  const { model, proofs } = page('needs-code');
  model.lost();
  await model.create();
  await model.approved();
  expect(proofs).toEqual([{ lost: true }, { approved: 's', lost: true }]);
});
