// A home directory for one client, with a stand-in for the browser that the client opens.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class BrowserHome {
  static async create(prefix) {
    const home = new BrowserHome();
    home.folder = await mkdtemp(join(tmpdir(), `${prefix}-`));
    home.log = join(home.folder, "opened");
    // Openers look for xdg-open on the path. The stand-in runs until the sign-in is done, as a browser would.
    const opener = join(home.folder, "xdg-open");
    await writeFile(opener, `#!/bin/sh\nexec '${process.execPath}' '${join(import.meta.dirname, "browser.mjs")}' '${home.log}' "$1"\n`);
    await chmod(opener, 0o755);
    home.env = { ...process.env, HOME: home.folder, PATH: `${home.folder}:${process.env.PATH}`, BROWSER: opener };
    return home;
  }

  /** How often the client opened the browser. */
  asked = () => existsSync(this.log) ? readFileSync(this.log, "utf8").trim().split("\n").length : 0;

  remove = () => rm(this.folder, { recursive: true, force: true });
}
