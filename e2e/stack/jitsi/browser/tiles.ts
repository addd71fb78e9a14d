/** The people of a conference as tiles: a picture or initials, a name, the outline of who speaks. */
import type { CallPicture, Person } from './call.ts';
import { el, icon } from './dom.ts';
import type { Words } from './words.ts';

type Tile = { root: HTMLElement; video: HTMLVideoElement; initials: HTMLElement; name: HTMLElement };

const COLOURS = 6;
const SEGMENTER = new Intl.Segmenter();

export class Tiles {
  readonly root = el('main', { class: 'tiles' });
  readonly #words: Words;
  readonly #tiles = new Map<string, Tile>();
  readonly #onSilenced: () => void;

  /** `onSilenced` is called when the browser does not let a sound play without a click. */
  constructor(words: Words, onSilenced: () => void) {
    this.#words = words;
    this.#onSilenced = onSilenced;
  }

  draw({ people, speaker, tileView }: CallPicture): void {
    const sharing = people.filter((person) => person.sharing && person.screen);
    const wanted = new Map<string, HTMLElement>();
    for (const person of sharing) wanted.set(`${person.id}/screen`, this.#drawScreen(person));
    for (const person of people) wanted.set(person.id, this.#drawPerson(person, person.id === speaker));
    this.#dropAllBut(wanted);
    const onStage = sharing[0]
      ? `${sharing[0].id}/screen`
      : this.#stageWithoutScreen(people, speaker, tileView);
    this.#arrange(wanted, onStage);
  }

  /** Plays what the browser held back; called from a click. */
  hear(): void {
    for (const { video } of this.#tiles.values()) void video.play();
  }

  #stageWithoutScreen(people: Person[], speaker: string | null, tileView: boolean): string | undefined {
    if (tileView || people.length < 2) return undefined;
    const others = people.filter(({ local }) => !local);
    return (others.find(({ id }) => id === speaker) ?? others[0])?.id;
  }

  #arrange(wanted: Map<string, HTMLElement>, onStage: string | undefined): void {
    const small = wanted.size - (onStage ? 1 : 0);
    this.root.classList.toggle('staged', onStage !== undefined);
    this.root.style.setProperty('--columns', String(columnsFor(small, innerWidth / innerHeight)));
    this.root.style.setProperty('--small', String(Math.max(small, 1)));
    for (const [index, [key, element]] of [...wanted].entries()) {
      element.classList.toggle('stage', key === onStage);
      element.style.order = String(index);
      if (!element.isConnected) this.root.append(element);
    }
  }

  #drawPerson(person: Person, speaks: boolean): HTMLElement {
    const tile = this.#tile(person.id, 'person');
    const { root, video, initials, name } = tile;
    root.dataset.participant = person.id;
    root.classList.toggle('speaks', speaks);
    root.classList.toggle('mirrored', person.local);
    video.muted = person.local;
    this.#show(video, person.camera);
    video.hidden = person.videoMuted || !person.camera;
    initials.hidden = !video.hidden;
    initials.textContent = initialsOf(person.name);
    initials.dataset.colour = String(colourOf(person.name));
    name.replaceChildren(...this.#nameOf(person));
    return root;
  }

  #drawScreen(person: Person): HTMLElement {
    const { root, video, initials, name } = this.#tile(`${person.id}/screen`, 'screen');
    video.muted = true;
    this.#show(video, person.screen);
    initials.hidden = true;
    name.replaceChildren(
      icon('desktop'),
      person.local ? this.#words.youShare : `${person.name} ${this.#words.shares}`,
    );
    return root;
  }

  #tile(key: string, kind: 'person' | 'screen'): Tile {
    const known = this.#tiles.get(key);
    if (known) return known;
    const video = el('video', { autoplay: true, playsinline: true });
    const initials = el('div', { class: 'initials', 'aria-hidden': 'true' });
    const name = el('div', { class: 'name' });
    const tile = {
      root: el('section', { class: `tile ${kind}` }, video, initials, name),
      video,
      initials,
      name,
    };
    this.#tiles.set(key, tile);
    return tile;
  }

  #show(video: HTMLVideoElement, stream: MediaStream | null): void {
    if (video.srcObject === stream) return;
    video.srcObject = stream;
    if (stream) void video.play().catch((error: unknown) => this.#playFailed(error));
  }

  /** AbortError: another stream came before this one started, whose own play() tells. */
  #playFailed(error: unknown): void {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError') this.#onSilenced();
    else if (name !== 'AbortError') throw error;
  }

  #nameOf(person: Person): Node[] {
    const parts: Node[] = [icon('microphone', person.audioMuted)];
    if (person.audioMuted) parts.push(el('span', { class: 'unseen' }, this.#words.soundOff));
    parts.push(el('span', { class: 'cut' }, person.local ? this.#words.you : person.name));
    if (person.hand > 0) parts.push(icon('raisehand'), el('span', { class: 'unseen' }, this.#words.handUp));
    return parts;
  }

  #dropAllBut(wanted: Map<string, HTMLElement>): void {
    for (const [key, { root, video }] of this.#tiles) {
      if (wanted.has(key)) continue;
      video.srcObject = null;
      root.remove();
      this.#tiles.delete(key);
    }
  }
}

/**
 * How many columns show `count` pictures of 16:9 largest in a window of this shape (width over height); of two
 * numbers that do it equally well, the smaller.
 */
export function columnsFor(count: number, shape: number): number {
  const pictureWidth = (columns: number) => {
    const rows = Math.ceil(count / columns);
    return Math.min(shape / columns, (16 / 9) * (1 / rows));
  };
  let best = 1;
  for (let columns = 2; columns <= count; columns++) {
    if (pictureWidth(columns) > pictureWidth(best) + 1e-9) best = columns;
  }
  return best;
}

/** The first letters of the first and last word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word = '') => [...SEGMENTER.segment(word)][0]?.segment ?? '')
    .join('')
    .toLocaleUpperCase();
}

function colourOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return (sum % COLOURS) + 1;
}
