import type { DoubtfulServer } from '../../../preload/contract/network.ts';
import { useWords, type Words } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { ProblemDetails } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useSelected } from '../../ui/store.ts';
import './network.css';

/** Servers that could not prove who they are: it stays until they do, and nobody can click it away. */
export function DoubtfulServers() {
  const words = useWords();
  const { t } = words;
  const { bridge, network } = useWorkspace();
  const doubtful = useSelected(network.view, (view) => view.doubtful);
  const [first] = doubtful;
  if (first === undefined) return null;
  const isOneReason = doubtful.every(({ reason }) => reason === first.reason);
  const details = doubtful.map((server) => detailsOf(server, words)).join('\n\n');
  return (
    <Notice
      tone="bad"
      role="alert"
      className="doubtful"
      title={t('app:doubtful.title', {
        hosts: words.format.list(doubtful.map(({ host }) => host)),
      })}
    >
      {isOneReason && <p>{t(`app:doubtful.${first.reason}`)}</p>}
      {!isOneReason && (
        <ul className="doubtful-reasons">
          {doubtful.map(({ host, reason }) => (
            <li key={host}>{t('app:doubtful.each', { host, reason: t(`app:doubtful.${reason}`) })}</li>
          ))}
        </ul>
      )}
      <p>
        {t('app:doubtful.kept')} {t('app:doubtful.action')}
      </p>
      <ProblemDetails details={details} onCopy={(text) => void bridge.app.copyText({ text })} />
    </Notice>
  );
}

/** What helps those who run the server. */
function detailsOf(server: DoubtfulServer, { t, format }: Words): string {
  const { host, code, subject, issuer, validFrom, validUntil } = server;
  return t('app:doubtful.details', {
    host,
    code,
    subject,
    issuer,
    from: format.full(validFrom),
    until: format.full(validUntil),
  });
}
