// Signs in as any client of this server does, and calls a tool with what the form holds. All state is this tab's.
const mcp = location.origin + '/mcp';
const callback = location.origin + '/try/callback';
const store = sessionStorage;
const byId = id => document.getElementById(id);
const say = (id, text, isBad) => {
  byId(id).textContent = text;
  byId(id).className = isBad ? 'bad' : '';
};

const base64Url = bytes => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const random = () => base64Url(crypto.getRandomValues(new Uint8Array(32)));
const json = async address => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(address + ' answered ' + response.status);
  return response.json();
};

// RFC 9728 section 5.1: the refusal says where the metadata is, and that names the authorization server (RFC 8414 section 3).
async function discover() {
  const refusal = await send('{"jsonrpc":"2.0","id":0,"method":"tools/call","params":{"name":"none"}}', null);
  const address = /resource_metadata="([^"]+)"/.exec(refusal.headers.get('WWW-Authenticate') || '');
  if (!address) throw new Error('The server did not say where to sign in.');
  const resource = await json(address[1]);
  const server = await json(resource.authorization_servers[0] + '/.well-known/oauth-authorization-server');
  return { resource: resource.resource, server };
}

async function signIn() {
  const { resource, server } = await discover();
  const registration = await fetch(server.registration_endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ client_name: 'Try it, in this browser', redirect_uris: [callback], grant_types: ['authorization_code'], token_endpoint_auth_method: 'none' }),
  });
  const client = (await registration.json()).client_id;
  const [state, verifier] = [random(), random()];
  const challenge = base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
  store.setItem('sign-in', JSON.stringify({ client, state, verifier, resource, issuer: server.issuer, token: server.token_endpoint, back: location.pathname, form: formValues() }));
  location.assign(server.authorization_endpoint + '?' + new URLSearchParams({
    response_type: 'code', client_id: client, redirect_uri: callback, scope: 'openid', state, code_challenge: challenge, code_challenge_method: 'S256', resource,
  }));
}

async function finish() {
  const begun = JSON.parse(store.getItem('sign-in') || 'null');
  const answer = new URLSearchParams(location.search);
  store.removeItem('sign-in');
  if (!begun || answer.get('state') !== begun.state || answer.get('iss') !== begun.issuer) {
    throw new Error('This answer belongs to no sign-in of this tab. Begin again from a tool.');
  }
  if (answer.get('code')) {
    const response = await fetch(begun.token, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code', code: answer.get('code'), redirect_uri: callback, client_id: begun.client, code_verifier: begun.verifier, resource: begun.resource,
      }),
    });
    const token = await response.json();
    if (!token.access_token) throw new Error('No token was given: ' + (token.error_description || token.error));
    store.setItem('token', token.access_token);
  } else {
    store.setItem('said', 'The sign-in was refused (' + answer.get('error') + ').');
  }
  store.setItem('form', JSON.stringify(begun.form));
  location.replace(begun.back);
}

const send = (body, token) => fetch(mcp, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'MCP-Protocol-Version': '2025-11-25', ...(token ? { Authorization: 'Bearer ' + token } : {}) },
  body,
});

const inputs = () => [...document.querySelectorAll('#call [name]')];
const formValues = () => Object.fromEntries(inputs().map(input => [input.name, input.value]));

// Numbers go as they are written, digit by digit; what is left empty is left out.
function argumentsText() {
  return '{' + inputs().filter(input => input.value !== '').map(input => {
    if (input.dataset.kind === 'json') {
      try {
        JSON.parse(input.value);
      } catch (error) {
        input.focus();
        throw new Error(input.name + ' is no JSON: ' + error.message);
      }
    }
    const isRaw = input.dataset.kind === 'json' || (input.dataset.kind === 'number' && /^(true|false|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/.test(input.value));
    return JSON.stringify(input.name) + ':' + (isRaw ? input.value : JSON.stringify(input.value));
  }).join(',') + '}';
}

// Line breaks and indents between the tokens; the tokens stay as they came.
function indent(text) {
  let [depth, inString, result] = [0, false, ''];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      result += character === '\\' ? character + text[++at] : character;
      inString = character !== '"';
    } else if (character === '"') {
      inString = true;
      result += character;
    } else if ('{['.includes(character)) {
      const isEmpty = '}]'.includes(text[at + 1]);
      result += character + (isEmpty ? '' : '\n' + '  '.repeat(++depth));
      if (isEmpty) result += text[++at];
    } else if ('}]'.includes(character)) {
      result += '\n' + '  '.repeat(--depth) + character;
    } else if (!/\s/.test(character)) {
      result += character === ',' ? ',\n' + '  '.repeat(depth) : character === ':' ? ': ' : character;
    }
  }
  return result;
}

async function call(event) {
  event.preventDefault();
  const body = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":' + JSON.stringify(byId('call').dataset.tool) + ',"arguments":' + argumentsText() + '}}';
  const token = store.getItem('token');
  byId('send').disabled = true;
  try {
    const start = performance.now();
    const response = await send(body, token);
    const text = await response.text();
    const time = Math.round(performance.now() - start);
    byId('request').textContent = 'POST /mcp\nContent-Type: application/json\nAccept: application/json\n' + (token ? 'Authorization: Bearer (your token)\n' : '') + '\n' + indent(body);
    const isFailed = !response.ok || /"isError"\s*:\s*true/.test(text);
    say('summary', 'Status ' + response.status + ' after ' + time + ' ms' + (isFailed ? ': the call failed.' : '.')
      + (response.status === 401 ? ' Sign in first.' : ''), isFailed);
    byId('answer').textContent = text ? indent(text) : response.headers.get('WWW-Authenticate') || '';
    byId('result').hidden = false;
    if (response.status === 401) signOut();
  } finally {
    byId('send').disabled = false;
  }
}

// What this user wrote, here or through another client, is taken back.
async function reset() {
  const response = await fetch(byId('reset').dataset.address, { method: 'POST', headers: { Authorization: 'Bearer ' + store.getItem('token') } });
  if (response.status === 401) signOut();
  say('session', response.ok ? 'Your books are as they were.' : 'Nothing was taken back: status ' + response.status + '.', !response.ok);
}

function signOut() {
  store.removeItem('token');
  show();
}

function show() {
  const isIn = store.getItem('token') !== null;
  say('session', store.getItem('said') || (isIn ? 'You are signed in as sandbox-user.' : 'You are not signed in.'), store.getItem('said') !== null);
  store.removeItem('said');
  byId('sign-in').hidden = isIn;
  byId('sign-out').hidden = !isIn;
  byId('reset').hidden = !isIn;
}

const guarded = action => async event => {
  try {
    await action(event);
  } catch (error) {
    say('session', error.message, true);
  }
};

if (location.pathname === '/try/callback') {
  guarded(finish)();
} else {
  const kept = JSON.parse(store.getItem('form') || '{}');
  store.removeItem('form');
  for (const input of inputs()) input.value = kept[input.name] ?? input.value;
  byId('sign-in').addEventListener('click', guarded(signIn));
  byId('sign-out').addEventListener('click', signOut);
  byId('reset').addEventListener('click', guarded(reset));
  byId('call').addEventListener('submit', guarded(call));
  show();
}
