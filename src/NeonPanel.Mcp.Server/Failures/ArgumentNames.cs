using System.Diagnostics.CodeAnalysis;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Failures;

/// <summary>Finds the tool argument to which the API's name of a field refers. A field that is not an argument keeps
/// the API's name.</summary>
/// <param name="template">The operation that was called, or <see langword="null"/>.</param>
internal sealed class ArgumentNames(ToolDescriptor tool, RequestTemplate? template)
{
    // Names of the parts of a request that frameworks write before the field's own name.
    private static readonly Dictionary<string, ParameterLocation?> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["body"] = null,
        ["payload"] = null,
        ["json"] = null,
        ["form"] = null,
        ["data"] = null,
        ["request"] = null,
        ["requestBody"] = null,
        ["query"] = ParameterLocation.Query,
        ["querystring"] = ParameterLocation.Query,
        ["params"] = ParameterLocation.Query,
        ["path"] = ParameterLocation.Path,
        ["header"] = ParameterLocation.Header,
        ["headers"] = ParameterLocation.Header,
        ["cookie"] = ParameterLocation.Cookie,
        ["cookies"] = ParameterLocation.Cookie,
    };

    /// <summary>Returns the argument of a field, followed by the steps below it.</summary>
    public string Of(string path) => Find(path, null, isBody: false) ?? Of(FieldPath.Steps(path)) ?? path;

    /// <summary>Returns the argument of a field, or <see langword="null"/> if no argument matches.</summary>
    public string? Of(IReadOnlyList<string> steps)
    {
        if (steps.Count == 0)
        {
            return null;
        }

        // The first step may name a part of the request, and the second a field in it. The first step may also be an
        // argument; that is tried second.
        if (
            steps.Count > 1
            && Parts.TryGetValue(steps[0], out var location)
            && Find(steps[1], location, isBody: location is null) is { } inPart
        )
        {
            return Below(inPart, steps, 2);
        }

        if (Find(steps[0], null, isBody: false) is { } first)
        {
            return Below(first, steps, 1);
        }

        // The first step may be the API's name for the body object: model.Price.
        return steps.Count > 1 && Find(steps[1], null, isBody: false) is { } second ? Below(second, steps, 2) : null;
    }

    private string? Find(string name, ParameterLocation? location, bool isBody)
    {
        var parameters = template
            ?.Parameters.Where(parameter => !isBody && (location is null || parameter.Location == location))
            .Select(parameter => (parameter.Name, parameter.Argument))
            ?? [];
        var members = template
            ?.Body?.Members?.Where(_ => location is null)
            .Select(member => (member.Name, member.Argument))
            ?? [];
        var known = parameters
            .Concat(members)
            .Where(pair => tool.Arguments.Properties.ContainsKey(pair.Argument))
            .ToList();
        var exact = known.FirstOrDefault(pair => pair.Name == name).Argument
            ?? known.FirstOrDefault(pair => NearestName.Plain(pair.Name) == NearestName.Plain(name)).Argument;
        if (exact is not null)
        {
            return exact;
        }

        // The whole body is one argument.
        if (
            location is null
            && template?.Body?.Argument is { } body
            && tool.Arguments.Properties.TryGetValue(body, out var shape)
            && TryFind(shape, name, out var member)
        )
        {
            return $"{body}.{member}";
        }

        // Without the operation, the location of a field is unknown.
        return location is null && (!isBody || template is null) && tool.Arguments.Properties.ContainsKey(name)
            ? name
            : null;
    }

    private string Below(string argument, IReadOnlyList<string> steps, int first)
    {
        var shape = tool.Arguments.Properties.GetValueOrDefault(argument);
        var path = argument;
        foreach (var step in steps.Skip(first))
        {
            var isItem = step.All(char.IsAsciiDigit);
            var name = step;
            if (isItem)
            {
                shape = shape?.Items;
            }
            else
            {
                name = shape is not null && TryFind(shape, step, out var member) ? member : step;
                shape = shape?.Properties.GetValueOrDefault(name);
            }

            path += "." + name;
        }

        return path;
    }

    // Finds the exact name, or the name in another spelling style.
    private static bool TryFind(ValueShape shape, string name, [NotNullWhen(true)] out string? member)
    {
        member = shape.Properties.ContainsKey(name)
            ? name
            : shape.Properties.Keys.FirstOrDefault(known => NearestName.Plain(known) == NearestName.Plain(name));
        return member is not null;
    }
}
