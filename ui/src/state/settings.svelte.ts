import * as ipc from '../ipc';
import { setLanguage } from '../i18n/index.svelte';
import { SerialQueue } from './serial-queue';

const DEFAULTS: ipc.SecuritySettings = {
  lockAfterS: 60,
  revealS: 60,
  showAll: false,
  copyOnTouch: true,
  offerNext: true,
  clipboardS: 30,
  hideScreen: true,
  clockOffsetS: 0,
};

class Settings {
  appearance = $state.raw<ipc.Appearance>({
    language: 'system',
    theme: 'system',
    textSize: 'normal',
    sort: 'manual',
  });
  security = $state.raw<ipc.SecuritySettings>(DEFAULTS);
  /** A change sends all settings, so two at the same time would undo each other. */
  #changes = new SerialQueue();

  /** Applies theme, text size and language, those of the system if the core fails, and follows the system's language. */
  async loadAppearance(): Promise<void> {
    window.addEventListener('languagechange', () => void setLanguage(this.appearance.language));
    await this.#applyAppearance(await ipc.appearance().catch(() => this.appearance));
  }

  changeAppearance(changes: Partial<ipc.Appearance>): Promise<void> {
    return this.#changes.run(async () => this.#applyAppearance(await ipc.setAppearance({ ...this.appearance, ...changes })));
  }

  async loadSafety(): Promise<void> {
    this.security = await ipc.securitySettings();
  }

  changeSafety(changes: Partial<ipc.SecuritySettings>): Promise<void> {
    return this.#changes.run(async () => void (this.security = await ipc.setSecuritySettings({ ...this.security, ...changes })));
  }

  clear(): void {
    this.security = DEFAULTS;
  }

  async #applyAppearance(appearance: ipc.Appearance): Promise<void> {
    this.appearance = appearance;
    const root = document.documentElement;
    if (appearance.theme === 'system') root.removeAttribute('data-theme');
    else root.dataset.theme = appearance.theme;
    root.dataset.text = appearance.textSize;
    await setLanguage(appearance.language);
  }
}

export const settings = new Settings();
