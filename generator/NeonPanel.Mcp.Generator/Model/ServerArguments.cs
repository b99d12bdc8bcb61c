using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Arguments that the server itself implements, in addition to those of the API: <c>fields</c>,
/// <c>wait_seconds</c>, and files in the forms that clients send. The overlay enables each of them.</summary>
internal static class ServerArguments
{
    public const string Fields = "fields";
    public const string WaitSeconds = "wait_seconds";

    private const string MaxWaitSeconds = "20";

    private static readonly SchemaModel WaitSchema = new()
    {
        Types = ["integer"],
        Limits = SchemaLimits.None.With(LimitKeyword.Minimum, "0").With(LimitKeyword.Maximum, MaxWaitSeconds),
        Description = "How long to wait for the end of the work.",
    };

    /// <summary>Adds <c>fields</c> and <c>wait_seconds</c>, unless the operation has arguments with these
    /// names.</summary>
    public static SchemaModel Add(SchemaModel arguments, bool fields, bool waits) =>
        arguments with
        {
            Properties =
            [
                .. arguments.Properties,
                .. (IEnumerable<PropertyModel>)(
                    fields && IsFree(arguments, Fields)
                        ?
                        [
                            new(
                                Fields,
                                new() { Types = ["string"], Description = "Members to keep, like a,b.c." },
                                false
                            ),
                        ]
                        : []
                ),
                .. (IEnumerable<PropertyModel>)(
                    waits && IsFree(arguments, WaitSeconds) ? [new(WaitSeconds, WaitSchema, false)] : []
                ),
            ],
        };

    public static bool IsFree(SchemaModel arguments, string name) =>
        arguments.Properties.All(property => property.Name != name);

    /// <summary>Describes files in the form that ChatGPT fills in (rule C9). The text names the forms that other
    /// clients send, which the server accepts too.</summary>
    public static SchemaModel WithFiles(
        SchemaModel arguments,
        IReadOnlyCollection<string> files,
        Func<SchemaModel, SchemaModel> form
    ) =>
        arguments with
        {
            Properties =
            [
                .. arguments.Properties.Select(property =>
                    files.Contains(property.Name) ? property with { Schema = form(property.Schema) } : property
                ),
            ],
        };

    /// <summary>Returns the schema of a file for clients.</summary>
    public static SchemaModel DeclaredFile(SchemaModel schema) =>
        new()
        {
            Types = ["object"],
            Description = PlainText.Sentence(schema.Description, "Also {name, link}, or {name, content} with base64."),
            Properties =
            [
                new("download_url", Text, true),
                new("file_id", Text, true),
                new("mime_type", Text, false),
                new("file_name", Text, false),
            ],
        };

    /// <summary>Returns the schema of a file for the server's check, which accepts all forms.</summary>
    public static SchemaModel AcceptedFile(SchemaModel schema) => new() { Description = schema.Description };

    /// <summary>Reads the overlay's <c>upload</c>: the media type in which a file is sent as bytes, if the selected
    /// body only contains a link to it.</summary>
    /// <exception cref="FaultException">The declaration names something that the operation does not have.</exception>
    public static UploadModel? Upload(
        SpecificationDocument document,
        OperationSource source,
        IReadOnlyList<string> files
    )
    {
        if (source.Extension["upload"] is not JsonObject upload)
        {
            return null;
        }

        var (body, _) = document.Resolve(source.Operation["requestBody"], source.Pointer + "/requestBody");
        var type = upload.Text("mediaType") ?? "";
        if ((body as JsonObject).Get("content")?[type] is null || files is not [var argument])
        {
            throw new FaultException(
                new(
                    DiagnosticIds.OverlayMember,
                    Severity.Error,
                    document.File,
                    source.Pointer,
                    $"x-mcp.upload must name a media type of the request body, but names '{type}', and fileParams exactly one argument. Correct the overlay."
                )
            );
        }

        return new(argument, type, upload.Text("fileName"));
    }

    private static SchemaModel Text { get; } = new() { Types = ["string"] };
}

/// <summary>How to send a file as bytes.</summary>
/// <param name="Argument">The argument that contains the file.</param>
/// <param name="ContentType">The media type of the request.</param>
/// <param name="NameParameter">The query parameter that accepts the file's name, or <see langword="null"/>.</param>
internal sealed record UploadModel(string Argument, string ContentType, string? NameParameter)
{
    /// <summary>Gets the parameters of that request.</summary>
    public IReadOnlyList<ParameterModel> Parameters { get; init; } = [];

    public BodyModel Body => new(ContentType, ContentType, "Binary", true, Argument, new(), [], false);
}
