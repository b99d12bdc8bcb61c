using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>The names in the arguments of a call that one lookup replaces.</summary>
internal sealed class WantedNames
{
    /// <summary>Most different names that one argument may contain.</summary>
    public const int Most = 100;

    private readonly Dictionary<string, IReadOnlyList<int>> places = new(StringComparer.Ordinal);
    private readonly List<int> indices = [];
    private int count;

    private WantedNames(ArgumentLookup lookup) => Lookup = lookup;

    public ArgumentLookup Lookup { get; }

    /// <summary>Gets the different names.</summary>
    public IReadOnlyCollection<string> Texts => places.Keys;

    /// <summary>Gets whether the argument is missing, and the server may fill it.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>Finds the texts that are not values. Texts that cannot be names become violations.</summary>
    /// <returns><see langword="null"/> if the lookup has nothing to do.</returns>
    public static WantedNames? Read(ArgumentLookup lookup, JsonElement arguments, ViolationList violations)
    {
        if (!arguments.TryGetProperty(lookup.Steps[0]!, out var value))
        {
            return lookup.IsFilled ? new(lookup) { IsMissing = true } : null;
        }

        if (lookup.Steps.Count == 1 && value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        if (lookup.IsFilled && string.IsNullOrWhiteSpace(value.GetString()))
        {
            return new(lookup) { IsMissing = true };
        }

        var wanted = new WantedNames(lookup);
        violations.Path.Enter(lookup.Steps[0]!);
        wanted.Add(value, 1, violations);
        if (wanted.places.Count > Most)
        {
            violations.Add(
                $"must hold at most {Most} different names, but holds more among its {wanted.count} items. "
                    + $"Send the {NameTexts.Value(lookup.Source)} of each, as {lookup.Source.List} returns it, or send the names in several calls."
            );
        }

        violations.Path.Leave();
        return wanted.places.Count == 0 ? null : wanted;
    }

    /// <summary>Reports a fault at the first place of a name.</summary>
    public void Add(ViolationList violations, string name, string predicate)
    {
        Enter(violations.Path, name);
        violations.Add($"{predicate}");
        foreach (var _ in Lookup.Steps)
        {
            violations.Path.Leave();
        }
    }

    /// <summary>Returns the first place of a name, as violations name it.</summary>
    public string PlaceOf(string name)
    {
        var path = new ArgumentPath();
        Enter(path, name);
        return path.ToString();
    }

    private void Enter(ArgumentPath path, string name)
    {
        var next = 0;
        foreach (var step in Lookup.Steps)
        {
            if (step is not null)
            {
                path.Enter(step);
            }
            else
            {
                path.Enter(places[name][next++]);
            }
        }
    }

    private void Add(JsonElement value, int depth, ViolationList violations)
    {
        if (violations.IsDone || (places.Count > Most && depth < Lookup.Steps.Count && Lookup.Steps[depth] is null))
        {
            count += value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : 0;
            return;
        }

        if (depth == Lookup.Steps.Count)
        {
            AddText(value, violations);
        }
        else if (Lookup.Steps[depth] is { } name)
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member))
            {
                violations.Path.Enter(name);
                Add(member, depth + 1, violations);
                violations.Path.Leave();
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            AddItems(value, depth, violations);
        }
    }

    private void AddItems(JsonElement value, int depth, ViolationList violations)
    {
        count += value.GetArrayLength();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (violations.IsDone || places.Count > Most)
            {
                return;
            }

            violations.Path.Enter(index);
            indices.Add(index);
            Add(item, depth + 1, violations);
            indices.RemoveAt(indices.Count - 1);
            violations.Path.Leave();
        }
    }

    private void AddText(JsonElement value, ViolationList violations)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { } text || places.ContainsKey(text))
        {
            return;
        }

        var isKey = Lookup.Source.Format is { } format && TextFormat.Fits(format, text);
        if (isKey && Lookup.Source.Learn is null)
        {
            return;
        }

        if (NameText.FaultOf(text) is { } fault)
        {
            violations.Add($"must be {NameTexts.Expected(Lookup.Source)}, but {fault}.");
        }
        else
        {
            places.Add(text, [.. indices]);
        }
    }
}
