// A host that shows views: a real browser with a page that holds one in a frame, and the AppBridge of the standard's own package behind it.
import { createServer } from "node:http";
import { existsSync } from "node:fs";
import { AppBridge, getToolUiResourceUri } from "@modelcontextprotocol/ext-apps/app-bridge";
import { chromium } from "playwright-core";

const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

// The policy that the standard gives to hosts for a view without origins of its own; a frame of markup has that of its page.
const policy = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
  + "media-src 'self' data:; connect-src 'none'; frame-src 'self'; object-src 'none'; base-uri 'self'";

const hostPage = `<!doctype html><title>Host</title><style>body { margin: 0 } iframe { display: block; border: 0; width: 100% }</style>
  <iframe sandbox="allow-scripts"></iframe>
  <script>
    const frame = document.querySelector("iframe");
    addEventListener("message", ({ source, data }) => source === frame.contentWindow && toBridge(data));
  </script>`;

/** Whether there is a browser. */
export const hasBrowser = () => existsSync(browserPath);

export class ViewBrowser {
  #browser;
  #server;

  static async start() {
    const host = new ViewBrowser();
    host.#browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
    host.#server = createServer((_, response) => response.writeHead(200, { "Content-Type": "text/html", "Content-Security-Policy": policy }).end(hostPage));
    await new Promise(resolve => host.#server.listen(0, "localhost", resolve));
    return host;
  }

  close = async () => {
    await this.#browser.close();
    this.#server.close();
  };

  /**
   * Opens a conversation in which a tool with a view was called.
   * @param client of the MCP server, connected
   * @param {{ theme?: "light" | "dark", width?: number, capabilities?: object, openai?: object, result?: object }} options what the host is
   * like; `openai` makes it one that knows ChatGPT's object alone, `result` stands in for the server's own, and `now` is what its clock says
   */
  async show(client, tool, args, { theme = "light", width = 800, capabilities = { serverTools: {} }, openai, result, now } = {}) {
    const { tools } = await client.listTools();
    const uri = getToolUiResourceUri(tools.find(({ name }) => name === tool));
    const { contents: [resource] } = await client.readResource({ uri });
    result ??= await client.callTool({ name: tool, arguments: args });
    const page = await this.#browser.newPage({ viewport: { width, height: 900 } });
    const view = new ShownView(page, resource);
    now && await page.clock.setFixedTime(now);
    page.on("request", request => view.requests.push(request.url()));
    page.on("pageerror", error => view.errors.push(error.message));
    page.on("console", message => message.type() === "error" && view.errors.push(message.text()));
    await page.exposeFunction("toBridge", message => view.receive(message));
    await page.goto(`http://localhost:${this.#server.address().port}/`);
    if (openai) {
      await view.load(`<script>window.openai = ${openai(result)}</script>${resource.text}`);
    } else {
      await view.connect(new AppBridge(client, { name: "acceptance", version: "1.0.0" }, capabilities, { hostContext: { theme } }), args, result);
    }

    return view;
  }
}

/** A view in its frame. */
class ShownView {
  #page;
  #transport;
  /** What the view asked to be called, in order. */
  calls = [];
  /** All that the browser asked for, the page itself included. */
  requests = [];
  errors = [];
  heights = [];

  constructor(page, resource) {
    this.#page = page;
    this.resource = resource;
  }

  get frame() {
    return this.#page.frameLocator("iframe");
  }

  /** Runs in the view's document. */
  evaluate = (script, argument) => this.#page.frames()[1].evaluate(script, argument);

  text = selector => this.frame.locator(selector).allInnerTexts();

  press = name => this.frame.getByRole("button", { name, exact: true }).click();

  keyboard = key => this.#page.keyboard.press(key);

  screenshot = path => this.#page.screenshot({ path, fullPage: true });

  close = () => this.#page.close();

  receive(message) {
    if (message?.method === "tools/call") {
      this.calls.push(message.params);
    }

    this.#transport?.onmessage?.(message);
  }

  async connect(bridge, args, result) {
    const page = this.#page;
    // The bridge stands outside of the browser: its messages are carried into the page.
    this.#transport = {
      start: async () => {},
      close: async () => {},
      send: message => page.evaluate(sent => document.querySelector("iframe").contentWindow.postMessage(sent, "*"), message),
    };
    bridge.addEventListener("sizechange", ({ height }) => {
      this.heights.push(height);
      page.evaluate(size => { document.querySelector("iframe").style.height = `${size}px`; }, height).catch(() => {});
    });
    const begun = new Promise(resolve => bridge.addEventListener("initialized", resolve));
    await bridge.connect(this.#transport);
    await this.load(this.resource.text);
    await begun;
    await bridge.sendToolInput({ arguments: args });
    await bridge.sendToolResult(result);
    this.bridge = bridge;
    await this.frame.locator("main:not([aria-busy])").waitFor();
  }

  load = html => this.#page.evaluate(text => { document.querySelector("iframe").srcdoc = text; }, html);
}
