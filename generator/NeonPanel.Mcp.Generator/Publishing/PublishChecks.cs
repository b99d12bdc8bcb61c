using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>Checks that several directories make.</summary>
internal static partial class PublishChecks
{
    /// <summary>Returns whether a text is an <c>https</c> address of a host in the internet, without a user
    /// name.</summary>
    public static bool IsPublic(string? text, int longest = int.MaxValue) =>
        text is not null
        && text.Length <= longest
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address is { Scheme: "https", UserInfo.Length: 0 }
        && Uri.IsWellFormedUriString(text, UriKind.Absolute)
        && !IPAddress.TryParse(address.Host.Trim('[', ']'), out _)
        && address.Host.Contains('.', StringComparison.Ordinal)
        && !address.Host.EndsWith(".local", StringComparison.OrdinalIgnoreCase);

    /// <summary>Checks the address of the server itself.</summary>
    public static IEnumerable<Violation> Address(Listing listing)
    {
        if (listing.Data.Address is not { } address)
        {
            yield return Violation.Of("address", "there is no address of the server (--address, or 'address')");
        }
        else if (!IsPublic(address))
        {
            yield return Violation.Of(
                "address",
                $"the address '{address}' cannot be reached from the internet by https"
            );
        }
    }

    /// <summary>Checks that members of the publish file are public addresses.</summary>
    public static IEnumerable<Violation> Addresses(Listing listing, int longest, params string[] members)
    {
        foreach (var member in members)
        {
            if (listing.Data.Text(member) is not { } text)
            {
                yield return Violation.Of(member, $"'{member}' is missing");
            }
            else if (!IsPublic(text, longest))
            {
                yield return Violation.Of(member, $"'{member}' is '{text}'");
            }
        }
    }

    /// <summary>Checks the length of a text that must not be missing.</summary>
    public static IEnumerable<Violation> Length(string member, string? text, int longest, bool isOneLine = true)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            yield return Violation.Of(member, $"'{member}' is missing");
        }
        else if (text.Length > longest)
        {
            yield return Violation.Of(member, $"'{member}' has {text.Length} characters");
        }
        else if (isOneLine && text.AsSpan().IndexOfAny('\n', '\r') >= 0)
        {
            yield return Violation.Of(member, $"'{member}' has several lines");
        }
    }

    /// <summary>Checks that the tools of a test prompt exist.</summary>
    public static IEnumerable<Violation> ToolsOf(Listing listing)
    {
        for (var at = 0; at < listing.Data.Positive.Count; at++)
        {
            var test = listing.Data.Positive[at];
            if (test.Tools.Count == 0)
            {
                yield return Violation.Of($"tests/positive/{at}", $"test {at + 1} names no tool");
            }

            foreach (var tool in test.Tools.Where(tool => listing.Find(tool) is null))
            {
                yield return Violation.Of($"tests/positive/{at}/tools", $"there is no tool '{tool}' in the catalogue");
            }
        }

        foreach (
            var tool in listing
                .Data.Root.Members("justifications")
                .Select(pair => pair.Key)
                .Where(tool => listing.Find(tool) is null)
        )
        {
            yield return Violation.Of($"justifications/{tool}", $"there is no tool '{tool}' in the catalogue");
        }
    }

    /// <summary>Checks that texts of tools give the model no orders about other tools, about its rules or about what it
    /// tells its user. The words are a selection of our own.</summary>
    public static IEnumerable<Violation> Orders(Listing listing) =>
        listing
            .Tools.SelectMany(tool =>
                Texts(tool)
                    .SelectMany(text => Order().Matches(text).Take(1))
                    .Take(1)
                    .Select(match => (tool, match.Value))
            )
            .Select(found =>
                Violation.OfTool(listing, found.tool.Text("name") ?? "", $"its text says \"{found.Value.Trim()}\"")
            );

    /// <summary>Checks that the metadata of the authorization server, if the overlay has it, lets a client register
    /// itself and use PKCE.</summary>
    public static IEnumerable<Violation> SignIn(Listing listing)
    {
        if (listing.Catalog.AuthorizationServer is not { } text || JsonNode.Parse(text) is not JsonObject metadata)
        {
            yield break;
        }

        if (!metadata.Items("code_challenge_methods_supported").Any(method => method?.ToString() == "S256"))
        {
            yield return Violation.Of("", "the metadata of the authorization server does not list S256");
        }

        if (metadata.Text("registration_endpoint") is null && !metadata.IsTrue("client_id_metadata_document_supported"))
        {
            yield return Violation.Of(
                "",
                "the authorization server has neither a registration_endpoint nor client_id_metadata_document_supported"
            );
        }
    }

    /// <summary>Returns the texts of a tool's entry that a model reads.</summary>
    public static IEnumerable<string> Texts(JsonNode? node) =>
        node switch
        {
            JsonObject map => map.SelectMany(pair =>
                pair is { Key: "description" or "title", Value: JsonValue value }
                    ? [value.ToString()]
                    : Texts(pair.Value)
            ),
            JsonArray list => list.SelectMany(Texts),
            _ => [],
        };

    [GeneratedRegex(
        @"\b(ignore|disregard|forget) (all |any |the |your )*(previous|prior|earlier|other|above) "
            + @"|\bsystem prompt|\b(do not|don't|never) (tell|inform|show) the user|\bwithout (telling|asking) the user"
            + @"|\b(do not|don't|never) (use|call) (any )?other (tools?|servers?|plugins?|connectors?)"
            + @"|\b(always|only) (use|call|prefer) this (tool|server|plugin)"
            + @"|\b(instead of|rather than) (any )?other (tools?|servers?|plugins?|connectors?)"
            + @"|<\s*/?\s*(system|important|instructions?)\s*>",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Order();
}
