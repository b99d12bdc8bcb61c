using System.Net.Http.Headers;
using System.Text;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Fixed values for the security schemes of the specification, such as the operator's keys, passwords or
/// tokens. Each operation gets the values that it requires.</summary>
internal sealed class StaticCredential : IUpstreamCredential
{
    private const int ShortestSecret = 8;

    private static readonly UriCreationOptions AsWritten = new()
    {
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    private readonly IReadOnlyDictionary<string, string> values;
    private readonly Dictionary<string, SecurityScheme> schemes;

    // Looked up by method and path, because search and fetch call operations of other tools.
    private readonly Dictionary<(string Method, string Path), IReadOnlyList<IReadOnlyList<string>>> requirements = [];

    /// <param name="values">Values by scheme name.</param>
    public StaticCredential(ToolCatalog catalog, IReadOnlyDictionary<string, string> values)
    {
        this.values = values;
        schemes = catalog.SecuritySchemes.ToDictionary(scheme => scheme.Name, StringComparer.Ordinal);
        foreach (var tool in catalog.Tools)
        {
            requirements[(tool.Method, PathOf(tool.Path))] = tool.Security;
        }

        Secrets =
        [
            .. values
                .Values.SelectMany(FormsOf)
                .Where(form => form.Length > 0)
                .Distinct()
                .OrderByDescending(secret => secret.Length),
        ];
    }

    public bool IsUsers => false;

    public IReadOnlyList<string> Secrets { get; }

    public ValueTask<AuthenticationHeaderValue?> GetAsync(AccessToken token, CancellationToken cancellationToken) =>
        default;

    /// <exception cref="CredentialException">The settings lack a value that the operation requires.</exception>
    public void AddTo(HttpRequestMessage request)
    {
        var alternatives = request.Options.TryGetValue(RequestTemplate.Key, out var template)
            ? requirements.GetValueOrDefault((template.Method, PathOf(template.Path))) ?? []
            : [];
        if (Choose(alternatives, values.Keys) is not { } chosen)
        {
            throw new CredentialException(
                $"Upstream:Keys has no value for what '{template?.Method} {template?.Path}' requires: {Told(alternatives)}",
                isUsersMatter: false
            );
        }

        foreach (var name in chosen)
        {
            Add(request, schemes[name], values[name]);
        }
    }

    /// <summary>Chooses the schemes that a call is sent with.</summary>
    /// <param name="alternatives">Alternatives of the operation, each a list of scheme names.</param>
    /// <param name="known">Names of the schemes that have values.</param>
    /// <returns>The first alternative for which all values exist; an empty list if the operation requires nothing;
    /// <see langword="null"/> if values are missing for every alternative.</returns>
    public static IReadOnlyList<string>? Choose(
        IReadOnlyList<IReadOnlyList<string>> alternatives,
        IEnumerable<string> known
    ) =>
        alternatives.FirstOrDefault(alternative => alternative.Count > 0 && alternative.All(known.Contains))
        ?? (alternatives.Count == 0 || alternatives.Any(alternative => alternative.Count == 0) ? [] : null);

    /// <summary>Describes what an operation requires.</summary>
    public static string Told(IReadOnlyList<IReadOnlyList<string>> alternatives) =>
        string.Join(" or ", alternatives.Select(alternative => string.Join(" and ", alternative)));

    private static void Add(HttpRequestMessage request, SecurityScheme scheme, string value)
    {
        switch (scheme.Place)
        {
            case SecurityPlace.Basic:
                request.Headers.Authorization = new("Basic", Basic(value));
                break;
            case SecurityPlace.Bearer:
                request.Headers.Authorization = new("Bearer", value);
                break;
            case SecurityPlace.Header:
                request.Headers.Remove(scheme.Parameter);
                request.Headers.TryAddWithoutValidation(scheme.Parameter, value);
                break;
            case SecurityPlace.Cookie:
                // RFC 6265 §4.2.1
                var others = request.Headers.TryGetValues("Cookie", out var cookies)
                    ? string.Join("; ", cookies) + "; "
                    : "";
                request.Headers.Remove("Cookie");
                request.Headers.TryAddWithoutValidation("Cookie", $"{others}{scheme.Parameter}={value}");
                break;
            case SecurityPlace.Query:
                var address = request.RequestUri!;
                var pair = $"{Uri.EscapeDataString(scheme.Parameter)}={Uri.EscapeDataString(value)}";
                var join = address.Query.Length == 0 ? '?' : '&';
                request.RequestUri = new(
                    $"{address.GetLeftPart(UriPartial.Authority)}{address.PathAndQuery}{join}{pair}",
                    AsWritten
                );
                break;
        }
    }

    private static string Basic(string value) => Convert.ToBase64String(Encoding.UTF8.GetBytes(value));

    // The pairs after a question mark distinguish operations. They are not part of the request's path.
    private static string PathOf(string path) => path.Split('?')[0];

    // The forms in which an API may repeat a value in its messages: whole, encoded, or in parts. Some APIs expect their
    // key as the user of a Basic scheme, or after a prefix word. A short part, such as that prefix, is not a secret,
    // and removing it would damage messages.
    private static IEnumerable<string> FormsOf(string value) =>
        [
            value,
            Basic(value),
            .. value.Split(':', ' ').Where(part => part.Length >= ShortestSecret),
            value.Split(':', 2)[^1],
        ];
}
