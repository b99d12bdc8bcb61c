using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeonPanel.Mcp.Server.Transport.Hosts;

/// <summary>The hosts whose way to read results is known from a source (<c>hosts.json</c>).</summary>
/// <param name="Hosts">The hosts, each name once.</param>
internal sealed record KnownHosts(IReadOnlyList<KnownHost> Hosts)
{
    public static KnownHosts All { get; } = Read();

    /// <summary>Finds a host by the name in its <c>clientInfo</c>. A version or an addition in parentheses may follow
    /// the name: <c>openai-mcp/1.0.0</c>, <c>claude-code (via mcp-remote 0.1.0)</c>.</summary>
    /// <returns>The host, or <see langword="null"/> if it is not known.</returns>
    public KnownHost? Find(string? clientName)
    {
        if (clientName is null)
        {
            return null;
        }

        var name = clientName.AsSpan();
        var end = name.IndexOfAny("/(");
        name = (end < 0 ? name : name[..end]).Trim();
        foreach (var host in Hosts)
        {
            if (name.Equals(host.Name, StringComparison.OrdinalIgnoreCase))
            {
                return host;
            }
        }

        return null;
    }

    private static KnownHosts Read()
    {
        using var file = typeof(KnownHosts).Assembly.GetManifestResourceStream("hosts.json")!;
        return JsonSerializer.Deserialize(file, KnownHostsJson.Default.KnownHosts)!;
    }
}

/// <summary>A host and what of a result its model gets.</summary>
/// <param name="Name">The name in <c>clientInfo</c>, without a version.</param>
/// <param name="Title">The name that people use.</param>
/// <param name="Sources">Where the facts were found.</param>
internal sealed record KnownHost(string Name, string Title, HostReads Reads, IReadOnlyList<HostSource> Sources)
{
    /// <summary>Gets whether the host accepts an <c>https</c> origin as the domain of a view. Other hosts require
    /// another form, and some reject the view for a wrong one.</summary>
    public bool AcceptsViewOrigin { get; init; }

    /// <summary>Gets whether the host tells the accounts of a user apart by a tool that is marked
    /// <c>openai/profile</c>.</summary>
    public bool ReadsProfile { get; init; }

    /// <summary>Gets whether the host shows the icons of tools.</summary>
    public bool ShowsToolIcons { get; init; }
}

/// <summary>The source of a fact.</summary>
/// <param name="Where">A page, a thread (<c>owner/name#number</c>) or a place in a repository.</param>
/// <param name="Date">Date of the thread, or the day on which the page or file was read.</param>
internal sealed record HostSource(string Fact, string Where, string Date);

/// <summary>The part of a result that reaches the model of a host.</summary>
internal enum HostReads
{
    /// <summary><c>structuredContent</c>, with or without the text.</summary>
    Structured,

    /// <summary>The text blocks alone.</summary>
    Text,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(KnownHosts))]
internal sealed partial class KnownHostsJson : JsonSerializerContext;
