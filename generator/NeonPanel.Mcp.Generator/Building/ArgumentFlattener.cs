using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Puts all arguments on one level, under the API's own names. Equal names are distinguished by location in a
/// fixed order: parameters keep their name before body members, and path before query before header before
/// cookie.</summary>
internal sealed class ArgumentFlattener
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly List<PropertyModel> properties = [];

    private ArgumentFlattener() { }

    public static RequestModel Flatten(IReadOnlyList<ParameterModel> parameters, BodyModel? body)
    {
        var flattener = new ArgumentFlattener();
        var flat = flattener.Add(parameters);
        var sent = body is null ? null : flattener.Add(body);
        return new(
            flat,
            sent,
            new()
            {
                Types = ["object"],
                Properties = flattener.properties,
                IsClosed = true,
            }
        );
    }

    private List<ParameterModel> Add(IReadOnlyList<ParameterModel> parameters)
    {
        var named = parameters
            .OrderBy(parameter => parameter.Location)
            .ToDictionary(
                parameter => (parameter.Name, parameter.Location),
                parameter => ArgumentNames.Take(taken, parameter.Name, parameter.Location.ToString())
            );
        var flat = parameters
            .Select(parameter => parameter with { Argument = named[(parameter.Name, parameter.Location)] })
            .ToList();
        properties.AddRange(
            flat.Select(parameter => new PropertyModel(
                parameter.Argument,
                WithApiName(parameter.Schema, parameter.Name),
                parameter.IsRequired
            ))
        );
        return flat;
    }

    private BodyModel Add(BodyModel body)
    {
        if (body.Argument is null)
        {
            return AddAdditional(AddHeaders(AddMembers(body)));
        }

        var argument = ArgumentNames.Take(taken, "body", "body");
        properties.Add(new(argument, body.Schema, body.IsRequired));
        return body with { Argument = argument };
    }

    private BodyModel AddMembers(BodyModel body)
    {
        List<BodyMemberModel> members =
        [
            .. body.Members.Select(member => member with { Argument = ArgumentNames.Take(taken, member.Name, "body") }),
        ];
        properties.AddRange(
            members.Select(member => new PropertyModel(
                member.Argument,
                WithApiName(member.Property.Schema, member.Name),
                body.IsRequired && member.Property.IsRequired
            ))
        );
        return body with { Members = members };
    }

    private BodyModel AddHeaders(BodyModel body)
    {
        List<BodyMemberModel> members = [.. body.Members.Select(WithHeaderArguments)];
        properties.AddRange(
            members
                .SelectMany(member => member.Encoding?.Headers ?? [])
                .Select(header => new PropertyModel(header.Argument, header.Schema, false))
        );
        return body with { Members = members };
    }

    private BodyMemberModel WithHeaderArguments(BodyMemberModel member) =>
        member.Encoding is not { Headers.Count: > 0 } encoding
            ? member
            : member with
            {
                Encoding = encoding with
                {
                    Headers =
                    [
                        .. encoding.Headers.Select(header =>
                            header with
                            {
                                Argument = ArgumentNames.Take(taken, header.Argument, "header"),
                            }
                        ),
                    ],
                },
            };

    private BodyModel AddAdditional(BodyModel body)
    {
        if (!body.TakesMore)
        {
            return body;
        }

        var argument = ArgumentNames.Take(taken, "additionalProperties", "body");
        var schema = new SchemaModel
        {
            Types = ["object"],
            Description = "Further members of the body.",
            AdditionalProperties = body.Schema.AdditionalProperties,
        };
        properties.Add(new(argument, schema, false));
        return body with { AdditionalArgument = argument };
    }

    // The API's name is added if it has letters that are not allowed in an argument. Signs such as '$' and '[]' need no
    // mention.
    private static SchemaModel WithApiName(SchemaModel schema, string name)
    {
        const int longest = 64;
        return name.Any(character => char.IsLetterOrDigit(character) && !char.IsAscii(character))
            ? schema with
            {
                Description = PlainText.Sentence(
                    schema.Description,
                    $"The API calls it '{PlainText.Cut(PlainText.Line(name), longest)}'."
                ),
            }
            : schema;
    }
}
