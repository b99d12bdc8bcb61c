namespace NeonPanel.Client.Requests;

using System.Collections.Generic;
using System.Net.Http;

/// <summary>The request of one operation as the specification describes it. Immutable and shared by all
/// calls.</summary>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="Path">The path template: begins with one <c>/</c>, placeholders in braces
/// (<c>/api/v1/companies/{companyUuid}/bills</c>). May end in literal query pairs (<c>?action=list</c>).</param>
/// <param name="Parameters">Path, query, header and cookie parameters in the order of the specification.</param>
/// <param name="Body">The body, or <see langword="null"/> when the operation has no body.</param>
/// <param name="Accept">The value of the <c>Accept</c> header: the media types of the responses, JSON first.</param>
public sealed record RequestTemplate(
    string Method,
    string Path,
    IReadOnlyList<RequestParameter> Parameters,
    RequestBody? Body = null,
    string Accept = "application/json"
)
{
    /// <summary>Request option that holds the template. Handlers log and measure by it, so that arguments stay
    /// private.</summary>
    public static readonly HttpRequestOptionsKey<RequestTemplate> Key = new("template");
}

/// <summary>One parameter of an operation, with the rules for writing it into the request.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Location">The part of the request that holds the parameter.</param>
/// <param name="Argument">The member of the call's arguments that holds the value.</param>
/// <param name="Style">The style of arrays and objects (OpenAPI 3.1, "Style Values").</param>
/// <param name="Explode">Whether each item or member becomes a separate pair.</param>
/// <param name="Required">Whether a call without the parameter is rejected.</param>
/// <param name="AllowReserved">Whether the reserved characters of RFC 3986 §2.2 are sent unescaped (query
/// only).</param>
/// <param name="ContentType">The media type of a <c>content</c> parameter. It decides how the value is serialized
/// (JSON text for JSON types); style and explode do not apply.</param>
public sealed record RequestParameter(
    string Name,
    ParameterLocation Location,
    string Argument,
    ParameterStyle Style,
    bool Explode,
    bool Required = false,
    bool AllowReserved = false,
    string? ContentType = null
)
{
    /// <summary>
    /// Gets the styles of the lists inside a list, the outermost first (Swagger 2.0, "Items Object":
    /// <c>collectionFormat</c>), or <see langword="null"/> when such lists are written as JSON.
    /// </summary>
    public IReadOnlyList<ParameterStyle>? ItemStyles { get; init; }
}

/// <summary>The part of the request that holds a parameter (OpenAPI <c>in</c>).</summary>
public enum ParameterLocation
{
    Path,
    Query,
    Header,
    Cookie,
}

/// <summary>The style of a parameter (OpenAPI <c>style</c>).</summary>
public enum ParameterStyle
{
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,

    /// <summary>A tab character between the items (<c>collectionFormat: tsv</c> of Swagger 2.0).</summary>
    TabDelimited,
}

/// <summary>The body of an operation, in the media type that the generator chose.</summary>
/// <param name="ContentType">The media type that is sent, without a multipart boundary.</param>
/// <param name="Kind">The kind of body, which decides how arguments become bytes.</param>
/// <param name="Required">Whether a call without a body is rejected.</param>
/// <param name="Argument">The argument that holds the whole body, or <see langword="null"/> when each member of the
/// body is an argument (<paramref name="Members"/>).</param>
/// <param name="Members">The members of an object body that are arguments.</param>
public sealed record RequestBody(
    string ContentType,
    RequestBodyKind Kind,
    bool Required = false,
    string? Argument = null,
    IReadOnlyList<RequestBodyMember>? Members = null
)
{
    /// <summary>
    /// Gets the argument for members that the specification does not name (<c>additionalProperties</c> of an object
    /// body), or <see langword="null"/> when the body has no such members. They are merged into the body.
    /// </summary>
    public string? AdditionalArgument { get; init; }

    /// <summary>Gets whether a required body without members is sent as <c>{}</c>.</summary>
    public bool EmptyObjectAllowed { get; init; }
}

/// <summary>The kind of a body.</summary>
public enum RequestBodyKind
{
    /// <summary>JSON: the raw bytes of the members are sent unchanged.</summary>
    Json,

    /// <summary><c>application/x-www-form-urlencoded</c>.</summary>
    Form,

    /// <summary><c>multipart/form-data</c> (or another multipart type).</summary>
    Multipart,

    /// <summary>Text: a string argument, sent as UTF-8.</summary>
    Text,

    /// <summary>Bytes: a string argument holding base64 or a <c>data:</c> URI (RFC 2397).</summary>
    Binary,
}

/// <summary>One member of an object body.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Argument">The member of the call's arguments that holds the value.</param>
/// <param name="Required">Whether a body without the member is rejected.</param>
/// <param name="Encoding">The encoding of the value in form and multipart bodies, or <see langword="null"/> for the
/// default of its kind.</param>
public sealed record RequestBodyMember(
    string Name,
    string Argument,
    bool Required = false,
    BodyEncoding? Encoding = null
);

/// <summary>OpenAPI's Encoding Object for one member of a form or multipart body.</summary>
/// <param name="ContentType">Media type of the part, or <see langword="null"/> for the default (text for scalars, JSON
/// for objects, <c>application/octet-stream</c> for files).</param>
/// <param name="Style">Style of a form member, or <see langword="null"/> when <paramref name="ContentType"/>
/// decides.</param>
/// <param name="Explode">Explode of a form member.</param>
/// <param name="AllowReserved">Whether reserved characters of a form member are sent unescaped.</param>
/// <param name="IsFile">Whether the value is a file: base64, a <c>data:</c> URI, or an object with <c>name</c> and
/// <c>content</c>.</param>
/// <param name="Headers">Part headers whose values are constants or arguments: name → argument.</param>
public sealed record BodyEncoding(
    string? ContentType = null,
    ParameterStyle? Style = null,
    bool Explode = true,
    bool AllowReserved = false,
    bool IsFile = false,
    IReadOnlyDictionary<string, string>? Headers = null
)
{
    /// <summary>
    /// Gets the styles of the lists inside a list, the outermost first (Swagger 2.0, "Items Object":
    /// <c>collectionFormat</c>), or <see langword="null"/> when such lists are written as JSON.
    /// </summary>
    public IReadOnlyList<ParameterStyle>? ItemStyles { get; init; }
}
