using System.Text.Json.Nodes;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Faults;

/// <summary>Faults of the API that a token can switch on for itself.</summary>
/// <param name="TooManyAfter">Number of calls after which every call is answered with 429.</param>
/// <param name="FailingPath">Part of the paths that are answered with 500.</param>
/// <param name="DelayMilliseconds">How long an answer waits.</param>
/// <param name="PhpEscapes">Whether answers escape slashes and all that is not ASCII, as PHP's json_encode
/// does.</param>
/// <param name="IgnoredFilters">Whether lists act as if no filter was sent.</param>
/// <param name="WrongLastPage">Whether <c>last_page</c> is one too many.</param>
internal sealed record FaultSwitches(
    int? TooManyAfter,
    string? FailingPath,
    int DelayMilliseconds,
    bool PhpEscapes,
    bool IgnoredFilters,
    bool WrongLastPage
)
{
    public static readonly FaultSwitches None = new(null, null, 0, false, false, false);

    private const int LongestDelay = 120_000;

    private static readonly string[] Names =
    [
        "too_many_after",
        "failing_path",
        "delay_milliseconds",
        "php_escapes",
        "ignored_filters",
        "wrong_last_page",
    ];

    /// <summary>Reads the switches. What is not named is off.</summary>
    /// <exception cref="ApiRefusal">A switch is unknown, or its value is none.</exception>
    public static FaultSwitches Read(JsonObject body)
    {
        if (body.Select(pair => pair.Key).FirstOrDefault(name => !Names.Contains(name)) is { } unknown)
        {
            throw ApiRefusal.BadRequest(
                $"There is no switch '{unknown}'. The switches are {string.Join(", ", Names)}."
            );
        }

        return new(
            Count(body, "too_many_after", int.MaxValue),
            Path(body),
            Count(body, "delay_milliseconds", LongestDelay) ?? 0,
            Switch(body, "php_escapes"),
            Switch(body, "ignored_filters"),
            Switch(body, "wrong_last_page")
        );
    }

    public JsonObject Write() =>
        new()
        {
            ["too_many_after"] = TooManyAfter,
            ["failing_path"] = FailingPath,
            ["delay_milliseconds"] = DelayMilliseconds,
            ["php_escapes"] = PhpEscapes,
            ["ignored_filters"] = IgnoredFilters,
            ["wrong_last_page"] = WrongLastPage,
        };

    private static int? Count(JsonObject body, string name, int most)
    {
        if (body[name] is not { } node)
        {
            return null;
        }

        return node is JsonValue value && value.TryGetValue<int>(out var count) && count >= 0 && count <= most
            ? count
            : throw ApiRefusal.BadRequest(
                $"'{name}' must be a whole number from 0 to {most}, but is {node.ToJsonString()}."
            );
    }

    private static bool Switch(JsonObject body, string name)
    {
        if (body[name] is not { } node)
        {
            return false;
        }

        return node is JsonValue value && value.TryGetValue<bool>(out var isOn)
            ? isOn
            : throw ApiRefusal.BadRequest($"'{name}' must be true or false, but is {node.ToJsonString()}.");
    }

    private static string? Path(JsonObject body)
    {
        if (body["failing_path"] is not { } node)
        {
            return null;
        }

        return node is JsonValue value && value.TryGetValue<string>(out var path) && path.StartsWith('/')
            ? path
            : throw ApiRefusal.BadRequest(
                $"'failing_path' must be a part of a path, such as \"/bills\", but is {node.ToJsonString()}."
            );
    }
}
