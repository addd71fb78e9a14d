/** Small helpers over the DOM: an element with its attributes and children, and the icons in use. */
type Attributes = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

/** Makes an element; a function among the attributes listens to the event of that name. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.toggleAttribute(name, value !== false);
    if (typeof value === 'string') element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Outlines on a square of 24, drawn with a line of 2. */
const ICONS = {
  microphone: '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3"/>',
  camera: '<rect x="3" y="6" width="12" height="12" rx="2"/><path d="m15 11 6-3v8l-6-3"/>',
  desktop: '<rect x="3" y="4" width="18" height="13" rx="2"/><path d="M8 21h8M12 14V8m-3 2.500 3-3 3 3"/>',
  raisehand:
    '<path d="M7 13V7a1.500 1.500 0 0 1 3 0v4-6a1.500 1.500 0 0 1 3 0v6-5a1.500 1.500 0 0 1 3 0v8a6 6 0 0 1-11 3l-2-4a1.500 1.500 0 0 1 2.600-1.500z"/>',
  tileview:
    '<rect x="4" y="4" width="7" height="7" rx="1"/><rect x="13" y="4" width="7" height="7" rx="1"/><rect x="4" y="13" width="7" height="7" rx="1"/><rect x="13" y="13" width="7" height="7" rx="1"/>',
  hangup: '<path d="M3 14c0-7 18-7 18 0v2l-5-1v-3c-2-1-6-1-8 0v3l-5 1z"/>',
} as const;

export type IconName = keyof typeof ICONS;

/** An icon, with a bar across it when what it stands for is off. */
export function icon(name: IconName, off = false): HTMLElement {
  const span = el('span', { class: 'icon', 'aria-hidden': 'true' });
  const bar = off ? '<path d="M4 4l16 16"/>' : '';
  span.innerHTML = `<svg viewBox="0 0 24 24">${ICONS[name]}${bar}</svg>`;
  return span;
}
