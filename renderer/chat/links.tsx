import * as linkify from 'linkifyjs';
import type { ReactNode } from 'react';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';

/** A link that opens in the system's browser, once main found it safe. The page itself never goes anywhere. */
export function SafeLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const { bridge } = useWorkspace();
  const attempt = useAttempt();
  return (
    <a
      href={href}
      rel="noreferrer noopener"
      className="link"
      onClick={(event) => {
        event.preventDefault();
        void attempt(bridge.app.openLink({ url: href }));
      }}
    >
      {children}
    </a>
  );
}

/** A text with the addresses in it as links. */
export function withLinks(text: string): ReactNode {
  const found = linkify.find(text).filter(({ isLink, href }) => isLink && /^(https?|mailto):/i.test(href));
  if (found.length === 0) return text;
  const parts: ReactNode[] = [];
  let from = 0;
  for (const { start, end, href, value } of found) {
    parts.push(text.slice(from, start));
    parts.push(
      <SafeLink key={start} href={href}>
        {value}
      </SafeLink>,
    );
    from = end;
  }
  return [...parts, text.slice(from)];
}
