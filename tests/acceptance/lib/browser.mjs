// Stands in for a browser that a client opens: node browser.mjs LOG URL. Each opening is a line of the log.
import { appendFileSync } from "node:fs";
import { consent } from "./person.mjs";

const [log, url] = process.argv.slice(2);
appendFileSync(log, `${url}\n`);
const callback = await consent(url);
// A client may listen for the answer only after the browser is open: a person takes longer than this program.
for (let tries = 0; ; tries++) {
  try {
    await fetch(callback);
    break;
  } catch (error) {
    if (tries === 50) {
      throw error;
    }

    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
