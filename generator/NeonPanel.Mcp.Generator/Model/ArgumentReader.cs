using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Converts the parameters and body of an operation into the tool's arguments.</summary>
internal sealed class ArgumentReader
{
    private readonly SpecificationDocument document;
    private readonly ParameterReader parameters;
    private readonly BodyReader body;
    private readonly HashSet<Diagnostic> told = [];
    private int depth;

    public ArgumentReader(
        SpecificationDocument document,
        SchemaNormalizer schemas,
        Func<string?, string> rewrite,
        List<Diagnostic> diagnostics
    )
    {
        this.document = document;
        parameters = new(document, schemas, rewrite, Tell);
        body = new(document, schemas, rewrite);

        // Each finding is reported once, even if the request is read several times.
        void Tell(string pointer, string message)
        {
            var diagnostic = new Diagnostic(DiagnosticIds.Loosened, Severity.Warning, document.File, pointer, message);
            if (depth == SchemaNormalizer.Depths[0] && told.Add(diagnostic))
            {
                diagnostics.Add(diagnostic);
            }
        }
    }

    /// <param name="source">The operation.</param>
    /// <param name="hints">The behavior hints of the operation.</param>
    /// <param name="deepest">Levels of members and items to describe.</param>
    /// <exception cref="FaultException">A part has a broken reference, or cannot be sent.</exception>
    public RequestModel Read(OperationSource source, HintsModel hints, int deepest)
    {
        depth = deepest;
        var upload = ServerArguments.Upload(document, source, source.Files);
        var read = body.Read(source.Operation["requestBody"], source.Pointer + "/requestBody", deepest);
        var declared = parameters.Read(source, deepest);
        // The name of a file is sent only together with the file's bytes.
        var names = declared
            .Where(parameter => parameter.Name == upload?.NameParameter)
            .Select(parameter => parameter with { Argument = parameter.Name });
        var request = Flatten([.. declared.Where(parameter => upload?.NameParameter != parameter.Name)], read);
        var takesFields =
            hints.ReadOnly
            && document.Root["x-mcp"].IsTrue("fields")
            && ServerArguments.IsFree(request.Arguments, ServerArguments.Fields);
        return request with
        {
            Arguments = ServerArguments.Add(request.Arguments, takesFields, source.Extension.IsTrue("wait")),
            TakesFields = takesFields,
            Upload = upload is null ? null : upload with { Parameters = [.. request.Parameters, .. names] },
        };
    }

    // All arguments are on one level, under the API's own names. Equal names are distinguished by location in a fixed
    // order: parameters keep their name before body members, and path before query before header before cookie.
    private static RequestModel Flatten(List<ParameterModel> parameters, BodyModel? body)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var named = parameters
            .OrderBy(parameter => LocationOrder(parameter.Location))
            .ToDictionary(
                parameter => (parameter.Name, parameter.Location),
                parameter => ArgumentNames.Take(taken, parameter.Name, parameter.Location)
            );
        var flat = parameters
            .Select(parameter => parameter with { Argument = named[(parameter.Name, parameter.Location)] })
            .ToList();
        var properties = flat.Select(parameter => new PropertyModel(
                parameter.Argument,
                Told(parameter.Schema, parameter.Name),
                parameter.IsRequired
            ))
            .ToList();
        if (body is { Argument: not null })
        {
            body = body with { Argument = ArgumentNames.Take(taken, "body", "body") };
            properties.Add(new(body.Argument, body.Schema, body.IsRequired));
        }
        else if (body is not null)
        {
            var required = body.IsRequired;
            body = body with
            {
                Members =
                [
                    .. body.Members.Select(member =>
                        member with
                        {
                            Argument = ArgumentNames.Take(taken, member.Name, "body"),
                        }
                    ),
                ],
            };
            properties.AddRange(
                body.Members.Select(member => new PropertyModel(
                    member.Argument,
                    Told(member.Property.Schema, member.Name),
                    required && member.Property.IsRequired
                ))
            );
            body = body with
            {
                Members =
                [
                    .. body.Members.Select(member =>
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
                            }
                    ),
                ],
                AdditionalArgument = body.TakesMore ? ArgumentNames.Take(taken, "additionalProperties", "body") : null,
            };
            properties.AddRange(
                body.Members.SelectMany(member => member.Encoding?.Headers ?? [])
                    .Select(header => new PropertyModel(header.Argument, header.Schema, false))
            );
            if (body.AdditionalArgument is { } more)
            {
                properties.Add(
                    new(
                        more,
                        new()
                        {
                            Types = ["object"],
                            Description = "Further members of the body.",
                            AdditionalProperties = body.Schema.AdditionalProperties,
                        },
                        false
                    )
                );
            }
        }

        return new(
            flat,
            body,
            new()
            {
                Types = ["object"],
                Properties = properties,
                IsClosed = true,
            }
        );
    }

    // The API's name is added if it has letters that are not allowed in an argument. Signs such as '$' and '[]' need no
    // mention.
    private static SchemaModel Told(SchemaModel schema, string name)
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

    private static int LocationOrder(string location) =>
        location switch
        {
            "Path" => 0,
            "Query" => 1,
            "Header" => 2,
            _ => 3,
        };
}

/// <summary>The request, and the arguments from which it is made.</summary>
/// <param name="Arguments">One object, with members in the order of the specification and defaults as declared.</param>
internal sealed record RequestModel(IReadOnlyList<ParameterModel> Parameters, BodyModel? Body, SchemaModel Arguments)
{
    /// <summary>Gets whether the server can reduce the answer to selected members.</summary>
    public bool TakesFields { get; init; }

    /// <summary>Gets how to send a file as bytes if the body only contains a link to it, or
    /// <see langword="null"/>.</summary>
    public UploadModel? Upload { get; init; }

    /// <summary>Returns the request without the defaults of body members. The API applies them itself, but a model that
    /// sees a default sends it (rule D2).</summary>
    public RequestModel WithoutBodyDefaults()
    {
        var members = Body?.Members.Select(member => member.Argument).ToHashSet(StringComparer.Ordinal) ?? [];
        return this with
        {
            Arguments = Arguments with
            {
                Properties =
                [
                    .. Arguments.Properties.Select(property =>
                        members.Contains(property.Name)
                            ? property with
                            {
                                Schema = property.Schema with { Default = null },
                            }
                            : property
                    ),
                ],
            },
        };
    }
}
