import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import call from '../../renderer/i18n/fr/call.json' with { type: 'json' };
import chat from '../../renderer/i18n/fr/chat.json' with { type: 'json' };
import common from '../../renderer/i18n/fr/common.json' with { type: 'json' };
import files from '../../renderer/i18n/fr/files.json' with { type: 'json' };
import salons from '../../renderer/i18n/fr/salons.json' with { type: 'json' };
import signin from '../../renderer/i18n/fr/signin.json' with { type: 'json' };
import type { OpenProgram } from '../electron/open-program.ts';
import type { DemoPerson } from '../stack/people.ts';
import { type BrowserOptions, grantAccess, openBrowser, signInToChat } from './browser.ts';
import type { Links } from './links.ts';
import { until } from './until.ts';

/** What the program opens the browser with to sign in to the chat: a link of its own that leads to the server's page. */
const TO_BROWSER = /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/;

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

  /** Another person's account in the same program. */
  as(person: DemoPerson): Agent {
    const { program, links, profile } = this;
    return new Agent({ person, program, links, profile, browser: this.#browser });
  }

  /** The program's window. */
  get page(): Page {
    return this.program.page;
  }

  /** The folder that the program keeps in step, once the person agreed to the suggested place. */
  get folder(): string {
    return join(this.profile, 'home', 'Traboule');
  }

  /**
   * Signs in for the first time on this device: address, password, files in the browser, recovery code; then
   * agrees to the place for the folders. Gives the recovery code. `code`: one that was kept on another device.
   */
  async signIn(options: { code?: string; pictures?: string } = {}): Promise<string> {
    await this.typeAddress(this.person.name);
    return this.enter(options);
  }

  /** Signs in from the page that asks for the password on. */
  async enter(options: { code?: string; pictures?: string } = {}): Promise<string> {
    await this.typePassword(this.person.password);
    return this.enterFiles(options);
  }

  /** Signs in from the page that offers to connect the files on. */
  async enterFiles(options: { code?: string; pictures?: string } = {}): Promise<string> {
    await this.#press(signin.files.open);
    await this.grantFiles(options.pictures && join(options.pictures, `grant-${this.person.name}.png`));
    const code = options.code === undefined ? await this.#keepNewCode() : await this.#giveCode(options.code);
    await this.#row().first().waitFor({ timeout: 30_000 });
    return code;
  }

  /** Signs in unless the program knows its person from the last time. Gives the recovery code, or null. */
  async signInIfNeeded(): Promise<string | null> {
    const first = this.page.getByLabel(signin.address.label);
    await first.or(this.#row().first()).first().waitFor({ timeout: 30_000 });
    if (!(await first.isVisible())) return null;
    const code = await this.signIn();
    await this.keepFolderHere('Coupe du monde de rugby');
    return code;
  }

  /** The first field of the sign-in. */
  async typeAddress(address: string): Promise<void> {
    await this.page.getByLabel(signin.address.label).fill(address);
    await this.#press(common.continue);
  }

  /** The chat's password. */
  async typePassword(password: string): Promise<void> {
    const field = this.page.getByLabel(signin.password.label, { exact: true });
    await field.fill(password);
    await field.press('Enter');
  }

  /** Signs in to the chat in the system's browser, which the program opens, with a provider that the server names. */
  async signInByBrowser(provider: string): Promise<void> {
    await this.#press(signin.browser.with.replace('{{name}}', provider));
    await this.isTold(signin.browser.waiting.status);
    const link = await this.links.next((address) => TO_BROWSER.test(address), 20_000);
    const browser = await openBrowser(this.#browser, link);
    try {
      await signInToChat(browser.page, this.person.name, this.person.password);
    } finally {
      await browser.close();
    }
  }

  /** Waits until the program says something. */
  async isTold(words: string): Promise<void> {
    await this.page.getByText(words).first().waitFor();
  }

  async #keepNewCode(): Promise<string> {
    await this.#press(signin.code.make);
    const shown = this.page.getByRole('list', { name: signin.code.label }).getByRole('listitem');
    await shown.first().waitFor();
    const groups = await shown.allInnerTexts();
    await this.#press(signin.code.kept);
    const question = await this.page.getByText(/groupe numéro \d+ sur \d+/).innerText();
    const asked = Number(/numéro (\d+)/.exec(question)?.[1]);
    await this.page
      .getByLabel(signin.code.group.replace('{{ordinal}}', String(asked)))
      .fill(groups[asked - 1] ?? '');
    await this.#press(signin.code.finish);
    return groups.join(' ');
  }

  async #giveCode(code: string): Promise<string> {
    await this.page.getByLabel(signin.code.label).fill(code);
    await this.#press(signin.entry.use);
    return code;
  }

  #press(name: string): Promise<void> {
    return this.page.getByRole('button', { name, exact: true }).click();
  }

  #row(name?: string): Locator {
    const list = this.page.getByRole('listbox');
    return name === undefined ? list.getByRole('option') : list.getByRole('option', { name });
  }

  /** Agrees to the suggested place for the salons' folders. */
  async keepFolderHere(salon: string): Promise<void> {
    await this.openSalon(salon);
    await this.#showFolder();
    await this.#press(files.place.take);
    await this.page.getByText(files.state['up-to-date'], { exact: true }).waitFor({ timeout: 60_000 });
  }

  /** Shows the folder of the salon that is open: in a small window it is out of sight at first. */
  async #showFolder(): Promise<void> {
    const button = this.page.getByRole('button', { name: new RegExp(`^${chat.showFolder}`) });
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
  }

  /** Opens a salon from the list. */
  async openSalon(name: string): Promise<void> {
    await this.#row(name).click();
    await this.composer(name).waitFor();
  }

  /** Makes a salon for some people of the directory, and waits until it is open. */
  async makeSalon(name: string, people: readonly DemoPerson[]): Promise<void> {
    await this.planSalon(name, people);
    await this.composer(name).waitFor({ timeout: 30_000 });
  }

  /** Fills the form of a new salon and sends it. */
  async planSalon(name: string, people: readonly DemoPerson[]): Promise<void> {
    await this.page.getByRole('button', { name: salons.new, exact: true }).first().click();
    const dialog = this.page.getByRole('dialog', { name: salons.create.title });
    await dialog.getByLabel(salons.create.name, { exact: true }).fill(name);
    for (const { displayName } of people) {
      await dialog.getByRole('combobox', { name: salons.create.people }).fill(displayName);
      await this.page.locator('.people-popover').getByRole('option', { name: displayName }).click();
    }
    await this.sendPlannedSalon();
  }

  /** Sends the form of a new salon as it stands. */
  async sendPlannedSalon(): Promise<void> {
    await this.#press(salons.create.submit);
  }

  /** Joins a salon that one was invited to. */
  async acceptInvitation(name: string): Promise<void> {
    await this.#row(name).click({ timeout: 30_000 });
    await this.#press(chat.invitation.accept);
    await this.composer(name).waitFor();
  }

  /** The names in the list of salons, as they stand on screen. */
  async salons(): Promise<string[]> {
    await this.#row().first().waitFor();
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
    const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
      devtools.send('Input.dispatchDragEvent', { type, x, y, data });
    await drag('dragEnter');
    await drag('dragOver');
    // What the person sees before letting go.
    await this.page.getByText(/^Déposer dans /).waitFor();
    await drag('dragOver');
    await drag('drop');
    await devtools.detach();
  }

  /** Presses the telephone of the salon that is open, and waits for the call window. */
  async call(): Promise<void> {
    await this.#press(chat.call.start);
    await this.callWindow();
  }

  /** The call window, once it is there. */
  async callWindow(): Promise<Page> {
    return until('the call window', () =>
      this.program.app.windows().find((page) => page.url().startsWith('traboule://call/')),
    );
  }

  /** Waits until the program rings. */
  async hearsRinging(): Promise<void> {
    await this.ringing.waitFor();
  }

  /** Waits until it does not ring any more. */
  async hearsNothing(): Promise<void> {
    await this.ringing.waitFor({ state: 'hidden' });
  }

  /** What the program shows while it rings. */
  get ringing(): Locator {
    return this.page.getByRole('button', { name: /^Répondre/ });
  }

  async acceptCall(): Promise<void> {
    await this.ringing.click();
    await this.callWindow();
  }

  async declineCall(): Promise<void> {
    await this.page.getByRole('button', { name: /^Plus tard/ }).click();
  }

  /** Leaves the call by its own button; the window closes. */
  async leaveCall(): Promise<void> {
    const page = await this.callWindow();
    await page.getByRole('button', { name: call.leaveLong }).click();
    await until('the call window is closed', () => page.isClosed());
  }

  /** Closes the window as its cross does; the program goes on in the tray. */
  async closeWindow(): Promise<void> {
    await this.program.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.webContents.getURL().startsWith('traboule://app/'))
        ?.close(),
    );
    await until('the window is closed', async () => !(await this.windowIsOpen()));
  }

  /** Whether the main window is on the screen. */
  async windowIsOpen(): Promise<boolean> {
    return this.program.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some(
        (window) => window.webContents.getURL().startsWith('traboule://app/') && window.isVisible(),
      ),
    );
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
