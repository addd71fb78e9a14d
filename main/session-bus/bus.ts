/** A method of an object on the bus (D-Bus Specification, "Message Protocol"). */
export interface BusCall {
  readonly service: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  /** Types of the arguments; left out where there are none. */
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** Which signals are heard: by the name of who sends them, so that nobody else is taken for them. */
export interface SignalRule {
  readonly service: string;
  readonly interface: string;
  readonly member: string;
  /** Only those whose first argument is this. */
  readonly about?: string;
}

/** The bus on which the programs of a Linux desktop speak with each other. */
export interface SessionBus {
  /** Calls a method and gives its answer's values. Throws what the other side, or the bus, says. */
  readonly call: (call: BusCall) => Promise<readonly unknown[]>;
  /** Hears a signal from now on. Throws when the bus takes no rule. */
  readonly hear: (rule: SignalRule, listener: (body: readonly unknown[]) => void) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A bus that outlives the connection to it. */
export interface LastingBus extends SessionBus {
  /** Tells each time that it was opened anew: what happened while it was lost was not heard. */
  readonly onReopened: (listener: () => void) => void;
}

/** The bus itself, which answers too. */
export const BUS = {
  service: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

/** The signal that a service came, went or is another: its arguments are its name and its owner before and now. */
export function ownerChanges(service: string): SignalRule {
  return { service: BUS.service, interface: BUS.interface, member: 'NameOwnerChanged', about: service };
}

/** Whether somebody has that name. Asking somebody who is not there would have the bus start them. */
export async function isOnBus(bus: SessionBus, service: string): Promise<boolean> {
  const [isThere] = await bus.call({ ...BUS, member: 'NameHasOwner', signature: 's', body: [service] });
  return isThere === true;
}
