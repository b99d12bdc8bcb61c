using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using NeonPanel.Mcp.Sandbox;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

/// <summary>A client and its person at the sandbox's authorization server: registers, submits the consent form, redeems
/// the code.</summary>
internal sealed class SandboxBrowser(SandboxHost sandbox) : IDisposable
{
    public const string Redirect = "http://localhost:7777/callback";

    // The pair of RFC 7636 appendix B.
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    public HttpClient Http { get; } =
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = sandbox.Issuer };

    /// <summary>Registers a client.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Body)> RegisterAsync(object request)
    {
        using var response = await Http.PostAsJsonAsync("/oauth2/register", request);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    public async Task<string> RegisteredIdAsync() =>
        (await RegisterAsync(new { client_name = "Test", redirect_uris = new[] { Redirect } })).Body[
            "client_id"
        ]!.ToString();

    /// <summary>The parameters of an authorization request.</summary>
    public static Dictionary<string, string> Request(
        string clientId,
        string redirect = Redirect,
        string? resource = null,
        string? scope = null
    )
    {
        var request = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = clientId,
            ["redirect_uri"] = redirect,
            ["state"] = "s",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        Add(request, "resource", resource);
        Add(request, "scope", scope);
        return request;
    }

    /// <summary>Opens the sign-in page and returns its status, its text and where it redirects.</summary>
    public async Task<(HttpStatusCode Status, string Text, Uri? Location)> OpenAsync(Dictionary<string, string> request)
    {
        using var response = await Http.GetAsync(QueryHelpers.AddQueryString("/oauth2/authorize", request!));
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location);
    }

    /// <summary>Opens the sign-in page, submits its form without a browser, and returns the parameters of the
    /// redirect.</summary>
    public async Task<Dictionary<string, string>> ApproveAsync(Dictionary<string, string> request)
    {
        var (_, page, _) = await OpenAsync(request);
        var fields = Regex
            .Matches(page, "name=\"([^\"]*)\" value=\"([^\"]*)\"")
            .Where(match => match.Groups[1].Value != "decision")
            .Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        using var form = new FormUrlEncodedContent(fields);
        using var decision = await Http.PostAsync("/oauth2/authorize", form);
        return Parameters(decision.Headers.Location!);
    }

    /// <summary>Sends a token request.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Body)> TokenAsync(Dictionary<string, string> form)
    {
        using var response = await Http.PostAsync("/oauth2/token", new FormUrlEncodedContent(form));
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    /// <summary>The parameters of a code exchange.</summary>
    public static Dictionary<string, string> Exchange(string clientId, string code, string? resource = null)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = clientId,
            ["code"] = code,
            ["redirect_uri"] = Redirect,
            ["code_verifier"] = Verifier,
        };
        Add(form, "resource", resource);
        return form;
    }

    /// <summary>Registers, signs in, and returns the token response.</summary>
    public async Task<(string ClientId, JsonObject Tokens)> SignInAsync(string? resource = null, string? scope = null)
    {
        var clientId = await RegisteredIdAsync();
        var answer = await ApproveAsync(Request(clientId, resource: resource, scope: scope));
        return (clientId, (await TokenAsync(Exchange(clientId, answer["code"], resource))).Body);
    }

    /// <summary>Calls the sandbox API, which lists companies.</summary>
    public async Task<HttpStatusCode> CallApiAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/companies")
        {
            Headers = { Authorization = new("Bearer", token) },
        };
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }

    public static Dictionary<string, string> Parameters(Uri location) =>
        QueryHelpers.ParseQuery(location.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());

    public void Dispose() => Http.Dispose();

    private static void Add(Dictionary<string, string> form, string name, string? value)
    {
        if (value is not null)
        {
            form[name] = value;
        }
    }
}
