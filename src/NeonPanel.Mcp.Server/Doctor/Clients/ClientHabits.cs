using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace NeonPanel.Mcp.Server.Doctor.Clients;

/// <summary>What a client does when it signs a person in: one data file for each client, with the source of each fact.
/// A change in a client is a change of its file.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Discovery">Addresses of the issuer's metadata in the order in which the client tries them.
/// <c>{origin}</c> and <c>{path}</c> are those of the issuer.</param>
/// <param name="Scopes">Where the client takes its scopes from; the first source that has some counts:
/// <c>challenge</c>, <c>resource</c> (protected resource metadata) or <c>issuer</c> (authorization server
/// metadata).</param>
/// <param name="Redirects">Redirect addresses. The first one that applies is used, and all of them are
/// registered.</param>
/// <param name="Unknown">What could not be found out.</param>
/// <param name="Sources">Where each fact comes from.</param>
internal sealed record ClientHabits(
    string Name,
    string Title,
    IReadOnlyList<string> Discovery,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<RedirectHabit> Redirects,
    IReadOnlyList<string> Unknown,
    IReadOnlyList<HabitSource> Sources
)
{
    /// <summary>Gets the scopes that the client requests when no source has any.</summary>
    public string? DefaultScope { get; init; }

    /// <summary>Gets whether the client sends <c>resource</c> (RFC 8707); <see langword="null"/> when that is not
    /// known.</summary>
    public bool? SendsResource { get; init; }

    /// <summary>Gets whether the client rejects a response whose <c>iss</c> is missing or wrong (RFC 9207).</summary>
    public bool ChecksIssuer { get; init; }

    /// <summary>Gets whether the client repeats a request without scopes after <c>invalid_scope</c>.</summary>
    public bool RetriesWithoutScopes { get; init; }

    /// <summary>Gets the client's metadata document, or <see langword="null"/> if it has none.</summary>
    public ClientDocumentHabit? MetadataDocument { get; init; }

    /// <summary>Gets the client's registration request (RFC 7591) without <c>redirect_uris</c> and
    /// <c>scope</c>.</summary>
    public JsonElement? Registration { get; init; }

    /// <summary>Gets where a person enters a client id by hand, or <see langword="null"/> if the client has no such
    /// place.</summary>
    public string? ManualClient { get; init; }

    private static readonly Lazy<IReadOnlyList<ClientHabits>> Files = new(Read);

    /// <summary>Gets all clients, in ordinal order of name.</summary>
    public static IReadOnlyList<ClientHabits> All => Files.Value;

    public static ClientHabits? Find(string name) => All.FirstOrDefault(client => client.Name == name);

    private static IReadOnlyList<ClientHabits> Read()
    {
        const string folder = "doctor/";
        var assembly = typeof(ClientHabits).Assembly;
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Select(name =>
                {
                    using var file = assembly.GetManifestResourceStream(name)!;
                    return JsonSerializer.Deserialize(file, ClientHabitsJson.Default.ClientHabits)!;
                })
                .OrderBy(client => client.Name, StringComparer.Ordinal),
        ];
    }
}

/// <summary>A redirect address of a client.</summary>
/// <param name="Address">The address. <c>{port}</c> and <c>{id}</c> are chosen by the client.</param>
internal sealed record RedirectHabit(string Address)
{
    /// <summary>Gets when the address applies: <c>issuer-named</c> if the issuer names itself in its responses (RFC
    /// 9207), <c>issuer-not-named</c> if it does not, <see langword="null"/> for always.</summary>
    public string? When { get; init; }

    /// <summary>Gets with what the address changes, for issuers that keep a list.</summary>
    public string? Varies { get; init; }
}

/// <summary>The metadata document that a client publishes about itself (client id metadata documents, CIMD).</summary>
/// <param name="ClientId">Its address, which is the client id.</param>
/// <param name="Authentication">Its authentication methods, the preferred one first.</param>
internal sealed record ClientDocumentHabit(
    string ClientId,
    IReadOnlyList<string> Authentication,
    IReadOnlyList<string> RedirectUris
)
{
    /// <summary>Gets the method that the issuer must list before the client uses its document.</summary>
    public string? Requires { get; init; }

    /// <summary>Gets the address of the client's public keys.</summary>
    public string? JwksUri { get; init; }

    /// <summary>Gets the redirect address of requests with this client id, if it is another than with a registered
    /// one.</summary>
    public string? SentRedirect { get; init; }

    /// <summary>Writes the document as the client publishes it.</summary>
    public JsonObject Write(string name)
    {
        var document = new JsonObject
        {
            ["client_id"] = ClientId,
            ["client_name"] = name,
            ["redirect_uris"] = new JsonArray([.. RedirectUris.Select(uri => (JsonNode)uri)]),
            ["token_endpoint_auth_method"] = Authentication[0],
            ["token_endpoint_auth_methods_supported"] = new JsonArray([
                .. Authentication.Select(method => (JsonNode)method),
            ]),
        };
        if (JwksUri is not null)
        {
            document["jwks_uri"] = JwksUri;
        }

        return document;
    }
}

/// <summary>Where a fact comes from.</summary>
/// <param name="Where">A page, a thread (<c>owner/name#number</c>) or a file of a repository.</param>
/// <param name="Date">Date of the thread or commit, or the day on which the page or file was read.</param>
internal sealed record HabitSource(string Fact, string Where, string Date);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(ClientHabits))]
internal sealed partial class ClientHabitsJson : JsonSerializerContext;
