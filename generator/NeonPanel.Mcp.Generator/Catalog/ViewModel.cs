using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>How MCP hosts may display the answer of an operation. The overlay declares it (<c>x-mcp.view</c>), and all
/// its values name members of the answer.</summary>
/// <param name="Kind">The form of the view.</param>
/// <param name="Declaration">The overlay's declaration, after validation.</param>
internal sealed record ViewModel(ViewKind Kind, JsonObject Declaration);

/// <summary>The form in which a view displays the rows of an answer.</summary>
internal enum ViewKind
{
    Table,
    Chart,

    /// <summary>Sums by two members of the rows, one down and one across.</summary>
    Matrix,

    /// <summary>Open amounts by week and currency.</summary>
    Weeks,
}
