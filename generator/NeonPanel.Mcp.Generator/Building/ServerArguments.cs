using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Arguments that the server itself implements, in addition to those of the API: <c>fields</c>,
/// <c>wait_seconds</c>, <c>repeat</c>, <c>preview</c>, and files in the forms that clients send. The overlay enables
/// each of them.</summary>
internal static class ServerArguments
{
    public const string Fields = "fields";
    public const string WaitSeconds = "wait_seconds";

    /// <summary>The argument that sends a write although the same one was just sent.</summary>
    public const string Repeat = "repeat";

    /// <summary>The argument that shows what a write would do in place of sending it.</summary>
    public const string Preview = "preview";

    /// <summary>The arguments by which the server reads all pages of a list.</summary>
    public static readonly string[] WholeList = ["total", "where", "all_pages"];

    private const string MaxWaitSeconds = "20";

    /// <summary>Members from which on a selection is worth the tokens of the argument, for a tool that
    /// writes.</summary>
    private const int WorthyMembers = 12;

    private static readonly SchemaModel WaitSchema = new()
    {
        Types = ["integer"],
        Limits = SchemaLimits.None.With(LimitKeyword.Minimum, "0").With(LimitKeyword.Maximum, MaxWaitSeconds),
        Description = "Time to wait for the end.",
    };

    // The answer to a write that is held back explains it.
    private static readonly SchemaModel RepeatSchema = new() { Types = ["boolean"] };

    // The instructions explain it.
    private static readonly SchemaModel PreviewSchema = new() { Types = ["boolean"] };

    private static readonly SchemaModel[] WholeListSchemas =
    [
        new() { Types = ["string"], Description = "Like sum(x), count by y." },
        new() { Types = ["string"], Description = "Like x > 5." },
        new() { Types = ["boolean"] },
    ];

    /// <summary>Returns whether an operation gets the arguments by which the server reads all pages of a list: the
    /// overlay enables them for it, or it is paged; and it has none of these names.</summary>
    public static bool TakesWholeList(SchemaModel arguments, RowsModel? rows) =>
        rows is not null
        && WholeList.All(name => IsFree(arguments, name))
        && (rows.IsDeclared || arguments.Properties.Any(property => PlaceNames.Has(property.Name)));

    /// <summary>Adds the arguments by which the server reads all pages of a list. The instructions explain
    /// them.</summary>
    public static SchemaModel AddWholeList(SchemaModel arguments) =>
        arguments with
        {
            Properties =
            [
                .. arguments.Properties,
                .. WholeList.Zip(WholeListSchemas, (name, schema) => new PropertyModel(name, schema, false)),
            ],
        };

    /// <summary>Returns whether a tool may offer <c>fields</c>: all tools that read, and those that write if their
    /// answer is large.</summary>
    public static bool OffersFields(HintsModel hints, SchemaModel answer) =>
        hints.ReadOnly || AnswerPaths.Of(answer).Take(WorthyMembers).Count() == WorthyMembers;

    /// <summary>Adds <c>fields</c>, <c>wait_seconds</c> and <c>repeat</c>, unless the operation has arguments with
    /// these names.</summary>
    /// <param name="isBrief">Whether the answer has only some of its members by default.</param>
    /// <param name="waits">Whether the server can wait for the end of accepted work.</param>
    /// <param name="once">Whether the server holds a repeated write back.</param>
    public static SchemaModel Add(SchemaModel arguments, bool fields, bool isBrief, bool waits, bool once) =>
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
                                new() { Types = ["string"], Description = isBrief ? "a,b.c or *" : "a,b.c" },
                                false
                            ),
                        ]
                        : []
                ),
                .. (IEnumerable<PropertyModel>)(
                    waits && IsFree(arguments, WaitSeconds) ? [new(WaitSeconds, WaitSchema, false)] : []
                ),
                .. (IEnumerable<PropertyModel>)(
                    once && IsFree(arguments, Repeat) ? [new(Repeat, RepeatSchema, false)] : []
                ),
            ],
        };

    /// <summary>Returns whether a tool gets the argument <c>preview</c>: it writes, the overlay enables previews of the
    /// document and does not deny that of the operation, and no argument has this name.</summary>
    public static bool OffersPreview(JsonNode root, OperationSource source, HintsModel hints, SchemaModel arguments) =>
        !hints.ReadOnly
        && root["x-mcp"].IsTrue(Preview)
        && source.Extension[Preview]?.GetValueKind() != JsonValueKind.False
        && IsFree(arguments, Preview);

    /// <summary>Adds the argument <c>preview</c>.</summary>
    public static SchemaModel AddPreview(SchemaModel arguments) =>
        arguments with
        {
            Properties = [.. arguments.Properties, new(Preview, PreviewSchema, false)],
        };

    public static bool IsFree(SchemaModel arguments, string name) =>
        arguments.Properties.All(property => property.Name != name);

    /// <summary>Adds the argument for a link to the file, if the overlay names one. A host that obeys the schema of the
    /// file alone would have to invent a <c>file_id</c>. The file is optional then, and the server checks that one of
    /// the two is given.</summary>
    public static SchemaModel WithLink(SchemaModel arguments, UploadModel? upload) =>
        upload?.LinkArgument is not { } link
            ? arguments
            : arguments with
            {
                Properties =
                [
                    .. arguments.Properties.SelectMany(property =>
                        property.Name == upload.Argument
                            ? [property with { IsRequired = false }, new PropertyModel(link, LinkSchema, false)]
                            : (IEnumerable<PropertyModel>)[property]
                    ),
                ],
            };

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

    /// <summary>Adds the form of <c>fields</c> that the server also accepts: a list. Clients see only the text, which
    /// costs fewer tokens.</summary>
    public static SchemaModel WithFieldsAsList(SchemaModel arguments) =>
        arguments with
        {
            Properties =
            [
                .. arguments.Properties.Select(property =>
                    property.Name == Fields
                        ? property with
                        {
                            Schema = property.Schema with { Types = ["string", "array"], Items = Text },
                        }
                        : property
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

        return new(argument, type, upload.Text("fileName"), upload.Text("link"));
    }

    private static SchemaModel LinkSchema { get; } =
        new() { Types = ["string"], Description = "Or the https address of the file." };

    private static SchemaModel Text { get; } = new() { Types = ["string"] };
}
