// The host: by MCP Apps (JSON-RPC over postMessage, revision 2026-01-26), and by ChatGPT's window.openai where that is all there is.

function connect(name, { onContext, onInput, onResult, onCancelled }) {
  const waiting = new Map();
  let lastId = 0;
  let callsTools = false;
  let isBegun = false;
  let isAnswered = false;
  let lastOutput;

  const post = message => parent.postMessage({ jsonrpc: "2.0", ...message }, "*");
  const request = (method, params) => new Promise((resolve, reject) => {
    waiting.set(++lastId, { resolve, reject });
    post({ id: lastId, method, params });
  });

  const notifications = new Map([
    ["ui/notifications/tool-input", params => onInput(params.arguments ?? {})],
    ["ui/notifications/tool-result", params => {
      isAnswered = true;
      onResult(params);
    }],
    ["ui/notifications/tool-cancelled", params => onCancelled(params.reason)],
    ["ui/notifications/host-context-changed", onContext],
  ]);

  addEventListener("message", ({ source, data }) => {
    if (source !== parent || data?.jsonrpc !== "2.0") {
      return;
    }

    if (data.method === undefined) {
      const { resolve, reject } = waiting.get(data.id) ?? {};
      waiting.delete(data.id);
      data.error ? reject?.(new Error(data.error.message)) : resolve?.(data.result);
    } else if (data.id === undefined) {
      notifications.get(data.method)?.(data.params ?? {});
    } else if (["ping", "ui/resource-teardown"].includes(data.method)) {
      post({ id: data.id, result: {} });
    } else {
      post({ id: data.id, error: { code: -32601, message: "The view has no such method." } });
    }
  });

  async function begin() {
    const host = await request("ui/initialize", {
      protocolVersion: "2026-01-26",
      appInfo: { name, version: "1.0.0" },
      appCapabilities: { availableDisplayModes: ["inline", "fullscreen"] },
    });
    callsTools = host.hostCapabilities?.serverTools !== undefined;
    onContext(host.hostContext ?? {});
    post({ method: "ui/notifications/initialized", params: {} });
    isBegun = true;
    tellHeight();
  }

  // The width is the host's; the height follows from it.
  function tellHeight() {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    isBegun && post({ method: "ui/notifications/size-changed", params: { height } });
    window.openai?.notifyIntrinsicHeight?.(height);
  }

  function takeGlobals() {
    if (window.openai === undefined) {
      return;
    }

    onContext({ theme: window.openai.theme });
    // The event comes for every change, and the view may show another page by then.
    const output = JSON.stringify(window.openai.toolOutput ?? null);
    if (!isAnswered && output !== "null" && output !== lastOutput) {
      lastOutput = output;
      onInput(window.openai.toolInput ?? {});
      onResult({ structuredContent: window.openai.toolOutput });
    }
  }

  if (parent !== window) {
    begin().catch(() => {});
  }

  new ResizeObserver(tellHeight).observe(document.documentElement);
  addEventListener("openai:set_globals", takeGlobals);
  // Whoever connects gets the way back first.
  queueMicrotask(takeGlobals);
  return {
    canCall: () => callsTools || window.openai?.callTool !== undefined,
    call: (tool, args) => callsTools ? request("tools/call", { name: tool, arguments: args }) : window.openai.callTool(tool, args),
  };
}

/** Theme and colors of the host; what it does not say stays. */
function applyContext({ theme, styles }) {
  const root = document.documentElement.style;
  if (theme === "light" || theme === "dark") {
    root.colorScheme = theme;
  }

  for (const [name, value] of Object.entries(styles?.variables ?? {})) {
    if (name.startsWith("--") && value !== undefined) {
      root.setProperty(name, value);
    }
  }
}
