using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Sandbox.Api.Answers;

/// <summary>Documents as other documents refer to them.</summary>
internal static class DocumentLinks
{
    private const string Pages = "https://my.neonpanel.com/app/processes/";

    /// <summary>The address of a document's task page; <see langword="null"/> without a task.</summary>
    public static string? Link(Document document) =>
        document.Task is { } task ? $"{Pages}{Folder(document.Kind)}/tasks/{task}" : null;

    /// <summary>The reference in figures of cost (schema <c>Document</c>).</summary>
    public static JsonObject Reference(Document document) =>
        new()
        {
            ["type"] = document.Kind.ToString(),
            ["link"] = Link(document),
            ["status"] = document.Status,
            ["completed"] = Json.Of(document.Completed),
            ["ref_number"] = document.RefNumber,
            ["date"] = Json.Of(document.Day),
        };

    /// <summary>The reference with an id (schema <c>DocumentResource</c>).</summary>
    public static JsonObject Resource(Document document)
    {
        var reference = Reference(document);
        reference.Insert(0, "id", document.Id);
        return reference;
    }

    private static string Folder(DocumentKind kind) =>
        kind switch
        {
            DocumentKind.InventoryOrder or DocumentKind.AssemblyOrder => "inventory-orders",
            DocumentKind.Bill => "bills-and-expenses",
            DocumentKind.Shipment => "inventory-shipments",
            DocumentKind.Adjustment => "adjustments",
            _ => "invoicing",
        };
}
