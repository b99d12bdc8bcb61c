using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Composition;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Tests.Composition;

/// <summary>A composed tool over an API of shops, shelves and batches. A test says what the API answers.</summary>
internal sealed class ComposedCall
{
    private static readonly ValueShape Number = new() { Kinds = ValueKinds.Integer, Maximum = "2" };
    private static readonly ValueShape Text = new() { Kinds = ValueKinds.String };
    private readonly ConcurrentDictionary<string, string> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Status, ToolResult Result)> failures = new(
        StringComparer.Ordinal
    );
    private int running;

    /// <summary>Gets the calls that arrived, such as <c>shelves {"shop":1}</c>.</summary>
    public ConcurrentQueue<string> Sent { get; } = new();

    /// <summary>Gets the most calls that ran at the same time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Gets or sets what a call waits for.</summary>
    public Func<string, CancellationToken, Task> Wait { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Gets or sets the profile of the caller's address.</summary>
    public string? Profile { get; set; }

    public CompositionOptions Options { get; set; } = new(100, 1000, TimeSpan.FromSeconds(40));

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public ComposedCall Answer(string call, string json)
    {
        answers[call] = json;
        return this;
    }

    public ComposedCall Fail(string call, int status, FailureKind kind = FailureKind.Status)
    {
        failures[call] = (
            status,
            ToolResult.Failure($"{call.Split(' ')[0]} failed: answered {status}.", kind) with
            {
                IsUnauthorized = status == 401,
            }
        );
        return this;
    }

    /// <summary>Runs a plan, and returns the answer.</summary>
    public async Task<JsonElement> RunAsync(string plan, string arguments = "{}")
    {
        var answer = await SendAsync(plan, arguments);
        return answer.Response is { } response
            ? JsonElement.Parse(response.Body.Span)
            : throw new InvalidOperationException(answer.Failure!.Text);
    }

    public Task<UpstreamAnswer> SendAsync(
        string plan,
        string arguments = "{}",
        CancellationToken cancellationToken = default
    )
    {
        var tool = Tool("composed", plan);
        var catalog = new ToolCatalog([
            Tool("batches", null, "shop"),
            tool,
            Tool("shelves", null, "shop", "core", "all"),
            Tool("shops", null),
        ])
        {
            SpecificationTitle = "Shop API",
            SpecificationVersion = "1",
            Hash = "",
            Instructions = [],
            ServerAddress = null,
            Scopes = [],
            Profiles = ["all", "core", "floor"],
        };
        return new Composer(catalog, Options, Time).RunAsync(
            tool,
            Profile,
            JsonElement.Parse(Encoding.UTF8.GetBytes(arguments)),
            CallAsync,
            cancellationToken
        );
    }

    private async Task<UpstreamAnswer> CallAsync(
        ToolDescriptor tool,
        JsonElement arguments,
        CancellationToken cancellationToken
    )
    {
        var call = $"{tool.Name} {arguments.GetRawText()}";
        Sent.Enqueue(call);
        lock (Sent)
        {
            running++;
            MostAtOnce = Math.Max(MostAtOnce, running);
        }

        try
        {
            await Wait(call, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            lock (Sent)
            {
                running--;
            }
        }

        if (failures.TryGetValue(call, out var failure))
        {
            var refused = failure.Status == 0 ? null : Response(failure.Status, "{}");
            return new(refused, "", failure.Result);
        }

        return new(
            Response(
                200,
                answers.GetValueOrDefault(call) ?? throw new InvalidOperationException("Not told of " + call)
            ),
            "",
            null
        );
    }

    private static RawResponse Response(int status, string json) =>
        new((HttpStatusCode)status, "application/json", null, Encoding.UTF8.GetBytes(json), null);

    private static ToolDescriptor Tool(string name, string? plan, string? required = null, params string[] profiles)
    {
        var properties = new Dictionary<string, ValueShape>
        {
            ["page"] = new() { Kinds = ValueKinds.Integer },
            ["per_page"] = Number,
            ["town"] = Text,
        };
        if (required is not null)
        {
            properties[required] = new() { Kinds = ValueKinds.Integer };
        }

        return new()
        {
            Name = name,
            Title = name,
            Description = name,
            OperationId = null,
            Method = "GET",
            Path = "/" + name,
            InputSchema = "{}",
            OutputSchema = "{}",
            Hints = new(true, false, true, false),
            Profiles = profiles.Length == 0 ? ["all"] : profiles,
            Scopes = [],
            Meta = "{}",
            Tokens = 0,
            Arguments = new()
            {
                Kinds = ValueKinds.Object,
                Properties = properties,
                Required = required is null ? [] : [required],
            },
            Composition = plan,
            Call = (_, _, _, _) => throw new NotSupportedException(),
        };
    }
}
