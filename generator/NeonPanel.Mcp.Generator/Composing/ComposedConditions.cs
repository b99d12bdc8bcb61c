using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Composing;

/// <summary>Checks the conditions of steps and tables.</summary>
internal sealed class ComposedConditions(ComposedFaults faults, ComposedArguments arguments)
{
    private static readonly string[] Operators = ["named", "equals", "differs", "below", "above"];

    /// <summary>Checks <c>where</c>: conditions that a row must meet, all of them.</summary>
    /// <param name="member">Checks that a member or column exists.</param>
    /// <exception cref="FaultException">A condition cannot work.</exception>
    public void Check(JsonNode? node, string place, Action<string> member)
    {
        if (node is null)
        {
            return;
        }

        if (node is not JsonArray list)
        {
            throw faults.At(place, "'where' is a list of conditions");
        }

        foreach (var item in list)
        {
            if (item is not JsonObject condition)
            {
                throw faults.At(place, "a condition is an object");
            }

            faults.CheckMembers(condition, ["any", .. Operators], place);
            var paths = condition.Items("any");
            var operators = condition.Select(pair => pair.Key).Where(Operators.Contains).ToList();
            if (paths.Count == 0 || operators is not [var given])
            {
                throw faults.At(
                    place,
                    $"a condition has 'any' (a list of members) and one of {string.Join(", ", Operators)}"
                );
            }

            foreach (var path in paths)
            {
                member(path?.ToString() ?? "");
            }

            CheckValue(condition[given], place);
        }
    }

    /// <summary>Checks <c>when</c>: for each argument, <c>true</c> if it must be given, or the values that it may
    /// have.</summary>
    /// <exception cref="FaultException">It names an argument that does not exist.</exception>
    public void CheckWhen(JsonNode? node, string place)
    {
        if (node is null)
        {
            return;
        }

        if (node is not JsonObject when)
        {
            throw faults.At(place, "'when' is an object: arguments, each with true or a list of values");
        }

        foreach (var (name, value) in when)
        {
            CheckArgument(name, place);
            if (value is not JsonArray && value?.GetValueKind() != System.Text.Json.JsonValueKind.True)
            {
                throw faults.At(place, $"'{name}' must be true, or a list of values");
            }
        }
    }

    public void CheckArgument(string name, string place)
    {
        if (!arguments.Names.Contains(name))
        {
            throw faults.At(place, $"there is no argument '{name}'" + NameHint.Of(name, arguments.Names));
        }
    }

    private void CheckValue(JsonNode? value, string place)
    {
        if (value is JsonObject source)
        {
            faults.CheckMembers(source, ["argument"], place);
            CheckArgument(source.Text("argument") ?? "", place);
        }
    }
}
