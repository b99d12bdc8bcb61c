// A client of the C# SDK for tests/acceptance: ADDRESS [CLIENT_ID]. Without a client id it registers itself. The test
// drives it over its standard streams, one JSON object a line:
//   {"open": URL} the client opens a browser; the test answers with one line, the address that the browser returns to
//   {"connected": …} the client is ready; each line that follows names a tool, which the client calls without arguments
//   {"result": …}      the result of that call
//   {"error": …}       the connection or the call failed
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using ModelContextProtocol;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;

var transport = new HttpClientTransport(
    new HttpClientTransportOptions
    {
        Endpoint = new Uri(args[0]),
        TransportMode = HttpTransportMode.StreamableHttp,
        OAuth = new ClientOAuthOptions
        {
            RedirectUri = new Uri("http://localhost:7778/callback"),
            ClientId = args.ElementAtOrDefault(1),
            DynamicClientRegistration = new DynamicClientRegistrationOptions { ClientName = "Acceptance, C#" },
            AuthorizationCallbackHandler = AuthorizeAsync,
        },
    }
);

try
{
    await using var client = await McpClient.CreateAsync(transport);
    Write("connected", client.NegotiatedProtocolVersion);
    while (await Console.In.ReadLineAsync() is { } tool)
    {
        await CallAsync(client, tool);
    }
}
catch (Exception exception) when (exception is HttpRequestException or McpException or InvalidOperationException)
{
    Write("error", exception.ToString());
    return 1;
}

return 0;

static async Task CallAsync(McpClient client, string tool)
{
    try
    {
        var result = await client.CallToolAsync(tool);
        Write("result", JsonSerializer.SerializeToNode(result, McpJsonUtilities.DefaultOptions));
    }
    catch (Exception exception) when (exception is HttpRequestException or McpException)
    {
        Write("error", exception.ToString());
    }
}

static async Task<AuthorizationResult?> AuthorizeAsync(
    AuthorizationCallbackContext context,
    CancellationToken cancellationToken
)
{
    Write("open", context.AuthorizationUri.AbsoluteUri);
    var callback = await Console.In.ReadLineAsync(cancellationToken)
        ?? throw new InvalidOperationException("The test has ended.");
    var answer = HttpUtility.ParseQueryString(new Uri(callback).Query);
    return new AuthorizationResult
    {
        Code = answer["code"],
        State = answer["state"],
        Iss = answer["iss"],
    };
}

static void Write(string name, JsonNode? value) => Console.WriteLine(new JsonObject { [name] = value }.ToJsonString());
