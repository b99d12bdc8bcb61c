using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>Executes composed tools: takes their steps within limits, and computes one answer.</summary>
internal sealed class Composer(ToolCatalog catalog, CompositionOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Tool, string? Profile), CompositionPlan> plans = new();

    /// <param name="profile">The profile of the caller's address, whose tools the answer may name;
    /// <see langword="null"/> for all.</param>
    /// <param name="arguments">A JSON object that is valid by the tool's input schema.</param>
    /// <param name="call">Sends a request with the caller's credential.</param>
    /// <returns>An answer as the API would send it, or the failure of the call: the refusal of the token, the failure
    /// of a list that all else depends on, or the first failure if nothing at all was read.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<UpstreamAnswer> RunAsync(
        ToolDescriptor tool,
        string? profile,
        JsonElement arguments,
        StepCall call,
        CancellationToken cancellationToken
    )
    {
        var plan = plans.GetOrAdd((tool.Name, profile), key =>
            PlanReader.Read(catalog, key.Profile, tool.Composition!)
        );
        arguments = WithDefaults(plan, arguments);
        var budget = new CompositionBudget(options, catalog.ApiName);
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var gathering = new Gathering(plan, arguments, new(call, budget));
        await gathering.RunAsync(cancellationToken, end.Token);
        var failure = budget.Unauthorized
            ?? (gathering.First is { } first && (first.IsWhole || !budget.HasAnswers) ? first.Failure : null);
        if (failure?.Result is { } failed)
        {
            return new(null, "", failed with { Text = $"{tool.Name}: {failed.Text}" });
        }

        var json = new ResultWriter(plan, arguments, gathering.Rows).Write(
            MissingPart.Sentences(gathering.Missing),
            gathering.Unmatched
        );
        return new(new RawResponse(HttpStatusCode.OK, "application/json", null, json, null), "", null);
    }

    private static JsonElement WithDefaults(CompositionPlan plan, JsonElement arguments)
    {
        if (plan.Defaults.All(pair => arguments.TryGetProperty(pair.Name, out _)))
        {
            return arguments;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in arguments.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value), skipInputValidation: true);
            }

            foreach (var (name, value) in plan.Defaults.Where(pair => !arguments.TryGetProperty(pair.Name, out _)))
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
