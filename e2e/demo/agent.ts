import { join } from 'node:path';
import type { Page } from 'playwright-core';
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
