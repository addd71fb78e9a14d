import { Button } from 'react-aria-components';
import { useLegalLinks } from '../salons/legal-links.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';

/** What an agent may want to read before signing in; nothing where the brand has no such page. */
export function LegalLinks() {
  const { bridge } = useWorkspace();
  const attempt = useAttempt();
  const links = useLegalLinks();
  if (links.length === 0) return null;
  return (
    <footer className="door-legal">
      {links.map(({ name, url }) => (
        <Button
          key={name}
          className="door-legal-link"
          onPress={() => void attempt(bridge.app.openLink({ url }))}
        >
          {name}
        </Button>
      ))}
    </footer>
  );
}
