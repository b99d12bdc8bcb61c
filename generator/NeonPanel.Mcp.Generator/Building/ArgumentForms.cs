using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>The forms of a body whose members are arguments (rule D1): arguments that fit one form are accepted
/// unchanged, as a value of several forms is anywhere else.</summary>
internal static class ArgumentForms
{
    /// <param name="arguments">The arguments, as they are checked.</param>
    /// <param name="body">The body.</param>
    /// <param name="isFile">Whether an argument is a file, which is checked in no form but its own.</param>
    public static SchemaModel Add(SchemaModel arguments, BodyModel? body, Func<string, bool> isFile)
    {
        if (body is not { Argument: null, Schema.Alternatives: { Count: > 0 } forms })
        {
            return arguments;
        }

        var members = body
            .Members.Where(member => member.Encoding is not { IsFile: true } && !isFile(member.Argument))
            .ToDictionary(member => member.Argument, member => member.Name, StringComparer.Ordinal);
        return arguments with { Alternatives = [.. forms.Select(form => Form(arguments, body, members, form))] };
    }

    private static SchemaModel Form(
        SchemaModel arguments,
        BodyModel body,
        Dictionary<string, string> members,
        SchemaModel form
    )
    {
        var declared = form.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        var properties = new List<PropertyModel>();
        foreach (var argument in arguments.Properties)
        {
            if (argument.Name == body.AdditionalArgument)
            {
                if (!form.IsClosed)
                {
                    var further = argument.Schema with { AdditionalProperties = form.AdditionalProperties };
                    properties.Add(argument with { Schema = further });
                }
            }
            else if (!members.TryGetValue(argument.Name, out var name))
            {
                properties.Add(argument);
            }
            else if (declared.TryGetValue(name, out var member))
            {
                properties.Add(argument with { Schema = member.Schema, IsRequired = member.IsRequired });
            }
            else if (!form.IsClosed)
            {
                properties.Add(argument with { Schema = form.AdditionalProperties ?? new(), IsRequired = false });
            }
        }

        return arguments with
        {
            Properties = properties,
            Alternatives = [],
        };
    }
}
