using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>What directories ask a publisher for beyond the tools: the publish file beside the overlay, such as
/// <c>spec/neonpanel.publish.json</c> (schema: <c>spec/schemas/publish.schema.json</c>).</summary>
/// <param name="File">The file's name, or <c>--publish</c> without a file.</param>
/// <param name="Root">The members of the file.</param>
internal sealed record PublishData(string File, JsonObject Root)
{
    private static readonly string[] Known =
    [
        "$schema",
        "address",
        "name",
        "displayName",
        "subtitle",
        "description",
        "category",
        "developer",
        "website",
        "documentation",
        "support",
        "privacy",
        "terms",
        "icons",
        "starterPrompts",
        "tests",
        "justifications",
        "registryKey",
        "oauthReference",
    ];

    public string? Address => Root.Text("address")?.TrimEnd('/');

    public IReadOnlyList<TestPrompt> Positive => Tests("positive");

    public IReadOnlyList<TestPrompt> Negative => Tests("negative");

    public IReadOnlyList<string> StarterPrompts =>
        [.. Root.Items("starterPrompts").Select(item => item?.ToString() ?? "")];

    public string? Text(string member) =>
        Root.Text(member) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>Returns the data with another address.</summary>
    public PublishData At(string? address)
    {
        if (address is null)
        {
            return this;
        }

        var root = (JsonObject)Root.DeepClone();
        root["address"] = address;
        return this with { Root = root };
    }

    /// <exception cref="FaultException">The file is not JSON, not an object, or has a member that is not
    /// known.</exception>
    public static PublishData Read(InputFile file)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(file.Bytes, documentOptions: new() { AllowDuplicateProperties = false });
        }
        catch (JsonException exception)
        {
            throw Fault(file.Name, "", "The publish file is not JSON: " + exception.Message);
        }

        if (root is not JsonObject members)
        {
            throw Fault(file.Name, "", "The publish file must be a JSON object.");
        }

        if (members.Select(member => member.Key).FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            throw Fault(
                file.Name,
                JsonPointer.Append("", unknown),
                $"The publish file has no member '{unknown}'. Its members are {string.Join(", ", Known.Skip(1))}."
            );
        }

        return new(file.Name, members);
    }

    private static FaultException Fault(string file, string pointer, string message) =>
        new(new(DiagnosticIds.PublishFile, Severity.Error, file, pointer, message));

    private IReadOnlyList<TestPrompt> Tests(string kind) =>
        [
            .. Root.Members("tests")
                .Items(kind)
                .Select(test => new TestPrompt(
                    test.Text("prompt") ?? "",
                    [.. test.Items("tools").Select(tool => tool?.ToString() ?? "")],
                    test.Text("expected") ?? ""
                )),
        ];
}

/// <summary>A prompt that a reviewer tries.</summary>
/// <param name="Tools">The tools that answer it; none for a prompt that the server must not answer.</param>
/// <param name="Expected">What the reviewer should see.</param>
internal sealed record TestPrompt(string Prompt, IReadOnlyList<string> Tools, string Expected);
