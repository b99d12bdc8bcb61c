// What a person does at the sign-in: opens the page and presses the button. Nobody is sent to the page twice for one sign-in.

/** Allows access on the consent page. Returns where the browser is then sent: the client's address, with a code. */
export async function consent(url) {
  const page = await fetch(url);
  const html = await page.text();
  if (!page.ok) {
    throw new Error(`the consent page answered ${page.status}: ${html}`);
  }

  const form = html.match(/<form method="post" action="([^"]*)">/);
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [text(name), text(value)]);
  const answer = await fetch(new URL(form[1], url), {
    method: "POST",
    body: new URLSearchParams([...fields, ["decision", "approve"]]),
    redirect: "manual",
  });
  if (answer.status !== 302) {
    throw new Error(`the consent was answered with ${answer.status}: ${await answer.text()}`);
  }

  return new URL(answer.headers.get("location"));
}

const entities = { "&quot;": '"', "&#39;": "'", "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const text = html => html.replace(/&(?:quot|#39|lt|gt|amp);/g, entity => entities[entity])
  .replace(/&#x([0-9A-Fa-f]+);/g, (_, code) => String.fromCodePoint(parseInt(code, 16)))
  .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
