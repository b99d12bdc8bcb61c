using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Testing;

/// <summary>Tests that hold for a server of any API. A test project derives one class without tests of its
/// own.</summary>
public abstract partial class McpContract
{
    private readonly ToolCatalog catalog;
    private readonly string? lockFile;
    private readonly string? overlayFile;

    /// <param name="catalog">Creates the generated tools: <c>GeneratedCatalog.Create</c>.</param>
    /// <param name="lockFile">The lock, relative to the file with the derived class, or <see langword="null"/> if the
    /// server has no lock.</param>
    /// <param name="overlayFile">The overlay, found in the same way, or <see langword="null"/>. The query parameters
    /// that it adds count as declared.</param>
    /// <param name="source">The file with the derived class; the compiler fills it in.</param>
    protected McpContract(
        Func<ToolCatalog> catalog,
        string? lockFile = null,
        string? overlayFile = null,
        [CallerFilePath] string source = ""
    )
    {
        ArgumentNullException.ThrowIfNull(catalog);
        this.catalog = catalog();
        this.lockFile = lockFile is null ? null : Path.GetFullPath(lockFile, Path.GetDirectoryName(source)!);
        this.overlayFile = overlayFile is null ? null : Path.GetFullPath(overlayFile, Path.GetDirectoryName(source)!);
    }

    /// <summary>The server starts, lists each tool once, and the schema of its arguments is one that clients
    /// accept.</summary>
    [Test]
    public async Task Server_Started_ListsTheTools()
    {
        await using var server = await RunningServer.StartAsync(catalog);
        var listed = await server.ListToolsAsync();
        var names = listed.Select(tool => tool.GetProperty("name").GetString()!).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(names, Is.Unique);
            Assert.That(names, Is.SupersetOf(catalog.Tools.Select(tool => tool.Name)));
            foreach (var tool in listed)
            {
                var name = tool.GetProperty("name").GetString()!;
                Assert.That(name, Does.Match(ToolName()));
                Assert.That(tool.GetProperty("description").GetString(), Is.Not.Empty, name);
                var schema = tool.GetProperty("inputSchema");
                Assert.That(schema.GetProperty("type").GetString(), Is.EqualTo("object"), name);
                Assert.That(schema.GetRawText(), Does.Not.Contain("\"$ref\""), name);
            }
        }
    }

    /// <summary>Integrators get the document that the tools were generated from.</summary>
    [Test]
    public async Task Server_Started_PublishesItsDocument()
    {
        await using var server = await RunningServer.StartAsync(catalog);
        Assert.That(await server.GetAsync("/openapi.json"), Is.EqualTo(catalog.Specification.ReadJson()));
    }

    /// <summary>A call of each tool is the request that the document declares.</summary>
    [Test]
    public async Task Tool_SampleCall_SendsWhatTheDocumentDeclares()
    {
        using var document = JsonDocument.Parse(catalog.Specification.ReadJson(), new() { MaxDepth = 512 });
        var added = AddedParameters.Of(overlayFile);
        using (Assert.EnterMultipleScope())
        {
            // A composed tool sends the requests of other tools.
            foreach (var tool in catalog.Tools.Where(tool => tool.Composition is null))
            {
                if (DeclaredOperation.Find(document.RootElement, tool, added) is not { } operation)
                {
                    Assert.Fail($"{tool.Name}: the document has no {tool.Method} {tool.Path}.");
                    continue;
                }

                Assert.That(operation.Differences(await SendAsync(tool)), Is.Empty, tool.Name);
            }
        }
    }

    /// <summary>The published tools are those of the lock.</summary>
    [Test]
    public void Lock_Tools_AreThoseOfTheServer()
    {
        if (lockFile is null)
        {
            Assert.Ignore("The class names no lock.");
        }

        Assert.That(lockFile, Does.Exist, "Write it with: dotnet build -t:UpdateToolLock");
        var locked = JsonNode.Parse(File.ReadAllBytes(lockFile!))!["tools"]!.AsArray();
        Assert.That(
            locked.Select(tool => (string?)tool!["name"]),
            Is.EquivalentTo(catalog.Tools.Concat(catalog.ComposedTools).Select(tool => tool.Name))
        );
        foreach (var tool in catalog.Tools)
        {
            var entry = locked.Single(entry => (string?)entry!["name"] == tool.Name)!;
            Assert.That(
                JsonNode.DeepEquals(entry["inputSchema"], JsonNode.Parse(tool.InputSchema)),
                $"The arguments of {tool.Name} differ from the lock. Run: dotnet build -t:UpdateToolLock"
            );
        }
    }

    // A call with all arguments, or, if they exclude each other, with the required ones.
    private static async Task<SentRequest> SendAsync(ToolDescriptor tool)
    {
        try
        {
            return await SentRequest.OfAsync(tool, SampleArguments.All(tool));
        }
        catch (InvalidArgumentsException)
        {
            return await SentRequest.OfAsync(tool, SampleArguments.Required(tool));
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex ToolName();
}
