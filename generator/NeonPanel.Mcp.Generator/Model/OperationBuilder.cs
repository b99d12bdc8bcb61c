using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>One operation of the document → <see cref="OperationModel"/>.</summary>
internal sealed class OperationBuilder
{
    private const int MaxDescription = 1024;

    /// <summary>A schema is told less deep to have at most so many bytes, 1,000 tokens (rule C5) …</summary>
    private const int WorthyBytes = 4000;

    /// <summary>… but not less deep than this.</summary>
    private const int WorthyDepth = 4;

    private readonly SpecificationDocument document;
    private readonly Func<string?, string> rewrite;
    private readonly List<Diagnostic> diagnostics;
    private readonly SchemaNormalizer schemas;
    private readonly ParameterReader parameterReader;
    private readonly BodyReader bodyReader;
    private readonly HashSet<Diagnostic> told = [];
    private readonly Dictionary<string, JsonObject> outputs = new(StringComparer.Ordinal);
    private int depth;

    public OperationBuilder(SpecificationDocument document, Func<string?, string> rewrite, List<Diagnostic> diagnostics)
    {
        this.document = document;
        this.rewrite = rewrite;
        this.diagnostics = diagnostics;
        schemas = new(document, rewrite);
        parameterReader = new(document, schemas, rewrite, Tell);
        bodyReader = new(document, schemas, rewrite);
    }

    /// <summary>Gets where <c>nullable</c> was read.</summary>
    public IReadOnlySet<string> Nullable => schemas.Nullable;

    /// <exception cref="FaultException">The operation cannot be made a tool.</exception>
    public OperationModel Build(OperationSource source, string name)
    {
        var operation = source.Operation;
        var hints = Hints(source);
        var request = Request(source, hints);
        var title = rewrite(operation.Text("summary"));
        var description = rewrite(operation.Text("description"));
        title = title.Length > 0 ? title : name;
        description = PlainText.Cut(description.Length > 0 ? description : title, MaxDescription);
        var (output, accept) = Answer(operation, source.Pointer);
        var scopes = Scopes(operation);
        return new()
        {
            ToolName = name,
            Title = title,
            Description = description,
            OperationId = source.OperationId,
            Tag = operation.Items("tags").OfType<JsonValue>().FirstOrDefault()?.ToString(),
            Method = source.Method,
            Path = source.Path,
            RequestPath = ParameterReader.RequestPath(source.Path, request.Parameters),
            Pointer = source.Pointer,
            Parameters = request.Parameters,
            Body = request.Body,
            Accept = accept,
            Arguments = request.Arguments,
            InputSchema = request.InputSchema,
            Upload = request.Upload,
            TakesFields = request.TakesFields,
            Waits = source.Extension.IsTrue("wait"),
            OutputSchema = output,
            Hints = hints,
            Profiles = Profiles(source.Extension, hints),
            Scopes = scopes,
            Meta = Meta(source.Extension, title, scopes),
            Tokens = TokenEstimate.Of(name, description, JsonText.Compact(request.InputSchema)),
        };
    }

    // The most detailed description that is worth its tokens (rule C5), else the most detailed one that clients accept:
    // values are told less deep until it fits, and texts cut at last.
    private RequestModel Request(OperationSource source, HintsModel hints)
    {
        var bytes = 0;
        var accepted = default(RequestModel);
        List<string> files = [.. source.Extension.Items("fileParams").Select(name => name?.ToString() ?? "")];
        var upload = ServerArguments.Upload(document, source, files);
        foreach (var limit in SchemaNormalizer.Depths)
        {
            depth = limit;
            var body = bodyReader.Read(source.Operation["requestBody"], source.Pointer + "/requestBody", limit);
            var declared = parameterReader.Read(source, limit);
            // The name of a file goes with its bytes only.
            var names = declared.Where(parameter => parameter.Name == upload?.NameParameter).Select(parameter => parameter with { Argument = parameter.Name });
            var (parameters, arguments) = Flatten([.. declared.Where(parameter => upload?.NameParameter != parameter.Name)], ref body);
            var takesFields = hints.ReadOnly && document.Root["x-mcp"].IsTrue("fields") && ServerArguments.IsFree(arguments, ServerArguments.Fields);
            arguments = ServerArguments.Add(arguments, takesFields, source.Extension.IsTrue("wait"));
            foreach (var form in limit == SchemaNormalizer.Depths[^1] ? new[] { arguments, arguments.Briefly() } : [arguments])
            {
                var schema = ClientSchema.Input(ServerArguments.WithFiles(form, files, ServerArguments.DeclaredFile));
                bytes = SizeOf(schema);
                if (bytes <= ClientRules.MaxSchemaBytes)
                {
                    var request = new RequestModel(parameters, body, ServerArguments.WithFiles(form, files, ServerArguments.AcceptedFile), schema, takesFields,
                        upload is null ? null : upload with { Parameters = [.. parameters, .. names] });
                    accepted ??= request;
                    if (bytes <= WorthyBytes)
                    {
                        return request;
                    }
                }
            }

            if (accepted is not null && limit <= WorthyDepth)
            {
                return accepted;
            }
        }

        return accepted ?? throw new FaultException(new(DiagnosticIds.NotCallable, Severity.Warning, document.File, source.Pointer,
            $"The arguments have a schema of {bytes} bytes even when told in the shortest way; clients accept {ClientRules.MaxSchemaBytes}. " +
            "Leave some of them out in the overlay."));
    }

    private sealed record RequestModel(
        IReadOnlyList<ParameterModel> Parameters, BodyModel? Body, SchemaModel Arguments, JsonObject InputSchema, bool TakesFields, UploadModel? Upload);

    // Told once, however often the request is tried.
    private void Tell(string pointer, string message)
    {
        var diagnostic = new Diagnostic(DiagnosticIds.Loosened, Severity.Warning, document.File, pointer, message);
        if (depth == SchemaNormalizer.Depths[0] && told.Add(diagnostic))
        {
            diagnostics.Add(diagnostic);
        }
    }

    private static int SizeOf(JsonObject schema) => schema.ToJsonString().Length;

    // Arguments are flat, under the API's own names. Two that meet are told apart by their location, the same way every
    // time: parameters keep their name before body members, and path before query before header before cookie.
    private static (List<ParameterModel> Parameters, SchemaModel Arguments) Flatten(
        List<ParameterModel> parameters, ref BodyModel? body)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var named = parameters.OrderBy(parameter => LocationOrder(parameter.Location))
            .ToDictionary(parameter => (parameter.Name, parameter.Location), parameter => ArgumentNames.Take(taken, parameter.Name, parameter.Location));
        var flat = parameters.Select(parameter => parameter with { Argument = named[(parameter.Name, parameter.Location)] }).ToList();
        var properties = flat.Select(parameter =>
            new PropertyModel(parameter.Argument, parameter.Schema, parameter.IsRequired)).ToList();
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
                Members = [.. body.Members.Select(member =>
                    member with { Argument = ArgumentNames.Take(taken, member.Name, "body") })],
            };
            // The defaults of a body are the API's business: a model that sees them sends them (D2).
            properties.AddRange(body.Members.Select(member => new PropertyModel(
                member.Argument, member.Property.Schema with { Default = null }, required && member.Property.IsRequired)));
            body = body with
            {
                Members = [.. body.Members.Select(member => member.Encoding is not { Headers.Count: > 0 } encoding ? member : member with
                {
                    Encoding = encoding with { Headers = [.. encoding.Headers.Select(header => header with { Argument = ArgumentNames.Take(taken, header.Argument, "header") })] },
                })],
                AdditionalArgument = body.TakesMore ? ArgumentNames.Take(taken, "additionalProperties", "body") : null,
            };
            properties.AddRange(body.Members.SelectMany(member => member.Encoding?.Headers ?? [])
                .Select(header => new PropertyModel(header.Argument, header.Schema, false)));
            if (body.AdditionalArgument is { } more)
            {
                properties.Add(new(more, new()
                {
                    Types = ["object"],
                    Description = "Further members of the body.",
                    AdditionalProperties = body.Schema.AdditionalProperties,
                }, false));
            }
        }

        return (flat, new() { Types = ["object"], Properties = properties, IsClosed = true });
    }

    private static int LocationOrder(string location) => location switch { "Path" => 0, "Query" => 1, "Header" => 2, _ => 3 };

    private (JsonObject Schema, string Accept) Answer(JsonObject operation, string pointer)
    {
        var found = new List<(JsonNode? Schema, string Pointer)>();
        var accepted = new List<string>();
        foreach (var (status, response) in operation.Members("responses"))
        {
            var (node, place) = Leniently(() => document.Resolve(response, JsonPointer.Append(pointer + "/responses", status)));
            if ((node as JsonObject)?["content"] is not JsonObject { Count: > 0 } content)
            {
                continue;
            }

            accepted.AddRange(content.Select(pair => MediaTypes.Plain(pair.Key)));
            if (status is ['2', ..] or "default" && !(status == "default" && found.Count > 0))
            {
                var (mediaType, _) = MediaTypes.Choose(content.Select(pair => pair.Key));
                found.Add((content[mediaType].Get("schema"), JsonPointer.Append(place + "/content", mediaType) + "/schema"));
            }
        }

        var accept = accepted.Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(type => MediaTypes.IsJson(type) ? 0 : 1).ToList();
        return (Output(found), accept.Count == 0 ? "application/json" : string.Join(", ", accept));
    }

    private JsonObject Output(List<(JsonNode? Schema, string Pointer)> found)
    {
        // Most answers are one published schema that other operations answer with as well.
        var shared = found is [var (schema, _)] && schema.Text("$ref") is { } reference ? reference : null;
        if (shared is not null && outputs.TryGetValue(shared, out var known))
        {
            return known;
        }

        var output = MakeOutput(found);
        if (shared is not null)
        {
            outputs[shared] = output;
        }

        return output;
    }

    private JsonObject MakeOutput(List<(JsonNode? Schema, string Pointer)> found)
    {
        JsonObject? accepted = null;
        foreach (var limit in SchemaNormalizer.Depths)
        {
            var answers = found.Select(item => Leniently(() => schemas.Normalize(item.Schema, item.Pointer, limit)) ?? new()).ToList();
            var schema = ClientSchema.Output(answers.Count == 0 ? null : SchemaMerger.Any(answers));
            var bytes = SizeOf(schema);
            if (bytes <= ClientRules.MaxSchemaBytes)
            {
                accepted ??= schema;
                if (bytes <= WorthyBytes)
                {
                    return schema;
                }

                if (limit <= WorthyDepth)
                {
                    return accepted;
                }
            }
        }

        // Rule C3 asks for an object at the root and nothing else.
        return accepted ?? new() { ["type"] = "object" };
    }

    // What is wrong with an answer's description keeps nobody from asking: it is told, and the answer may be anything.
    private T? Leniently<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FaultException fault) when (fault.Diagnostic.Severity == Severity.Warning)
        {
            if (told.Add(fault.Diagnostic))
            {
                diagnostics.Add(fault.Diagnostic);
            }

            return default;
        }
    }

    private static HintsModel Hints(OperationSource source)
    {
        var isReadOnly = Flag("readOnly") ?? source.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE" or "QUERY";
        return new(
            isReadOnly,
            Flag("destructive") ?? (!isReadOnly && source.Method is "DELETE" or "PUT"),
            Flag("idempotent") ?? (isReadOnly || source.Method is "DELETE" or "PUT"),
            Flag("openWorld") ?? false);

        bool? Flag(string name) => source.Extension[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;
    }

    private static List<string> Profiles(JsonObject extension, HintsModel hints)
    {
        var profiles = new SortedSet<string>(StringComparer.Ordinal) { "all" };
        profiles.UnionWith(extension.Items("profiles").OfType<JsonValue>().Select(name => name.ToString()).Where(name => name.Length > 0));
        if (extension.Text("domain") is { Length: > 0 } domain)
        {
            profiles.Add(domain);
        }

        if (extension.IsTrue("core"))
        {
            profiles.Add("core");
        }

        if (hints.ReadOnly)
        {
            profiles.Add("read");
        }

        return [.. profiles];
    }

    // The first alternative counts (OpenAPI 3.1, "Security Requirement Object").
    private List<string> Scopes(JsonObject operation)
    {
        var requirements = operation["security"] as JsonArray ?? document.Root["security"] as JsonArray;
        return requirements?.FirstOrDefault() is JsonObject first
            ? [.. first.SelectMany(scheme => scheme.Value as JsonArray ?? []).OfType<JsonValue>().Select(scope => scope.ToString())
                .Where(scope => scope.Length > 0).Distinct().Order(StringComparer.Ordinal)]
            : [];
    }

    private static JsonObject Meta(JsonObject extension, string title, List<string> scopes)
    {
        const int maxStatusLine = 64;
        var meta = new JsonObject
        {
            ["openai/toolInvocation/invoking"] = Line("invoking", title + "…"),
            ["openai/toolInvocation/invoked"] = Line("invoked", title + ": done"),
            ["securitySchemes"] = new JsonArray(new JsonObject
            {
                ["type"] = "oauth2",
                ["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]),
            }),
        };
        if (extension["fileParams"] is JsonArray files)
        {
            meta["openai/fileParams"] = files.DeepClone();
        }

        return meta;

        string Line(string name, string otherwise) => PlainText.Cut(PlainText.Clean(extension.Text(name) ?? otherwise), maxStatusLine);
    }
}
