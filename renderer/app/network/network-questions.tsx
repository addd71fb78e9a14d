import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { useSelected } from '../../ui/store.ts';
import { OwnCertificateDialog } from './own-certificate-dialog.tsx';
import { ProxyDialog } from './proxy-dialog.tsx';

/** What is asked on the way to the servers, whatever page is open. */
export function NetworkQuestions() {
  const { network } = useWorkspace();
  const question = useSelected(network.view, (view) => view.question);
  if (question === null) return null;
  switch (question.kind) {
    case 'proxy':
    case 'server':
      return <ProxyDialog key={question.id} question={question} />;
    case 'own-certificate':
      return <OwnCertificateDialog key={question.id} question={question} />;
  }
}
