/** What `noteCloseTargets` puts on the page. */
export interface WithTargets {
  /**
   * What Tab stops at and is so small and so near to others, or so covered by them, that it may be hard to meet (WCAG
   * 2.2, 2.5.8). Never less than axe-core's rule `target-size` finds, which is the one to judge, but much sooner told.
   */
  readonly closeTargets: () => Element[];
}

/** Runs in the page. */
export function noteCloseTargets(): void {
  if ('closeTargets' in globalThis) return;
  /** What axe-core takes for large enough, or for far enough from others, in CSS pixels. */
  const ENOUGH = 24;
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  const isSmall = ({ width, height }: DOMRect) => width < ENOUGH || height < ENOUGH;
  const meet = (one: DOMRect, other: DOMRect) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  const covers = (one: DOMRect, other: DOMRect) =>
    one.left <= other.left && one.top <= other.top && one.right >= other.right && one.bottom >= other.bottom;
  /** From the middle of one, a circle in which nothing else may be. */
  const isNear = (one: DOMRect, other: DOMRect): boolean => {
    const [x, y] = [one.left + one.width / 2, one.top + one.height / 2];
    const across = Math.max(other.left - x, x - other.right, 0);
    const down = Math.max(other.top - y, y - other.bottom, 0);
    const between = Math.hypot(other.left + other.width / 2 - x, other.top + other.height / 2 - y);
    return Math.hypot(across, down) <= ENOUGH / 2 || (isSmall(other) && between <= ENOUGH);
  };
  /** Whether enough of it is left on one side of what lies over it. */
  const hasRoom = (one: DOMRect, others: readonly DOMRect[]): boolean => {
    const beside = [
      Math.min(...others.map(({ left }) => left)) - one.left,
      one.right - Math.max(...others.map(({ right }) => right)),
    ];
    const above = [
      Math.min(...others.map(({ top }) => top)) - one.top,
      one.bottom - Math.max(...others.map(({ bottom }) => bottom)),
    ];
    return beside.some((room) => room > ENOUGH) || above.some((room) => room > ENOUGH);
  };
  const isInDoubt = (one: DOMRect, others: readonly DOMRect[]): boolean => {
    if (isSmall(one)) return others.some((other) => isNear(one, other) || meet(one, other));
    const over = others.filter((other) => meet(one, other) && !covers(other, one));
    return over.length > 0 && !hasRoom(one, over);
  };
  const closeTargets = (): Element[] => {
    const targets = all(
      'a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]',
    )
      .filter((each) => !each.getAttribute('tabindex')?.startsWith('-'))
      .map((element) => ({ element, rect: element.getBoundingClientRect() }))
      .filter(({ rect }) => rect.width > 0);
    return targets
      .filter((one) => {
        const others = targets.filter((other) => other !== one).map(({ rect }) => rect);
        return isInDoubt(one.rect, others);
      })
      .map(({ element }) => element);
  };
  Object.assign(globalThis, { closeTargets });
}
