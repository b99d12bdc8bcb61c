namespace NeonPanel.Client.Requests;

using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

/// <summary>One member of an object body, with the value that a call gives it.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Argument">The argument that holds the value; messages name it.</param>
/// <param name="Value">The JSON value.</param>
/// <param name="Encoding">The rules for writing the value.</param>
internal sealed record BodyMember(string Name, string Argument, JsonElement Value, BodyEncoding Encoding)
{
    private static readonly BodyEncoding Default = new();

    /// <summary>Collects the members of an object body.</summary>
    /// <returns>The members, or <see langword="null"/> when the call has no body or the body has a violation.</returns>
    public static IReadOnlyList<BodyMember>? Collect(RequestBody body, CallArguments arguments, Violations violations)
    {
        var declared = body.Members ?? [];
        if (body.Argument is not null)
        {
            if (!arguments.TryGet(body.Argument, body.Required, out var whole))
            {
                return null;
            }

            return whole.ValueKind == JsonValueKind.Object
                ? Split(whole, body.Argument, declared)
                : Refuse(violations, body.Argument, whole);
        }

        var isGiven =
            declared.Any(m => arguments.Has(m.Argument))
            || (body.AdditionalArgument is not null && arguments.Has(body.AdditionalArgument));
        if (!isGiven && !body.Required)
        {
            return null;
        }

        if (!isGiven && !body.EmptyObjectAllowed && !declared.Any(m => m.Required))
        {
            var names = string.Join(", ", declared.Select(m => $"'{m.Argument}'"));
            violations.Add($"The body needs at least one of the arguments {names}, but none is given.");
            return null;
        }

        var members = new List<BodyMember>();
        foreach (var member in declared)
        {
            if (arguments.TryGet(member.Argument, member.Required, out var value))
            {
                members.Add(new(member.Name, member.Argument, value, member.Encoding ?? Default));
            }
        }

        members.AddRange(Additional(body, declared, arguments, violations));
        return members;
    }

    private static IReadOnlyList<BodyMember> Additional(
        RequestBody body,
        IReadOnlyList<RequestBodyMember> declared,
        CallArguments arguments,
        Violations violations
    )
    {
        if (body.AdditionalArgument is not { } argument || !arguments.TryGet(argument, required: false, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return Refuse(violations, argument, value) ?? [];
        }

        var members = Split(value, argument, []);
        foreach (var clash in members.Where(m => declared.Any(d => d.Name == m.Name)))
        {
            var owner = declared.First(d => d.Name == clash.Name).Argument;
            violations.Add(argument, $"an object without '{clash.Name}', which is argument '{owner}'", "holds it");
        }

        return members;
    }

    private static List<BodyMember> Split(
        JsonElement value,
        string argument,
        IReadOnlyList<RequestBodyMember> declared
    ) =>
        [
            .. value
                .EnumerateObject()
                .Select(m => new BodyMember(
                    m.Name,
                    argument,
                    m.Value,
                    declared.FirstOrDefault(d => d.Name == m.Name)?.Encoding ?? Default
                )),
        ];

    private static IReadOnlyList<BodyMember>? Refuse(Violations violations, string argument, JsonElement found)
    {
        violations.Add(argument, "an object", found);
        return null;
    }
}
