using System.Text;
using System.Text.Json;
using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Facts that only the headers of a response contain.</summary>
internal sealed class HeaderFacts
{
    private const int MaxCounts = 5;

    // Parameters of a link to the next page that may contain a credential.
    private static readonly string[] Secrets =
    [
        "access_token",
        "api_key",
        "apikey",
        "key",
        "auth",
        "authorization",
        "sig",
        "signature",
        "client_secret",
        "password",
    ];

    /// <summary>Gets or sets the address of the created record, or <see langword="null"/>.</summary>
    public CreatedAt? Location { get; set; }

    /// <summary>Gets or sets the address of the next page, or <see langword="null"/>.</summary>
    public string? NextLink { get; set; }

    /// <summary>Gets or sets the sentence about the version of the answer, or <see langword="null"/>.</summary>
    public string? TagNote { get; set; }

    /// <summary>Gets the headers that count records or point to the next ones, unchanged.</summary>
    public List<string> Counts { get; } = [];

    /// <summary>Returns sentences about the answer.</summary>
    /// <param name="body">The response body in UTF-8.</param>
    /// <param name="isPaged">Whether the body itself contains the number of its page.</param>
    /// <param name="isCut">Whether items were left out of the result. The next page begins after the omitted
    /// items.</param>
    public IEnumerable<string> Notes(
        RequestTemplate? template,
        JsonElement arguments,
        ReadOnlyMemory<byte> body,
        bool isPaged,
        bool isCut
    )
    {
        if (Location is { } created && body.Span.IndexOf(Encoding.UTF8.GetBytes(created.Id ?? created.Address)) < 0)
        {
            yield return Sentence(created);
        }

        if (NextLink is { } next && !isPaged)
        {
            yield return NextPage(next, template, arguments, isCut);
        }

        if (Counts.Count > 0)
        {
            yield return $"The API's headers say: {string.Join("; ", Counts.Take(MaxCounts))}.";
        }

        if (TagNote is { } tag)
        {
            yield return tag;
        }
    }

    /// <summary>Describes where the created record is.</summary>
    public static string Sentence(CreatedAt created) =>
        created.Id is { } id ? $"The record is {id}, at {created.Address}." : $"The record is at {created.Address}.";

    private static string NextPage(string link, RequestTemplate? template, JsonElement arguments, bool isCut)
    {
        var isArgument = true;
        var values = new List<string>();
        foreach (var (name, value) in Query(link))
        {
            var argument = template
                ?.Parameters.FirstOrDefault(parameter =>
                    parameter.Location == ParameterLocation.Query && parameter.Name == name
                )
                ?.Argument;
            if (
                !Secrets.Contains(name, StringComparer.OrdinalIgnoreCase) && !IsSent(arguments, argument ?? name, value)
            )
            {
                isArgument &= argument is not null;
                values.Add($"{argument ?? name}={value}");
            }
        }

        var where = string.Join(" and ", values);
        if (isCut)
        {
            var told = where.Length > 0 ? $" ({where})" : "";
            return $"There is a next page{told}; it begins after the items left out here.";
        }

        if (where.Length == 0)
        {
            return "There is a next page.";
        }

        return isArgument ? $"There is a next page: call again with {where}." : $"There is a next page: {where}.";
    }

    private static bool IsSent(JsonElement arguments, string name, string value) =>
        arguments.ValueKind == JsonValueKind.Object
        && arguments.TryGetProperty(name, out var sent)
        && sent.ToString() == value;

    private static IEnumerable<(string Name, string Value)> Query(string link)
    {
        var query = link.Split('#')[0].Split('?', 2);
        foreach (var pair in query.Length == 2 ? query[1].Split('&', StringSplitOptions.RemoveEmptyEntries) : [])
        {
            var parts = pair.Split('=', 2);
            yield return (Decoded(parts[0]), parts.Length == 2 ? Decoded(parts[1]) : "");
        }
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
