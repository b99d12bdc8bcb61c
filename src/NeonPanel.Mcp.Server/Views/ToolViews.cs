using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Views;

/// <summary>The views of the tools that declare one, by MCP Apps (SEP-1865, revision 2026-01-26): one <c>ui://</c>
/// address and one document for each tool, since a host need not tell a view which tool it shows.</summary>
internal sealed class ToolViews
{
    private const int HashDigits = 8;

    private readonly string authority;
    private readonly FrozenDictionary<string, ToolDescriptor> tools;
    private readonly FrozenDictionary<string, string> addresses;

    /// <param name="authority">The server's name, as part of an address.</param>
    public ToolViews(ToolCatalog catalog, string authority)
    {
        this.authority = authority;
        tools = catalog
            .Tools.Where(tool => tool.View is not null)
            .ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);
        addresses = tools.Values.ToFrozenDictionary(tool => tool.Name, AddressOf, StringComparer.Ordinal);
    }

    /// <summary>Gets the address of a tool's view, or <see langword="null"/>.</summary>
    public string? Address(ToolDescriptor tool) => addresses.GetValueOrDefault(tool.Name);

    /// <summary>Finds the tool whose view has the address: with the hash of the present document, or of an earlier one,
    /// which a conversation or another instance may still name.</summary>
    public ToolDescriptor? Find(string address) =>
        address.Split('/') is ["ui:", "", var host, { Length: HashDigits } hash, var name]
        && host == authority
        && hash.All(char.IsAsciiHexDigitLower)
            ? tools.GetValueOrDefault(name)
            : null;

    public static string Document(ToolDescriptor tool) =>
        tool.View is { } view
            ? ViewDocument.Of(view).Write(tool, view, PageArgument(tool))
            : throw new ArgumentException($"'{tool.Name}' has no view.", nameof(tool));

    /// <summary>Whether the view calls its tool again, for another page.</summary>
    public static string? PageArgument(ToolDescriptor tool) => tool.Paging.Page;

    // Hosts keep a document under its address: other content needs another one.
    private string AddressOf(ToolDescriptor tool) =>
        $"ui://{authority}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Document(tool))))[..HashDigits]}/{tool.Name}";
}
