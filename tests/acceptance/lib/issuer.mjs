// What a program may ask of the sandbox's authorization server.

/** A token of a client that acts for itself. */
export async function clientToken(issuer, resource) {
  const client = await post(`${issuer}/oauth2/register`, JSON.stringify({
    client_name: "Acceptance",
    grant_types: ["client_credentials"],
    token_endpoint_auth_method: "client_secret_post",
  }), "application/json");
  const answer = await post(`${issuer}/oauth2/token`, new URLSearchParams({
    grant_type: "client_credentials",
    client_id: client.client_id,
    client_secret: client.client_secret,
    resource,
  }));
  return answer.access_token;
}

/** Signs with a new key from now on. The earlier keys stay published. */
export const rotateKeys = sandbox => post(`${sandbox.issuer}/sandbox/rotate-keys`, undefined, undefined, sandbox.token);

/** Publishes the newest key alone. */
export const withdrawEarlierKeys = sandbox => post(`${sandbox.issuer}/sandbox/withdraw-earlier-keys`, undefined, undefined, sandbox.token);

async function post(url, body, type, token) {
  const headers = { ...(type && { "Content-Type": type }), ...(token && { "Authorization": `Bearer ${token}` }) };
  const response = await fetch(url, { method: "POST", body, headers });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  }

  return response.json();
}
