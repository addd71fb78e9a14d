import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import chat from '../../renderer/i18n/fr/chat.json' with { type: 'json' };
import type { OpenProgram } from '../electron/open-program.ts';
import type { DemoPerson } from '../stack/people.ts';
import { type BrowserOptions, grantAccess, openBrowser } from './browser.ts';
import type { Links } from './links.ts';

/** What an agent is made of. */
export interface AgentParts {
  person: DemoPerson;
  program: OpenProgram;
  links: Links;
  profile: string;
  browser: BrowserOptions;
}

/** Someone at their program: does what a person does, by what a person sees. */
export class Agent {
  readonly person: DemoPerson;
  readonly program: OpenProgram;
  readonly links: Links;
  readonly profile: string;
  readonly #browser: BrowserOptions;

  constructor({ person, program, links, profile, browser }: AgentParts) {
    this.person = person;
    this.program = program;
    this.links = links;
    this.profile = profile;
    this.#browser = browser;
  }

  /** The program's window. */
  get page(): Page {
    return this.program.page;
  }

  /** The folder that the program keeps in step, once the person agreed to the suggested place. */
  get folder(): string {
    return join(this.profile, 'home', 'Traboule');
  }

  /** Opens a salon from the list. */
  async openSalon(name: string): Promise<void> {
    await this.page.getByRole('option', { name }).click();
    await this.composer(name).waitFor();
  }

  /** The names in the list of salons, as they stand on screen. */
  async salons(): Promise<string[]> {
    await this.page.getByRole('option').first().waitFor();
    return this.page.locator('[role=option] .salon-row-name .cut').allInnerTexts();
  }

  /** Where one writes to a salon. */
  composer(salon: string): Locator {
    return this.page.getByRole('textbox', { name: chat.compose.label.replace('{{name}}', salon) });
  }

  /** Writes a line in the salon that is open, and sends it. */
  async write(salon: string, text: string): Promise<void> {
    await this.composer(salon).fill(text);
    await this.composer(salon).press('Enter');
  }

  /** Waits until a line stands in the conversation that is open. */
  async reads(text: string, timeout = 15_000): Promise<void> {
    await this.conversation.getByText(text, { exact: true }).first().waitFor({ timeout });
  }

  /** The lines of the conversation that is open. */
  get conversation(): Locator {
    return this.page.getByRole('feed');
  }

  /** Lets a file of the disk fall on the conversation, as from the system's file manager. */
  async dropOnConversation(path: string): Promise<void> {
    const box = await this.conversation.boundingBox();
    if (!box) throw new Error('the conversation is not on screen');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const devtools = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await devtools.send('Input.dispatchDragEvent', { type, x, y, data });
    await devtools.detach();
  }

  /** Grants the program access to the files in the system's browser, which it opened. */
  async grantFiles(shot?: string): Promise<void> {
    const link = await this.links.next((address) => address.includes('/login/v2/flow'), 20_000);
    const browser = await openBrowser(this.#browser, link);
    try {
      if (shot) await browser.page.screenshot({ path: shot });
      await grantAccess(browser.page, this.person.name, this.person.password);
    } finally {
      await browser.close();
    }
  }

  /** Closes the program as a person would. */
  async close(): Promise<void> {
    this.links.close();
    await this.program.close();
  }

  /** Ends the program at once, as a power cut would. */
  async kill(): Promise<void> {
    this.links.close();
    await this.program.kill();
  }
}
