using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace NeonPanel.Mcp.Server.Doctor.Clients;

/// <summary>The behavior of a client when it signs a person in. Each client has one data file, which gives a source for
/// each fact. When a client changes, only its file changes.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Discovery">Addresses of the issuer's metadata in the order in which the client tries them.
/// <c>{origin}</c> and <c>{path}</c> are those of the issuer.</param>
/// <param name="Scopes">Sources of the client's scopes. The client uses the first source that has scopes:
/// <c>challenge</c>, <c>resource</c> (protected resource metadata) or <c>issuer</c> (authorization server
/// metadata).</param>
/// <param name="Redirects">Redirect addresses. The client uses the first one that applies, and registers all of
/// them.</param>
/// <param name="Unknown">Open questions: behavior of the client that no source documents.</param>
/// <param name="Sources">The source of each fact.</param>
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
    /// <summary>Gets the scopes that the client requests when no source has scopes.</summary>
    public string? DefaultScope { get; init; }

    /// <summary>Gets whether the client sends <c>resource</c> (RFC 8707); <see langword="null"/> if unknown.</summary>
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

    /// <summary>Gets where in the client a person enters a client id, or <see langword="null"/> if the client does not
    /// support that.</summary>
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
/// <param name="Address">The address. The client chooses the values of <c>{port}</c> and <c>{id}</c>.</param>
internal sealed record RedirectHabit(string Address)
{
    /// <summary>Gets when the address applies: <c>issuer-named</c> if the issuer sends <c>iss</c> in its responses (RFC
    /// 9207), <c>issuer-not-named</c> if it does not, <see langword="null"/> for always.</summary>
    public string? When { get; init; }

    /// <summary>Gets what the address changes with, for issuers that keep a list of addresses.</summary>
    public string? Varies { get; init; }
}

/// <summary>The metadata document that a client publishes about itself (client id metadata documents, CIMD).</summary>
/// <param name="ClientId">Address of the document, which is the client id.</param>
/// <param name="Authentication">Authentication methods of the client, the preferred one first.</param>
internal sealed record ClientDocumentHabit(
    string ClientId,
    IReadOnlyList<string> Authentication,
    IReadOnlyList<string> RedirectUris
)
{
    /// <summary>Gets the authentication method that the issuer must list before the client uses its document.</summary>
    public string? Requires { get; init; }

    /// <summary>Gets the address of the client's public keys.</summary>
    public string? JwksUri { get; init; }

    /// <summary>Gets the redirect address of requests with this client id, if it differs from that of a registered
    /// client.</summary>
    public string? SentRedirect { get; init; }

    /// <summary>Builds the document as the client publishes it.</summary>
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

/// <summary>The source of a fact.</summary>
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
