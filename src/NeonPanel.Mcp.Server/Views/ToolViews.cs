using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Views;

/// <summary>The views of tools that declare one, in the form of MCP Apps (SEP-1865, revision 2026-01-26). Each tool has
/// its own <c>ui://</c> address and document, because a host need not tell a view which tool it displays.</summary>
internal sealed class ToolViews
{
    private const int HashDigits = 8;
    private const string AllPages = "all_pages";

    private readonly string authority;
    private readonly FrozenDictionary<string, ToolDescriptor> tools;
    private readonly FrozenDictionary<string, string> addresses;

    /// <param name="catalog">All tools.</param>
    /// <param name="authority">The server's name, which becomes part of the addresses.</param>
    public ToolViews(IReadOnlyList<ToolDescriptor> catalog, string authority)
    {
        this.authority = authority;
        tools = catalog
            .Where(tool => tool.View is not null)
            .ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);
        addresses = tools.Values.ToFrozenDictionary(tool => tool.Name, AddressOf, StringComparer.Ordinal);
    }

    /// <summary>Gets the views of a server without tools.</summary>
    public static ToolViews None { get; } = new([], "");

    public int Count => tools.Count;

    /// <summary>Returns the address of a tool's view, or <see langword="null"/>.</summary>
    public string? Address(ToolDescriptor tool) => addresses.GetValueOrDefault(tool.Name);

    /// <summary>Finds the tool of a view's address. The hash in the address may also be that of an earlier document,
    /// because a conversation or another instance may still use such an address.</summary>
    public ToolDescriptor? Find(string address) =>
        address.Split('/') is ["ui:", "", var host, { Length: HashDigits } hash, var name]
        && host == authority
        && hash.All(char.IsAsciiHexDigitLower)
            ? tools.GetValueOrDefault(name)
            : null;

    public static string Document(ToolDescriptor tool) =>
        tool.View is { } view
            ? ViewDocument.Of(view).Write(tool, view, PageArgument(tool), AllArgument(tool))
            : throw new ArgumentException($"'{tool.Name}' has no view.", nameof(tool));

    /// <summary>Returns the argument with which the view requests another page, or <see langword="null"/>.</summary>
    public static string? PageArgument(ToolDescriptor tool) => tool.Paging.Page;

    // The argument by which the server reads all pages (docs/calls.md, "All pages of a list").
    private static string? AllArgument(ToolDescriptor tool)
    {
        using var schema = JsonDocument.Parse(tool.InputSchema);
        return
            schema.RootElement.TryGetProperty("properties", out var arguments)
            && arguments.TryGetProperty(AllPages, out _)
            ? AllPages
            : null;
    }

    // Hosts cache a document by its address, so a document with other content needs another address.
    private string AddressOf(ToolDescriptor tool) =>
        $"ui://{authority}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Document(tool))))[..HashDigits]}/{tool.Name}";
}
