using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>One scripted edit of our specification, and what it must be called.</summary>
/// <param name="Name">What is edited.</param>
/// <param name="Apply">The edit.</param>
/// <param name="Expected">One line a change: class, caller, kind, tool and subject, in ordinal order.</param>
internal sealed record Edit(string Name, Action<SpecificationEdit> Apply, params string[] Expected)
{
    /// <summary>Gets what is edited on both sides first.</summary>
    public Action<SpecificationEdit>? Before { get; init; }

    public override string ToString() => Name;
}

/// <summary>Ways into our specification.</summary>
internal sealed class SpecificationEdit(JsonObject root)
{
    private const string Company = "/api/v1/companies/{companyUuid}";

    public JsonObject Root => root;

    public JsonObject Paths => root["paths"]!.AsObject();

    /// <summary>A path; what begins with a dot stands below a company.</summary>
    public static string Path(string path) => path.StartsWith('.') ? Company + path[1..] : path;

    public JsonObject Item(string path) => Paths[Path(path)]!.AsObject();

    public JsonObject Operation(string path, string method = "get") => Item(path)[method]!.AsObject();

    public JsonArray Parameters(string path, string method = "get") => Operation(path, method)["parameters"]!.AsArray();

    public JsonObject Parameter(string path, string name, string method = "get") =>
        Parameters(path, method).Select(node => node!.AsObject()).Single(node => node["name"]?.ToString() == name);

    public JsonObject ParameterSchema(string path, string name, string method = "get") =>
        Parameter(path, name, method)["schema"]!.AsObject();

    public JsonObject Schema(string name) => root["components"]!["schemas"]![name]!.AsObject();

    public JsonObject Member(string schema, string name) => Schema(schema)["properties"]![name]!.AsObject();

    public JsonObject Members(string schema) => Schema(schema)["properties"]!.AsObject();

    public JsonObject BodyMember(string path, string method, string name) =>
        Operation(path, method)["requestBody"]!["content"]!["application/json"]!["schema"]!["properties"]![
            name
        ]!.AsObject();

    public void RemoveParameter(string path, string name) => Parameters(path).Remove(Parameter(path, name));

    public void Move(string from, string to)
    {
        var item = Item(from);
        Paths.Remove(Path(from));
        Paths[Path(to)] = item;
    }

    public static JsonNode Json(string text) => JsonNode.Parse(text)!;
}
