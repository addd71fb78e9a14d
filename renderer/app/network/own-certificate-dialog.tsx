import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { NetworkQuestion } from '../../../preload/contract/network.ts';
import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import './network.css';

interface Props {
  readonly question: Extract<NetworkQuestion, { kind: 'own-certificate' }>;
}

/** A server asks who the person is, by a certificate of theirs. */
export function OwnCertificateDialog({ question }: Props) {
  const { t, format } = useWords();
  const { network } = useWorkspace();
  const { id, host, choices } = question;
  const [chosen, setChosen] = useState(choices[0]?.fingerprint ?? '');
  const answer = (fingerprint: string | null) => void network.chooseCertificate(id, fingerprint);
  return (
    <Dialog title={t('app:ownCertificate.title', { host })} onClose={() => answer(null)} width={520}>
      <RadioGroup className="own-certificates" value={chosen} onChange={setChosen}>
        <Label className="secondary">{t('app:ownCertificate.text')}</Label>
        {choices.map(({ fingerprint, subject, issuer, validUntil }) => (
          <Radio key={fingerprint} value={fingerprint} className="own-certificate">
            <span className="own-certificate-dot" aria-hidden />
            <span className="own-certificate-words">
              <span className="own-certificate-name">{subject}</span>
              <span className="secondary">
                {t('app:ownCertificate.from', { issuer, date: format.date(validUntil) })}
              </span>
            </span>
          </Radio>
        ))}
      </RadioGroup>
      <DialogActions>
        <Button onPress={() => answer(null)}>{t('app:ownCertificate.none')}</Button>
        <Button tone="primary" onPress={() => answer(chosen)}>
          {t('app:ownCertificate.submit')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
