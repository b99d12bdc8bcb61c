using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Server.Doctor.Clients;

/// <summary>The step in which a client gets its client id: from a person, by metadata document, or by registration. The
/// MCP specification gives this order ("Client Registration Approaches").</summary>
internal sealed class ClientIdentification(ClientHabits client, IssuerRequests requests, DoctorReport report)
{
    private const string Check = "registration";

    /// <summary>Gets the client id.</summary>
    /// <param name="redirects">The redirect addresses that apply.</param>
    /// <param name="entered">A client id that a person entered, or <see langword="null"/>.</param>
    /// <returns>The identity, or <see langword="null"/> if the step failed and reported a fault.</returns>
    public async Task<ClientIdentity?> IdentifyAsync(
        JsonObject metadata,
        IReadOnlyList<string> scopes,
        List<RedirectHabit> redirects,
        string? entered
    )
    {
        if (entered is not null)
        {
            return Entered(entered, redirects[0]);
        }

        if (client.MetadataDocument is { } document && metadata.IsTrue("client_id_metadata_document_supported"))
        {
            var methods = metadata.List("token_endpoint_auth_methods_supported");
            if (document.Requires is null || methods.Contains(document.Requires))
            {
                report.Good(
                    Check,
                    $"none; its client id is the address of its metadata document, {document.ClientId}, which the issuer must be able to fetch"
                );
                return ByDocument(document, methods, redirects[0]);
            }
        }

        if (metadata.Text("registration_endpoint") is { } text && client.Registration is not null)
        {
            return await RegisterAsync(text, metadata, scopes, redirects);
        }

        report.Fault(Check, $"{client.Title} finds no way to a client id: {Missing(metadata)}", Ways());
        return null;
    }

    /// <summary>Fills in the values that a client chooses itself.</summary>
    public static string Filled(string address) =>
        address
            .Replace("{port}", "49152", StringComparison.Ordinal)
            .Replace("{id}", "doctor", StringComparison.Ordinal);

    private ClientIdentity? Entered(string entered, RedirectHabit redirect)
    {
        if (client.ManualClient is null)
        {
            report.Fault(Check, $"{client.Title} has no place for a client id", "Leave out --client-id.");
            return null;
        }

        report.Good(Check, $"none; a person enters the client id '{entered}'. {client.ManualClient}");
        return new(entered, null, redirect);
    }

    private static ClientIdentity ByDocument(
        ClientDocumentHabit document,
        IReadOnlyList<string> methods,
        RedirectHabit redirect
    ) =>
        new(
            document.ClientId,
            document.Authentication.FirstOrDefault(methods.Contains) ?? document.Authentication[0],
            document.SentRedirect is { } sent ? redirect with { Address = Filled(sent) } : redirect
        );

    private string Missing(JsonObject metadata)
    {
        var parts = new List<string>();
        if (metadata.Text("registration_endpoint") is null)
        {
            parts.Add("the issuer has no registration_endpoint");
        }

        if (client.MetadataDocument is null)
        {
            parts.Add("the client has no metadata document");
        }
        else if (!metadata.IsTrue("client_id_metadata_document_supported"))
        {
            parts.Add("the issuer does not support metadata documents");
        }
        else
        {
            parts.Add(
                $"the issuer supports metadata documents but not the authentication '{client.MetadataDocument.Requires}'"
            );
        }

        return string.Join(", ", parts);
    }

    private string Ways() =>
        "At the issuer: offer dynamic registration (RFC 7591)"
        + (
            client.MetadataDocument is { } document
                ? $", or metadata documents (client_id_metadata_document_supported) with {string.Join(" or ", document.Authentication)}"
                : ""
        )
        + (
            client.ManualClient is { } place
                ? $". Or register {client.Title} there by hand and enter its client id: {place} Then run the doctor with --client-id ID."
                : "."
        );

    private async Task<ClientIdentity?> RegisterAsync(
        string text,
        JsonObject metadata,
        IReadOnlyList<string> scopes,
        List<RedirectHabit> redirects
    )
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var endpoint)
            || !endpoint.Scheme.StartsWith("http", StringComparison.Ordinal)
        )
        {
            report.Fault(Check, $"registration_endpoint is '{text}'", "The issuer must publish it as an absolute URL.");
            return null;
        }

        var request = Request(scopes, redirects);
        var response = await requests.PostAsync(endpoint, request);
        var sent =
            $"POST {endpoint} as '{request.Text("client_name")}', {request.Text("token_endpoint_auth_method") ?? "no token_endpoint_auth_method"}, for {string.Join(", ", redirects.Select(redirect => redirect.Address))}";
        if (!response.IsSuccess || response.Document?.Text("client_id") is not { Length: > 0 } id)
        {
            var reason = response.IsSuccess ? "answers without a client_id" : response.Reason;
            report.Fault(
                Check,
                $"{sent} {reason}{Told(response)}",
                Advice(response.Document?.Text("error"), request, redirects) + UnusedDocument(metadata)
            );
            return null;
        }

        report.Good(Check, $"{sent} answers with client id '{id}'");
        // RFC 7591 §2: client_secret_basic is the default.
        var method = response.Document.Text("token_endpoint_auth_method")
            ?? request.Text("token_endpoint_auth_method")
            ?? "client_secret_basic";
        return new(id, method, redirects[0]);
    }

    private JsonObject Request(IReadOnlyList<string> scopes, List<RedirectHabit> redirects)
    {
        var request = JsonObject.Create(client.Registration!.Value)!;
        request["redirect_uris"] = new JsonArray([.. redirects.Select(redirect => (JsonNode)redirect.Address)]);
        if (scopes.Count > 0)
        {
            request["scope"] = string.Join(' ', scopes);
        }

        return request;
    }

    private static string Told(IssuerResponse response)
    {
        if (response.Document?.Text("error") is { } error)
        {
            return $", {error}: {response.Document.Text("error_description")}";
        }

        return response.Excerpt.Length > 0 ? ": " + response.Excerpt : "";
    }

    private string UnusedDocument(JsonObject metadata) =>
        client.MetadataDocument is { Requires: { } method } && metadata.IsTrue("client_id_metadata_document_supported")
            ? $" Or the issuer must list '{method}' in token_endpoint_auth_methods_supported: only then the client uses its metadata document instead."
            : "";

    private static string Advice(string? error, JsonObject request, List<RedirectHabit> redirects) =>
        error switch
        {
            // RFC 7591 §3.2.2.
            "invalid_redirect_uri" => "The issuer must accept every one of these addresses, on loopback with any port: "
                + string.Join(
                    ", ",
                    redirects.Select(redirect =>
                        redirect.Varies is { } varies ? $"{redirect.Address} (changes with {varies})" : redirect.Address
                    )
                ),
            "invalid_client_metadata" => "The issuer must register clients with "
                + (
                    request.Text("token_endpoint_auth_method") is { } method
                        ? $"token_endpoint_auth_method '{method}'"
                        : "no token_endpoint_auth_method (RFC 7591 §2 has a default)"
                )
                + $" and the scopes '{request.Text("scope")}'.",
            "invalid_scope" =>
                $"The issuer must register clients with the scopes '{request.Text("scope")}', or list other scopes.",
            _ => "The issuer must accept this registration, and answer with 201 and a client_id (RFC 7591 §3.2.1).",
        };
}

/// <summary>How the issuer knows the client.</summary>
/// <param name="Authentication">How the client authenticates at the token endpoint; <see langword="null"/> if
/// unknown.</param>
/// <param name="Redirect">The redirect address of the client's authorization request.</param>
internal sealed record ClientIdentity(string ClientId, string? Authentication, RedirectHabit Redirect);
