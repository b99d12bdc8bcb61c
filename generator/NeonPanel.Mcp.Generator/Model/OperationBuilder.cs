using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>One operation of the document → <see cref="OperationModel"/>.</summary>
internal sealed class OperationBuilder(SpecificationDocument document, Func<string?, string> rewrite, List<Diagnostic> diagnostics)
{
    private const int MaxDescription = 1024;

    /// <summary>A schema is told less deep to have at most so many bytes, 1,000 tokens (rule C5) …</summary>
    private const int WorthyBytes = 4000;

    /// <summary>… but not less deep than this.</summary>
    private const int WorthyDepth = 4;

    private readonly SchemaNormalizer schemas = new(document, rewrite);
    private const string FileText = "File: base64, a data: URI, a link, or an object with 'name' and 'content' or 'link'.";

    // Accept, Content-Type and Authorization are ignored where they are declared; the others belong to the connection, or to
    // the one place that sets them.
    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Encoding", "Authorization", "Connection", "Content-Length", "Content-Type", "Cookie", "Expect",
        "Host", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    private readonly HashSet<Diagnostic> told = [];
    private readonly Dictionary<string, JsonObject> outputs = new(StringComparer.Ordinal);
    private int depth;

    /// <summary>Gets where <c>nullable</c> was read.</summary>
    public IReadOnlySet<string> Nullable => schemas.Nullable;

    /// <exception cref="FaultException">The operation cannot be made a tool.</exception>
    public OperationModel Build(OperationSource source, string name)
    {
        var operation = source.Operation;
        var request = Request(source);
        var title = rewrite(operation.Text("summary"));
        var description = rewrite(operation.Text("description"));
        title = title.Length > 0 ? title : name;
        description = PlainText.Cut(description.Length > 0 ? description : title, MaxDescription);
        var (output, accept) = Answer(operation, source.Pointer);
        var hints = Hints(source);
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
            RequestPath = RequestPath(source.Path, request.Parameters),
            Pointer = source.Pointer,
            Parameters = request.Parameters,
            Body = request.Body,
            Accept = accept,
            Arguments = request.Arguments,
            InputSchema = request.InputSchema,
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
    private (List<ParameterModel> Parameters, BodyModel? Body, SchemaModel Arguments, JsonObject InputSchema) Request(OperationSource source)
    {
        var bytes = 0;
        var accepted = default((List<ParameterModel> Parameters, BodyModel? Body, SchemaModel Arguments, JsonObject InputSchema)?);
        foreach (var limit in SchemaNormalizer.Depths)
        {
            depth = limit;
            var body = Body(source.Operation["requestBody"], source.Pointer + "/requestBody");
            var (parameters, arguments) = Flatten(ParametersOf(source), ref body);
            foreach (var form in limit == SchemaNormalizer.Depths[^1] ? new[] { arguments, arguments.Briefly() } : [arguments])
            {
                var schema = ClientSchema.Input(form);
                bytes = SizeOf(schema);
                if (bytes <= ClientRules.MaxSchemaBytes)
                {
                    accepted ??= (parameters, body, form, schema);
                    if (bytes <= WorthyBytes)
                    {
                        return (parameters, body, form, schema);
                    }
                }
            }

            if (accepted is not null && limit <= WorthyDepth)
            {
                return accepted.Value;
            }
        }

        return accepted ?? throw new FaultException(new(DiagnosticIds.NotCallable, Severity.Warning, document.File, source.Pointer,
            $"The arguments have a schema of {bytes} bytes even when told in the shortest way; clients accept {ClientRules.MaxSchemaBytes}. " +
            "Leave some of them out in the overlay."));
    }

    // Told once, however often the request is tried.
    private void Tell(string pointer, string message)
    {
        var diagnostic = new Diagnostic(DiagnosticIds.Loosened, Severity.Warning, document.File, pointer, message);
        if (depth == SchemaNormalizer.Depths[0] && told.Add(diagnostic))
        {
            diagnostics.Add(diagnostic);
        }
    }

    private static bool IsTokenCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal);

    private static int SizeOf(JsonObject schema) => schema.ToJsonString().Length;

    private List<ParameterModel> ParametersOf(OperationSource source)
    {
        var parameters = new Dictionary<(string, string), ParameterModel>();
        foreach (var (list, pointer) in new[]
        {
            (source.PathItem["parameters"], source.PathPointer + "/parameters"),
            (source.Operation["parameters"], source.Pointer + "/parameters"),
        })
        {
            var items = list as JsonArray ?? [];
            for (var index = 0; index < items.Count; index++)
            {
                var (node, place) = document.Resolve(items[index], JsonPointer.Append(pointer, index));
                if (ReadParameter(node, place, source) is { } parameter)
                {
                    // One of the operation overrides one of the path (OpenAPI 3.1, "Path Item Object").
                    // A header has one name, however it is written (RFC 9110 §5.1).
                    parameters[(parameter.Location == "Header" ? parameter.Name.ToUpperInvariant() : parameter.Name, parameter.Location)] = parameter;
                }
            }
        }

        var undeclared = new List<string>();
        foreach (var placeholder in Placeholders(RequestPath(source.Path, parameters.Values)).Distinct())
        {
            if (!parameters.ContainsKey((placeholder, "Path")))
            {
                parameters[(placeholder, "Path")] = new(placeholder, "Path", placeholder, "Simple", false, true, false, null, new() { Types = ["string"] });
                undeclared.Add(placeholder);
            }
        }

        if (undeclared.Count > 0)
        {
            Tell(source.Pointer, $"The path names {string.Join(", ", undeclared.Select(name => $"'{{{name}}}'"))}, but no path parameter of that name " +
                "is declared; each is taken as a required string.");
        }

        return [.. parameters.Values];
    }

    // '/search?q={q}' beside a query parameter 'q' says the same twice: the parameter writes it.
    private static string RequestPath(string path, IEnumerable<ParameterModel> parameters)
    {
        var parts = path.Split('?', 2);
        if (parts.Length == 1)
        {
            return path;
        }

        var declared = parameters.Where(parameter => parameter.Location == "Query").Select(parameter => $"{parameter.Name}={{{parameter.Name}}}").ToHashSet(StringComparer.Ordinal);
        var query = string.Join('&', parts[1].Split('&').Where(pair => !declared.Contains(pair)));
        return query.Length == 0 ? parts[0] : parts[0] + "?" + query;
    }

    private static IEnumerable<string> Placeholders(string path) =>
        path.Split('{').Skip(1).Where(part => part.Contains('}', StringComparison.Ordinal)).Select(part => part.Split('}')[0]);

    private ParameterModel? ReadParameter(JsonNode? map, string pointer, OperationSource source)
    {
        var name = map.Text("name") ?? "";
        var location = map.Text("in") switch
        {
            "path" => "Path",
            "query" or "querystring" => "Query",
            "header" => "Header",
            "cookie" => "Cookie",
            _ => null,
        };
        var reason = location switch
        {
            null => $"'in' is '{map.Text("in")}'; expected path, query, querystring, header or cookie",
            _ when name.Length == 0 => "it has no name",
            "Path" when !Placeholders(source.Path).Contains(name) => $"the path has no '{{{name}}}'",
            "Header" when OwnHeaders.Contains(name) => "this header is not described by parameters (OpenAPI 3.1, \"Parameter Object\"), or belongs to the connection",
            "Header" when !name.All(IsTokenCharacter) => "a header's name is a token (RFC 9110 §5.6.2)",
            _ => null,
        };
        if (reason is not null)
        {
            Tell(pointer, $"The parameter '{PlainText.Line(name)}' is left out: {reason}.");
            return null;
        }

        var style = map.Text("style") switch
        {
            "simple" => "Simple",
            "label" => "Label",
            "matrix" => "Matrix",
            "form" => "Form",
            "spaceDelimited" => "SpaceDelimited",
            "pipeDelimited" => "PipeDelimited",
            "deepObject" => "DeepObject",
            _ => location is "Path" or "Header" ? "Simple" : "Form",
        };
        var content = map.Get("content") is JsonObject { Count: > 0 } types ? types.AsEnumerable().First() : default(KeyValuePair<string, JsonNode?>?);
        var schema = content is { } pair
            ? schemas.Normalize(pair.Value.Get("schema"), JsonPointer.Append(pointer + "/content", pair.Key) + "/schema", depth)
            : schemas.Normalize(map.Get("schema"), pointer + "/schema", depth);
        if (map.Text("in") == "querystring")
        {
            // OpenAPI 3.2: the parameter is the whole query string. As a form it is an object's members as pairs.
            if (content is null || MediaTypes.Plain(content.Value.Key) != "application/x-www-form-urlencoded")
            {
                throw new FaultException(new(DiagnosticIds.NotCallable, Severity.Warning, document.File, pointer,
                    $"The query string is described as '{content?.Key}'; only application/x-www-form-urlencoded can be written."));
            }

            (content, style) = (null, "Form");
        }

        var text = rewrite(map.Text("description"));
        return new(
            name,
            location!,
            name,
            style,
            map.Text("explode") is { } explode ? explode == "true" : style == "Form",
            location == "Path" || map.IsTrue("required"),
            map.IsTrue("allowReserved"),
            content?.Key,
            text.Length > 0 ? schema with { Description = text } : schema);
    }

    private BodyModel? Body(JsonNode? node, string pointer)
    {
        var (resolved, place) = document.Resolve(node, pointer);
        if (resolved is not JsonObject body || body["content"] is not JsonObject { Count: > 0 } content)
        {
            return null;
        }

        var (mediaType, kind) = MediaTypes.Choose(content.Select(pair => pair.Key));
        var media = content[mediaType] as JsonObject;
        var schema = schemas.Normalize(media.Get("schema"), JsonPointer.Append(place + "/content", mediaType) + "/schema", depth);
        var required = body.IsTrue("required");
        if (mediaType == "*/*" && schema is { Types: ["string"] })
        {
            kind = "Binary"; // whatever it is: a text of JSON would be the one thing it is not
        }

        var isFlat = kind is "Json" or "Form" or "Multipart" && schema.Properties.Count > 0 && schema.IsObject;
        var sent = MediaTypes.Sent(mediaType, kind);
        if (!isFlat)
        {
            var text = rewrite(body.Text("description"));
            var whole = text.Length > 0 && schema.Description.Length == 0 ? schema with { Description = text } : schema;
            return new(mediaType, sent, kind, required, "body", kind switch
            {
                // What stands in the text is the API's own form, XML say: told, but not checked.
                "Text" => new() { Types = ["string"], Description = PlainText.Sentence(whole.Description, $"Text of the type {MediaTypes.Plain(sent)}.") },
                "Binary" => new() { Types = ["string", "object"], Description = PlainText.Sentence(whole.Description, $"Bytes of the type {MediaTypes.Plain(sent)}. {FileText}") },
                "Form" or "Multipart" => whole with { Types = ["object"] },
                _ => whole,
            }, [], false);
        }

        var additional = schema.AdditionalProperties is not null || (kind == "Json" && media.Get("schema").Text("additionalProperties") == "true");
        return new(mediaType, sent, kind, required, null, schema, [.. schema.Properties.Select(property => Member(kind, media, property))], additional);
    }

    private BodyMemberModel Member(string kind, JsonObject? media, PropertyModel property)
    {
        var encoding = Encoding(kind, media, property);
        if (encoding is not { IsFile: true })
        {
            return new(property.Name, property.Name, property, encoding);
        }

        var file = property.Schema with { Types = ["string", "object"], Format = null, Pattern = null, MinLength = null, MaxLength = null };
        var schema = property.Schema.Types is ["array"]
            ? property.Schema with { Items = file with { Description = FileText } }
            : file with { Description = PlainText.Sentence(file.Description, FileText) };
        return new(property.Name, property.Name, property with { Schema = schema }, encoding);
    }

    private BodyEncodingModel? Encoding(string kind, JsonObject? media, PropertyModel property)
    {
        if (kind == "Json")
        {
            return null;
        }

        var (node, _) = document.Resolve(media.Get("encoding").Get(property.Name), "");
        var encoding = node as JsonObject ?? [];
        var style = encoding.Text("style") switch
        {
            "spaceDelimited" => "SpaceDelimited",
            "pipeDelimited" => "PipeDelimited",
            "deepObject" => "DeepObject",
            "form" => "Form",
            _ => null,
        };
        return new(
            encoding.Text("contentType"),
            style,
            encoding.Text("explode") is { } explode ? explode == "true" : style is null or "Form",
            encoding.IsTrue("allowReserved"),
            kind == "Multipart" && IsFile(property.Schema.Items ?? property.Schema, encoding.Text("contentType")),
            // OpenAPI 3.1, "Encoding Object": of multipart bodies alone, and the type of the part is described apart.
            kind != "Multipart" ? [] : [.. encoding.Members("headers").Where(pair => pair.Key.All(IsTokenCharacter)
                    && !pair.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Select(pair =>
            {
                var (header, place) = document.Resolve(pair.Value, "");
                var text = rewrite(header.Text("description"));
                var schema = schemas.Normalize(header.Get("schema"), place + "/schema", depth);
                return new PartHeaderModel(pair.Key, property.Name + "_" + pair.Key,
                    text.Length > 0 ? schema with { Description = text } : schema, header.IsTrue("required"));
            })]);
    }

    // 3.0 says 'binary'; 3.1 leaves the type out and names the encoding or the media type.
    private static bool IsFile(SchemaModel schema, string? contentType) =>
        schema.Format is "binary" or "byte" or "base64"
        || (schema.Types.Count == 0 && schema.Enum.Count == 0 && contentType is not null && !MediaTypes.IsJson(contentType)
            && !contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase));

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
