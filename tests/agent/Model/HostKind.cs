using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Model;

/// <summary>A kind of host, and the parts of tools and results that it shows to its model.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="ShowsOutputSchemas">Whether the model sees the output schemas of tools.</param>
/// <param name="ShowsStructured">Whether the model sees structured content; otherwise text blocks alone.</param>
internal sealed record HostKind(string Name, bool ShowsOutputSchemas, bool ShowsStructured)
{
    public static readonly IReadOnlyList<HostKind> All =
    [
        new("chatgpt", ShowsOutputSchemas: true, ShowsStructured: true),
        new("claude", ShowsOutputSchemas: false, ShowsStructured: true),
        new("text", ShowsOutputSchemas: false, ShowsStructured: false),
    ];

    /// <exception cref="FormatException">There is none with this name.</exception>
    public static HostKind Find(string name) =>
        All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new FormatException(
            $"--host must be one of {string.Join(", ", All.Select(kind => kind.Name))}, but is '{name}'."
        );

    /// <summary>A tool as the model sees it. Endpoints take no output schema, so it stands in the
    /// description.</summary>
    public AITool Declare(Tool tool)
    {
        var description = tool.Description ?? "";
        if (ShowsOutputSchemas && tool.OutputSchema is { } schema)
        {
            description += $"\nReturns: {Json.Text(schema)}";
        }

        return AIFunctionFactory.CreateDeclaration(tool.Name, description, tool.InputSchema);
    }

    /// <summary>A result as the model sees it.</summary>
    public string Show(ToolResult result) => ShowsStructured && !result.IsRejected ? result.Full : result.Text;
}
