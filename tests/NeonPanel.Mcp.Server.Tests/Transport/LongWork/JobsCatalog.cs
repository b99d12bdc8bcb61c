using System.Net;
using System.Text;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Tests.Transport.LongWork;

/// <summary>Tools of an API whose jobs can be cancelled: <c>begin</c>, <c>job</c> and <c>stop</c>. Their answers come
/// from this object, without HTTP.</summary>
internal sealed class JobsCatalog
{
    private readonly List<string> calls = [];

    /// <summary>Gets or sets the answers of the tools: status and body.</summary>
    public Func<string, (int Status, string Body)> Answer { get; set; } =
        name => name == "begin" ? (202, """{"job":{"id":7}}""") : (200, """{"state":"running"}""");

    /// <summary>Gets the calls that arrived: the tool and its arguments.</summary>
    public IReadOnlyList<string> Calls => calls;

    /// <summary>Gets the tool that begins a job.</summary>
    public ToolDescriptor Begin => Catalog.Tools.Single(tool => tool.Name == "begin");

    public ToolCatalog Catalog =>
        field ??= new([
            Tool("begin", isReadOnly: false, "shop", "speed"),
            Tool("job", isReadOnly: true, "shop", "jobId"),
            Tool("stop", isReadOnly: false, "shop", "jobId"),
        ])
        {
            SpecificationTitle = "Jobs API",
            SpecificationVersion = "1",
            Hash = "0123456789abcdef",
            ServerAddress = null,
            Scopes = [],
            Profiles = ["all"],
            IsOneResource = true,
        };

    private ToolDescriptor Tool(string name, bool isReadOnly, params string[] arguments) =>
        new()
        {
            Name = name,
            Title = name,
            Description = "",
            OperationId = null,
            Method = isReadOnly ? "GET" : "POST",
            Path = "/",
            InputSchema = "{}",
            OutputSchema = "{}",
            Hints = new(isReadOnly, Destructive: name == "stop", isReadOnly, OpenWorld: false),
            Profiles = ["all"],
            Scopes = [],
            Meta = "{}",
            Tokens = 1,
            Arguments = new() { Properties = arguments.ToDictionary(argument => argument, _ => ValueShape.Anything) },
            Work =
                name == "begin"
                    ? new("job", "jobId", "job.id", ["shop"])
                    {
                        State = "state",
                        Working = ["running"],
                        Failed = ["broken"],
                        Cancelled = ["stopped"],
                        Cancel = "stop",
                    }
                    : null,
            Call = (_, sent, _, _) => Task.FromResult(Respond(name, sent)),
        };

    private RawResponse Respond(string name, JsonElement sent)
    {
        calls.Add(name + " " + sent.GetRawText());
        var (status, body) = Answer(name);
        return new((HttpStatusCode)status, "application/json", null, Encoding.UTF8.GetBytes(body), null);
    }
}
