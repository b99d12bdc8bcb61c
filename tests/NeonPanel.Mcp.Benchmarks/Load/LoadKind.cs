using System.Text;

namespace NeonPanel.Mcp.Benchmarks.Load;

/// <summary>A kind of request that the loader sends.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="ApiPath">The path that a proxy gets.</param>
/// <param name="McpPath">The path that an MCP server gets.</param>
/// <param name="LeastBytes">The fewest bytes of an answer that is whole.</param>
/// <param name="Body">Returns the message of the next request.</param>
internal sealed record LoadKind(string Name, string ApiPath, string McpPath, int LeastBytes, Func<byte[]> Body)
{
    private const string Companies = "/api/v1/companies";
    private const string Reports = "/api/v1/reports";
    private const string Mcp = "/mcp";

    private static readonly LoadKind[] All =
    [
        new("4", Companies, Mcp, 4 * 1024, Constant(Call("listCompanies", "{}", ""))),
        new("200", Reports, Mcp + "?text=summary", 200 * 1024, Constant(Call("listReports", "{}", ""))),
        new("fields", Reports, Mcp, 8 * 1024, Constant(Call("listReports", """{"fields":"data.id"}""", ""))),
        new(
            "progress",
            Companies,
            Mcp,
            4 * 1024,
            Constant(Call("listCompanies", "{}", ""","_meta":{"progressToken":1}"""))
        ),
        new("list", "/", Mcp, 16 * 1024, Constant("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""")),
        new("write", "/", Mcp, 0, Bill),
    ];

    public static LoadKind Find(string name) =>
        Array.Find(All, kind => kind.Name == name)
        ?? throw new ArgumentException(
            $"'{name}' is no kind of load: {string.Join(", ", All.Select(kind => kind.Name))}."
        );

    private static Func<byte[]> Constant(string message)
    {
        var bytes = Encoding.UTF8.GetBytes(message);
        return () => bytes;
    }

    private static string Call(string tool, string arguments, string meta) =>
        $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{tool}}","arguments":{{arguments}}{{meta}}} }""";

    // Each bill is another one, so that none is held back.
    private static byte[] Bill() =>
        Encoding.UTF8.GetBytes(
            Call(
                "bills_create",
                $$"""{"companyUuid":"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31","ref_number":"{{Guid.NewGuid()}}","date":"2026-11-20","currency":"USD","vendor_id":17,"details":[{"service_id":141,"quantity":1,"rate":800.00},{"service_id":142,"quantity":1,"rate":150.00}]}""",
                ""
            )
        );
}
