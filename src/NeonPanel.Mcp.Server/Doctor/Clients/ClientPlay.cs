using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Server.Doctor.Clients;

/// <summary><c>doctor --as CLIENT --issuer URL</c>: imitates a client at an issuer, from discovery to the sign-in page,
/// and reports which step fails and what to change. It neither signs in nor requests a token.</summary>
/// <param name="issuer">The issuer as the protected resource metadata names it.</param>
/// <param name="resource">The MCP address that a person types into the client.</param>
/// <param name="advertised">The scopes in this server's challenge and protected resource metadata.</param>
/// <param name="clientId">A client id that a person entered, or <see langword="null"/>.</param>
internal sealed class ClientPlay(
    ClientHabits client,
    IssuerRequests requests,
    string issuer,
    string resource,
    IReadOnlyList<string> advertised,
    string? clientId
)
{
    private readonly DoctorReport report = new(
        $"{client.Title} reaches the sign-in page of {issuer}.",
        $"{client.Title} cannot sign people in at {issuer}."
    );

    private string lastAnswer = "";

    /// <summary>Runs the client's steps until one fails.</summary>
    public async Task<DoctorReport> RunAsync()
    {
        Sources();
        if (await DiscoverAsync() is not { } metadata || !HasWhatClientsNeed(metadata))
        {
            return report;
        }

        var (scopes, source) = ChooseScopes(metadata);
        TellScopes(metadata, scopes, source);
        if (
            await new ClientIdentification(client, requests, report).IdentifyAsync(
                metadata,
                scopes,
                Redirects(metadata),
                clientId
            )
            is not { } identity
        )
        {
            return report;
        }

        report.Good(
            "redirect address",
            identity.Redirect.Varies is { } varies
                ? $"{identity.Redirect.Address}; it changes with {varies}, so that an issuer cannot keep it in a list of exact addresses"
                : identity.Redirect.Address
        );
        if (await AuthorizeAsync(metadata, identity, scopes, source))
        {
            TellTokenRequest(metadata, identity);
        }

        return report;
    }

    private void Sources()
    {
        report.Good(
            "client",
            $"{client.Title}, as known by {client.Sources.Select(source => source.Date).Max(StringComparer.Ordinal)} from "
                + string.Join("; ", client.Sources.Select(source => $"{source.Where} ({source.Date})").Distinct())
        );
        if (client.Unknown.Count > 0)
        {
            report.Good("not known", string.Join("; ", client.Unknown));
        }
    }

    private async Task<JsonObject?> DiscoverAsync()
    {
        const string check = "discovery";
        if (
            !Uri.TryCreate(issuer, UriKind.Absolute, out var address)
            || !address.Scheme.StartsWith("http", StringComparison.Ordinal)
        )
        {
            report.Fault(
                check,
                $"the issuer '{issuer}' is not an absolute URL",
                "Give --issuer the exact issuer, such as https://login.example.com."
            );
            return null;
        }

        var tried = new List<string>();
        foreach (var place in Places(address))
        {
            var fetched = await requests.FetchAsync(new(place));
            if (fetched.Document is { } document)
            {
                report.Good(
                    check,
                    string.Concat(tried.Select(line => line + ", ")) + $"GET {place} answers with metadata"
                );
                return document;
            }

            tried.Add($"GET {place} {fetched.Reason}");
        }

        report.Fault(
            check,
            string.Join(", ", tried),
            "The issuer must serve its metadata (RFC 8414) as JSON at one of these addresses."
        );
        return null;
    }

    private IEnumerable<string> Places(Uri address)
    {
        var origin = address.GetLeftPart(UriPartial.Authority);
        var path = address.AbsolutePath.TrimEnd('/');
        return client
            .Discovery.Select(place =>
                place
                    .Replace("{origin}", origin, StringComparison.Ordinal)
                    .Replace("{path}", path, StringComparison.Ordinal)
            )
            .Distinct();
    }

    // RFC 8414 §3.3, and MCP authorization, "Authorization Code Protection": clients stop if one of these is missing.
    private bool HasWhatClientsNeed(JsonObject metadata)
    {
        const string check = "metadata";
        var isGood = true;
        if (metadata.Text("issuer") is var named && named != issuer)
        {
            Stop(
                $"its issuer is '{named}', but the client looked for '{issuer}'",
                "The issuer must name itself exactly as Auth:Issuer and --issuer do, slash included."
            );
        }

        foreach (
            var endpoint in new[] { "authorization_endpoint", "token_endpoint" }.Where(name =>
                Address(metadata, name) is null
            )
        )
        {
            Stop($"{endpoint} is '{metadata.Text(endpoint)}'", "The issuer must publish it as an absolute URL.");
        }

        if (!metadata.List("code_challenge_methods_supported").Contains("S256"))
        {
            Stop(
                "S256 is not in code_challenge_methods_supported",
                "The issuer must list S256: clients reject an issuer that does not list it."
            );
        }

        return isGood;

        void Stop(string text, string advice)
        {
            isGood = false;
            report.Fault(check, text, advice);
        }
    }

    private (IReadOnlyList<string> Scopes, string Source) ChooseScopes(JsonObject metadata)
    {
        foreach (var source in client.Scopes)
        {
            var scopes = source == "issuer" ? metadata.List("scopes_supported") : advertised;
            if (scopes.Count > 0)
            {
                return (scopes, source);
            }
        }

        return client.DefaultScope is { } fallback ? (fallback.Split(' '), "default") : ([], "none");
    }

    private void TellScopes(JsonObject metadata, IReadOnlyList<string> scopes, string source)
    {
        const string check = "scopes";
        var from = source switch
        {
            "challenge" => "from the challenge of our server (Auth:AdvertisedScopes)",
            "resource" => "from our protected resource metadata (Auth:AdvertisedScopes)",
            "issuer" => "from scopes_supported of the issuer, whatever our server advertises",
            "default" => "of its own, because neither document names any",
            _ => "",
        };
        if (scopes.Count == 0)
        {
            report.Good(check, "requests none");
            return;
        }

        var known = metadata.List("scopes_supported");
        var unknown = known.Count == 0 ? [] : scopes.Except(known).ToList();
        if (unknown.Count > 0)
        {
            report.Warning(
                check,
                $"requests '{string.Join(' ', scopes)}' {from}; the issuer does not list {string.Join(", ", unknown)}",
                "A strict issuer rejects them (invalid_scope). Set Auth:AdvertisedScopes to scopes of the issuer, or have it list them."
            );
        }
        else
        {
            report.Good(check, $"requests '{string.Join(' ', scopes)}' {from}");
        }
    }

    private List<RedirectHabit> Redirects(JsonObject metadata)
    {
        // RFC 9207 §3.
        var when = metadata.IsTrue("authorization_response_iss_parameter_supported")
            ? "issuer-named"
            : "issuer-not-named";
        return
        [
            .. client
                .Redirects.Where(redirect => redirect.When is null || redirect.When == when)
                .Select(redirect => redirect with { Address = ClientIdentification.Filled(redirect.Address) }),
        ];
    }

    private async Task<bool> AuthorizeAsync(
        JsonObject metadata,
        ClientIdentity identity,
        IReadOnlyList<string> scopes,
        string source
    )
    {
        const string check = "authorization request";
        var error = await RequestAsync(metadata, identity, scopes);
        if (error == "invalid_scope" && client.RetriesWithoutScopes && scopes.Count > 0)
        {
            report.Warning(
                check,
                "the issuer rejects the scopes; the client repeats the request without scopes",
                "The token then has the issuer's default scopes. Check that they suffice."
            );
            error = await RequestAsync(metadata, identity, []);
        }

        if (error is null)
        {
            return true;
        }

        report.Fault(check, lastAnswer, Advice(error, identity, source));
        return false;
    }

    // Returns null if the issuer shows its sign-in page, otherwise the OAuth error code.
    private async Task<string?> RequestAsync(JsonObject metadata, ClientIdentity identity, IReadOnlyList<string> scopes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = identity.ClientId,
            ["redirect_uri"] = identity.Redirect.Address,
            ["state"] = Random(),
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(RandomNumberGenerator.GetBytes(32))),
            ["code_challenge_method"] = "S256",
            ["scope"] = scopes.Count > 0 ? string.Join(' ', scopes) : null,
            ["resource"] = client.SendsResource == true ? resource : null,
        };
        var query = string.Join(
            '&',
            parameters
                .Where(pair => pair.Value is not null)
                .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value!)}")
        );
        var endpoint = Address(metadata, "authorization_endpoint")!;
        var response = await requests.GetAsync(
            new(endpoint.AbsoluteUri + (endpoint.Query.Length > 0 ? "&" : "?") + query)
        );
        var sent =
            $"GET {endpoint.GetLeftPart(UriPartial.Path)} with {string.Join(", ", parameters.Where(pair => pair.Value is not null).Select(pair => pair.Key))}";
        if (
            response.IsSuccess
            || (
                response.IsRedirect
                && !response.Location!.StartsWith(identity.Redirect.Address, StringComparison.Ordinal)
            )
        )
        {
            report.Good(
                "authorization request",
                response.IsRedirect
                    ? $"{sent} leads to the sign-in page (status {response.Status})"
                    : $"{sent} shows the sign-in page (status {response.Status})"
            );
            return null;
        }

        if (response.IsRedirect)
        {
            var answer = QueryOf(response.Location!);
            lastAnswer =
                $"{sent} sends the client back with error '{answer.GetValueOrDefault("error")}': {answer.GetValueOrDefault("error_description")}";
            return answer.GetValueOrDefault("error", "");
        }

        lastAnswer =
            $"{sent} {(response.Status is null ? response.Reason : $"answers with status {response.Status}: {response.Excerpt}")}";
        return response.Document?.Text("error") ?? "refused";
    }

    private string Advice(string error, ClientIdentity identity, string source) =>
        error switch
        {
            "invalid_scope" when source == "issuer" =>
                "The issuer lists scopes that it does not grant: correct its scopes_supported.",
            "invalid_scope" => "Set Auth:AdvertisedScopes to scopes that the issuer grants.",
            "invalid_target" when client.SendsResource == true =>
                $"The issuer must know the resource '{resource}' (RFC 8707): register it there.",
            "invalid_target" =>
                "The issuer requires the parameter resource (RFC 8707), and this client is not known to send it: make it optional there.",
            "unauthorized_client" or "invalid_client" => $"The issuer must accept the client id '{identity.ClientId}'.",
            _ =>
                $"The issuer must accept client id '{identity.ClientId}' with redirect address '{identity.Redirect.Address}'. Its page says what it rejects.",
        };

    private void TellTokenRequest(JsonObject metadata, ClientIdentity identity)
    {
        const string check = "token request";
        var known = metadata.List("token_endpoint_auth_methods_supported");
        if (identity.Authentication is not { } method)
        {
            report.Good(check, "not sent; the client authenticates as its entered id is registered");
        }
        else if (known.Count > 0 && !known.Contains(method))
        {
            report.Fault(
                check,
                $"the client would authenticate with '{method}', which the issuer does not list ({string.Join(", ", known)})",
                $"The issuer must list '{method}' in token_endpoint_auth_methods_supported, or register the client with a method that it lists."
            );
            return;
        }
        else
        {
            report.Good(
                check,
                "not sent; the client would authenticate with "
                    + (
                        method == "private_key_jwt"
                            ? $"'{method}', and the issuer must be able to fetch {client.MetadataDocument?.JwksUri}"
                            : $"'{method}'"
                    )
            );
        }

        if (client.ChecksIssuer && metadata.IsTrue("authorization_response_iss_parameter_supported"))
        {
            report.Good(
                check,
                "after the sign-in, the client rejects a response whose iss is missing or another than the issuer (RFC 9207)"
            );
        }
    }

    private static Uri? Address(JsonObject metadata, string name) =>
        Uri.TryCreate(metadata.Text(name), UriKind.Absolute, out var address)
        && address.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? address
            : null;

    private static Dictionary<string, string> QueryOf(string location)
    {
        var result = new Dictionary<string, string>();
        var query = location.IndexOf('?', StringComparison.Ordinal);
        foreach (var pair in query < 0 ? [] : location[(query + 1)..].Split('#')[0].Split('&'))
        {
            var parts = pair.Split('=', 2);
            result.TryAdd(
                Uri.UnescapeDataString(parts[0]),
                parts.Length == 2 ? Uri.UnescapeDataString(parts[1].Replace('+', ' ')) : ""
            );
        }

        return result;
    }

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
