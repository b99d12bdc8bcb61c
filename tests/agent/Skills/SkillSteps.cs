using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Agent.Scripted;

namespace NeonPanel.Mcp.Agent.Skills;

/// <summary>Follows the calls of a skill's text in their order. Tool, arguments and fixed values come from the text;
/// the script only fills what the text leaves open, so that it fails if the text names another tool or
/// argument.</summary>
internal sealed class SkillSteps(SkillText skill, Steps steps)
{
    private int at;

    /// <summary>Makes the next call of the text.</summary>
    /// <param name="tool">The tool that the script expects there.</param>
    /// <param name="values">Values of the arguments that the text leaves open.</param>
    /// <exception cref="InvalidOperationException">The text names another tool or other arguments, or the call was
    /// rejected.</exception>
    public Task<JsonElement> CallAsync(string tool, JsonObject values) =>
        steps.CallAsync(tool, Filled(Next(tool), values));

    /// <summary>Passes over a call that does not apply, such as one of two ways.</summary>
    public void Skip(string tool) => Next(tool);

    /// <summary>Goes back to a call, counted from 0, because the text says that the steps are repeated.</summary>
    public void RepeatFrom(int call) => at = call;

    /// <summary>Ends the skill.</summary>
    /// <exception cref="InvalidOperationException">The text has calls that the script did not make.</exception>
    public void End()
    {
        if (at < skill.Calls.Count)
        {
            throw new InvalidOperationException(
                $"The script of {skill.Name} never calls {skill.Calls[at].Tool} as its text says."
            );
        }
    }

    private SkillCall Next(string tool)
    {
        var call = at < skill.Calls.Count ? skill.Calls[at] : null;
        at++;
        return call?.Tool == tool
            ? call
            : throw new InvalidOperationException(
                $"Call {at} of {skill.Name} is {call?.Tool ?? "missing"} in its text, and {tool} in the script."
            );
    }

    private JsonObject Filled(SkillCall call, JsonObject values)
    {
        var arguments = new JsonObject();
        var open = values.Select(pair => pair.Key).ToHashSet();
        foreach (var (name, value) in call.Arguments)
        {
            arguments[name] = (value ?? call.Given.GetValueOrDefault(name)) switch
            {
                { } written => Parsed(written),
                null when open.Remove(name) => values[name]!.DeepClone(),
                null => throw new InvalidOperationException(
                    $"Call {at} of {skill.Name} has the argument {name} in its text, which the script does not fill."
                ),
            };
        }

        return open.Count == 0
            ? arguments
            : throw new InvalidOperationException(
                $"Call {at} of {skill.Name} lacks {string.Join(", ", open)} in its text, which the script fills."
            );
    }

    // "text", 20, true, or a text without quotation marks.
    private static JsonNode Parsed(string written)
    {
        if (written.StartsWith('"') || written is "true" or "false" || written.All(char.IsAsciiDigit))
        {
            return JsonNode.Parse(written)!;
        }

        return JsonValue.Create(written);
    }
}
