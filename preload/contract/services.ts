import { z } from 'zod';
import { ServiceId } from './brand.ts';
import { event, Nothing, request } from './channel.ts';
import { Label } from './values.ts';

/** Part of the window in its own points, from the upper left corner. */
export const ViewBounds = z.strictObject({
  x: z.int().min(0).max(20_000),
  y: z.int().min(0).max(20_000),
  width: z.int().min(1).max(20_000),
  height: z.int().min(1).max(20_000),
});
export type ViewBounds = z.infer<typeof ViewBounds>;

/** How the view of a service is. */
export const ServiceState = z.strictObject({
  id: ServiceId,
  phase: z.enum(['loading', 'shown', 'failed']),
  /** What its page calls itself. */
  title: Label,
  canGoBack: z.boolean(),
});
export type ServiceState = z.infer<typeof ServiceState>;

/** The organisation's other services. The page names them; their addresses are the brand's, in main. */
export const services = {
  audience: 'app',
  requests: {
    /** Opens one in the person's browser. */
    openInBrowser: request({ request: z.strictObject({ id: ServiceId }), answer: Nothing }),
    /** Shows one in this part of the window, above the page; the one before gives way. */
    show: request({ request: z.strictObject({ id: ServiceId, bounds: ViewBounds }), answer: Nothing }),
    /** No view is shown: another module, or a question over the page. Its page stays as it is. */
    hide: request({ request: Nothing, answer: Nothing }),
    /** The keyboard goes into the view. */
    focus: request({ request: Nothing, answer: Nothing }),
    back: request({ request: Nothing, answer: Nothing }),
    reload: request({ request: Nothing, answer: Nothing }),
  },
  events: {
    changed: event(ServiceState),
    /** F6 in the view: the keyboard comes back to the page, to its next part (1) or the one before (-1). */
    left: event(z.strictObject({ step: z.union([z.literal(1), z.literal(-1)]) })),
  },
} as const;
